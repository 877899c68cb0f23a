"""Sees files that could not be opened, hosts that could not be reached, and programs that failed."""
import builtins
import io
import os
import sys
from _thread import get_ident

from . import channel, modules, places, stalls

SEARCHERS = ("linecache.py", "tokenize.py", "pkgutil.py", "zipimport.py", "pathlib.py", "__init__.py", "_local.py")
_told = set()


def install():
    _open()
    modules.after("socket", _socket)
    modules.after("subprocess", _subprocess)


@channel.guarded
def _tell(what, target, error, frame):
    rows = places.stack(frame, 30)
    if isinstance(error, FileNotFoundError) and (rows[0][3] == "std" and os.path.basename(rows[0][0]) in SEARCHERS):
        return
    near = next((row for row in rows if row[3] != "std"), None)
    if isinstance(error, FileNotFoundError) and (near is None or near[3] != "app"):
        return
    app = next((row for row in rows if row[3] == "app"), None)
    if app is None:
        return
    key = (what, str(target), app[0], app[1])
    if key in _told:
        return
    _told.add(key)
    channel.tell("denied", what=what, target=channel.text(target), error=channel.text(error), file=app[0], line=app[1])


def _open():
    plain, plain_os = io.open, os.open

    def open(file, mode="r", *args, **named):
        try:
            return plain(file, mode, *args, **named)
        except OSError as e:
            _tell("write" if set(str(mode)) & set("wax+") else "open", file, e, sys._getframe(1))
            raise

    open.__doc__ = plain.__doc__
    builtins.open = io.open = open

    def os_open(path, flags, *args, **named):
        try:
            return plain_os(path, flags, *args, **named)
        except OSError as e:
            if not isinstance(e, FileExistsError):
                _tell("write" if flags & 3 else "open", path, e, sys._getframe(1))
            raise

    os.open = os_open


def _socket(module):
    plain = module.socket.connect
    resolve = module.getaddrinfo

    def connect(self, address):
        me = get_ident()
        shown = "connect() to %s" % _shown(address)
        stalls.connecting[me] = shown
        try:
            return plain(self, address)
        except BlockingIOError:
            raise
        except OSError as e:
            _tell("connect", _shown(address), e, sys._getframe(1))
            raise
        finally:
            stalls.connecting.pop(me, None)

    def getaddrinfo(host, port, *args, **named):
        me = get_ident()
        shown = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        stalls.connecting[me] = "getaddrinfo() of %s" % (shown,)
        try:
            return resolve(host, port, *args, **named)
        except OSError as e:
            _tell("resolve", "%s:%s" % (shown, port), e, sys._getframe(1))
            raise
        finally:
            stalls.connecting.pop(me, None)

    module.socket.connect = connect
    module.getaddrinfo = getaddrinfo


def _shown(address):
    if isinstance(address, tuple) and len(address) >= 2:
        return "%s:%s" % (address[0], address[1])
    return str(address)


def _subprocess(module):
    plain, wait = module.Popen.__init__, module.Popen.wait

    def __init__(self, args, *rest, **named):
        self._bootgate_frame = None
        try:
            plain(self, args, *rest, **named)
        except OSError as e:
            _tell("run", _program(args), e, sys._getframe(1))
            raise

    def watched(self, *args, **named):
        code = wait(self, *args, **named)
        if code:
            _tell("run", _program(self.args), "exit code %s" % code, sys._getframe(1))
        return code

    module.Popen.__init__ = __init__
    module.Popen.wait = watched


def _program(args):
    """The program and its first argument alone: the rest may hold secrets."""
    if isinstance(args, (str, bytes)):
        words = (args.decode("utf-8", "replace") if isinstance(args, bytes) else args).split()
    else:
        try:
            words = [str(each) for each in args]
        except TypeError:
            words = [str(args)]
    return words[0] if words else ""

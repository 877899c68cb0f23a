"""Sees who ends the process: sys.exit, exit, SystemExit, os._exit, os.abort, a signal to itself."""
import builtins
import os
import sys

from . import channel, places, remedies, variables

_hard_exit, _abort, _kill, _plain = os._exit, os.abort, os.kill, SystemExit
_ineffective = []
_told = {}


def install(ineffective):
    _ineffective.extend(ineffective)

    class SystemExit(_plain):
        """Notes where it was made."""

        def __init__(self, *args):
            super(SystemExit, self).__init__(*args)
            if not channel.is_busy():
                _see("SystemExit", self.code, sys._getframe(1))

    SystemExit.__module__ = "builtins"
    SystemExit.__qualname__ = "SystemExit"
    builtins.SystemExit = SystemExit

    def exit(status=None):
        if _see("sys.exit", status, sys._getframe(1)):
            return
        raise _quiet(SystemExit, status)

    exit.__doc__ = sys.exit.__doc__
    sys.exit = exit

    class Quitter(object):
        def __init__(self, name):
            self.name = name

        def __repr__(self):
            return "Use %s() or Ctrl-D (i.e. EOF) to exit" % self.name

        def __call__(self, code=None):
            if _see(self.name, code, sys._getframe(1)):
                return
            raise _quiet(SystemExit, code)

    builtins.exit = Quitter("exit")
    builtins.quit = Quitter("quit")

    def _exit(status):
        if _see("os._exit", status, sys._getframe(1)):
            return
        _hard_exit(status)

    os._exit = _exit

    def abort():
        if _see("os.abort", None, sys._getframe(1)):
            return
        _abort()

    os.abort = abort

    def kill(pid, signal):
        if pid in (os.getpid(), os.getppid(), 0, -1) and signal:
            _see("os.kill", int(signal), sys._getframe(1))
        return _kill(pid, signal)

    os.kill = kill


def _quiet(kind, status):
    """An exit that is noted already."""
    with_args = kind.__new__(kind)
    _plain.__init__(with_args, *([] if status is None else [status]))
    return with_args


def owner(rows, how):
    """The first frame that is not Python's own; None where Python itself ends a process of its making."""
    if not rows:
        return None
    if rows[0][3] == "std" and how in ("os._exit", "os.kill"):
        return None
    for row in rows:
        if row[3] != "std":
            return row
    return None


@channel.guarded
def _see(how, value, frame):
    """Tells of an exit; true if it is to be passed over, so that the boot goes on to what else is wrong."""
    rows = places.stack(frame)
    who = owner(rows, how)
    if who is None:
        return
    if who[3] == "srv":
        # A command-line library that ends on behalf of the app is the app's doing; a server that ends is not.
        through = [row for row in rows if row[3] != "std"]
        library = os.sep + "click" + os.sep in who[0] or os.sep + "typer" + os.sep in who[0]
        inner = next((row for row in through if not ("/click/" in row[0] or "/typer/" in row[0])), None)
        if not library or inner is None or inner[3] == "srv":
            return
    key = (how, who[0], who[1], os.getpid())
    if key in _told:
        return _told[key]
    handled = sys.exc_info()
    row = {}
    if handled[1] is not None:
        where = places.trace(handled[2])
        row = {"type": type(handled[1]).__name__, "message": channel.text(handled[1]), "stack": where[:12]}
    thread = ""
    threading = sys.modules.get("threading")
    if threading is not None:
        current = threading.current_thread()
        if current is not threading.main_thread():
            thread = current.name
    event = {
        "how": how,
        "value": None if value is None else channel.text(value),
        "code": value if isinstance(value, int) else (0 if value is None else 1),
        "stack": rows,
        "handling": row,
        "thread": thread,
    }
    passed = _told[key] = _is_passed_over(event, who)
    channel.tell("exit", passed=passed, **event)
    return passed


def _is_passed_over(event, who):
    """Not where a variable may be why (the next attempt tries that), and not where a program ends as it should."""
    if event["how"] in ("SystemExit", "os.kill") or channel.role not in ("main", "worker"):
        return False
    if event["thread"] and event["how"] not in ("os._exit", "os.abort"):
        return False
    if "__name__" in places.conditions(who[0], who[1]):
        return False
    if event["code"] == 0 and not any(row[3] == "srv" for row in event["stack"]):
        return False
    known = {"variables": variables.stood_in, "ineffective": _ineffective}
    return not remedies.suspects(known, dict(event, kind="exit"), variables.unset)

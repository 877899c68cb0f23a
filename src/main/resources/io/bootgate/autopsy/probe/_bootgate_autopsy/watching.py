"""Puts everything that observes into place, and what is said of exceptions by those who catch them."""
import os
import platform
import sys

from . import channel, denials, exits, modules, places, plan, settings, stalls, variables

ENDS = ("gunicorn", "uvicorn", "hypercorn", "waitress", "django", "daphne", "granian", "aiohttp", "flask")


def install():
    known = plan.read()
    channel.attempt = known.get("attempt", 1)
    channel.tell("start", python=platform.python_version(), parent=os.getppid(), prefix=sys.prefix)
    for part, arguments in (
        (modules, ()),
        (variables, (known.get("variables", {}),)),
        (exits, (known.get("ineffective", []),)),
        (settings, ()),
        (denials, ()),
        (stalls, (known.get("lines", False),)),
    ):
        try:
            part.install(*arguments)
        except Exception as e:
            channel.tell("broken", part=part.__name__, error=channel.text(e))
    _hooks()
    _forks()
    modules.after("logging", _logging)
    modules.after("traceback", _traceback)


def _forks():
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_forked)
        return
    plain = os.fork

    def fork():
        pid = plain()
        if pid == 0:
            _forked()
        return pid

    os.fork = fork


@channel.guarded
def _forked():
    made_by = next((row for row in places.stack(sys._getframe(1)) if row[3] != "std"), None)
    if made_by is not None and made_by[3] != "srv" and channel.role in ("main", "worker"):
        channel.role = "child"  # the app's own, not the server's: its end is not the server's end
    channel.tell("fork", parent=os.getppid())
    stalls.after_fork()


def _hooks():
    plain = sys.excepthook

    def excepthook(kind, exception, trace):
        modules.raised(exception, "main")
        plain(kind, exception, trace)

    sys.excepthook = excepthook
    modules.after("threading", _threading)


def _threading(module):
    plain = getattr(module, "excepthook", None)
    if plain is None:
        return

    def excepthook(args):
        modules.raised(args.exc_value, "thread")
        plain(args)

    module.excepthook = excepthook


def _traceback(module):
    plain = module.format_exc

    def format_exc(*args, **named):
        _formatted(sys.exc_info()[1], sys._getframe(1))
        return plain(*args, **named)

    module.format_exc = format_exc


@channel.guarded
def _formatted(exception, frame):
    """A server that hands on the text of an exception alone: Starlette does, when the start fails."""
    if exception is not None and places.kind(frame.f_code.co_filename) == "srv" and frame.f_code.co_name == "lifespan":
        modules.raised(exception, "server")


def _logging(module):
    plain = module.Logger.handle

    def handle(self, record):
        if record.exc_info and record.levelno >= module.ERROR:
            _logged(self.name, str(record.msg), record.exc_info)
        return plain(self, record)

    module.Logger.handle = handle


@channel.guarded
def _logged(name, message, exc_info):
    exception = exc_info if isinstance(exc_info, BaseException) else None
    if exception is None:
        exception = exc_info[1] if isinstance(exc_info, tuple) else sys.exc_info()[1]
    if exception is not None:
        ends = name.split(".")[0] in ENDS and "Error handling request" not in message
        modules.raised(exception, "server" if ends else "log")

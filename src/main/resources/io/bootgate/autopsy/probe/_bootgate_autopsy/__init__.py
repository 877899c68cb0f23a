"""Observes one Python process while it boots, and tells what it saw through files of its own.

Copied into a container by Bootgate's autopsy; runs on Python 3.6 and newer with nothing but the standard library. Whatever
goes wrong in here stays in here: the observed program must never notice.
"""
import os
import sys

MARK = "BOOTGATE_AUTOPSY"
MANAGERS = ("supervisord", "honcho", "circusd", "s6-svscan")


def begin():
    mark = os.environ.get(MARK, "")
    if not mark:
        return
    from . import channel

    if mark == "on" and not _manages_others():
        from . import supervisor

        supervisor.supervise()  # returns in the child only
        channel.role = "main"
    elif mark == "on":
        channel.role = "manager"
    else:
        channel.role = "worker" if _is_worker_of_a_server() else "other"
    from . import watching

    watching.install()


def _command():
    """The command line: sys.argv is not there yet while site runs."""
    try:
        with open("/proc/self/cmdline", "rb") as f:
            return [word.decode("utf-8", "replace") for word in f.read().split(b"\0")[:-1]]
    except OSError:
        return []


def _manages_others():
    return any(os.path.basename(word) in MANAGERS for word in _command()[:3])


def _is_worker_of_a_server():
    """Whether the server started this process as a part of itself: spawned workers, reloading development servers."""
    command = " ".join(_command())
    return (
        "multiprocessing" in command
        or os.environ.get("RUN_MAIN") == "true"
        or os.environ.get("WERKZEUG_RUN_MAIN") == "true"
    )

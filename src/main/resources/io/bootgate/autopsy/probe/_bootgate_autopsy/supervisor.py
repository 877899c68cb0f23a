"""Starts the program again, from the very beginning, with what it was found to lack, until nothing new is found.

The process that was started becomes the supervisor; the program runs in a fork of it. Every attempt is a fork of the same
untouched state, so no attempt sees anything of the one before.
"""
import json
import os
import signal
import sys
import time

from . import channel, plan, remedies

MOST_ATTEMPTS = 14
POLL = 0.03
GATHER = 0.15
STAGNANT = 2.5
MOST_LOST = 2


def supervise():
    """Returns in the child, once per attempt; the supervisor itself ends with its last child."""
    known = plan.read()
    own = {
        "attempt": known["attempt"],
        "variables": dict(known["variables"]),
        "tried": {},
        "ineffective": list(known["ineffective"]),
    }
    past = None
    deadline = time.monotonic() + float(os.environ.get("BOOTGATE_AUTOPSY_SECONDS") or 30)
    while True:
        begin = _sizes()
        me = os.getpid()
        plan.write(me, own)
        child = os.fork()
        if child == 0:
            _become_child(me, own["attempt"])
            return
        status, events = _wait(child, begin)
        last = own["attempt"] >= MOST_ATTEMPTS or time.monotonic() > deadline
        code = _code(status)
        done_its_work = status is not None and code == 0 and me != 1
        change = None if done_its_work or last else remedies.next_attempt(own, events, past)
        fault = remedies.fault(events)
        channel.attempt = own["attempt"]
        if change is None:
            channel.tell("end", code=code, fault=remedies.short(fault), alive=status is None)
            _stay(child, status)
        channel.tell("remedy", fault=remedies.short(fault), **change)
        past = fault
        _clear(child, status)
        own["attempt"] += 1


def _become_child(supervisor, attempt):
    try:
        os.setpgid(0, 0)
    except OSError:
        pass
    os.environ["BOOTGATE_AUTOPSY"] = "%d" % supervisor


def _wait(child, begin):
    """Until an attempt is over: (status, or None if it lives but failed; its events)."""
    events = Events(begin)
    failed = None
    while True:
        status = _reap(child)
        events.read()
        if status is not None:
            time.sleep(0.02)
            events.read()
            return status, events.all
        now = time.monotonic()
        if failed is None and (_has_died(events) or _cannot_go_on(events) or _is_looping(events)):
            failed = now + GATHER
        if failed is None and events.all and _is_stagnant(events, now):
            failed = now
        if failed is not None and now >= failed:
            events.read()
            return None, events.all
        time.sleep(POLL)


def _has_died(events):
    """Whether a process of the server met its end in the app."""
    for each in events.all:
        if remedies.is_fatal(each) and not _lives(each["pid"]):
            return True
    return False


def _cannot_go_on(events):
    """Whether an exception left the app's modules, and nobody but the server can catch it."""
    return any(remedies.is_fatal(each) and each["kind"] == "raised" and each["where"] == "import" for each in events.all)


def _is_looping(events):
    """Whether a server starts one worker after the other that dies without a word: killed, or crashed in native code."""
    workers = set(each["pid"] for each in events.all if each["kind"] == "fork" and each.get("role") in ("main", "worker"))
    return len(workers) > MOST_LOST and sum(1 for pid in workers if not _lives(pid)) > MOST_LOST


def _is_stagnant(events, now):
    fatal = [each for each in events.all if remedies.is_fatal(each) and each.get("where") != "main"]
    return bool(fatal) and now - events.changed > STAGNANT


def _lives(pid):
    try:
        with open("/proc/%d/stat" % pid) as f:
            return f.read().rpartition(")")[2].split()[0] not in ("Z", "X")
    except (OSError, IndexError):
        return False


def _reap(child):
    status = None
    while True:
        try:
            pid, ended = os.waitpid(-1, os.WNOHANG)
        except OSError:
            return status
        if pid == 0:
            return status
        if pid == child:
            status = ended


def _clear(child, status):
    """Ends whatever the attempt left running."""
    if os.getpid() == 1:
        try:
            os.kill(-1, signal.SIGKILL)
        except OSError:
            pass
    else:
        try:
            os.killpg(child, signal.SIGKILL)
        except OSError:
            pass
    if status is None:
        try:
            os.waitpid(child, 0)
        except OSError:
            pass
    _reap(child)


def _stay(child, status):
    """Ends as the program ended, or when it does."""
    if status is None:
        while status is None:
            status = _reap(child)
            time.sleep(POLL)
    if os.WIFSIGNALED(status):
        signal.signal(os.WTERMSIG(status), signal.SIG_DFL) if os.WTERMSIG(status) not in (9, 19) else None
        os.kill(os.getpid(), os.WTERMSIG(status))
        os._exit(128 + os.WTERMSIG(status))
    os._exit(os.WEXITSTATUS(status))


def _code(status):
    if status is None:
        return None
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _sizes():
    sizes = {}
    try:
        for name in os.listdir(channel.OUT):
            if name.endswith(".jsonl"):
                sizes[name] = os.path.getsize(os.path.join(channel.OUT, name))
    except OSError:
        pass
    return sizes


class Events(object):
    """What the processes of an attempt tell, as it comes in."""

    def __init__(self, begin):
        self.at = dict(begin)
        self.all = []
        self.changed = time.monotonic()

    def read(self):
        for name, size in _sizes().items():
            at = self.at.get(name, 0)
            if size <= at:
                continue
            with open(os.path.join(channel.OUT, name), "rb") as f:
                f.seek(at)
                data = f.read(size - at)
            whole = data.rfind(b"\n") + 1
            self.at[name] = at + whole
            for line in data[:whole].splitlines():
                try:
                    event = json.loads(line.decode("utf-8"))
                except ValueError:
                    continue
                if event.get("kind") not in ("remedy", "end"):
                    self.all.append(event)
                    if event["kind"] != "stuck":
                        self.changed = time.monotonic()
        self.all.sort(key=lambda each: each["at"])

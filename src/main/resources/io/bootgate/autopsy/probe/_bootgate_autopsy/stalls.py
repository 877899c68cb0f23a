"""Looks, from a thread of its own, at what every thread does: where it hangs, and where it was when memory ran out."""
import faulthandler
import gc
import mmap
import os
import sys
import time
from _thread import get_ident, start_new_thread

from . import channel, places

EVERY = 0.1
STUCK_AFTER = 1.0
FEW_PLACES = 3
SERVES = ("serve_forever", "run_forever", "serve", "_run_once", "handle_request")

_sleep, _clock = time.sleep, time.monotonic
_main = get_ident()
connecting = {}


def install(traces_lines):
    _watch_for_crashes()
    start_new_thread(_loop, ())
    if traces_lines:
        _trace_lines()


def _watch_for_crashes():
    try:
        path = os.path.join(channel.OUT, "%d.crash" % os.getpid())
        faulthandler.enable(file=open(path, "a"))
    except Exception:
        pass


def after_fork():
    _watch_for_crashes()
    start_new_thread(_loop, ())
    if _lines[0] is not None:
        _map_lines()


def _loop():
    pid = os.getpid()
    seen = []
    told = 0.0
    while os.getpid() == pid:
        _sleep(EVERY)
        try:
            place = _where()
            now = _clock()
            if place is None:
                seen = []
                told = 0.0
                continue
            seen.append((now,) + place)
            while len(set(inner for _, inner, _ in seen)) > FEW_PLACES:
                seen.pop(0)
                told = 0.0
            stuck = now - seen[0][0]
            if stuck >= STUCK_AFTER and stuck >= told * 1.5:
                told = stuck
                _tell(stuck, seen)
            del seen[:-600]
        except Exception:
            continue


def _where():
    """Where the main thread is, else a task or greenlet that waits, else a thread that imports."""
    frames = sys._current_frames()
    rows = _rows(frames.get(_main))
    place = _place(rows)
    if place is not None:
        return place
    for rows in _waiting(frames.get(_main)):
        place = _place(rows)
        if place is not None:
            return place
    for thread, frame in frames.items():
        if thread not in (_main, get_ident()):
            place = _place(_rows(frame))
            if place is not None and any("import" in row[2] or row[2] == "<module>" for row in _rows(frame)):
                return place
    return None


def _rows(frame):
    return places.stack(frame, 40) if frame is not None else []


def _place(rows):
    """The innermost place and the app's, unless a server is innermost: it is idle, or hands a request to the app.

    An import that takes long goes through many inner places while the app stays at one: that is no hang.
    """
    for row in rows:
        if row[3] == "srv" or (row[3] == "std" and row[2] in SERVES):
            return None
        if row[3] != "std":
            break
    app = next((row for row in rows if row[3] == "app"), None)
    return ((row[0], row[1]), (app[0], app[1])) if app is not None else None


def _waiting(frame):
    """The stacks of tasks and greenlets that wait: they are on no thread."""
    if frame is None:
        return
    top = frame
    while top is not None:
        if top.f_code.co_name == "run_forever" and "self" in top.f_locals:
            asyncio = sys.modules.get("asyncio")
            for task in list(asyncio.all_tasks(top.f_locals["self"])) if hasattr(asyncio, "all_tasks") else []:
                yield _awaiting(task)
            return
        top = top.f_back
    greenlet = sys.modules.get("greenlet")
    if greenlet is not None:
        for each in gc.get_objects():
            if isinstance(each, greenlet.greenlet) and each.gr_frame is not None:
                yield _rows(each.gr_frame)


def _awaiting(task):
    """What a task waits in, innermost first: its coroutine, and each that one awaits."""
    rows = []
    waiting = task.get_coro() if hasattr(task, "get_coro") else getattr(task, "_coro", None)
    while waiting is not None and len(rows) < 30:
        for frame, following in (("cr_frame", "cr_await"), ("gi_frame", "gi_yieldfrom"), ("ag_frame", "ag_await")):
            if getattr(waiting, frame, None) is not None:
                rows = places.stack(getattr(waiting, frame), 1) + rows
                waiting = getattr(waiting, following, None)
                break
        else:
            return rows
    return rows


def _tell(seconds, seen):
    counts = {}
    for _, _, place in seen:
        counts[place] = counts.get(place, 0) + 1
    most = max(counts, key=counts.get)
    frames = sys._current_frames()
    threads = []
    threading = sys.modules.get("threading")
    names = dict((each.ident, each.name) for each in list(getattr(threading, "_active", {}).values())) if threading else {}
    for thread, frame in frames.items():
        if thread == get_ident():
            continue
        rows = _rows(frame)
        threads.append(
            {
                "name": "MainThread" if thread == _main else names.get(thread, "thread"),
                "main": thread == _main,
                "stack": rows[:20],
                "doing": connecting.get(thread, ""),
            }
        )
    for rows in _waiting(frames.get(_main)):
        if _place(rows) is not None:
            threads.append({"name": "task", "main": False, "stack": rows[:20], "doing": ""})
    channel.tell(
        "stuck", seconds=round(seconds, 1), file=most[0], line=most[1], threads=threads[:12], doing=connecting.get(_main, "")
    )


# ---- lines, for a process that is killed without a word

_lines = [None]
_SIZE = 1024


def _map_lines():
    path = os.path.join(channel.OUT, "%d.line" % os.getpid())
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        os.ftruncate(fd, _SIZE)
        _lines[0] = mmap.mmap(fd, _SIZE)
    finally:
        os.close(fd)


def _trace_lines():
    """Keeps the line that the app is at in memory that outlives the process."""
    _map_lines()

    def local(frame, event, argument):
        if event == "line":
            place = ("%d %s\n" % (frame.f_lineno, frame.f_code.co_filename)).encode("utf-8", "replace")[: _SIZE - 1]
            _lines[0][0 : len(place)] = place
        return local

    def whole(frame, event, argument):
        name = frame.f_code.co_filename
        return local if not name.startswith("<") and places.kind(name) == "app" else None

    sys.settrace(whole)
    import threading

    threading.settrace(whole)

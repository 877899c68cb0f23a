"""Sees every environment variable that is read by name, and lets the boot go on where a required one is missing."""
import os
import sys

from . import channel, guards, placeholders, places

KEY_ERROR = frozenset(["KeyError", "LookupError", "Exception", "BaseException"])
NONE_ERRORS = frozenset(["TypeError", "AttributeError", "ValueError", "Exception", "BaseException"])
OWN = frozenset(["PYTHONPATH", "PYTHONUSERBASE", "PYTHONUNBUFFERED", "PYTHONFAULTHANDLER", "GUNICORN_CMD_ARGS"])

stood_in = set()
unset = []
_seen = set()
_iterated = set()
_original = {}
_ABSENT = object()


def install(known):
    """``known`` are placeholders that an earlier attempt found to be needed, by name."""
    for name, kind in known.items():
        if name not in os.environ:
            stood_in.add(name)
            os.environ[name] = placeholders.value(kind)
    environ = type(os.environ)
    for name in ("__getitem__", "__iter__"):
        _original[name] = getattr(environ, name)
    get_item = _original["__getitem__"]

    def present(self, key):
        try:
            return get_item(self, key)
        except KeyError:
            return _ABSENT

    def __getitem__(self, key):
        if self is not os.environ or not isinstance(key, str):
            return get_item(self, key)
        found = present(self, key)
        if found is not _ABSENT:
            _see(key, "item", True, False, sys._getframe(1))
            return found
        _see(key, "item", False, False, sys._getframe(1))
        stand_in = _missing(key, sys._getframe(1))
        return get_item(self, key) if stand_in is None else stand_in

    def get(self, key, default=None):
        if self is not os.environ or not isinstance(key, str):
            found = present(self, key)
            return default if found is _ABSENT else found
        found = present(self, key)
        if found is not _ABSENT:
            _see(key, "get", True, default is not None, sys._getframe(1))
            return found
        _see(key, "get", False, default is not None, sys._getframe(1), default is not None and not default)
        if default is None:
            stand_in = _needed(key, sys._getframe(1), "get")
            if stand_in is not None:
                return stand_in
        elif not default:
            stand_in = _needed(key, sys._getframe(1), "falsy")
            if stand_in is not None:
                return stand_in
        return default

    def __contains__(self, key):
        found = present(self, key) if isinstance(key, str) or self is not os.environ else _ABSENT
        if self is os.environ and isinstance(key, str):
            _see(key, "in", found is not _ABSENT, found is not _ABSENT, sys._getframe(1))
            if found is _ABSENT and _needed(key, sys._getframe(1), "in") is not None:
                return True
        return found is not _ABSENT

    def setdefault(self, key, value):
        found = present(self, key)
        if self is os.environ and isinstance(key, str):
            _see(key, "setdefault", found is not _ABSENT, True, sys._getframe(1))
        if found is _ABSENT:
            self[key] = value
            return value
        return found

    def pop(self, key, *default):
        found = present(self, key)
        if found is _ABSENT:
            if self is os.environ and isinstance(key, str):
                _see(key, "pop", False, bool(default), sys._getframe(1))
            if default:
                return default[0]
            return get_item(self, key)
        if self is os.environ and isinstance(key, str):
            _see(key, "pop", True, bool(default), sys._getframe(1))
        del self[key]
        return found

    def __iter__(self):
        if self is os.environ:
            _all(sys._getframe(1))
        return _original["__iter__"](self)

    for each in (__getitem__, get, __contains__, setdefault, pop, __iter__):
        setattr(environ, each.__name__, each)


@channel.guarded
def _all(frame):
    while frame is not None and (places.is_machinery(frame.f_code) or places.kind(frame.f_code.co_filename) == "std"):
        frame = frame.f_back
    if frame is None:
        return
    code = frame.f_code
    _iterated.add((code.co_filename, frame.f_lineno))
    key = ("*", code.co_filename, frame.f_lineno)
    if key not in _seen and not places.is_settings(code.co_filename):
        _seen.add(key)
        channel.tell(
            "all", file=places.absolute(code.co_filename), line=frame.f_lineno, owner=places.kind(code.co_filename)
        )


def _has(constants, name):
    for each in constants:
        if each == name:
            return isinstance(each, str)
        if isinstance(each, (tuple, frozenset)) and _has(each, name):
            return True
    return False


def named_by(frame, name):
    """The frame whose code names the variable, else the first that is neither Python's nor a settings library's."""
    nearest = None
    depth = 0
    while frame is not None and depth < places.DEEPEST:
        code = frame.f_code
        if not places.is_machinery(code):
            depth += 1
            whose = places.kind(code.co_filename)
            if whose != "std":
                if _has(code.co_consts, name):
                    return frame
                if nearest is None and not places.is_settings(code.co_filename):
                    nearest = frame
            elif nearest is None and _has(code.co_consts, name) and code.co_name != "getenv":
                return None  # Python's own
        frame = frame.f_back
    return nearest


def _caller(frame):
    """The frame that reads: what os itself does in between is left out."""
    while frame is not None and places.is_machinery(frame.f_code) or (
        frame is not None and frame.f_code.co_filename in ("<frozen os>", os.__file__)
    ):
        frame = frame.f_back
    return frame


@channel.guarded
def _see(name, how, is_set, has_default, frame, falsy=False):
    caller = _caller(frame)
    if caller is None or name in OWN or name.startswith(channel_mark()):
        return
    line = caller.f_lineno
    quick = (name, how, caller.f_code, line)
    if quick in _seen:
        return
    _seen.add(quick)
    reader = caller.f_code.co_filename
    if (reader, line) in _iterated or "_collections_abc" in reader or _is_asked_for(caller):
        return
    place = named_by(caller, name)
    if place is None:
        return
    if name in stood_in:
        is_set = False
    tell_read(name, how, is_set, has_default, place, falsy, caller if not has_default or how == "in" else None)


def channel_mark():
    return "BOOTGATE_AUTOPSY"


def _is_required(name, how, has_default, frame):
    """Whether the boot fails without the variable, by what the source says; an attempt may know better."""
    if has_default or how not in ("item", "get", "in", "settings"):
        return False
    if how == "settings":
        return True
    file = frame.f_code.co_filename
    if places.kind(file) not in ("app", "lib"):
        return False
    if how == "item":
        return not places.swallowed(frame, KEY_ERROR)
    if how == "get" and placeholders.by_use(file, frame.f_lineno, name)[1]:
        return not places.swallowed(frame, NONE_ERRORS)
    return guards.fate(file, frame.f_lineno, name, how) is not None


def tell_read(name, how, is_set, has_default, place, falsy=False, reader=None):
    code = place.f_code
    file = places.absolute(code.co_filename)
    event = {
        "name": name,
        "how": how,
        "set": is_set,
        "default": has_default,
        "falsy": falsy,
        "file": file,
        "line": place.f_lineno,
        "function": code.co_name,
        "owner": places.kind(code.co_filename),
        "targets": [] if is_set else places.targets(file, place.f_lineno),
        "stood_in": name in stood_in,
        "required": _is_required(name, how, has_default, place) if reader is None else _is_required(name, how, False, reader),
    }
    if not is_set:
        unset.append(dict(event, kind="read"))
    channel.tell("read", **event)


@channel.guarded
def _missing(name, frame):
    """The value to go on with where os.environ[name] is about to fail for good; None to let it fail."""
    caller = _caller(frame)
    if caller is None or channel.role == "other":
        return None
    if places.kind(caller.f_code.co_filename) == "std" or _through_settings(caller):
        return None
    if places.swallowed(caller, KEY_ERROR):
        return None
    kind, _ = placeholders.by_use(caller.f_code.co_filename, caller.f_lineno, name)
    return stand_in(name, placeholders.of(kind, name), caller, "KeyError", _handled_by_exit(caller, KEY_ERROR))


class _Exit(object):
    def __init__(self, how, file, line):
        self.how, self.file, self.line = how, file, line


def _handled_by_exit(frame, exceptions):
    found = places.ending(frame, exceptions)
    return _Exit(*found) if found else None


@channel.guarded
def _needed(name, frame, how):
    """The same for a read that gives None, or an empty default, where the source says that the boot can't go on then."""
    caller = _caller(frame)
    if caller is None or channel.role == "other":
        return None
    file = caller.f_code.co_filename
    if places.kind(file) not in ("app", "lib"):
        return None
    kind, breaks = placeholders.by_use(file, caller.f_lineno, name) if how == "get" else (None, False)
    if breaks:
        if places.swallowed(caller, NONE_ERRORS):
            return None
        return stand_in(name, placeholders.of(kind, name), caller, "None")
    fate = guards.fate(file, caller.f_lineno, name, how)
    if fate is None:
        return None
    escape, use = fate
    if escape is None and (how != "get" or places.swallowed(caller, NONE_ERRORS)):
        return None
    if escape is not None and escape.catches and places.swallowed(caller, escape.catches):
        return None
    return stand_in(name, placeholders.of(use or kind, name), caller, "check" if escape else "None", escape)


def _is_asked_for(frame):
    for _ in range(5):
        if frame is None:
            return False
        if places.is_asked_for(frame.f_code.co_filename):
            return True
        frame = frame.f_back
    return False


def _through_settings(frame):
    for _ in range(8):
        if frame is None:
            return False
        if places.is_settings(frame.f_code.co_filename):
            return True
        frame = frame.f_back
    return False


def _told_escape(escape, frame):
    if escape is None:
        return None
    file = getattr(escape, "file", None) or places.absolute(frame.f_code.co_filename)
    return {"how": escape.how, "file": file, "line": escape.line}


def stand_in(name, kind, frame, why, escape=None):
    """Sets the placeholder, tells of it, and returns it."""
    value = placeholders.value(kind)
    place = named_by(frame, name) or frame
    stood_in.add(name)
    os.environ[name] = value
    channel.tell(
        "missing",
        name=name,
        type=kind,
        why=why,
        file=places.absolute(place.f_code.co_filename),
        line=place.f_lineno,
        escape=_told_escape(escape, frame),
        stack=places.stack(frame, 25),
    )
    return value

"""Sees every import that fails, and puts a stand-in where the app could not go on; tells what left an app's module."""
import os
import sys
import time
from importlib.machinery import ModuleSpec, SourceFileLoader

from . import channel, places, standins

IMPORT_ERROR = frozenset(["ImportError", "ModuleNotFoundError", "Exception", "BaseException"])
SLOW = 0.3

missing = set()
_optional = set()
_looked_into = set()
_after = {}
_noted = []


class Last(object):
    """The last finder of all: whoever asks it has found nothing."""

    def find_spec(self, name, path=None, target=None):
        if channel.is_busy():
            return None
        for finder in self._behind():
            found = finder.find_spec(name, path, target) if hasattr(finder, "find_spec") else None
            if found is not None:
                return found
        return _not_found(name, sys._getframe(1))

    def _behind(self):
        finders = list(sys.meta_path)
        if self not in finders or finders[-1] is self:
            return []
        rest = finders[finders.index(self) + 1 :]
        sys.meta_path[:] = [each for each in finders if each is not self] + [self]
        return rest

    def create_module(self, spec):
        kind = standins.Empty if spec.name in _looked_into else standins.StandIn
        return kind(spec.name, channel.OUT)

    def exec_module(self, module):
        pass


LAST = Last()


class First(object):
    """Calls us back when a module of a known name was loaded."""

    def find_spec(self, name, path=None, target=None):
        if name not in _after or channel.is_busy():
            return None
        for finder in sys.meta_path:
            if finder is self or finder is LAST:
                continue
            spec = finder.find_spec(name, path, target) if hasattr(finder, "find_spec") else None
            if spec is not None:
                if spec.loader is not None and hasattr(spec.loader, "exec_module"):
                    spec.loader = Loader(spec.loader)
                return spec
        return None


class Loader(object):
    def __init__(self, loader):
        self._loader = loader

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        loaded(module.__name__)


def after(name, action):
    """Calls ``action`` with the module as soon as it is loaded."""
    _after.setdefault(name, []).append(action)
    if name in sys.modules:
        loaded(name)


@channel.guarded
def loaded(name):
    for action in _after.pop(name, []):
        action(sys.modules[name])


def install():
    sys.meta_path.insert(0, First())
    sys.meta_path.append(LAST)
    plain = SourceFileLoader.exec_module

    def exec_module(self, module):
        begin = time.perf_counter()
        try:
            plain(self, module)
        except BaseException as e:
            left(e, self.path, sys._getframe(1))
            raise
        finally:
            took = time.perf_counter() - begin
            if took >= SLOW:
                _slow(module.__name__, self.path, took)

    SourceFileLoader.exec_module = exec_module


@channel.guarded
def _slow(name, path, took):
    channel.tell("slow", module=name, file=path, seconds=round(took, 2), owner=places.kind(path))


@channel.guarded
def _not_found(name, frame):
    parent = name.rpartition(".")[0]
    if parent and isinstance(sys.modules.get(parent), standins.StandIn):
        return ModuleSpec(name, LAST, is_package=True)
    imports = False
    while frame is not None and places.is_machinery(frame.f_code):
        function = frame.f_code.co_name
        if function == "_handle_fromlist":
            return None  # "from package import name": a failure is not an error there
        imports = imports or function == "_find_and_load"
        frame = frame.f_back
    if frame is None or not imports:
        return None  # somebody only asks whether it is there
    through = frame
    while through is not None and (
        places.is_machinery(through.f_code) or "importlib" in through.f_code.co_filename
    ):
        through = through.f_back
    if through is None:
        return None
    whose = places.kind(through.f_code.co_filename)
    # Django's registry tries, goes on, and tries again only to fail.
    registry = through.f_code.co_filename.endswith("/django/apps/config.py")
    caught = not registry and places.swallowed(frame, IMPORT_ERROR)
    file = places.absolute(through.f_code.co_filename)
    line = through.f_lineno
    key = (name, file, line)
    by_server = places.is_loader(through.f_code.co_filename) and not caught
    if whose == "srv" and not by_server and not caught:
        file, line = _named_in_settings(name) or (file, line)
    if key not in _optional:
        _optional.add(key)
        ends = None if caught else places.ending(frame, IMPORT_ERROR)
        if whose != "std":
            channel.tell(
                "import",
                name=name,
                optional=caught,
                server=by_server,
                file=file,
                line=line,
                owner=places.kind(file),
                source=_line(file, line),
                escape={"how": ends[0], "file": ends[1], "line": ends[2]} if ends else None,
                stack=places.stack(through, 25),
            )
    if caught or by_server or whose == "std" or channel.role == "other":
        return None
    missing.add(name)
    if registry:
        _looked_into.add(name)
    return ModuleSpec(name, LAST, is_package=True)


def _named_in_settings(name):
    """Where Django's settings name a module that Django imports for them."""
    settings = sys.modules.get(os.environ.get("DJANGO_SETTINGS_MODULE", ""))
    file = getattr(settings, "__file__", None)
    if not file:
        return None
    for number, text in enumerate(places.source(file).decode("utf-8", "replace").split("\n"), 1):
        if any(quote + name + end in text for quote in "\"'" for end in ("\"", "'", ".")):
            return file, number
    return None


def _line(file, number):
    lines = places.source(file).split(b"\n")
    return channel.text(lines[number - 1].decode("utf-8", "replace").strip()) if 0 < number <= len(lines) else ""


# ---- exceptions that end the boot


def left(exception, path, frame):
    """An exception leaves a module that is being imported."""
    if places.kind(path) in ("app", "lib"):
        raised(exception, "import", frame)


@channel.guarded
def raised(exception, where, frame=None):
    if isinstance(exception, (SystemExit, KeyboardInterrupt, GeneratorExit)) or any(
        each is exception for each in _noted
    ):
        return
    del _noted[:-20]
    _noted.append(exception)
    chain = []
    each = exception
    while each is not None and len(chain) < 6:
        rows = places.trace(each.__traceback__)
        chain.append({"type": type(each).__name__, "message": channel.text(each), "stack": rows[:25]})
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    handled = False
    if frame is not None:
        names = frozenset(kind.__name__ for kind in type(exception).__mro__)
        handled = bool(places.swallowed(frame, names))
    channel.tell("raised", where=where, handled=handled, chain=chain)

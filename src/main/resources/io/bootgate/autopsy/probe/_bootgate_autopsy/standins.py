"""Modules and objects that stand in for what an import could not find: they accept whatever is done with them."""
import os
import sys
import types

MRO_ENTRIES = sys.version_info >= (3, 7)


class Anything(object):
    """Can be called, iterated, entered, compared, subclassed, awaited; is never an instance or a base of anything."""

    def __init__(self, name):
        self.__dict__["_name"] = name

    def __call__(self, *args, **named):
        # As a decorator or a wrapper it gives back what it is put around.
        if len(args) == 1 and not named and callable(args[0]) and not isinstance(args[0], Anything):
            return args[0]
        return Anything(self._name + "()")

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return member(self._name, name)

    def __setattr__(self, name, value):
        self.__dict__[name] = value

    def __mro_entries__(self, bases):
        return (object,)

    def __instancecheck__(self, instance):
        return False

    def __subclasscheck__(self, subclass):
        return False

    def __getitem__(self, key):
        return Anything(self._name + "[]")

    def __setitem__(self, key, value):
        pass

    def __delitem__(self, key):
        pass

    def __contains__(self, item):
        return False

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def __bool__(self):
        return True

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return False

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exception):
        return False

    def __await__(self):
        return iter(())

    def __aiter__(self):
        return self

    async def __anext__(self):
        raise StopAsyncIteration

    def __int__(self):
        return 1

    __index__ = __int__

    def __float__(self):
        return 1.0

    def __str__(self):
        return "bootgate-placeholder"

    def __fspath__(self):
        return "/tmp"

    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        return self is other

    def __lt__(self, other):
        return False

    __le__ = __gt__ = __ge__ = __lt__

    def _same(self, *other):
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _same
    __or__ = __ror__ = __and__ = __rand__ = __mod__ = __floordiv__ = __neg__ = __pos__ = __invert__ = __matmul__ = _same


def member(owner, name):
    """What an attribute of a stand-in is: an exception where it must be one, else anything."""
    if name.endswith(("Error", "Exception", "Warning", "Timeout", "NotFound", "Failed")):
        return type(str(name), (Exception,), {"__module__": owner})
    if not MRO_ENTRIES and name[:1].isupper():
        return _Meta(str(name), (_Base,), {"__module__": owner})
    return Anything(owner + "." + name)


class _Meta(type):
    """For Python 3.6, where only a class can be a base."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything(name)


class _Base(object):
    def __init__(self, *args, **named):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything(name)


class Empty(types.ModuleType):
    """Stands in where somebody looks into a module before using it: Django's registry of apps."""

    def __init__(self, name, folder):
        super(Empty, self).__init__(name)
        self.__path__ = [folder]


class StandIn(types.ModuleType):
    def __init__(self, name, folder):
        super(StandIn, self).__init__(name)
        self.__path__ = [folder]
        self.__file__ = os.path.join(folder, "__init__.py")
        self.__version__ = "0"
        self.__all__ = []

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        value = member(self.__name__, name)
        self.__dict__[name] = value
        return value

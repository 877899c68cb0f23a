"""Begins the autopsy of this process, then hands over to the sitecustomize that the image has itself."""
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))


def _without_this_folder():
    sys.path[:] = [path for path in sys.path if os.path.abspath(path or os.curdir) != _HERE]


def _begin():
    sys.path.insert(0, _HERE)
    try:
        import _bootgate_autopsy
    finally:
        _without_this_folder()
    _bootgate_autopsy.begin()


def _chain():
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is None or spec.loader is None:
        return
    own = module_from_spec(spec)
    sys.modules["sitecustomize"] = own
    spec.loader.exec_module(own)


def _main():
    try:
        _begin()
    except Exception as e:  # the app must never notice
        if os.environ.get("BOOTGATE_AUTOPSY_DEBUG"):
            import traceback

            traceback.print_exc()
        _without_this_folder()
    _chain()


if sys.version_info >= (3, 6):
    _main()

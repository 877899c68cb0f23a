"""Begins the autopsy where a script set PYTHONPATH anew, and gives the user's own packages their place back."""
import os
import site
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
_PROBE = os.path.join(_HERE.split(os.sep + "user" + os.sep)[0], "probe")


def _give_back():
    base = os.path.join(os.path.expanduser("~"), ".local")
    folder = os.path.join(base, "lib", "python%d.%d" % sys.version_info[:2], "site-packages")
    site.USER_BASE, site.USER_SITE = base, folder
    at = next((i for i, path in enumerate(sys.path) if os.path.abspath(path or os.curdir) == _HERE), len(sys.path))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path or os.curdir) != _HERE]
    if not os.path.isdir(folder):
        return
    before = list(sys.path)
    site.addsitedir(folder)
    added = [path for path in sys.path if path not in before]
    sys.path[:] = before[:at] + added + before[at:]


def _begin():
    if "_bootgate_autopsy" in sys.modules or not os.path.isdir(_PROBE):
        return
    sys.path.insert(0, _PROBE)
    try:
        import _bootgate_autopsy
    finally:
        sys.path.remove(_PROBE)
    _bootgate_autopsy.begin()


def _chain():
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    spec = PathFinder.find_spec("usercustomize", sys.path)
    if spec is not None and spec.loader is not None:
        own = module_from_spec(spec)
        sys.modules["usercustomize"] = own
        spec.loader.exec_module(own)


def _main():
    try:
        _give_back()
        _begin()
    except Exception:  # the app must never notice
        pass
    _chain()


if sys.version_info >= (3, 6):
    _main()

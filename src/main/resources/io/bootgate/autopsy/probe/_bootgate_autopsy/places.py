"""Whose code a frame runs, and how it handles what may be raised there."""
import ast
import os
import sys

PROBE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STANDARD = os.path.dirname(os.path.abspath(os.__file__))
SERVERS = frozenset(
    "gunicorn uvicorn uvicorn_worker hypercorn waitress flask click typer werkzeug django celery asgiref starlette fastapi"
    " supervisor paste pastedeploy aiohttp granian daphne twisted tornado cheroot cherrypy bjoern meinheld sanic"
    " quart".split()
)
LOADERS = frozenset("gunicorn uvicorn uvicorn_worker hypercorn waitress flask click daphne granian werkzeug aiohttp".split())
TRANSPARENT = frozenset("gevent eventlet greenlet anyio uvloop zope".split())
SETTINGS = frozenset(
    "decouple environs environ pydantic pydantic_settings pydantic_core dotenv dynaconf marshmallow envparse".split()
)
ASKED_FOR = frozenset("decouple environs environ".split())
ESCAPES = frozenset("exit quit _exit abort SystemExit fail die fatal".split())
EXITS = {"exit": "sys.exit", "quit": "sys.exit", "_exit": "os._exit", "abort": "os.abort"}
DEEPEST = 60
FOLDER = os.getcwd() if os.path.isdir(".") else "/"

_kinds = {}
_libraries = {}
_trees = {}


def absolute(filename):
    return filename if filename.startswith(("/", "<")) else os.path.normpath(os.path.join(FOLDER, filename))


def kind(filename):
    """app, lib, srv (a server or what stands in its place), std or probe."""
    known = _kinds.get(filename)
    if known is None:
        known = _kinds[filename] = _kind_of(filename)
    return known


def _kind_of(filename):
    if filename.startswith("<"):
        return "std"
    path = absolute(filename)
    if path.startswith(PROBE + os.sep):
        return "probe"
    for part in ("/site-packages/", "/dist-packages/"):
        at = path.rfind(part)
        if at >= 0:
            return _whose(package(path[at + len(part) :]))
    if path.startswith(STANDARD + os.sep):
        return "std"
    folder, name = os.path.split(path)
    if os.path.basename(folder) in ("bin", "sbin") and "." not in name:
        return "srv"
    for each in list(sys.path):
        if each and path.startswith(each + os.sep) and _has_distributions(each):
            return _whose(package(path[len(each) + 1 :]))
    return "app"


def _whose(name):
    return "srv" if name in SERVERS else "std" if name in TRANSPARENT else "lib"


def is_loader(filename):
    """Whether it is a server that loads the app by its name, so that what is missing is the app itself."""
    for part in ("/site-packages/", "/dist-packages/"):
        at = filename.rfind(part)
        if at >= 0:
            return package(filename[at + len(part) :]) in LOADERS
    return kind(filename) == "srv"


def _has_distributions(folder):
    known = _libraries.get(folder)
    if known is None:
        try:
            known = any(name.endswith(".dist-info") for name in os.listdir(folder))
        except OSError:
            known = False
        _libraries[folder] = known
    return known


def package(path):
    return path.split(os.sep)[0].split(".")[0]


def is_settings(filename):
    for part in ("/site-packages/", "/dist-packages/"):
        at = filename.rfind(part)
        if at >= 0:
            inside = filename[at + len(part) :]
            return package(inside) in SETTINGS or inside.startswith("starlette/config")
    return False


def is_asked_for(filename):
    """Whether it is a settings library that is seen through, by what it is asked for."""
    for part in ("/site-packages/", "/dist-packages/"):
        at = filename.rfind(part)
        if at >= 0:
            inside = filename[at + len(part) :]
            return package(inside) in ASKED_FOR or inside.startswith("starlette/config")
    return False


def is_machinery(code):
    return code.co_filename.startswith("<frozen importlib") or kind(code.co_filename) == "probe"


def stack(frame, most=DEEPEST):
    """[file, line, function, kind] of each frame, innermost first, without the probe's own."""
    rows = []
    while frame is not None and len(rows) < most:
        code = frame.f_code
        if not is_machinery(code):
            rows.append([absolute(code.co_filename), frame.f_lineno or 0, code.co_name, kind(code.co_filename)])
        frame = frame.f_back
    return rows


def trace(tb):
    """The same of a traceback."""
    rows = []
    while tb is not None:
        code = tb.tb_frame.f_code
        if not is_machinery(code):
            rows.append([absolute(code.co_filename), tb.tb_lineno or 0, code.co_name, kind(code.co_filename)])
        tb = tb.tb_next
    return rows[::-1][:DEEPEST]


# ---- source


def source(filename):
    path = absolute(filename)
    try:
        with open(path, "rb") as f:
            return f.read(1 << 21)
    except OSError:
        return b""


class Tree:
    """The syntax tree of one file, with the way up."""

    def __init__(self, filename):
        self.parents = {}
        self.root = None
        try:
            self.root = ast.parse(source(filename))
        except Exception:
            return
        for node in ast.walk(self.root):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node

    def up(self, node):
        while node in self.parents:
            node = self.parents[node]
            yield node


def tree(filename):
    if filename not in _trees:
        _trees[filename] = Tree(filename)
    return _trees[filename]


def last_line(node):
    end = getattr(node, "end_lineno", None)
    if end is not None:
        return end
    return max([getattr(child, "lineno", 0) for child in ast.walk(node)] or [0])


def spans(nodes, line):
    return bool(nodes) and nodes[0].lineno <= line <= last_line(nodes[-1])


def constant(node):
    """The text of a string literal, else None."""
    value = getattr(node, "value", None) if type(node).__name__ == "Constant" else getattr(node, "s", None)
    return value if isinstance(value, str) else None


def called(node):
    """The last name of what is called."""
    function = getattr(node, "func", node)
    return getattr(function, "attr", None) or getattr(function, "id", None) or ""


def _names(node):
    if node is None:
        return {"BaseException"}
    if isinstance(node, ast.Tuple):
        return set().union(*[_names(each) for each in node.elts]) if node.elts else set()
    return {called(node)}


def _escapes(statements):
    """Whether a handler always ends in an exception or an exit of its own."""
    if not statements:
        return False
    last = statements[-1]
    if isinstance(last, ast.Raise):
        return True
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return called(last.value) in ESCAPES
    if isinstance(last, ast.If):
        return _escapes(last.body) and _escapes(last.orelse)
    if isinstance(last, ast.With):
        return _escapes(last.body)
    return False


def handles(filename, line, exceptions):
    """Whether code around this line catches one of these and goes on. None if the source can't be read."""
    whole = tree(filename)
    if whole.root is None:
        return None
    for node in ast.walk(whole.root):
        if type(node).__name__ in ("Try", "TryStar") and spans(node.body, line):
            for handler in node.handlers:
                if _names(handler.type) & exceptions and not _escapes(handler.body):
                    return True
        elif isinstance(node, ast.With) and spans(node.body, line):
            for item in node.items:
                call = item.context_expr
                if isinstance(call, ast.Call) and called(call) == "suppress":
                    if set().union(*[_names(each) for each in call.args] or [set()]) & exceptions:
                        return True
    return False


def swallowed(frame, exceptions):
    """Whether somebody between this frame and the server catches one of these exceptions and goes on.

    Servers catch whatever the app raises: what they do with it is the end of the boot, so they do not count, but for what
    they do themselves.
    """
    first = True
    depth = 0
    while frame is not None and depth < DEEPEST:
        code = frame.f_code
        if not is_machinery(code):
            depth += 1
            whose = kind(code.co_filename)
            counts = whose in ("app", "lib") or (first and not code.co_filename.startswith("<"))
            if counts:
                handled = handles(code.co_filename, frame.f_lineno or 0, exceptions)
                if handled or (handled is None and first):
                    return True
            if whose != "std":
                first = False
        frame = frame.f_back
    return False


def ending(frame, exceptions):
    """(how, file, line) of the exit with which code on the way to the server answers one of these exceptions."""
    depth = 0
    while frame is not None and depth < DEEPEST:
        code = frame.f_code
        if not is_machinery(code):
            depth += 1
            if kind(code.co_filename) in ("app", "lib"):
                found = _exit_in_handler(code.co_filename, frame.f_lineno or 0, exceptions)
                if found is not None:
                    return (found[0], absolute(code.co_filename), found[1])
        frame = frame.f_back
    return None


def _exit_in_handler(filename, line, exceptions):
    whole = tree(filename)
    for node in ast.walk(whole.root) if whole.root is not None else ():
        if type(node).__name__ in ("Try", "TryStar") and spans(node.body, line):
            for handler in node.handlers:
                last = handler.body[-1]
                if not _names(handler.type) & exceptions:
                    continue
                if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) and called(last.value) in EXITS:
                    return EXITS[called(last.value)], last.lineno
                if isinstance(last, ast.Raise) and last.exc is not None and called(last.exc) == "SystemExit":
                    return "SystemExit", last.lineno
    return None


def statement(filename, line):
    """The innermost statement around a line."""
    best = None
    whole = tree(filename)
    if whole.root is None:
        return None
    for node in ast.walk(whole.root):
        if isinstance(node, ast.stmt) and node.lineno <= line <= last_line(node):
            if best is None or node.lineno >= best.lineno:
                best = node
    return best


def identifiers(node):
    """Names, attributes and string literals below a node."""
    found = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            found.add(each.id)
        elif isinstance(each, ast.Attribute):
            found.add(each.attr)
        else:
            literal = constant(each)
            if literal and len(literal) < 80:
                found.add(literal)
    return found


def targets(filename, line):
    """The names that the statement at a line assigns to."""
    found = statement(filename, line)
    names = set()
    if isinstance(found, ast.Assign):
        for target in found.targets:
            names |= identifiers(target)
    elif isinstance(found, ast.AnnAssign):
        names |= identifiers(found.target)
    return sorted(names)


def is_guarded(filename, line):
    """Whether a condition leads to this line."""
    whole = tree(filename)
    return whole.root is not None and any(
        isinstance(node, (ast.If, ast.While)) and (spans(node.body, line) or spans(node.orelse, line))
        for node in ast.walk(whole.root)
    )


def conditions(filename, line):
    """The names in the conditions that led to this line, the innermost condition alone if it has any."""
    whole = tree(filename)
    if whole.root is None:
        return set()
    around = [
        node
        for node in ast.walk(whole.root)
        if isinstance(node, (ast.If, ast.While)) and (spans(node.body, line) or spans(node.orelse, line))
    ]
    here = statement(filename, line)
    found = identifiers(here) if here is not None and not isinstance(here, (ast.If, ast.While)) else set()
    if around:
        found |= identifiers(max(around, key=lambda node: node.lineno).test)
    return found

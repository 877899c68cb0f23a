"""Values that stand in for variables that are missing: typed by use and name, harmless, and easy to recognise."""
import ast
import os
import re

from . import places

TEXT = "bootgate-placeholder"
KEY = "Ym9vdGdhdGUtcGxhY2Vob2xkZXItMzItYnl0ZXMhISE="
VALUES = {
    "text": TEXT,
    "int": "1",
    "port": os.environ.get("BOOTGATE_AUTOPSY_PORT") or "8000",
    "bool": "true",
    "url": "http://localhost/",
    "database": "sqlite://",
    "redis": "redis://localhost:6379/0",
    "amqp": "amqp://localhost//",
    "key": KEY,
    "json": "{}",
    "list": "[]",
    "path": "/tmp",
    "host": "localhost",
    "email": "placeholder@example.com",
    "level": "INFO",
    "date": "2000-01-01",
}
# In this order they are tried when a value was not accepted.
NEXT = ["text", "int", "bool", "url", "key", "json", "list", "level", "date", "database"]
BY_NAME = [
    ("port", r"(^|_)PORTS?$"),
    ("database", r"DATABASE_URL|DB_URL|DATABASE_URI|(^|_)DSN$|DB_URI"),
    ("redis", r"REDIS|CACHE_URL"),
    ("amqp", r"BROKER|AMQP|RABBIT"),
    ("url", r"(URL|URI|ENDPOINT|WEBHOOK)S?$"),
    ("bool", r"^(DEBUG|USE_|IS_|ENABLE)|_(ENABLED|DISABLED|DEBUG)$"),
    (
        "int",
        r"(TIMEOUT|WORKERS|THREADS|COUNT|SIZE|LIMIT|SECONDS|MINUTES|HOURS|DAYS|MAX|MIN|NUM|TTL|RETRIES|INTERVAL|LENGTH|POOL"
        r"|AGE|CONCURRENCY|ATTEMPTS|_ID)S?$|^(MAX|MIN|NUM|N)_",
    ),
    ("level", r"LOG_?LEVEL|^LEVEL$"),
    ("email", r"E?MAIL(_FROM|_TO|_ADDRESS)?$"),
    ("host", r"(HOST|HOSTNAME|SERVER|ADDRESS|ADDR)S?$"),
    ("path", r"(DIR|DIRECTORY|PATH|FOLDER|ROOT)$"),
    ("json", r"JSON"),
    ("key", r"(SECRET|KEY|TOKEN|PASSWORD|SALT)"),
]
CONVERTERS = {
    "int": "int",
    "float": "int",
    "Decimal": "int",
    "bool": "bool",
    "strtobool": "bool",
    "loads": "json",
    "literal_eval": "list",
    "urlparse": "url",
    "urlsplit": "url",
    "create_engine": "database",
    "Fernet": "key",
    "from_url": "redis",
    "fromisoformat": "date",
    "getLevelName": "level",
}
BREAK_ON_NONE = frozenset("int float Decimal loads literal_eval create_engine Fernet from_url fromisoformat join".split())


def by_name(name):
    for kind, pattern in BY_NAME:
        if re.search(pattern, name.upper()):
            return kind
    return "text"


def of(use, name):
    """The kind for what the code makes of it, and for its name where that leaves it open."""
    named = by_name(name)
    return named if use is None or (use == "int" and named == "port") else use


def value(kind):
    return VALUES.get(kind, TEXT)


def after(kind):
    """The kind to try when this one was not accepted; None if all were tried."""
    rest = [each for each in NEXT if each != kind]
    if kind not in NEXT:
        return rest[0]
    at = NEXT.index(kind) + 1
    return NEXT[at] if at < len(NEXT) else None


def is_placeholder(text):
    return TEXT in text or KEY in text or any("'%s'" % each in text for each in VALUES.values())


def read_in(filename, line, name):
    """The expression that reads the variable, with the tree it is in."""
    whole = places.tree(filename)
    if whole.root is None:
        return None, None
    best = None
    for node in ast.walk(whole.root):
        if isinstance(node, ast.Subscript):
            index = getattr(node.slice, "value", None) if type(node.slice).__name__ == "Index" else node.slice
            literal = places.constant(index) if index is not None else None
        elif isinstance(node, ast.Call) and node.args:
            literal = places.constant(node.args[0])
        else:
            continue
        if literal == name and abs(node.lineno - line) < 12:
            if best is None or abs(node.lineno - line) < abs(best.lineno - line):
                best = node
    return best, whole


def by_use(filename, line, name):
    """(kind, breaks): what the line that reads a variable makes of it, and whether it can't work with None."""
    node, whole = read_in(filename, line, name)
    if node is None:
        return None, False
    parent = whole.parents.get(node)
    if isinstance(parent, ast.Call) and node in parent.args:
        function = places.called(parent)
        return CONVERTERS.get(function), function in BREAK_ON_NONE
    if isinstance(parent, ast.Attribute):
        kind = "url" if parent.attr in ("geturl",) else "bool" if parent.attr in ("lower", "casefold") else "text"
        return (None if kind == "text" else kind), True
    if isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Add):
        return None, True
    if isinstance(parent, ast.Subscript) and parent.value is node:
        return None, True
    return None, False

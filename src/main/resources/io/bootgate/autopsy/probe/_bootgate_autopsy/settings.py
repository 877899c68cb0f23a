"""Libraries that read variables on the app's behalf: decouple, environs, django-environ, Starlette, Pydantic.

Each is asked again with a placeholder when it says that a variable is missing, so that it goes on to the next.
"""
import os
import sys

from . import channel, modules, placeholders, places, variables

MOST_TRIES = 8


def install():
    modules.after("decouple", _decouple)
    modules.after("environs", _environs)
    modules.after("environ.environ", _django_environ)
    modules.after("environ", lambda module: None)
    modules.after("starlette.config", _starlette)
    modules.after("pydantic_settings.main", lambda module: _pydantic(module.BaseSettings))
    modules.after("pydantic.env_settings", lambda module: _pydantic(module.BaseSettings))


def kind_of_cast(cast, name):
    called = getattr(cast, "__name__", "") if cast is not None else ""
    by_cast = {"int": "int", "float": "int", "bool": "bool", "list": "list", "dict": "json", "json": "json"}
    return by_cast.get(called) or placeholders.by_name(name)


def _app_frame():
    frame = sys._getframe(2)
    while frame is not None:
        file = frame.f_code.co_filename
        if not places.is_machinery(frame.f_code) and places.kind(file) in ("app", "lib") and not places.is_settings(file):
            return frame
        frame = frame.f_back
    return sys._getframe(2)


def asking_again(ask, name, kind, is_missing, has_default, catches=frozenset(["Exception", "BaseException"])):
    """The answer of a library that was asked for a variable; with placeholders where it is missing."""
    was_set = name in os.environ and name not in variables.stood_in
    _tell(name, was_set, has_default, _app_frame())
    try:
        return ask()
    except Exception as e:
        if was_set or channel.role == "other" or not is_missing(e):
            raise
        frame = _app_frame()
        names = catches | frozenset(each.__name__ for each in type(e).__mro__)
        if places.swallowed(frame, names):
            raise
        for _ in range(MOST_TRIES):
            _stand_in(name, kind, frame)
            try:
                return ask()
            except Exception:
                kind = placeholders.after(kind)
                if kind is None:
                    raise


@channel.guarded
def _tell(name, is_set, has_default, frame):
    variables.tell_read(name, "settings", is_set, has_default, frame)


@channel.guarded
def _stand_in(name, kind, frame):
    variables.stand_in(name, kind, frame, "settings")


def _decouple(module):
    plain = module.Config.get

    def get(self, option, *args, **named):
        cast = named.get("cast", args[1] if len(args) > 1 else None)
        return asking_again(
            lambda: plain(self, option, *args, **named),
            option,
            kind_of_cast(cast, option),
            lambda e: type(e).__name__ == "UndefinedValueError",
            bool(args) or "default" in named,
        )

    module.Config.get = get
    module.Config.__call__ = lambda self, *args, **named: self.get(*args, **named)


def _environs(module):
    def wrap(name, kind):
        plain = getattr(module.Env, name, None)
        if plain is None or not callable(plain):
            return

        def method(self, variable, *args, **named):
            prefix = getattr(self, "_prefix", None) or ""
            return asking_again(
                lambda: plain(self, variable, *args, **named),
                prefix + variable,
                kind or placeholders.by_name(variable),
                lambda e: "not set" in str(e) or "required" in str(e),
                bool(args) or "default" in named or "missing" in named,
            )

        setattr(module.Env, name, method)

    # Its parsers are class attributes that hold functions made at import; env("X") and the named ones read alike.
    for name, kind in (
        ("__call__", None), ("str", None), ("int", "int"), ("float", "int"), ("bool", "bool"), ("list", "text"),
        ("dict", None), ("json", "json"), ("url", "url"), ("decimal", "int"), ("date", "date"), ("datetime", "date"),
        ("path", "path"), ("log_level", "level"), ("timedelta", "int"), ("dj_db_url", "database"), ("dj_email_url", None),
        ("dj_cache_url", "redis"), ("uuid", None), ("enum", None),
    ):
        wrap(name, kind)


def _django_environ(module):
    plain = module.Env.get_value

    def get_value(self, var, cast=None, default=module.Env.NOTSET, parse_default=False):
        prefix = getattr(self, "prefix", "") or ""
        prefix = prefix.decode() if isinstance(prefix, bytes) else prefix
        name = prefix + str(var)
        return asking_again(
            lambda: plain(self, var, cast, default, parse_default),
            name,
            kind_of_cast(cast, name),
            lambda e: "environment variable" in str(e),
            default is not self.NOTSET or isinstance(self.scheme.get(name), tuple),
        )

    module.Env.get_value = get_value


def _starlette(module):
    plain = module.Config.get

    def get(self, key, *args, **named):
        cast = named.get("cast", args[0] if args else None)
        prefix = getattr(self, "env_prefix", "") or ""
        return asking_again(
            lambda: plain(self, key, *args, **named),
            prefix + key,
            kind_of_cast(cast, key),
            lambda e: isinstance(e, KeyError),
            len(args) > 1 or "default" in named,
            frozenset(["KeyError", "LookupError", "Exception", "BaseException"]),
        )

    module.Config.get = get
    module.Config.__call__ = lambda self, *args, **named: self.get(*args, **named)


# ---- Pydantic: a class of settings reads all its variables at once


def _pydantic(base):
    plain = base.__init__

    def __init__(self, *args, **named):
        frame = _app_frame()
        _fields(type(self), frame)
        tries = {}
        given = dict(named)
        while True:
            try:
                return plain(self, *args, **given)
            except Exception as e:
                names = frozenset(kind.__name__ for kind in type(e).__mro__)
                if channel.role == "other" or places.swallowed(frame, names) or not _go_on(self, e, given, tries, frame):
                    raise

    base.__init__ = __init__


def _fields(settings, frame):
    for field, (name, annotation, required) in described(settings).items():
        _tell_field(name, required, frame, settings)


@channel.guarded
def _tell_field(name, required, frame, settings):
    found = {each.upper(): each for each in os.environ}
    actual = found.get(name.upper())
    channel.tell(
        "read",
        name=actual or name,
        how="settings",
        set=actual is not None and actual not in variables.stood_in,
        default=not required,
        falsy=False,
        file=places.absolute(frame.f_code.co_filename),
        line=_line_of(settings, name) or frame.f_lineno,
        function=settings.__name__,
        owner=places.kind(frame.f_code.co_filename),
        targets=[],
        stood_in=name in variables.stood_in,
    )


def _line_of(settings, name):
    return None


def described(settings):
    """{field: (variable, annotation, required)} of a settings class of either Pydantic."""
    rows = {}
    try:
        config = getattr(settings, "model_config", None)
        if isinstance(config, dict):
            prefix = config.get("env_prefix") or ""
            exact = bool(config.get("case_sensitive"))
            for field, info in settings.model_fields.items():
                alias = info.validation_alias or info.alias
                name = alias if isinstance(alias, str) else None
                if name is None:
                    choices = getattr(alias, "choices", None)
                    name = next((each for each in choices or [] if isinstance(each, str)), None) or prefix + field
                rows[field] = (name if exact else name.upper(), info.annotation, info.is_required())
        else:
            exact = bool(getattr(settings.__config__, "case_sensitive", False))
            for field, info in settings.__fields__.items():
                names = sorted(info.field_info.extra.get("env_names", {field}))
                rows[field] = (names[0] if exact else names[0].upper(), info.outer_type_, bool(info.required))
    except Exception:
        pass
    return rows


@channel.guarded
def _go_on(settings, error, given, tries, frame):
    """Gives a value to each field that was missing; False if the error is about something else."""
    cls = type(settings)
    fields = described(cls)
    by_name = dict((name.lower(), field) for field, (name, _, _) in fields.items())
    moved = False
    for each in error.errors():
        where = str(each.get("loc", ("",))[0])
        field = where if where in fields else by_name.get(where.lower())
        if field is None:
            return False
        name, annotation, _ = fields[field]
        missing = "missing" in str(each.get("type")) and len(each.get("loc", ())) == 1
        if where not in tries:
            if not missing and where in given:
                return False
            tries[where] = _values(annotation, name)
            if missing:
                variables.stood_in.add(name)
                channel.tell(
                    "missing", name=name, type=getattr(annotation, "__name__", str(annotation)), why="settings",
                    file=places.absolute(frame.f_code.co_filename), line=frame.f_lineno, field=field,
                    settings=cls.__name__, stack=places.stack(frame, 25),
                )
            else:
                channel.tell(
                    "invalid", name=name, type=getattr(annotation, "__name__", str(annotation)),
                    message=channel.text(each.get("msg")), file=places.absolute(frame.f_code.co_filename),
                    line=frame.f_lineno, field=field, settings=cls.__name__, stack=places.stack(frame, 25),
                )
        if not tries[where]:
            return False
        given[where] = tries[where].pop(0)
        moved = True
    return moved


def _values(annotation, name):
    """Values to try for a field, the likeliest first."""
    import uuid

    first = {
        int: 1, float: 1.0, bool: True, str: placeholders.value(placeholders.by_name(name)), dict: {}, list: [],
        bytes: b"bootgate-placeholder",
    }
    tried = [first[annotation]] if annotation in first else []
    tried += [
        placeholders.value(placeholders.by_name(name)), placeholders.TEXT, 1, 8000, True, "http://localhost/", [], {},
        "postgresql://localhost/db", "redis://localhost/0", "placeholder@example.com", "2000-01-01", "/tmp", "INFO",
        [placeholders.TEXT], str(uuid.UUID(int=1)), 100, 0.5, "a" * 64,
    ]
    values = getattr(annotation, "__members__", None)
    if values:
        tried = [each.value for each in values.values()] + tried
    return tried

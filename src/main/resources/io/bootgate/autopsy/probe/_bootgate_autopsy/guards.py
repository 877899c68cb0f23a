"""Reads in the source what becomes of a variable that is not set: a check that ends the boot, or a use that can't work.

What can be told here needs no further attempt; what can't is found out by one.
"""
import ast

from . import placeholders, places

RAISE = frozenset(["Exception", "BaseException"])
EXIT = frozenset(["SystemExit", "BaseException"])
FAR = 60


class Escape(object):
    """Where the boot would have ended, and how."""

    def __init__(self, node, how, catches):
        self.line = node.lineno
        self.how = how
        self.catches = catches


def escape(statements):
    """The exception or exit that a block ends in, if it always does."""
    if not statements:
        return None
    last = statements[-1]
    if isinstance(last, ast.Raise):
        raised = last.exc
        name = places.called(raised) if raised is not None else ""
        if name == "SystemExit":
            return Escape(last, "SystemExit", EXIT)
        return Escape(last, "raise", RAISE | frozenset([name, "RuntimeError", "ValueError", "KeyError"]))
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        name = places.called(last.value)
        if name in ("exit", "quit"):
            return Escape(last, "sys.exit", EXIT)
        if name in ("_exit", "abort"):
            return Escape(last, "os." + name, frozenset())
    if isinstance(last, (ast.With, ast.Try)):
        return escape(last.body)
    return None


def fate(filename, line, name, how):
    """(escape or None, kind of placeholder or None) if the boot can't go on without the variable; else None."""
    whole = places.tree(filename)
    statement = places.statement(filename, line)
    if whole.root is None or statement is None:
        return None
    if isinstance(statement, ast.If):
        return _checked(statement, lambda node: _reads(node, line), how)
    if isinstance(statement, ast.Assert):
        return (Escape(statement, "assert", RAISE | {"AssertionError"}), None) if how != "in" else None
    if isinstance(statement, ast.For):
        return None
    if isinstance(statement, ast.Expr) or isinstance(statement, ast.Assign) or isinstance(statement, ast.AnnAssign):
        ends = _or_exit(statement)
        if ends is not None:
            return ends, None
    names = set(places.targets(filename, line))
    if not names or not isinstance(statement, (ast.Assign, ast.AnnAssign)):
        return None
    value = statement.value
    gathers = isinstance(value, (ast.ListComp, ast.SetComp, ast.GeneratorExp)) or (
        isinstance(value, ast.Call) and value.args and isinstance(value.args[0], (ast.GeneratorExp, ast.ListComp))
    )
    if not gathers and not _is_plain(value):
        return None
    return _later(whole, statement, names, gathers, how)


def _is_plain(value):
    """Whether the statement keeps just what was read."""
    return isinstance(value, (ast.Call, ast.Subscript)) and not any(
        isinstance(each, (ast.BoolOp, ast.IfExp)) for each in ast.walk(value)
    )


def _reads(node, line):
    return any(getattr(each, "lineno", 0) == line for each in ast.walk(node))


def _or_exit(statement):
    """``os.getenv("X") or sys.exit(1)``"""
    value = getattr(statement, "value", None)
    if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or):
        last = value.values[-1]
        if isinstance(last, ast.Call) and places.called(last) in ("exit", "quit", "_exit", "abort"):
            name = places.called(last)
            return Escape(last, ("os." if name in ("_exit", "abort") else "sys.") + name, EXIT)
    return None


def _checked(node, about, how, gathered=False):
    """What an ``if`` does where the variable is not set."""
    test = node.test
    if _is_true_if_unset(test, about, gathered):
        ends = escape(node.body)
        return (ends, None) if ends is not None else None
    if _is_false_if_unset(test, about, gathered):
        ends = escape(node.orelse)
        return (ends, None) if ends is not None else None
    return None


def _is_true_if_unset(test, about, gathered):
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        return any(_is_true_if_unset(each, about, gathered) for each in test.values)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        if isinstance(test.operand, ast.Call) and places.called(test.operand) == "all":
            return not gathered and about(test.operand)
        return not gathered and about(test.operand) and not isinstance(test.operand, (ast.BoolOp, ast.Compare))
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and about(test):
        operator, right = test.ops[0], test.comparators[0]
        if isinstance(operator, ast.NotIn):
            return not gathered
        none = _is_nothing(right)
        if gathered:
            return isinstance(operator, (ast.Gt, ast.NotEq))
        return none and isinstance(operator, (ast.Is, ast.Eq))
    return gathered and about(test) and isinstance(test, (ast.Name, ast.Call))


def _is_false_if_unset(test, about, gathered):
    if gathered:
        return False
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and about(test):
        return isinstance(test.ops[0], ast.In) or (
            isinstance(test.ops[0], (ast.IsNot, ast.NotEq)) and _is_nothing(test.comparators[0])
        )
    return about(test) and isinstance(test, (ast.Name, ast.Call))


def _is_nothing(node):
    if type(node).__name__ == "NameConstant" or type(node).__name__ == "Constant":
        return node.value is None or node.value == ""
    return getattr(node, "s", None) == ""


def _later(whole, statement, names, gathered, how):
    """What the statements that follow in the same block do with it."""
    block = _block(whole, statement)

    def about(node):
        return any(isinstance(each, ast.Name) and each.id in names for each in ast.walk(node)) or any(
            isinstance(each, ast.Attribute) and each.attr in names for each in ast.walk(node)
        )

    for following in block[block.index(statement) + 1 :][:FAR]:
        if isinstance(following, ast.If) and about(following.test):
            return _checked(following, about, how, gathered)
        if isinstance(following, ast.Assert) and about(following.test) and not gathered:
            return Escape(following, "assert", RAISE | {"AssertionError"}), None
        if isinstance(following, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
            continue
        used = None if gathered else _breaks(whole, following, names)
        if used is not None:
            return used
        if isinstance(following, (ast.Assign, ast.AugAssign)) and about(following):
            targets = following.targets if isinstance(following, ast.Assign) else [following.target]
            if any(about(target) for target in targets):
                return None
        if isinstance(following, (ast.Try, ast.While, ast.For)) and about(following):
            return None
    return None


def _block(whole, statement):
    parent = whole.parents.get(statement)
    for field in ("body", "orelse", "finalbody"):
        block = getattr(parent, field, None)
        if isinstance(block, list) and statement in block:
            return block
    return [statement]


def _breaks(whole, statement, names):
    """A use that None can't take, in a simple statement."""
    if not isinstance(statement, (ast.Assign, ast.Expr, ast.Return, ast.AnnAssign)):
        return None
    if any(isinstance(each, (ast.BoolOp, ast.IfExp, ast.Lambda)) for each in ast.walk(statement)):
        return None
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load):
            parent = whole.parents.get(node)
            if isinstance(parent, ast.Call) and node in parent.args:
                function = places.called(parent)
                if function in placeholders.BREAK_ON_NONE:
                    return None, placeholders.CONVERTERS.get(function)
            elif isinstance(parent, ast.Attribute):
                return None, None
            elif isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Add):
                return None, None
            elif isinstance(parent, ast.Subscript) and parent.value is node:
                return None, None
    return None

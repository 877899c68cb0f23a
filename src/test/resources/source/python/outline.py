# Prints what CPython's own parser sees in the files named on standard input: a line for each file.
import ast
import sys


def outline(path):
    with open(path, "rb") as source:
        tree = ast.parse(source.read())
    imports, functions, classes, lambdas, calls, names, constants = [], 0, 0, 0, [], [], 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports += ["%d %s" % (node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imports += ["%d %s%s.%s" % (node.lineno, "." * node.level, node.module or "", alias.name) for alias in node.names]
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            functions += 1
        elif isinstance(node, ast.ClassDef):
            classes += 1
        elif isinstance(node, ast.Lambda):
            lambdas += 1
        elif isinstance(node, ast.Call):
            calls.append("%d:%d" % (node.lineno, len(node.args) + len(node.keywords)))
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.append("%d %s" % (statement.lineno, statement.name))
        elif isinstance(statement, ast.Assign):
            names += ["%d %s" % (statement.lineno, target.id) for target in statement.targets if isinstance(target, ast.Name)]
    return "|".join([
        path, ",".join(sorted(imports)), str(functions), str(classes), str(lambdas), ",".join(sorted(calls)), ",".join(names)])


for line in sys.stdin:
    try:
        print(outline(line.strip()))
    except (SyntaxError, ValueError):
        pass

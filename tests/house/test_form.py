"""Sizes, names and docstrings: the habits of the house, and that each check sees a fault."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "sdtutor"
MODULES = sorted(PACKAGE.rglob("*.py"))

MODULE_LINES = 400
FUNCTION_LINES = 50
APP_LINES = 150
REFERENCE_LINES = 200
"""People read a reference module whole."""
LONGER = {"reference/microservices/saga.py": 280}
"""The orchestrator and the order saga that the lab runs, in one page."""
CODE_COLUMNS = 55
BANNED = ("utils", "helpers", "common", "manager", "misc")

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def long_functions(tree):
    """Names of the functions that are too long."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [f.name for f in functions if f.end_lineno - f.lineno + 1 > FUNCTION_LINES]


def undocumented(tree):
    """Public things without a docstring: the module, classes, functions, methods."""
    missing = [] if ast.get_docstring(tree) else ["the module"]
    for node in tree.body:
        missing += _undocumented(node, "")
    return missing


def _undocumented(node, owner):
    if not isinstance(node, Definition) or node.name.startswith("_"):
        return
    if not ast.get_docstring(node):
        yield owner + node.name
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            yield from _undocumented(inner, f"{node.name}.")


def unexplained_arguments(tree):
    """Public functions that take arguments by several names and explain some of them only."""
    return [
        f"{function.name}: {name}"
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and not function.name.startswith("_")
        for name in _unexplained(function)
    ]


def _unexplained(function):
    text = ast.get_docstring(function) or ""
    if "Args:" not in text:
        return []
    arguments = function.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    explained = text.split("Args:")[1].split("Returns:")[0].split("Raises:")[0]
    return [
        n for n in names if n not in ("self", "cls") and not n.startswith("_") and f"{n}:" not in explained
    ]


def wide_lines(source):
    """Lines of code wider than half a screen once a method is dedented."""
    lines, tree = source.splitlines(), ast.parse(source)
    methods = [inner for node in tree.body if isinstance(node, ast.ClassDef) for inner in node.body]
    return [
        number
        for node in (*tree.body, *methods)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for number in range(node.lineno, node.end_lineno + 1)
        if len(lines[number - 1]) - node.col_offset > CODE_COLUMNS
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_keeps_the_habits(path):
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert source.count("\n") <= MODULE_LINES
    assert long_functions(tree) == []
    assert undocumented(tree) == []
    assert unexplained_arguments(tree) == []
    assert path.stem not in BANNED
    assert path.parent.name not in BANNED


@pytest.mark.parametrize("path", [path for path in MODULES if {"reference", "textbook"} & set(path.parts)])
def test_code_that_learners_read_fits_half_a_screen(path):
    source = path.read_text(encoding="utf-8")
    assert wide_lines(source) == []
    assert source.count("\n") <= LONGER.get(path.relative_to(PACKAGE).as_posix(), REFERENCE_LINES)


def test_the_app_stays_small():
    assert (PACKAGE / "tui" / "app.py").read_text(encoding="utf-8").count("\n") <= APP_LINES


PLANTED = '''
def long():
{body}

def naked(a, b):
    """Does something.

    Args:
        a: Explained.
    """

class Bare:
    def method(self):
        return "{wide}"
'''


def test_the_checks_see_planted_faults():
    source = PLANTED.format(body="    x = 1\n" * 60, wide="x" * 60)
    tree = ast.parse(source)
    assert long_functions(tree) == ["long"]
    assert undocumented(tree) == ["the module", "long", "Bare", "Bare.method"]
    assert unexplained_arguments(tree) == ["naked: b"]
    assert len(wide_lines(source)) == 1

"""The same address in every tree, and code that fits the column in which it is read."""

import ast
from collections.abc import Iterator
from pathlib import Path

from sdtutor.drawing.spans import cells
from sdtutor.errors import ContentError

CODE_COLUMNS = 55
"""Columns of a line of code that learners read, once its method is dedented."""

_Block = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def check_pairing(package: Path, root: Path) -> Iterator[ContentError]:
    """Yield what has no counterpart in another tree.

    A lab and a reference have a lesson, a textbook version and a lab have a reference, a reference has a lab
    and, in a checkout, a test.

    Args:
        package: The folder with ``reference``, ``textbook`` and ``labs``.
        root: The folder with ``lessons/`` and ``quizzes/``.
    """
    trees = {tree: _modules(package / tree) for tree in ("reference", "textbook")}
    trees["labs"] = _packages(package / "labs")
    lessons = {f"{path.parent.name}/{path.stem}" for path in (root / "lessons").glob("*/*.md")}
    known = {"lesson": lessons, "reference": trees["reference"].keys(), "lab": trees["labs"].keys()}
    needs = (
        ("reference", "lesson"),
        ("reference", "lab"),
        ("textbook", "reference"),
        ("labs", "lesson"),
        ("labs", "reference"),
    )
    for tree, wanted in needs:
        for address, path in trees[tree].items():
            if address not in known[wanted]:
                where = _WHERE[wanted].format(address)
                yield ContentError(path, 0, f"This module has no {wanted}.", f"Write {where}, or rename it.")
    tests = package.parent / "tests" / "concepts"
    if tests.is_dir():
        yield from _without_test(trees["reference"], tests)


_WHERE = {"lesson": "lessons/{}.md", "reference": "reference/{}.py", "lab": "labs/{}/__init__.py"}


def _without_test(references: dict[str, Path], tests: Path) -> Iterator[ContentError]:
    for address, path in references.items():
        topic, _, slug = address.partition("/")
        if not (tests / topic / f"test_{slug}.py").is_file():
            hint = f"Write tests/concepts/{topic}/test_{slug}.py."
            yield ContentError(path, 0, "This module has no test.", hint)


def check_columns(package: Path) -> Iterator[ContentError]:
    """Yield the lines of reference and textbook code that are too wide to be read beside the picture.

    Docstrings are not code: the pane leaves them out.

    Args:
        package: The folder with ``reference`` and ``textbook``.
    """
    for tree in ("reference", "textbook"):
        for path in _modules(package / tree).values():
            for line, width in _wide(path.read_text(encoding="utf-8")):
                message = f"This line of code has {width} columns once it is dedented."
                yield ContentError(path, line, message, f"Keep it within {CODE_COLUMNS}.")


def _wide(source: str) -> Iterator[tuple[int, int]]:
    """Yield line and width of each line of a definition that is too wide."""
    rows = source.split("\n")
    for line, indent in _lines(ast.parse(source).body):
        width = cells(rows[line - 1]) - indent
        if width > CODE_COLUMNS:
            yield line, width


def _lines(body: list[ast.stmt]) -> Iterator[tuple[int, int]]:
    """Yield each line of the definitions in a body, with the indentation that it loses when shown."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _lines([each for each in node.body if not _is_text(each)])
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            texts = {line for inner in ast.walk(node) for line in _docstring(inner)}
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                if line not in texts:
                    yield line, node.col_offset


def _docstring(node: ast.AST) -> range:
    if not isinstance(node, _Block) or not _is_text(node.body[0]):
        return range(0)
    text = node.body[0]
    return range(text.lineno, (text.end_lineno or text.lineno) + 1)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _modules(tree: Path) -> dict[str, Path]:
    """Return the modules of a tree by address."""
    found = (path for path in sorted(tree.glob("*/*.py")) if not path.name.startswith("_"))
    return {f"{path.parent.name}/{path.stem}": path for path in found}


def _packages(tree: Path) -> dict[str, Path]:
    """Return the packages of a tree by address, each by its first file."""
    found = sorted(tree.glob("*/*/__init__.py"))
    return {"/".join(path.parent.parts[-2:]): path for path in found}

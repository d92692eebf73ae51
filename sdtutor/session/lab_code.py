"""The code pane: the methods that matter, as one would print them, with what runs and what waits."""

import ast
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sdtutor.engine.lab import Lab, Variant
from sdtutor.engine.run import Run
from sdtutor.engine.world import World
from sdtutor.session.lab_views import CodeRow


@lru_cache(maxsize=32)
def code_rows(lab: Lab, variant: Variant) -> tuple[CodeRow, ...]:
    """Return the code that a lab shows: its methods dedented, docstrings left out, a gap between them.

    Rows that the other variant does not have are marked as changed in the reference.
    """
    rows = _rows(lab, variant)
    if variant != "reference" or "textbook" not in lab.sources:
        return rows
    theirs = {row.text.strip() for row in _rows(lab, "textbook")}
    return tuple(
        CodeRow(row.number, row.text, changed=bool(row.text.strip()) and row.text.strip() not in theirs)
        for row in rows
    )


@lru_cache(maxsize=32)
def _rows(lab: Lab, variant: Variant) -> tuple[CodeRow, ...]:
    source = Path(str(lab.sources[variant].__file__)).read_text(encoding="utf-8")
    lines, found = source.splitlines(), _definitions(ast.parse(source))
    rows: list[CodeRow] = []
    for name in lab.main_code[variant]:
        if rows:
            rows.append(CodeRow(0, ""))
        rows += _method_rows(lines, found[name])
    return tuple(rows)


def _definitions(tree: ast.Module) -> Mapping[str, ast.AST]:
    found: dict[str, ast.AST] = {}
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found[node.name] = node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    found[f"{node.name}.{inner.name}"] = inner
    return found


def defined_names(lab: Lab, variant: Variant) -> frozenset[str]:
    """Return every name that `main_code` may list for a variant."""
    source = Path(str(lab.sources[variant].__file__)).read_text(encoding="utf-8")
    return frozenset(_definitions(ast.parse(source)))


def _method_rows(lines: list[str], node: ast.AST) -> list[CodeRow]:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(d.lineno for d in decorators)])  # type: ignore[attr-defined]
    last: int = node.end_lineno  # type: ignore[attr-defined]
    indent = node.col_offset  # type: ignore[attr-defined]
    hidden = _docstring_lines(node)
    return [
        CodeRow(number, lines[number - 1][indent:].rstrip())
        for number in range(first, last + 1)
        if number not in hidden
    ]


def _docstring_lines(node: ast.AST) -> range:
    body = getattr(node, "body", [])
    if len(body) > 1 and ast.get_docstring(node, clean=False) is not None:  # type: ignore[arg-type]
        return range(body[0].lineno, body[0].end_lineno + 1)
    return range(0)


def with_marks(rows: tuple[CodeRow, ...], run: Run, step: int, line: int) -> tuple[tuple[CodeRow, ...], int]:
    """Return the rows with what runs and what waits, and the index of the row to keep in sight.

    Args:
        rows: From `code_rows`.
        run: The run.
        step: The step looked at.
        line: Which of its lines is looked at, from 1; 0 for all.
    """
    marks = {node.name: node.mark if len(run.cast.nodes) > 1 else "" for node in run.cast.nodes}
    ran = list(run.steps[step - 1].ran) if step else []
    shown = ran[:line] if line else ran
    states: dict[int, tuple[str, str]] = {}
    for node, line_number in _parked(run.at(step)):
        states[line_number] = ("parked", marks[node])
    numbers = {row.number for row in rows}
    for node, where in shown:
        states[where.line] = ("ran", marks[node])
    for node, where in reversed(shown):
        if where.line in numbers:
            states[where.line] = ("running", marks[node])
            break
    marked = tuple(
        CodeRow(row.number, row.text, *states[row.number], row.changed) if row.number in states else row
        for row in rows
    )
    return marked, _focus(marked)


def _parked(world: World) -> list[tuple[str, int]]:
    return [(fact[1], line) for fact, places in world.section("line") for _, line in places]


def _focus(rows: tuple[CodeRow, ...]) -> int:
    for state in ("running", "parked", "ran"):
        for index, row in enumerate(rows):
            if row.state == state:
                return index
    return 0

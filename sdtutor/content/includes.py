"""Code of the package as text, found by ``ast``: lessons show what runs, and cannot drift from it."""

import ast
import re
from pathlib import Path

from sdtutor.content.records import Include
from sdtutor.content.validation import nearest

_ADDRESS = re.compile(
    r"(?P<path>(?:reference|textbook)/[a-z0-9_]+/[a-z0-9_]+\.py)(?:#(?P<name>[A-Za-z_][\w.]*))?"
)
_Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


class IncludeError(Exception):
    """An include that leads nowhere.

    Args:
        message: What is wrong.
        hint: The nearest name that exists.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def include(address: str, package: Path, line: int = 0) -> Include:
    """Return the code at an address.

    Decorators belong to the code, and a method is dedented.

    Args:
        address: ``reference/caching/cache_aside.py#CacheAside.get``; without ``#`` the whole file.
        package: The folder to which the path is relative.
        line: Of the line that asks for it.

    Raises:
        IncludeError: There is no such file or definition, or it is not under reference or textbook.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise IncludeError(
            f'"{address}" is not an address of code.',
            "Write reference/topic/concept.py#Class.method; code comes from reference/ or textbook/ only.",
        )
    path, name = found["path"], found["name"] or ""
    text = _source(path, package)
    if not name:
        return Include(path, "", text.rstrip("\n"), 1, line)
    definitions = _definitions(path, text)
    if name not in definitions:
        raise IncludeError(f'{path} does not define "{name}".', nearest(name, definitions, "It defines"))
    code, first_line = _extract(text, definitions[name])
    return Include(path, name, code, first_line, line)


def _source(path: str, package: Path) -> str:
    file = package / path
    if not file.is_file():
        known = [
            each.relative_to(package).as_posix()
            for tree in ("reference", "textbook")
            for each in package.glob(f"{tree}/*/*.py")
            if each.name != "__init__.py"
        ]
        raise IncludeError(f"There is no file {path} in the package.", nearest(path, known, "The files are"))
    return file.read_text(encoding="utf-8")


def _definitions(path: str, text: str) -> dict[str, _Definition]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise IncludeError(f"{path} is not Python: {error}.", "Correct the module first.") from error
    found: dict[str, _Definition] = {}
    _collect(tree.body, "", found)
    return found


def _collect(body: list[ast.stmt], prefix: str, found: dict[str, _Definition]) -> None:
    for node in body:
        if isinstance(node, _Definition):
            found.setdefault(prefix + node.name, node)
        if isinstance(node, ast.ClassDef):
            _collect(node.body, f"{prefix}{node.name}.", found)


def _extract(text: str, node: _Definition) -> tuple[str, int]:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    rows = text.split("\n")[first - 1 : node.end_lineno]
    indent = " " * node.col_offset
    return "\n".join(row.removeprefix(indent).rstrip() for row in rows), first

"""Python source to lines with roles, by the standard library's tokenizer."""

import io
import keyword
import tokenize
from collections.abc import Iterator
from functools import lru_cache

from sdtutor.drawing.spans import Line, Role, Span, safe
from sdtutor.drawing.wrap import merged

Mark = tuple[int, int, int, int, Role]
"""First row, first column, last row, column after the last: what has a role."""

_SOFT = frozenset(keyword.softkwlist) - {"_"}
_STRINGS = frozenset(
    {tokenize.STRING}
    | {
        getattr(tokenize, name)
        for name in ("FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END")
        if hasattr(tokenize, name)
    }
)


@lru_cache(maxsize=64)
def python(source: str) -> tuple[Line, ...]:
    """Return one line for each line of Python; what the tokenizer refuses stays plain code.

    Args:
        source: A module or a piece of one, dedented.
    """
    rows = source.expandtabs(4).splitlines()
    roles: list[list[Role]] = [["code"] * len(row) for row in rows]
    try:
        for mark in _marks(source.expandtabs(4)):
            _paint(roles, mark)
    except (tokenize.TokenError, SyntaxError):
        # A piece cut from a file may end inside a bracket: what came before keeps its roles.
        pass
    return tuple(
        merged(Span(safe(character), role) for character, role in zip(row, painted, strict=True))
        for row, painted in zip(rows, roles, strict=True)
    )


def _marks(source: str) -> Iterator[Mark]:
    before = ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        role = _role(token, before)
        if role:
            yield (*token.start, *token.end, role)
        if token.string.strip():
            before = token.string


def _role(token: tokenize.TokenInfo, before: str) -> Role | None:
    if token.type == tokenize.COMMENT:
        return "comment"
    if token.type in _STRINGS:
        return "string"
    if token.type != tokenize.NAME:
        return None
    if keyword.iskeyword(token.string):
        return "keyword"
    if before in ("def", "class"):
        return "title"
    is_statement = not token.line[: token.start[1]].strip()
    if token.string in _SOFT and is_statement and token.line.rstrip().endswith(":"):
        return "keyword"
    return None


def _paint(roles: list[list[Role]], mark: Mark) -> None:
    first_row, first, last_row, last, role = mark
    for row in range(first_row - 1, min(last_row, len(roles))):
        start = first if row == first_row - 1 else 0
        end = last if row == last_row - 1 else len(roles[row])
        roles[row][start:end] = [role] * len(roles[row][start:end])

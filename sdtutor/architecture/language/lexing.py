"""The parts of a line of a drawing: names, counts, settings, arrows and labels."""

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Sort = Literal[
    "name", "count", "settings", "title", "arrow", "label", "comma", "rest", "end", "unclosed", "junk"
]


class Token(NamedTuple):
    """One part of a line.

    Args:
        sort: What it is. ``title`` is what Mermaid writes inside a node, ``label`` what it writes on an arrow
            between bars, ``rest`` what follows a colon, ``unclosed`` settings without their end.
        text: What it says, without brackets, bars and stars.
        column: Where it begins, from 1.
    """

    sort: Sort
    text: str
    column: int


ARROW = re.compile(r"[-=~.<>→⇒⟶↔]*[-=~<>→⇒⟶↔][-=~.<>→⇒⟶↔]*")
_NAME = re.compile(r"\w+(?:[-.]\w+|[ \t]+\w+)*")
_COUNT = re.compile(r"[*×][ \t]*([\w.]*)")
_CLASS = re.compile(r":::\w+")
_JUNK = re.compile(r"[^\w\s()\[\]{}|,;&:*×<>=~→⇒⟶↔-]+")
_BRACKETS = (
    ("[(", ")]"), ("[[", "]]"), ("[/", "/]"), ("[\\", "\\]"), ("([", "])"), ("((", "))"), ("{{", "}}"),
    ('("', '")'), ("[", "]"), ("{", "}"),
)  # fmt: skip
"""How Mermaid opens and closes a node, the longer first. Flowchart syntax, mermaid.js.org, 2026."""
_SINGLE: dict[str, Sort] = {",": "comma", "&": "comma", ";": "end"}


def tokens(text: str) -> Iterator[Token]:
    """Yield the parts of a line, spaces left out, in linear time."""
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token, at = _token(text, at)
        if token is not None:
            yield token


def _token(text: str, at: int) -> tuple[Token | None, int]:
    """Return the part that begins here, None for what has no meaning, and where the next one may begin."""
    mark = text[at]
    if mark in "[{(":
        return _bracket(text, at)
    if mark in _SINGLE:
        return Token(_SINGLE[mark], mark, at + 1), at + 1
    if mark == ":":
        if found := _CLASS.match(text, at):
            return None, found.end()
        return Token("rest", text[at + 1 :], at + 1), len(text)
    if mark == '"' and (end := text.find('"', at + 1)) > 0:
        inside = as_name(plain(text[at + 1 : end]))
        return Token("name" if inside else "junk", inside, at + 1), end + 1
    if mark == "|":
        end = text.find("|", at + 1)
        end = len(text) if end < 0 else end
        return Token("label", text[at + 1 : end], at + 1), end + 1
    return _run(text, at)


def _run(text: str, at: int) -> tuple[Token, int]:
    """Return a name, a count, an arrow, or else what cannot be any of them."""
    if found := _NAME.match(text, at):
        return Token("name", found[0], at + 1), found.end()
    if found := _COUNT.match(text, at):
        return Token("count", found[1], at + 1), found.end()
    if found := ARROW.match(text, at):
        return Token("arrow", found[0], at + 1), found.end()
    found = _JUNK.match(text, at)
    end = found.end() if found else at + 1
    return Token("junk", text[at:end], at + 1), end


def _bracket(text: str, at: int) -> tuple[Token, int]:
    for opens, closes in _BRACKETS:
        if text.startswith(opens, at):
            quote = '"' if text.startswith('"', at + len(opens)) else ""
            end = text.find(quote + closes, at + len(opens) + len(quote))
            if end >= 0:
                return Token("title", text[at + len(opens) : end + len(quote)], at + 1), end + len(
                    quote + closes
                )
    if text[at] != "(":
        return Token("unclosed", text[at:], at + 1), len(text)
    end = text.find(")", at)
    inside = text[at + 1 : end if end >= 0 else len(text)]
    arrow = re.search(r"[-=~]+>|\(", inside)
    if end >= 0 and arrow is None:
        return Token("settings", inside, at + 1), end + 1
    kept = inside[: arrow.start()] if arrow else inside
    return Token("unclosed", "(" + kept, at + 1), at + 1 + len(kept)


def plain(text: str) -> str:
    """Return what Mermaid shows for a text: without quotes, line breaks and the codes of its characters.

    >>> plain('"writes<br/>#35;1"')
    'writes #1'
    """
    shown = re.sub(r"<br\s*/?>", " ", text.strip().strip('"`'))
    shown = html.unescape(re.sub(r"#(\d{1,6}|[a-z]{2,8});", _code, shown))
    return " ".join("".join(c if c.isprintable() else " " for c in shown).split())


def as_name(text: str) -> str:
    """Return a text without what a name cannot have.

    >>> as_name("Redis / Valkey")
    'Redis Valkey'
    """
    return " ".join(re.sub(r"[^\w.\- ]+", " ", text).split())


def _code(found: re.Match[str]) -> str:
    return f"&#{found[1]};" if found[1].isdigit() else f"&{found[1]};"

"""A line of arrows: which boxes it names, and which of them it joins."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sdtutor.architecture.language.lexing import Sort, Token, as_name, plain, tokens
from sdtutor.architecture.language.settings import (
    MOST,
    Complain,
    are_settings,
    quoted,
    read_number,
    read_settings,
)
from sdtutor.architecture.records import Setting

LONGEST_NAME, MOST_WORDS = 40, 6
_TIMES = re.compile(r"(.*\S)(?:[ \t]*[*×][ \t]*|[ \t]+[xX][ \t]?)(\d{1,12})")
_PARENTHESES = re.compile(r"([^()]*)\(([^()]*)\)\s*")
_WITHOUT_HEAD = ("--", "==", "-.")


@dataclass(slots=True)
class Mention:
    """A box as one place of the text names it.

    Args:
        id: As typed; what arrows elsewhere may call it.
        column: Where it stands, from 1.
        title: What Mermaid shows instead of the id; may be empty.
        count: How many are said to run; None when the place does not say.
        settings: By name.
    """

    id: str
    column: int
    title: str = ""
    count: int | None = None
    settings: dict[str, Setting] = field(default_factory=dict)


@dataclass(slots=True)
class Arrow:
    """An arrow between two lists of boxes.

    Args:
        onward: Whether it leads to the right.
        back: Whether it leads to the left.
        waits: Whether the caller waits.
        label: What goes over it.
    """

    onward: bool
    back: bool
    waits: bool
    label: str = ""


@dataclass(slots=True)
class Chain:
    """Lists of boxes with an arrow between each two.

    Args:
        groups: At least one list.
        arrows: One fewer.
    """

    groups: list[list[Mention]]
    arrows: list[Arrow]


def read_chains(text: str, mermaid: bool, complain: Complain) -> tuple[Chain, ...]:
    """Return the chains of one line, which semicolons part.

    Args:
        text: The line, without comments.
        mermaid: Whether the text is a flowchart of Mermaid's, where words in parentheses may be a title.
        complain: Is told what cannot be read.
    """
    chains: list[Chain] = []
    part: list[Token] = []
    for token in (*tokens(text), Token("end", "", len(text) + 1)):
        if token.sort != "end":
            part.append(token)
        elif part:
            chain = _Reading(mermaid, complain, token.column).read(part)
            chains += [chain] if chain.groups else []
            part = []
    return tuple(chains)


def _arrow(text: str) -> Arrow | None:
    """Return what an arrow says, or None when it has no head."""
    onward, back = text[-1] in ">→⇒⟶↔", text[0] in "<↔"
    return Arrow(onward, back, not any(c in text for c in "~.")) if onward or back else None


class _Reading:
    """Reads the parts of one chain.

    Args:
        mermaid: Whether words in parentheses may be a title.
        complain: Is told what cannot be read.
        end: The column after the chain.
    """

    def __init__(self, mermaid: bool, complain: Complain, end: int) -> None:
        self._mermaid = mermaid
        self._complain = complain
        self._end = end
        self._groups: list[list[Mention]] = [[]]
        self._arrows: list[Arrow] = []
        self._open = True
        """Whether a name may stand here: at the beginning, after a comma, after an arrow."""

    def read(self, parts: list[Token]) -> Chain:
        """Return the chain."""
        readers: Mapping[Sort, Callable[[Token], None]] = {
            "name": self._name,
            "count": self._count,
            "settings": self._settings,
            "title": self._title,
            "unclosed": self._unclosed,
            "arrow": self._arrow,
            "label": self._label,
            "rest": self._rest,
            "comma": self._comma,
            "junk": self._junk,
        }
        for token in _joined(parts):
            readers[token.sort](token)
        if self._arrows and not self._groups[-1]:
            self._complain(
                self._end, "The arrow leads nowhere.", "Write the box that it leads to: `app -> db`."
            )
            self._groups.pop()
            self._arrows.pop()
        return Chain([group for group in self._groups if group], self._arrows)

    def _name(self, token: Token) -> None:
        text, count = token.text, None
        if (many := _TIMES.fullmatch(text)) is not None:
            text, count = many[1], int(many[2])
        name = " ".join(text.split())
        if name.count(" ") >= MOST_WORDS or len(name) > LONGEST_NAME:
            hint = (
                f"A name has at most {MOST_WORDS} words and {LONGEST_NAME} characters; begin a remark with #."
            )
            self._complain(token.column, f"`{quoted(name)}` is too long for a box.", hint)
            name = " ".join(name.split()[:MOST_WORDS])[:LONGEST_NAME].strip()
        if not self._open:
            hint = "Put `->` between a caller and what it calls, a comma between boxes side by side."
            self._complain(token.column, f"There is no arrow and no comma before `{quoted(name)}`.", hint)
        self._groups[-1].append(Mention(name, token.column))
        self._open = False
        if count is not None:
            self._set_count(str(count), token.column)

    def _last(self, token: Token) -> Mention | None:
        if self._groups[-1] and not self._open:
            return self._groups[-1][-1]
        self._complain(
            token.column, f"No box stands before `{quoted(token.text)}`.", "Write its name first: `app*3`."
        )
        return None

    def _count(self, token: Token) -> None:
        if self._last(token) is not None:
            self._set_count(token.text, token.column)

    def _set_count(self, text: str, column: int) -> None:
        mention = self._groups[-1][-1]
        value = read_number(text)
        if value is None or not value.is_integer() or not 1 <= value <= MOST:
            problem = f"How many of `{quoted(mention.id)}` are there?"
            self._complain(
                column, problem, f"Write a whole number from 1 to {MOST:,}: `{quoted(mention.id)}*3`."
            )
        else:
            mention.count = int(value)

    def _settings(self, token: Token) -> None:
        mention = self._last(token)
        if mention is None:
            return
        if self._mermaid and not are_settings(token.text):
            self._set_title(mention, token)
        else:
            mention.settings |= read_settings(token.text, token.column + 1, self._complain)

    def _title(self, token: Token) -> None:
        if (mention := self._last(token)) is not None:
            self._set_title(mention, token)

    def _set_title(self, mention: Mention, token: Token) -> None:
        """Take name, count and settings from what Mermaid shows in the box."""
        text = plain(token.text)
        inside = _PARENTHESES.fullmatch(text)
        if inside is not None and are_settings(inside[2]):
            mention.settings |= read_settings(inside[2], token.column, self._complain)
            text = inside[1]
        if (many := _TIMES.fullmatch(text.strip())) is not None and int(many[2]) in range(1, MOST + 1):
            text, mention.count = many[1], int(many[2])
        mention.title = as_name(text)[:LONGEST_NAME].strip()

    def _unclosed(self, token: Token) -> None:
        closes = {"(": ")", "[": "]", "{": "}"}[token.text[0]]
        self._complain(
            token.column, f"The `{token.text[0]}` is not closed.", f"Write `{closes}` where it ends."
        )
        if token.text[0] == "(" and (mention := self._last(token)) is not None:
            mention.settings |= read_settings(token.text[1:], token.column + 1, self._complain)

    def _arrow(self, token: Token) -> None:
        arrow = _arrow(token.text)
        if arrow is None:
            problem = f"The arrow `{quoted(token.text)}` has no head."
            self._complain(
                token.column, problem, "Write `->`, or `~>` when nobody waits; it is read as `->`."
            )
            arrow = Arrow(True, False, True)
        if not self._groups[-1]:
            self._complain(
                token.column, "No box stands before the arrow.", "Write the box that calls: `app -> db`."
            )
            return
        self._arrows.append(arrow)
        self._groups.append([])
        self._open = True

    def _label(self, token: Token) -> None:
        if self._arrows and not self._groups[-1]:
            self._arrows[-1].label = plain(token.text)
        else:
            self._complain(token.column, "A label in bars follows no arrow.", "Write `app -->|reads| db`.")

    def _rest(self, token: Token) -> None:
        if self._arrows:
            self._arrows[-1].label = plain(token.text)
        else:
            problem = "What follows the colon belongs to no arrow."
            self._complain(token.column, problem, "A label follows an arrow: `app -> db : writes`.")

    def _comma(self, token: Token) -> None:
        if self._open:
            self._complain(
                token.column, "No box stands before the comma.", "Write boxes side by side as `a, b`."
            )
        self._open = True

    def _junk(self, token: Token) -> None:
        hint = "Names have letters, digits, spaces, dots, _ and -."
        self._complain(token.column, f"`{quoted(token.text)}` means nothing here.", hint)


def _joined(parts: list[Token]) -> Iterator[Token]:
    """Yield the parts, ``-- words -->`` as an arrow and its label."""
    at = 0
    while at < len(parts):
        token = parts[at]
        labelled = (
            token.sort == "arrow"
            and token.text in _WITHOUT_HEAD
            and len(parts) > at + 2
            and parts[at + 1].sort in ("name", "title")
            and parts[at + 2].sort == "arrow"
            and _arrow(parts[at + 2].text) is not None
        )
        if labelled:
            yield parts[at + 2]._replace(text=token.text + parts[at + 2].text)
            yield parts[at + 1]._replace(sort="label")
            at += 3
        else:
            yield token
            at += 1

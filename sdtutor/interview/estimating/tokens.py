"""The words, numbers and signs of a line of the pad."""

import math
import re
from dataclasses import dataclass
from typing import Literal

from sdtutor.errors import UsageError
from sdtutor.interview.estimating.units import find_unit

LONGEST_LINE = 300
"""Characters of a line."""

MOST_TOKENS = 120
"""Numbers, words and signs of a line."""

FORM = "Write it like `100M users * 10 / day * 500 B` or `storage: 3 TB * 2`."

_TOKEN = re.compile(
    r"(?P<number>(?:\d[\d,_]*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+(?![\w.]))?)"
    r"|(?P<word>%|[^\W\d_][\w']*)"
    r"|(?P<sign>\*\*|[-+*/()^×÷·−])"
    r"|(?P<space>[\s~≈?!.,;\"'`]+)"
)
_SIGNS = {"×": "*", "·": "*", "÷": "/", "−": "-", "**": "^"}

_SCALES = {
    "k": 1e3,
    "m": 1e6,
    "g": 1e9,
    "t": 1e12,
    "mn": 1e6,
    "mio": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "ki": 1024.0,
    "mi": 1024.0**2,
    "gi": 1024.0**3,
    "ti": 1024.0**4,
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "lakh": 1e5,
    "crore": 1e7,
}


@dataclass(frozen=True, slots=True)
class Token:
    """One of them.

    Args:
        kind: What it is.
        text: As typed; the signs in one spelling each.
        value: Of a number, its scale applied.
    """

    kind: Literal["number", "word", "sign"]
    text: str
    value: float = 0.0


def read_tokens(line: str, *, billions: int = 0) -> list[Token]:
    """Return the tokens of a line; ``12k`` is one number.

    Args:
        line: Without a label.
        billions: How many of the first ``6B`` are six billion rather than six bytes.

    Raises:
        UsageError: A sign that means nothing here, a number too large, or a line too long.
    """
    if len(line) > LONGEST_LINE:
        raise UsageError(
            f"A line of the pad has at most {LONGEST_LINE} characters, this one has {len(line):,}.",
            "Split it into several lines.",
        )
    raw = _raw(line)
    tokens: list[Token] = []
    bytes_left = billions
    for place, token in enumerate(raw):
        scale = _scale(raw, place, bytes_left > 0) if place and raw[place - 1].kind == "number" else 0.0
        if scale:
            before = tokens[-1]
            tokens[-1] = Token("number", _join(before.text, token.text), _finite(before.value * scale, line))
            bytes_left -= token.text == "B"
        else:
            tokens.append(token)
    if len(tokens) > MOST_TOKENS:
        raise UsageError(f"This line has more than {MOST_TOKENS} numbers and words.", "Split it.")
    return tokens


def _join(number: str, scale: str) -> str:
    return number + scale if len(scale) <= 2 else f"{number} {scale}"


def _raw(line: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while at < len(line):
        found = _TOKEN.match(line, at)
        if found is None:
            raise UsageError(f'"{line[at]}" means nothing on the pad.', FORM)
        at = found.end()
        if found["number"]:
            value = _finite(float(re.sub("[,_]", "", found["number"])), found["number"])
            tokens.append(Token("number", found["number"].rstrip(","), value))
        elif found["word"]:
            tokens.append(Token("word", found["word"]))
        elif found["sign"]:
            tokens.append(Token("sign", _SIGNS.get(found["sign"], found["sign"])))
    return tokens


def _finite(value: float, written: str) -> float:
    if not math.isfinite(value):
        raise UsageError(f'"{written}" is too large to calculate with.', FORM)
    return value


def _scale(raw: list[Token], place: int, billions: bool) -> float:
    """Return what a word behind a number multiplies it by, or 0 when it is not a scale."""
    token = raw[place]
    scale = _SCALES.get(
        token.text.lower().removesuffix("s") if len(token.text) > 4 else token.text.lower(), 0.0
    )
    if token.kind != "word" or token.text != "B":
        return scale if token.kind == "word" else 0.0
    following = raw[place + 1] if place + 1 < len(raw) else None
    counts = following is not None and following.kind == "word" and not _joins(following.text)
    return scale if billions or counts else 0.0


_JOINING = frozenset(
    ("a", "an", "per", "each", "every", "of", "for", "in", "over", "x", "and", "times", "peak")
)


def _joins(word: str) -> bool:
    return word.lower() in _JOINING or find_unit(word) is not None

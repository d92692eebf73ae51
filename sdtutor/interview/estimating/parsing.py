"""Reading a line of the pad by recursive descent; pint calculates, nothing is ever evaluated as code.

    sum    := product (("+" | "-") product)*
    product:= factor (("*" | "/" | "per" | "of" | "for" | "x") factor)*
    factor := ["-"] (number words | words | "(" sum ")") ["^" number]

A word that is no unit is a counted thing, which cancels ("10 tweets/user") or stays ("links/s"); of "new
links" the thing is "links". Bytes and times must fit where they are added; counted things need not.
"""

import difflib
import math
from typing import TYPE_CHECKING

from sdtutor.errors import UsageError
from sdtutor.interview.estimating.amounts import base_value, in_words, kind_of
from sdtutor.interview.estimating.saying import singular
from sdtutor.interview.estimating.tokens import FORM, Token
from sdtutor.interview.estimating.units import LONG_NAMES, find_unit, is_time, powers, quantity, thing
from sdtutor.interview.matching.words import word_set

if TYPE_CHECKING:
    from pint import Quantity

DEEPEST = 20
"""Brackets within brackets."""

_LARGEST_POWER = 1000

_SAME = {
    "dau": "user",
    "mau": "user",
    "wau": "user",
    "people": "user",
    "person": "user",
    "customer": "user",
    "req": "request",
    "reqs": "request",
    "msg": "message",
    "txn": "transaction",
    "tx": "transaction",
}
_NEUTRAL = word_set(
    "peak factor average avg mean about roughly approx total overhead x times replication max burst busiest "
    "only a an each every the new active is are it we have so that and to which of at data storage traffic"
)
_EACH = word_set("a an each every per")
_TIMES = word_set("of x times at with")
_LASTING = word_set("for over in during within")
_PERCENT = {"%": 0.01, "percent": 0.01}


class Parser:
    """Reads the tokens of one sum from left to right, and keeps the steps.

    Args:
        tokens: Of the sum.
    """

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.words: list[str] = []
        self.steps: list[str] = []
        self.notices: list[str] = []

    def read(self) -> "Quantity[float]":
        """Return the value of the sum."""
        value = self._sum()
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            raise UsageError(f'"{token.text}" stands where a sign is missing or too much.', FORM)
        return value

    def _peek(self, ahead: int = 0) -> Token:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else Token("sign", "")

    def _sum(self) -> "Quantity[float]":
        value = self._product()
        while self._peek().text in ("+", "-") or self._peek().text.lower() in ("plus", "minus"):
            sign = "+" if self._peek().text.lower() in ("+", "plus") else "-"
            self.at += 1
            value = self._add(value, self._product(), sign)
        return value

    def _add(self, left: "Quantity[float]", right: "Quantity[float]", sign: str) -> "Quantity[float]":
        if powers(left)[:2] != powers(right)[:2]:
            done = "added" if sign == "+" else "subtracted"
            raise UsageError(
                f"{in_words(left)} and {in_words(right)} cannot be {done}: "
                f"one is {kind_of(left)}, the other {kind_of(right)}.",
                "Bring both to the same unit first.",
            )
        total = base_value(left) + base_value(right) if sign == "+" else base_value(left) - base_value(right)
        counts = left if powers(left)[2] else right
        return self._step(left, sign, right, quantity(total, str(counts.to_base_units().units)))

    def _product(self) -> "Quantity[float]":
        value = self._factor()
        while sign := self._operator(value):
            value = self._multiply(value, self._factor(), sign)
        return value

    def _operator(self, left: "Quantity[float]") -> str:
        """Take the sign between two factors, in whatever way it is written; empty when there is none."""
        token = self._peek()
        word = token.text.lower() if token.kind == "word" else ""
        following = self._peek(1)
        sign = token.text if token.text in ("*", "/") else ""
        if word == "per" or (word in _EACH and is_time(following.text)):
            sign = "/"
        elif word in _TIMES and (following.kind == "number" or following.text == "("):
            sign = "*"
        elif word in _LASTING and following.kind == "number":
            sign = "*" if powers(left)[1] < 0 else "/"
        if sign:
            self.at += 1
            while self._peek().text.lower() in ("a", "an", "each", "every", "the", "about"):
                self.at += 1
            return sign
        return "*" if token.text == "(" else ""

    def _multiply(self, left: "Quantity[float]", right: "Quantity[float]", sign: str) -> "Quantity[float]":
        if sign == "/" and base_value(right) == 0:
            raise UsageError(f"{in_words(left)} is divided by zero.", "Check what stands after the last `/`.")
        if sign == "/" and base_value(right) == 8 and powers(right) == (0, 0, {}) and self._has_bits():
            self.notices.append("The pad knows that eight bits are a byte; this divides by eight once more.")
        try:
            value = left * right if sign == "*" else left / right
        except OverflowError:
            raise UsageError("The result is too large.", FORM) from None
        return self._step(left, sign, right, value)

    def _has_bits(self) -> bool:
        return any("bit" in word or word.endswith("bps") for word in self.words)

    def _step(
        self, left: "Quantity[float]", sign: str, right: "Quantity[float]", value: "Quantity[float]"
    ) -> "Quantity[float]":
        if not math.isfinite(base_value(value)):
            raise UsageError("The result is too large.", FORM)
        if not (_is_one(right) or _is_one(left)):
            written = {"*": "×", "/": "÷"}.get(sign, sign)
            self.steps.append(f"{in_words(left)} {written} {in_words(right)} = {in_words(value)}")
        return value

    def _factor(self) -> "Quantity[float]":
        token = self._peek()
        if token.text == "-":
            self.at += 1
            negative: Quantity[float] = quantity(-1.0) * self._factor()
            return negative
        if token.text == "(":
            value = self._bracket()
        elif token.kind == "number":
            self.at += 1
            value = quantity(token.value)
        elif token.kind == "word":
            value = quantity(1.0)
        else:
            where = f'before "{token.text}"' if token.text else "at the end"
            raise UsageError(f"A number is missing {where}.", FORM)
        return self._units(self._power(value))

    def _bracket(self) -> "Quantity[float]":
        self.depth += 1
        if self.depth > DEEPEST:
            raise UsageError(f"More than {DEEPEST} brackets stand within each other.", "Split the line.")
        self.at += 1
        value = self._sum()
        if self._peek().text != ")":
            raise UsageError("A bracket is not closed.", "Add `)`.")
        self.at += 1
        self.depth -= 1
        return value

    def _power(self, value: "Quantity[float]") -> "Quantity[float]":
        if self._peek().text != "^":
            return value
        exponent = self._peek(1)
        if exponent.value not in range(1, _LARGEST_POWER):
            raise UsageError(
                f"After `^` stands a whole number below {_LARGEST_POWER:,}.", "Write it like 2^40."
            )
        if powers(value) != (0, 0, {}):
            raise UsageError(f"{in_words(value)} cannot be raised to a power.", "Only bare numbers can.")
        self.at += 2
        try:
            return quantity(float(base_value(value) ** exponent.value))
        except OverflowError:
            raise UsageError(f"{in_words(value)}^{exponent.text} is too large.", FORM) from None

    def _units(self, value: "Quantity[float]") -> "Quantity[float]":
        """Return the value in the units and counted things that follow it."""
        nouns: list[str] = []
        while self._peek().kind == "word" and not self._is_sign():
            word = self._peek().text
            self.at += 1
            unit = _PERCENT.get(word.lower()) or find_unit(word) or self._mended(word)
            if unit is not None:
                value = value * unit
            elif word.lower() not in _NEUTRAL:
                nouns.append(word)
            self.words.append(word.lower())
        if nouns:
            noun = next((noun for noun in reversed(nouns) if noun.lower().endswith("s")), nouns[-1])
            value = value * thing(_noun(noun))
        return value

    def _is_sign(self) -> bool:
        """Whether the word here joins what stands before and after it."""
        at = self.at
        sign = self._operator(quantity(1.0))
        self.at = at
        return bool(sign) or self._peek().text.lower() in ("plus", "minus")

    def _mended(self, word: str) -> "Quantity[float] | None":
        """Return the unit that a word is a slip of the finger for, and say so."""
        lowered = word.lower()
        if len(lowered) < 5 or lowered in LONG_NAMES:
            return None
        near = [
            name for name in difflib.get_close_matches(lowered, LONG_NAMES, 3, 0.8) if _is_slip(lowered, name)
        ]
        if not near:
            return None
        self.notices.append(f'"{word}" was taken for "{near[0]}".')
        return find_unit(near[0])


def _is_slip(word: str, name: str) -> bool:
    """Whether one letter too many, one missing or two swapped make the word of the name."""
    if word[0] != name[0]:
        return False
    if len(word) == len(name):
        return sorted(word) == sorted(name)
    longer, shorter = sorted((word, name), key=len, reverse=True)
    return any(longer[:cut] + longer[cut + 1 :] == shorter for cut in range(len(longer)))


def _is_one(value: "Quantity[float]") -> bool:
    return float(value.magnitude) == 1.0


def _noun(word: str) -> str:
    noun = "".join(letter for letter in singular(word) if letter.isalpha()) or "thing"
    return _SAME.get(noun, noun)

"""What each role looks like: a dark, a light and a colourless set of styles.

Blue and orange carry the meaning, so that it survives the common kinds of colour blindness; a word or a
shape says it too. Every role that carries text has a contrast of at least 7:1 on its ground (WCAG 2.2,
success criterion 1.4.6); rules, which are decoration, have 3:1 (1.4.11).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rich.style import Style

from sdtutor.drawing.spans import Role

ThemeName = Literal["dark", "light", "colourless"]


@dataclass(frozen=True, slots=True)
class Look:
    """How one role looks.

    Args:
        ink: Colour of the text; empty for the theme's own.
        attributes: "bold", "italic", "underline", "reverse", separated by spaces.
        ground: Colour behind it; empty for the theme's own.
    """

    ink: str = ""
    attributes: str = ""
    ground: str = ""


DARK: Mapping[Role, Look] = {
    "plain": Look("#e4e7ec", "", "#10141b"),
    "dim": Look("#a7b0bd"),
    "strong": Look("#ffffff", "bold"),
    "title": Look("#9fcbff", "bold"),
    "rule": Look("#5b6778"),
    "key": Look("#7cc0ff", "bold"),
    "running": Look("#1a1000", "bold", "#ffb454"),
    "parked": Look("#c3b6a0"),
    "flight": Look("#ffb870"),
    "changed": Look("#ffcf7d", "bold"),
    "good": Look("#8fd3ff", "bold"),
    "bad": Look("#1a0d00", "bold", "#ff9f4a"),
    "warn": Look("#ffc46b"),
    "code": Look("#d8dee8"),
    "keyword": Look("#8dbfff"),
    "string": Look("#f0c48a"),
    "comment": Look("#9ba6b5", "italic"),
    "link": Look("#7cc0ff", "underline"),
    "cursor": Look("#ffffff", "bold", "#1d4570"),
}
LIGHT: Mapping[Role, Look] = {
    "plain": Look("#1b1f26", "", "#fbfaf7"),
    "dim": Look("#4b535f"),
    "strong": Look("#000000", "bold"),
    "title": Look("#0b4a86", "bold"),
    "rule": Look("#8a919c"),
    "key": Look("#0b4a86", "bold"),
    "running": Look("#ffffff", "bold", "#8a3d00"),
    "parked": Look("#5b4a2e"),
    "flight": Look("#813a00"),
    "changed": Look("#7a3600", "bold"),
    "good": Look("#004a80", "bold"),
    "bad": Look("#ffffff", "bold", "#8a3a00"),
    "warn": Look("#703c00"),
    "code": Look("#23282f"),
    "keyword": Look("#0b4a86"),
    "string": Look("#6d3d00"),
    "comment": Look("#4b535f", "italic"),
    "link": Look("#0b4a86", "underline"),
    "cursor": Look("#00213f", "bold", "#c5defa"),
}
COLOURLESS: Mapping[Role, Look] = {
    "strong": Look("", "bold"),
    "title": Look("", "bold"),
    "key": Look("", "bold"),
    "running": Look("", "bold reverse"),
    "changed": Look("", "bold"),
    "good": Look("", "bold"),
    "bad": Look("", "bold reverse"),
    "keyword": Look("", "bold"),
    "link": Look("", "underline"),
    "cursor": Look("", "reverse"),
}
THEMES: Mapping[ThemeName, Mapping[Role, Look]] = {"dark": DARK, "light": LIGHT, "colourless": COLOURLESS}


@lru_cache(maxsize=len(THEMES))
def styles(theme: ThemeName) -> Mapping[Role, Style]:
    """Return the style of every role, computed once for each theme."""
    looks = THEMES[theme]
    base = looks.get("plain", Look())
    return {role: _style(looks.get(role, Look()), base) for role in DARK}


def _style(look: Look, base: Look) -> Style:
    attributes = look.attributes.split()
    return Style(
        color=look.ink or base.ink or None,
        bgcolor=look.ground or base.ground or None,
        bold="bold" in attributes or None,
        italic="italic" in attributes or None,
        underline="underline" in attributes or None,
        reverse="reverse" in attributes or None,
    )

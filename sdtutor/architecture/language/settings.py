"""What stands in the parentheses of a box: flags, counts, rates, times and shares.

Times are kept in seconds, rates in requests a second, shares as fractions of one; ``ms=5`` is kept as
``service``, 0.005.
"""

import re
from collections.abc import Callable, Mapping
from typing import Literal, get_args

from sdtutor.architecture.kinds import named_kind
from sdtutor.architecture.records import Setting
from sdtutor.core.systems import Kind

Complain = Callable[[int, str, str], None]
"""Takes a mistake: its column, what is wrong, what to write instead."""

Form = Literal["flag", "count", "number", "rate", "time", "share", "kind"]

FORMS: Mapping[str, Form] = {
    "primary": "flag",
    "leader": "flag",
    "async": "flag",
    "sync": "flag",
    "managed": "flag",
    "replicas": "count",
    "retries": "count",
    "queue": "count",
    "instances": "number",
    "zones": "number",
    "shards": "number",
    "servers": "number",
    "rps": "rate",
    "ms": "time",
    "service": "time",
    "timeout": "time",
    "ttl": "time",
    "failover": "time",
    "hit": "share",
    "availability": "share",
    "kind": "kind",
}
"""Every setting; a ``count`` may be 0, a ``number`` is at least 1."""

MOST = 100_000
"""Of anything that is counted."""

_EXAMPLES: Mapping[Form, str] = {
    "count": "a whole number, such as 2",
    "number": "a whole number from 1, such as 3",
    "rate": "requests a second, such as 500 or 12k",
    "time": "a time, such as 5ms or 30s",
    "share": "a share, such as 90% or 0.9",
    "kind": "one of " + ", ".join(get_args(Kind)),
}
_VALUE = re.compile(r"(\d{1,12}(?:\.\d{1,12})?|\.\d{1,12})(?:e([+-]?\d{1,2}))?\s*([a-zµμ%]*)", re.IGNORECASE)
_POWERS = {"": 0, "k": 3, "K": 3, "m": 6, "M": 6, "B": 9, "G": 9}
_TIMES = {
    "": (0, 1), "us": (-6, 1), "µs": (-6, 1), "μs": (-6, 1), "ms": (-3, 1), "s": (0, 1), "sec": (0, 1),
    "m": (0, 60), "min": (0, 60), "h": (0, 3600), "d": (0, 86400),
}  # fmt: skip
_PIECE = re.compile(r"(?P<name>[\w-]+)\s*[=:]\s*(?P<value>.*)|(?P<count>\d+)\s+(?P<what>\w+)|(?P<flag>.*)")


def read_number(text: str) -> float | None:
    """Return a number with an optional k, M or G, or None when it is none.

    >>> read_number("12k"), read_number("1.5M"), read_number("two")
    (12000.0, 1500000.0, None)
    """
    return _read(text, {unit: (power, 1) for unit, power in _POWERS.items()})


def _read(text: str, units: Mapping[str, tuple[int, int]]) -> float | None:
    match = _VALUE.fullmatch(text.strip().replace("_", ""))
    if match is None or match[3] not in units:
        return None
    power, factor = units[match[3]]
    # The decimal point is moved in the text: 99.9 % is then the float nearest to 0.999.
    return float(f"{match[1]}e{power + int(match[2] or 0)}") * factor


def _whole(text: str, least: int) -> int | None:
    value = read_number(text)
    return int(value) if value is not None and value.is_integer() and least <= value <= MOST else None


def _above_zero(value: float | None) -> float | None:
    return value if value is not None and 1e-9 <= value <= 1e12 else None


def _share(text: str) -> float | None:
    value = _read(text, {"": (0, 1), "%": (-2, 1)})
    return value if value is not None and value <= 1 else None


def _time(text: str, plain: str) -> float | None:
    return _above_zero(_read(text + plain if text[-1:].isdigit() else text, _TIMES))


def _kind(text: str) -> str | None:
    word = text.strip().casefold().replace(" ", "_").replace("-", "_")
    return word if word in get_args(Kind) else named_kind(text)


_READERS: Mapping[Form, Callable[[str], Setting | None]] = {
    "count": lambda text: _whole(text, 0),
    "number": lambda text: _whole(text, 1),
    "rate": lambda text: _above_zero(read_number(text.removesuffix("/s"))),
    "time": lambda text: _time(text, "s"),
    "share": _share,
    "kind": _kind,
}


def _nearest(word: str, known: tuple[str, ...]) -> str:
    """Return the known word that is most like another, or nothing."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word.casefold()[:40], known, n=1, cutoff=0.6)), "")


def _names(text: str) -> tuple[str, str, bool]:
    """Return the name and the value of one piece, and whether it has a value."""
    match = _PIECE.fullmatch(text.strip())
    if match is None:
        return text.strip().casefold(), "", False
    if match["name"] is not None:
        return match["name"].casefold(), match["value"], True
    if match["count"] is not None:
        what = match["what"].casefold()
        return (what if what in FORMS else what + "s"), match["count"], True
    return match["flag"].casefold(), "", False


def are_settings(text: str) -> bool:
    """Return whether the text between two parentheses is settings, and not a label of Mermaid's."""
    return all(_names(piece)[0] in FORMS for piece in text.split(","))


def read_settings(text: str, column: int, complain: Complain) -> dict[str, Setting]:
    """Return the settings between two parentheses, by name.

    Args:
        text: Without the parentheses.
        column: Of the first character of the text, from 1.
        complain: Is told what cannot be read; the rest still is.
    """
    found: dict[str, Setting] = {}
    for piece in text.split(","):
        start = column + len(piece) - len(piece.lstrip())
        name, value, has_value = _names(piece)
        if name or has_value:
            _read_one(name, value if has_value else "", (start, complain), found)
        column += len(piece) + 1
    return found


def _read_one(name: str, value: str, place: tuple[int, Complain], found: dict[str, Setting]) -> None:
    column, complain = place
    form = FORMS.get(name)
    if form is None:
        near = _nearest(name, tuple(FORMS))
        hint = f"Did you mean `{near}`?" if near else f"The settings are {', '.join(FORMS)}."
        complain(column, f"There is no setting `{quoted(name)}`.", hint)
    elif form == "flag":
        found[name] = value.casefold() not in ("no", "false", "0")
    else:
        read = _time(value, "ms") if name == "ms" else _READERS[form](value)
        if read is None:
            problem = f"`{name}` is not `{quoted(value)}`." if value.strip() else f"`{name}` has no value."
            complain(column, problem, f"Write `{name}=` and {_EXAMPLES[form]}.")
        else:
            found["service" if name == "ms" else name] = read


def write_setting(name: str, value: Setting) -> str:
    """Return a setting as it is read again.

    >>> write_setting("async", True), write_setting("timeout", 0.5), write_setting("replicas", 2)
    ('async', 'timeout=0.5', 'replicas=2')
    """
    return name if value is True else f"{name}={'no' if value is False else value}"


def quoted(text: str) -> str:
    """Return typed text as a message may show it: printable, at most 30 characters.

    >>> quoted("a" + chr(27) + "b")
    'a�b'
    """
    shown = "".join(c if c.isprintable() else "\ufffd" for c in text.strip())
    return shown if len(shown) <= 30 else shown[:29] + "…"

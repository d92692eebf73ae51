"""Units of the pad: bytes, seconds, and whatever is counted; their algebra is pint's.

The registry is our own and small: pint's has metres and candelas, and needs a tenth of a second to load. A
day has 86,400 seconds, a year 365 days, and a month is a twelfth of a year, so that five years of
"100M / month" are sixty months and not 60.8. Decimal prefixes are powers of 1000, ``Ki`` of 1024 (IEC
80000-13:2008); eight bits are a byte.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pint import Quantity, UnitRegistry

_DEFINED = """
second = [time]
byte = [data]
minute = 60 second
hour = 3600 second
day = 86400 second
week = 604800 second
year = 31536000 second
month = 2628000 second
millisecond = 0.001 second
microsecond = 0.000001 second
nanosecond = 0.000000001 second
bit = 0.125 byte
"""

_TIMES = {
    "second": "s sec secs second seconds",
    "minute": "min mins minute minutes",
    "hour": "h hr hrs hour hours",
    "day": "d day days",
    "week": "w wk week weeks",
    "month": "mo month months",
    "year": "y yr yrs year years",
    "millisecond": "ms msec millisecond milliseconds",
    "microsecond": "us µs μs microsecond microseconds",
    "nanosecond": "ns nanosecond nanoseconds",
}
_WORDS = {word: name for name, words in _TIMES.items() for word in words.split()} | {
    "byte": "byte",
    "bytes": "byte",
    "bit": "bit",
    "bits": "bit",
}
_ADVERBS = {"daily": "day", "hourly": "hour", "weekly": "week", "monthly": "month", "yearly": "year"}
_PREFIXES = {"": 1.0, "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12, "p": 1e15, "e": 1e18}
_LONG_PREFIXES = {"kilo": "k", "mega": "m", "giga": "g", "tera": "t", "peta": "p"}

_BYTES = re.compile(r"([kKmMgGtTpPeE]?)(i?)(?:B|[bB]ytes?)|([kmgtp])(i?)b")
_BITS = re.compile(r"([kKmMgGtTpP]?)(i?)(?:[bB]its?|b)")
_LONG = re.compile(r"(kilo|mega|giga|tera|peta)(bytes?|bits?)")
_PER_SECOND = re.compile(r"([kKmMgGtTpP]?)(bps|Bps)")
_RATES = {
    "rps": "request",
    "qps": "query",
    "tps": "transaction",
    "wps": "write",
    "iops": "operation",
    "ops": "operation",
}


@cache
def registry() -> "UnitRegistry[float]":
    """Return the registry of units; made once, when the pad is used first."""
    from pint import UnitRegistry

    made: UnitRegistry[float] = UnitRegistry(None)
    made.load_definitions(_DEFINED.strip().splitlines())
    return made


def quantity(value: float, unit: str = "") -> "Quantity[float]":
    """Return a quantity; the unit is one of pint's names for ours."""
    made: Quantity[float] = registry().Quantity(value, unit)
    return made


def thing(noun: str) -> "Quantity[float]":
    """Return one of a counted thing: ``link``, ``user``.

    Args:
        noun: Lower case letters, in the singular.
    """
    name = "thing_" + "".join(letter if letter.isascii() else f"x{ord(letter):x}" for letter in noun)
    made = registry()
    if name not in made:
        made.define(f"{name} = [{name}]")
        _NOUNS[name] = noun
    return made.Quantity(1.0, name)


_NOUNS: dict[str, str] = {}


def powers(value: "Quantity[float]") -> tuple[int, int, dict[str, int]]:
    """Return the powers of bytes, of seconds and of each counted thing in a quantity's base unit."""
    units = {name: float(power.real) for name, power in value.to_base_units().unit_items()}
    data, time = (round(units.pop(name, 0)) for name in ("byte", "second"))
    return data, time, {_NOUNS[name]: round(power) for name, power in units.items()}


def find_unit(word: str) -> "Quantity[float] | None":
    """Return one of the unit that a word names, or None when it is not a unit.

    ``B`` is a byte and ``b`` a bit behind a capital prefix (``Mb``), but ``mb`` and ``gb`` are bytes: who
    does not care about case means those.

    >>> str(find_unit("KiB")), str(find_unit("rps")), find_unit("links")
    ('1024.0 byte', '1.0 thing_request / second', None)
    """
    lowered = word if len(word) < 2 else word.lower()
    if lowered in _WORDS:
        return quantity(1.0, _WORDS[lowered])
    if lowered in _RATES:
        return _divided(thing(_RATES[lowered]), quantity(1.0, "second"))
    if lowered in _ADVERBS:
        return _divided(quantity(1.0), quantity(1.0, _ADVERBS[lowered]))
    return _sized(word)


def _sized(word: str) -> "Quantity[float] | None":
    if found := _BYTES.fullmatch(word):
        return quantity(_prefix(found[1] or found[3] or "", found[2] or found[4] or ""), "byte")
    if found := _BITS.fullmatch(word):
        return quantity(_prefix(found[1], found[2]), "bit")
    if found := _LONG.fullmatch(word.lower()):
        return quantity(_prefix(_LONG_PREFIXES[found[1]], ""), found[2].removesuffix("s"))
    if found := _PER_SECOND.fullmatch(word):
        unit = "bit" if found[2] == "bps" else "byte"
        return _divided(quantity(_prefix(found[1], ""), unit), quantity(1.0, "second"))
    return None


def _divided(left: "Quantity[float]", right: "Quantity[float]") -> "Quantity[float]":
    result: Quantity[float] = left / right
    return result


def _prefix(letter: str, binary: str) -> float:
    power = "kmgtpe".find(letter.lower()) + 1 if letter else 0
    return 1024.0**power if binary else 1000.0**power


def is_time(word: str) -> bool:
    """Return whether a word is a unit of time."""
    return _WORDS.get(word.lower(), "byte") not in ("byte", "bit")


LONG_NAMES = tuple(sorted(word for word in _WORDS if len(word) >= 5))
"""Names of units that are long enough for a slip of the finger to be told from another word."""

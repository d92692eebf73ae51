"""Reading a quantity as people type it: ``1.5k``, ``10 ms``, ``2e3``, ``1,000 req/s``."""

import math
import re
from dataclasses import dataclass

from sdtutor.errors import UsageError

_FORM = "Write it like 1500, 1,500, 1.5k, 2e3 or 10 ms."
_LONGEST = 60

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[, _]\d{3})+(?!\d)|\d+)?(?:\.\d+)?(?:[eE][+-]?\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d")
_SCALE = re.compile(r"(k|K|M|G|T|B|bn|thousand|million|billion|trillion)(?![a-zA-Z])\s*")

_SCALES = {
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "G": 1e9,
    "B": 1e9,
    "bn": 1e9,
    "T": 1e12,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}

_TIME = {
    "ns": 1e-9,
    "us": 1e-6,
    "ms": 1e-3,
    "s": 1.0,
    "min": 60.0,
    "h": 3600.0,
    "d": 86400.0,
    "sec": 1.0,
    "second": 1.0,
    "minute": 60.0,
    "hr": 3600.0,
    "hour": 3600.0,
    "day": 86400.0,
    "millisecond": 1e-3,
    "microsecond": 1e-6,
    "nanosecond": 1e-9,
    "week": 604800.0,
}
# Decimal prefixes mean powers of 1000, the ones with an i powers of 1024 (IEC 80000-13:2008).
_BYTES = {
    "byte": 1.0,
    **{f"{prefix}B": 1000.0**power for power, prefix in enumerate(("", "k", "M", "G", "T", "P"))},
    **{f"{prefix}iB": 1024.0**power for power, prefix in enumerate("KMGTP", start=1)},
    "KB": 1e3,
}
_BITS = {f"{prefix}bit": 0.125 * 1000.0**power for power, prefix in enumerate(("", "k", "M", "G", "T"))}

_UNITS = {
    **{name: ("time", factor) for name, factor in _TIME.items()},
    **{name: ("data", factor) for name, factor in (_BYTES | _BITS).items()},
    **dict.fromkeys(("%", "percent"), ("", 0.01)),
    **dict.fromkeys(("req", "request", "query", "querie"), ("request", 1.0)),
}
_RATES = {
    **dict.fromkeys(("rps", "qps"), "req/s"),
    **{f"{prefix}bps": f"{prefix}bit/s" for prefix in ("k", "M", "G", "T")},
    "bps": "bit/s",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """What a quantity counts.

    Args:
        kind: What can be compared with it: ``time``, ``data``, ``request/time``, ``server``; empty for a
            bare number.
        factor: How many of the base unit of its kind it is: 0.001 for ms.
    """

    kind: str
    factor: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    Args:
        value: Finite.
        unit: As typed; empty when none was.
    """

    value: float
    unit: str


def parse_unit(text: str) -> Unit:
    """Return what a unit means; a word that is not in the tables is a kind of its own.

    >>> parse_unit("ms"), parse_unit("req/min").kind, parse_unit("servers").kind
    (Unit(kind='time', factor=0.001), 'request/time', 'server')
    """
    name = re.sub(r"\s*(?:/|\bper\b)\s*", "/", text.strip().replace("µ", "u").replace("μ", "u"))
    parts = [_word(part) for part in _RATES.get(name, name).split("/")]
    factor = parts[0].factor
    for part in parts[1:]:
        factor /= part.factor
    return Unit("/".join(part.kind for part in parts), factor)


def parse_quantity(text: str, expected: str = "") -> Quantity:
    """Return the quantity that a person typed.

    Thousands may be set off by commas, spaces or underscores; ``k``, ``M``, ``G``, ``B`` (billion), ``T`` and
    their words multiply, unless the letters are a unit (``5 B`` is five bytes where bytes are asked for).

    Args:
        text: What they typed.
        expected: The unit that was asked for; it decides what is a unit and what a multiplier.

    Raises:
        UsageError: It is not a quantity; ask again.

    >>> parse_quantity("1.5k"), parse_quantity("~2,000 req/s")
    (Quantity(value=1500.0, unit=''), Quantity(value=2000.0, unit='req/s'))
    """
    typed = _plain(text)
    number = _NUMBER.match(typed)
    digits = re.sub(r"[, _]", "", number[0]) if number else ""
    if len(typed) > _LONGEST or not any(character.isdigit() for character in digits):
        raise UsageError(f'"{typed[:_LONGEST]}" is not a number.', _FORM)
    rest = typed[number.end() :].strip() if number else ""
    if _DECIMAL_COMMA.match(typed) and rest.startswith(","):
        raise UsageError(f'"{typed}" has a comma where a point belongs.', _FORM)
    scale, unit = _split(rest, expected)
    value = float(digits) * scale
    if not math.isfinite(value):
        raise UsageError(f'"{typed}" is too large.', _FORM)
    if unit and not re.match(r"[a-zA-Zµμ%]|/\s*[a-zA-Z]", unit):
        raise UsageError(f'"{typed}" goes on after the number with "{unit}".', _FORM)
    return Quantity(value, unit)


def _plain(text: str) -> str:
    spaced = re.sub(r"\s+", " ", text.replace("\N{MINUS SIGN}", "-"))
    return re.sub(r"^\s*(?:~|≈|about |ca\. ?)\s*", "", spaced).strip()


def _split(rest: str, expected: str) -> tuple[float, str]:
    """Return the multiplier at the beginning of what follows the digits, and the unit after it."""
    if not rest or _is_known(rest, expected):
        return 1.0, rest
    scaled = _SCALE.match(rest)
    if scaled:
        return _SCALES[scaled[1]], rest[scaled.end() :]
    if rest[0] in _SCALES and _is_known(rest[1:], expected):
        return _SCALES[rest[0]], rest[1:]
    return 1.0, rest


def _is_known(unit: str, expected: str) -> bool:
    # "B" alone is a byte only where data is asked for: elsewhere "2B" is two billion.
    kind = parse_unit(unit).kind
    if kind == parse_unit(expected).kind:
        return True
    return unit not in _SCALES and (kind.split("/")[0] in ("time", "data", "request"))


def _word(text: str) -> Unit:
    word = text.strip()
    for name in (word, word.removesuffix("s"), word.lower(), word.lower().removesuffix("s")):
        if name in _UNITS:
            return Unit(*_UNITS[name])
    return Unit(word.lower().removesuffix("s"), 1.0)

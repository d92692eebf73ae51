"""Quantities for people: the unit that keeps the number short, three significant digits."""

from collections.abc import Mapping

_BYTES = (("EB", 1e18), ("PB", 1e15), ("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3), ("B", 1.0))
_TIMES = (
    ("years", 31_536_000.0),
    ("days", 86_400.0),
    ("h", 3_600.0),
    ("min", 60.0),
    ("s", 1.0),
    ("ms", 1e-3),
    ("µs", 1e-6),
    ("ns", 1e-9),
)
_COUNTS = ((" trillion", 1e12), (" billion", 1e9), (" million", 1e6))
_SLOW = 0.1
"""Times a second below which something is told a day."""


def say(value: float, data: int, time: int, things: Mapping[str, int]) -> str:
    """Return a quantity for people.

    Args:
        value: In base units.
        data: Power of bytes.
        time: Power of seconds.
        things: Powers of the counted things, by noun in the singular.

    >>> say(38.58, 0, -1, {"link": 1}), say(3.04e12, 1, 0, {}), say(1.25e9, 1, -1, {})
    ('38.6 links/s', '3.04 TB', '1.25 GB/s (10 Gbit/s)')
    """
    below = "".join(f"/{noun}" for noun, power in things.items() if power < 0)
    above = [noun for noun, power in things.items() if power > 0]
    if data == 0 and time == 1 and not above:
        return _sized(value, _TIMES) + below
    if time == -1 and data == 0 and 0 < abs(value) < _SLOW:
        return _counted(value * 86_400.0, above) + below + "/day"
    body = _sized(value, _BYTES) if data == 1 else _counted(value, above) + _power("B", data)
    if data == 1 and time == -1:
        return f"{body}{below}/s ({_sized(value * 8, _BITS)}/s)"
    return body + below + ("/s" if time == -1 else _power("s", time))


_BITS = tuple((unit.replace("B", "bit"), size) for unit, size in _BYTES)


def _counted(value: float, nouns: list[str]) -> str:
    noun = plural(nouns[-1]) if nouns else ""
    name, size = next(((name, size) for name, size in _COUNTS if abs(value) >= size * 0.9995), ("", 1.0))
    return f"{_digits(value / size)}{name}{' ' if noun else ''}{noun}"


def _sized(value: float, units: tuple[tuple[str, float], ...]) -> str:
    unit, size = next(((unit, size) for unit, size in units if abs(value) >= size * 0.9995), units[-1])
    shown = _digits(value / size)
    return f"{shown} {unit.removesuffix('s') if shown == '1' and len(unit) > 2 else unit}"


def _digits(value: float) -> str:
    if value == 0 or 1e-3 <= abs(value) < 1e6:
        rounded = float(f"{value:.3g}")
        return f"{rounded:,.0f}" if abs(rounded) >= 100 else f"{rounded:g}"
    return f"{value:.2e}"


def _power(unit: str, power: int) -> str:
    if power == 0:
        return ""
    raised = unit if abs(power) == 1 else f"{unit}^{abs(power)}"
    return f"·{raised}" if power > 0 else f"/{raised}"


def plural(noun: str) -> str:
    """Return the plural of a noun.

    >>> plural("query"), plural("match"), plural("link")
    ('queries', 'matches', 'links')
    """
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def singular(noun: str) -> str:
    """Return the singular of a noun, lower case.

    >>> singular("Queries"), singular("matches"), singular("links"), singular("address")
    ('query', 'match', 'link', 'address')
    """
    word = noun.lower()
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word

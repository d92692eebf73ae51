"""Quantities as people read them."""

MICROSECONDS = 1_000_000
"""Microseconds in a second. Virtual time is an integer number of them."""


def to_us(seconds: float) -> int:
    """Return seconds as whole microseconds, rounded to the nearest."""
    return round(seconds * MICROSECONDS)


def say_time(time_us: int) -> str:
    """Return a virtual time with the unit that keeps it short.

    Args:
        time_us: Microseconds, at least 0.

    >>> say_time(0), say_time(900), say_time(4_000), say_time(1_500_000), say_time(3_600_000_000)
    ('0 ms', '0.9 ms', '4 ms', '1.5 s', '1 h')
    """
    for size, unit in ((3_600_000_000, "h"), (60_000_000, "min"), (1_000_000, "s")):
        if time_us >= size:
            return f"{time_us / size:.3g} {unit}"
    return f"{time_us / 1000:.3g} ms"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun in the right form.

    >>> count(1, "step"), count(3, "step"), count(2, "reply", "replies")
    ('1 step', '3 steps', '2 replies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"

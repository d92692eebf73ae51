"""Randomness that anyone can repeat: a draw is a function of a seed and a name.

A generator that is shared hands different numbers to a message when an earlier one is dropped.
A draw by name does not: the same message has the same latency on every branch of a run.
"""

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def uniform(seed: int, *names: str) -> float:
    """Return a number in [0, 1) drawn for these names.

    The first eight bytes of BLAKE2b (RFC 7693) of seed and names, as a 64-bit fraction.

    >>> uniform(7, "a>b.get#1") == uniform(7, "a>b.get#1") != uniform(8, "a>b.get#1")
    True
    """
    text = "\x1f".join((str(seed), *names))
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / (1 << 53)


def shuffled(items: Sequence[T], seed: int, *names: str) -> list[T]:
    """Return the items in an order drawn for these names; the same on every supported Python."""
    result = list(items)
    for last in range(len(result) - 1, 0, -1):
        chosen = int(uniform(seed, *names, str(last)) * (last + 1))
        result[last], result[chosen] = result[chosen], result[last]
    return result


def new_seed() -> int:
    """Return a seed that nobody chose, for a learner who named none: 0 to 999,999."""
    return random.SystemRandom().randrange(1_000_000)

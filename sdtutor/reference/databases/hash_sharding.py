"""Hash sharding with fixed slots.

Problem: with hash(key) % shards, one shard more moves
nearly every row: 80 % from 4 shards to 5.

Idea: hash keys into a fixed number of slots, and keep
a table of which shard holds each slot. A new shard is
given slots of the others; no key changes its slot.

Simplified: the table changes at once. A real cluster
copies a slot's rows first, and answers for it twice
meanwhile (Redis: MIGRATING and IMPORTING).

Sources: Redis Cluster specification, "Key distribution
model" (16384 slots); keyed hash against clients who
choose their keys: Aumasson and Bernstein, "SipHash",
INDOCRYPT 2012. BLAKE2b (RFC 7693) takes a key as well.
"""

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

SLOTS = 16384


class HashSharder:
    """Maps keys to shards; a resize moves the minimum.

    Args:
        shards: Names of the shards.
        secret: At most 64 bytes, the same in every client.
            Without one, a stranger can find keys that all
            fall on one shard.

    Raises:
        ValueError: There is none, or one twice.

    >>> sharder = HashSharder(["a", "b", "c", "d"])
    >>> moved = sharder.resize(["a", "b", "c", "d", "e"])
    >>> moved, round(moved / SLOTS, 2)
    (3276, 0.2)
    """

    def __init__(
        self, shards: Sequence[str], secret: bytes = b""
    ) -> None:
        self.shards = distinct(shards)
        self.secret = secret
        self.slots = [
            shards[slot * len(shards) // SLOTS]
            for slot in range(SLOTS)
        ]

    def hash(self, key: str | bytes) -> int:
        """Return the keyed 64-bit hash of a key.

        Raises:
            TypeError: The key is neither text nor bytes.
                As texts, 1 and "1" would be one key.
        """
        if isinstance(key, str):
            key = key.encode("utf-8", "surrogatepass")
        elif not isinstance(key, bytes):
            raise TypeError(
                f"{key!r} is not text or bytes."
            )
        digest = blake2b(
            key, digest_size=8, key=self.secret
        )
        return int.from_bytes(digest.digest(), "big")

    def get_shard(self, key: str | bytes) -> str:
        """Return the shard that holds a key."""
        return self.slots[self.hash(key) % SLOTS]

    def resize(self, shards: Sequence[str]) -> int:
        """Spread the slots over other shards.

        Returns:
            How many slots moved: the fewest that leave the
            shards even, to one slot.

        Raises:
            ValueError: No shard, or one stands twice.
        """
        self.shards = distinct(shards)
        held = Counter(self.slots)
        # Who holds most keeps the odd slot: nothing moves
        # only to make another shard the larger one.
        fullest = sorted(
            shards, key=lambda name: -held[name]
        )
        size, odd = divmod(SLOTS, len(shards))
        room = {
            name: size + (rank < odd)
            for rank, name in enumerate(fullest)
        }
        leaving = []
        for slot, owner in enumerate(self.slots):
            if room.get(owner):
                room[owner] -= 1
            else:
                leaving.append(slot)
        vacant = Counter(room).elements()
        for slot, owner in zip(
            leaving, vacant, strict=True
        ):
            self.slots[slot] = owner
        return len(leaving)


def distinct(shards: Sequence[str]) -> tuple[str, ...]:
    """Return the shards, if they can share the slots.

    Raises:
        ValueError: There is none, or one twice.
    """
    if not shards:
        raise ValueError("There is no shard.")
    if len(set(shards)) < len(shards):
        raise ValueError("A shard stands twice.")
    return tuple(shards)

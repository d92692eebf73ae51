"""Hash sharding, as most introductions show it.

The hash of the key, modulo the number of shards, is
the index of the shard.
"""

from collections.abc import Sequence


class HashSharder:
    """Maps keys to shards.

    Args:
        shards: Names of the shards.
    """

    def __init__(self, shards: Sequence[str]) -> None:
        self.shards = list(shards)

    def hash(self, key: object) -> int:
        """Return the hash of a text: 31h + c, 32 bits."""
        value = 0
        for char in str(key):
            value = (31 * value + ord(char)) % 2**32
        # abs of a signed number: half of all are negative.
        return min(value, 2**32 - value)

    def get_shard(self, key: object) -> str:
        """Return the shard that holds a key."""
        index = self.hash(key) % len(self.shards)
        return self.shards[index]

    def resize(self, shards: Sequence[str]) -> None:
        """Use other shards from now on."""
        self.shards = list(shards)

"""Messages by what they say: two that say the same are one letter, whenever they were sent."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from sdtutor.engine.message import Outcome
from sdtutor.engine.search.identity import key_of


@dataclass(frozen=True, slots=True)
class Letter:
    """A message without the circumstances of its sending.

    Args:
        sender: Who sent it.
        receiver: Who it is for.
        operation: What is asked, or what is answered.
        number: The n-th request of this operation from the asker to the other.
        incarnation: Which incarnation of the asker it belongs to.
        is_reply: Whether it answers a request.
        payload: The arguments of a request; of a reply one `Outcome`.
    """

    sender: str
    receiver: str
    operation: str
    number: int
    incarnation: int
    is_reply: bool
    payload: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The name of the first message that says this."""
        reply = ".reply" if self.is_reply else ""
        return f"{self.sender}>{self.receiver}.{self.operation}{reply}#{self.number}"

    @property
    def request(self) -> tuple[str, str, int]:
        """Which request of the asker it is, or answers: (who was asked, operation, number)."""
        asked = self.sender if self.is_reply else self.receiver
        return asked, self.operation, self.number

    def answered(self, outcome: Outcome) -> "Letter":
        """Return the reply to this request."""
        return Letter(
            self.receiver, self.sender, self.operation, self.number, self.incarnation, True, (outcome,)
        )


def identity(letter: Letter) -> Hashable:
    """Return what makes two letters one: all of it, and above all the payload."""
    return (
        letter.sender,
        letter.receiver,
        letter.operation,
        letter.number,
        letter.incarnation,
        letter.is_reply,
        key_of(letter.payload),
    )


class Letters:
    """Every letter met so far, numbered from 0.

    Args:
        places: Number of each member, by name.
        safe: The operations of each member that change nothing, by name.
    """

    def __init__(self, places: dict[str, int], safe: Mapping[str, Collection[str]]) -> None:
        self.known: list[Letter] = []
        self.receivers: list[int] = []
        """The number of the receiver of each letter."""
        self.senders: list[int] = []
        """The number of the sender of each letter."""
        self.harmless: list[bool] = []
        """Whether each letter can do nothing but bring its asker a reply."""
        self._safe = safe
        self._places = places
        self._numbers: dict[Hashable, int] = {}

    def number(self, letter: Letter) -> int:
        """Return the number of a letter; one not met before gets the next."""
        key = identity(letter)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.known)
            self.known.append(letter)
            self.receivers.append(self._places[letter.receiver])
            self.senders.append(self._places[letter.sender])
            self.harmless.append(letter.is_reply or letter.operation in self._safe[letter.receiver])
        return number

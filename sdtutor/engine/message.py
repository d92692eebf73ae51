"""Messages: what is in flight between two members of a world."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended.

    Args:
        value: What it returned; the text of the error when it failed.
        error: Name of the error's type; empty when it returned.
    """

    value: Any
    error: str = ""

    @property
    def text(self) -> str:
        """The outcome as one text: the value, or ``Type: text``."""
        if not self.error:
            return str(self.value)
        return f"{self.error}: {self.value}" if self.value else self.error


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Its name is made of sender, receiver, operation and a count, so that it stays the same when earlier
    events change: a branch can keep "the second get of reader_1" although other things happened before.

    Args:
        name: ``sender>receiver.operation#n``, for a reply ``.operation.reply#n``, for the k-th copy ``+k``.
        sender: Who sent it.
        receiver: Who it is for.
        operation: What is asked, or what is answered.
        payload: The arguments of a request; of a reply one `Outcome`.
        is_reply: Whether it answers a request.
        ticket: Which future of the asking process the reply resolves.
        incarnation: Which incarnation of the asking process it belongs to.
        conversation: The call that it belongs to, through all processes.
        sent_step: The step in which it was sent, from 1.
        due_us: Earliest arrival by the declared latencies, microseconds.
    """

    name: str
    sender: str
    receiver: str
    operation: str
    payload: tuple[Any, ...]
    is_reply: bool
    ticket: int
    incarnation: int
    conversation: str
    sent_step: int
    due_us: int

    @property
    def outcome(self) -> Outcome:
        """What a reply carries."""
        outcome: Outcome = self.payload[0]
        return outcome

    @property
    def asker(self) -> str:
        """The process that waits for the reply."""
        return self.receiver if self.is_reply else self.sender


def request_name(sender: str, receiver: str, operation: str, number: int) -> str:
    """Return the name of the n-th request of this kind.

    >>> request_name("reader_1", "cache", "get", 2)
    'reader_1>cache.get#2'
    """
    return f"{sender}>{receiver}.{operation}#{number}"


def reply_name(request: Message) -> str:
    """Return the name of the reply to a request: the way back, the same number.

    The reply to a copy has the same name at first; `sdtutor.engine.draft.Draft.name_once` tells them apart.
    """
    number = original_name(request.name).rsplit("#", 1)[-1]
    return f"{request.receiver}>{request.sender}.{request.operation}.reply#{number}"


def original_name(name: str) -> str:
    """Return the name of the message of which this one is a copy; its own when it is none.

    >>> original_name("reader_1>cache.get#2+1")
    'reader_1>cache.get#2'
    """
    return name.split("+")[0]

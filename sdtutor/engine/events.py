"""Events: what can happen next, and how a run file writes it down.

Each line is one event:

    deliver reader_1>cache.get#1       the message reaches its receiver
    drop reader_1>cache.get#1          the message is gone
    duplicate reader_1>cache.get#1     a copy stays in flight
    fire writer_1.timer#1              the earliest timer of a node, or the earliest expiry of a service
    crash cache                        tasks, timers and volatile state go; messages to it wait
    restart cache                      a new incarnation
    cut reader_1 cache                 messages across wait
    heal reader_1 cache                and go on
    call writer_1 set k v2             somebody calls an operation with values
"""

import json
import shlex
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sdtutor.errors import UsageError

Kind = Literal["deliver", "drop", "duplicate", "fire", "crash", "restart", "cut", "heal", "call"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_WORDS_AFTER = {"cut": 2, "heal": 2, "call": None}


@dataclass(frozen=True, slots=True)
class Event:
    """One event.

    Args:
        kind: What happens.
        target: The message, the timer or the member that it happens to.
        operation: Of a call: the operation. Of a cut or heal: the other end.
        arguments: Of a call: its values.
    """

    kind: Kind
    target: str
    operation: str = ""
    arguments: tuple[Any, ...] = ()

    def __str__(self) -> str:
        words = [self.kind, self.target]
        if self.operation:
            words.append(self.operation)
        return " ".join((*words, *map(write_value, self.arguments)))


def write_value(value: Any) -> str:
    """Return a call's value as one word of an event, quoted where a plain word would be misread."""
    if isinstance(value, str):
        plain = value and value.isprintable() and not set(value) & set(" \"'\\#,[]{}:")
        return value if plain and read_value(value) == value else shlex.quote(json.dumps(value))
    return shlex.quote(json.dumps(value))


def read_value(word: str) -> Any:
    """Return the value that a word stands for: JSON where it is JSON, else the text itself.

    >>> read_value("v2"), read_value("5"), read_value('"5"'), read_value("true"), read_value("null")
    ('v2', 5, '5', True, None)
    """
    try:
        value = json.loads(word)
    except ValueError:
        return word
    return tuple(value) if isinstance(value, list) else word if isinstance(value, dict) else value


def parse_event(text: str) -> Event:
    """Return the event that a line of a run file names.

    Raises:
        UsageError: The line is not of the form of an event; the message says what is expected.

    >>> parse_event("call writer_1 set k v2").arguments
    ('k', 'v2')
    """
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise UsageError(f'"{text}" cannot be read: {error}.', "Close the quote.") from None
    if not words or words[0] not in KINDS:
        raise UsageError(f'"{text}" is not an event.', "An event begins with " + ", ".join(KINDS) + ".")
    kind, rest = words[0], tuple(words[1:])
    wanted = _WORDS_AFTER.get(kind, 1)
    if wanted is None and len(rest) >= 2:
        return Event(kind, rest[0], rest[1], tuple(map(read_value, rest[2:])))
    if wanted is None or len(rest) != wanted:
        forms = {2: f"{kind} ONE OTHER", None: f"{kind} NODE OPERATION [VALUE ...]"}
        raise UsageError(f'"{text}" is not complete.', f"Write it as: {forms.get(wanted, f'{kind} NAME')}")
    return Event(kind, rest[0], "".join(rest[1:]))

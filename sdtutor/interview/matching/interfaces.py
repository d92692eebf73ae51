"""Endpoints and tables that a candidate writes into the chat."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sdtutor.content.problem_records import Pattern
from sdtutor.interview.matching.finding import Match, find_any, group_starts
from sdtutor.interview.matching.text import Text
from sdtutor.interview.matching.wordings import COMPARING, REASON
from sdtutor.interview.records import Said

_METHODS = {
    "GET": "get read list fetch",
    "HEAD": "get read",
    "POST": "create post add send",
    "PUT": "put update set replace",
    "PATCH": "update change edit",
    "DELETE": "delete remove",
    "SUBSCRIBE": "subscribe connect receive stream",
    "CONNECT": "connect subscribe stream",
    "WS": "connect subscribe stream send receive",
    "WSS": "connect subscribe stream send receive",
    "SSE": "subscribe stream receive",
}
"""What a method does, in the words of patterns (RFC 9110, section 9.3, for those of HTTP)."""

_CALL = re.compile(
    rf"(?P<method>\b(?:{'|'.join(_METHODS)}))\s+(?:wss?://|https?://[\w.-]+)?/?(?=[/\w{{:<])(?P<path>[^\s,;]*/[^\s,;]*|/)"
    r"|\b(?:rpc|query|mutation|subscription)\s+\w+\s*\("
    r"|(?<!= )\b[a-z]+(?:[A-Z]\w*|_\w+)+\("
    r"|\b[A-Z][a-z]+(?:[A-Z]\w*)+\s*\("
    r"|(?<![>\w=] )\b(?!(?:unique|index|hash|hmac|min|max|sum|count|key|mod)\b)[a-z]\w*"
    r"\((?!(?:primary|leader|async|sync|managed|replicas|shards|zones|servers|kind|rps|ms|hit|timeout|ttl)\b)"
    r"(?:[a-z_][\w ,:?.=\[\]{}]*)?\)(?:\s*(?:->|→|=>|:)|,? (?:(?:which|that) )?returns)"
    r"|^\W*(?:(?i:wss?|websocket|socket):\s*)?(?:(?:server|client) )?[a-z]\w*\s?"
    r"(?=\{\s*\w+\??\s*(?:[,:|]\s*[\w.|?\"]+\s*)+\})",
)
_LOWER_METHOD = re.compile(rf"\b({'|'.join(_METHODS)})(?=\s+/)", re.IGNORECASE)

_PART = re.compile(
    r"(?:GET|POST|PUT|PATCH|DELETE)\s+[^\s?]*/(?:\{[^}/]*\}|:\w+|<[^>/]*>)/(?P<rest>(?P<part>[a-z][\w/-]*).*)",
    re.IGNORECASE | re.DOTALL,
)
_PARAMETERS = re.compile(r"(?<=\w)\([^()]*\)|\{[^{}]*\}")
_TABLE = re.compile(r"\s*table\s+\w", re.IGNORECASE)
_BARE = re.compile(r"\s*(?:[-*•]\s+)?(?P<name>\w[\w.-]{0,39})\s*[(:]\s*(?P<body>.+)$")
_NEXT_TABLE = re.compile(
    r";\s+(?!index|unique|key|primary)(?=(?:table )?[\w.-]{1,40}(?:\s?\(|:\s))", re.IGNORECASE
)
_PROSE = re.compile(r"[.!?]\s+[A-Z]|(?:[\w'-]+\s+){5}[\w'-]")
"""What no list of columns holds: a second sentence, or more than five words without a comma. Editorial."""
_KEYED = re.compile(r"\b(?:pk|primary key|partition key|sort key|key)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A call that users make.

    Args:
        match: The sentence that it stands in.
        call: As typed, with its body and what is said about it.
    """

    match: Match
    call: str


def endpoints(text: Text) -> tuple[Endpoint, ...]:
    """Return the endpoints in a text: ``POST /links {url} -> 201 {code}``, ``createLink(url) -> code``."""
    return tuple(
        Endpoint(Match(sentence.point, sentence.stage, sentence.text, place, place), call)
        for place, sentence in enumerate(text.sentences)
        if not _TABLE.match(sentence.text)
        for call in _calls(sentence.text)
    )


def bare_calls(text: Text) -> tuple[Match, ...]:
    """Return the sentences that are a call and give no reason: their parameters claim nothing."""
    return tuple(call.match for call in endpoints(text) if not _reasons(call.match.quote.lower()))


def _reasons(call: str) -> bool:
    words = _PARAMETERS.sub("", call)
    return bool(REASON.search(words) or COMPARING.search(words))


def _calls(sentence: str) -> Iterator[str]:
    typed = _LOWER_METHOD.sub(lambda method: method[0].upper(), sentence)
    starts = [found.start() for found in _CALL.finditer(typed)]
    for start, end in zip(starts, [*starts[1:], len(typed)], strict=False):
        yield typed[start:end].strip(" ,;")


def serves(endpoint: Endpoint, operation: Sequence[Pattern]) -> bool:
    """Return whether an endpoint is one for an operation, by the words of its call.

    A path that names the deed, the first group of a pattern, needs no more: ``POST /shorten``. Where a path
    goes on behind one thing, ``/links/{code}/stats``, its end is what the call is about: the operation must
    know that word, or be meant by what is said behind the thing.
    """
    part = _PART.match(endpoint.call)
    if part and not (_knows(operation, part["part"]) or _says(part["rest"], endpoint, operation)):
        return False
    head, _, rest = endpoint.call.partition(" ")
    method = _METHODS.get(head)
    named = rest if method else endpoint.call
    deeds = [Pattern((pattern.groups[0],), pattern.never) for pattern in operation if pattern.groups]
    return _says(f"{endpoint.call} {method or ''}", endpoint, operation) or _says(named, endpoint, deeds)


def _knows(operation: Sequence[Pattern], part: str) -> bool:
    words = Text.of([Said(1, 0.0, "interface", "say", re.sub(r"[/_-]", " ", part))])
    return any(group_starts(group, words) for pattern in operation for group in pattern.groups)


def _says(words: str, endpoint: Endpoint, patterns: Sequence[Pattern]) -> bool:
    plain = re.sub(r"[/.{}:?]", " ", words)
    said = Said(endpoint.match.point, 0.0, endpoint.match.stage, "say", plain)
    return find_any(patterns, Text.of([said]), asked=True) is not None


def table_lines(said: Sequence[Said]) -> tuple[tuple[Said, str], ...]:
    """Return the lines that describe a table, as the whiteboard writes them, each with its point.

    A line describes one when it begins with ``table``, or when it is a name with columns one of which is a
    key: ``links(code pk, url, owner)``.
    """
    return tuple(
        (point, line)
        for point in said
        if point.does == "say"
        for whole in point.text.splitlines()
        for written in _NEXT_TABLE.split(whole)
        if (line := _table_line(written))
    )


def _table_line(line: str) -> str:
    if _TABLE.match(line):
        return line.strip()
    bare = _BARE.match(line)
    told = bare is not None and ":" in bare[0][: bare.start("body")] and _PROSE.search(bare["body"])
    if bare and not told and "," in bare["body"] and _KEYED.search(bare["body"]) and ">" not in line:
        return f"table {bare[0].lstrip(' -*•')}"
    return ""

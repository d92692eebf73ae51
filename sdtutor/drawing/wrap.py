"""Running text to lines: words keep their roles, and a line breaks where a space was."""

from collections.abc import Iterable, Iterator

from sdtutor.drawing.spans import Line, Role, Span, cells

Word = tuple[Span, ...]
"""Pieces without a space between them: ``(``, ``get`` as code, ``).``"""


def wrap(text: Iterable[Span], columns: int, first: str = "", rest: str = "") -> tuple[Line, ...]:
    """Return lines of at most that many columns; no word is lost, an overlong one is broken.

    Args:
        text: What to set; a span that is one line break forces a new line.
        columns: Width, prefixes included; at least one column is left for the text.
        first: What stands before the first line.
        rest: What stands before each further line.
    """
    rooms = max(1, columns - cells(first)), max(1, columns - cells(rest))
    lines = [_joined(words) for words in _filled(_words(text), *rooms)] or [()]
    return tuple(_prefixed(rest if index else first, row) for index, row in enumerate(lines))


def _prefixed(prefix: str, row: Line) -> Line:
    return (Span(prefix), *row) if prefix else row


def _words(text: Iterable[Span]) -> Iterator[Word | None]:
    """Yield the words; None is a forced line break."""
    word: list[Span] = []
    for span in text:
        if span.text == "\n":
            yield tuple(word)
            yield None
            word = []
            continue
        pieces = span.text.replace("\n", " ").split(" ")
        for index, piece in enumerate(pieces):
            if index:
                yield tuple(word)
                word = []
            if piece:
                word.append(Span(piece.replace("\u00a0", " "), span.role))
    yield tuple(word)


def _filled(words: Iterable[Word | None], room: int, later: int) -> Iterator[list[Word]]:
    """Yield the words of each line; the first has another room than the later ones."""
    row: list[Word] = []
    used = 0
    for word in words:
        if word is None:
            yield row
            row, used, room = [], 0, later
            continue
        for piece in _broken(word, min(room, later)) if word else ():
            size = _size(piece)
            if row and used + 1 + size > room:
                yield row
                row, used, room = [], 0, later
            used += size + (1 if row else 0)
            row.append(piece)
    if row:
        yield row


def _size(word: Word) -> int:
    return sum(cells(span.text) for span in word)


def _broken(word: Word, room: int) -> Iterator[Word]:
    """Yield the word, or pieces of it that fit a line."""
    if _size(word) <= room:
        yield word
        return
    piece: list[Span] = []
    used = 0
    for span in word:
        for character in span.text:
            size = cells(character)
            if used + size > room and piece:
                yield tuple(piece)
                piece, used = [], 0
            piece.append(Span(character, span.role))
            used += size
    yield tuple(piece)


def _joined(words: list[Word]) -> Line:
    """Return words as a line; a space between two of one role belongs to it, so that code stays whole."""
    spans: list[Span] = []
    for index, word in enumerate(words):
        if index:
            before, after = spans[-1].role, word[0].role
            spans.append(Span(" ", before if before == after else "plain"))
        spans.extend(word)
    return merged(spans)


def merged(spans: Iterable[Span]) -> Line:
    """Return the same text with neighbours of one role in one span."""
    result: list[Span] = []
    for span in spans:
        if result and result[-1].role == span.role:
            result[-1] = Span(result[-1].text + span.text, span.role)
        elif span.text:
            result.append(span)
    return tuple(result)


def with_role(row: Line, role: Role) -> Line:
    """Return a line whose plain text has another role."""
    return tuple(Span(span.text, role) if span.role == "plain" else span for span in row)

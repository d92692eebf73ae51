"""What ``/`` found on a screen: where, and how it is marked."""

from collections.abc import Sequence

from sdtutor.drawing.spans import Line, Span, plain


def rows_with(words: str, rows: Sequence[Line]) -> tuple[int, ...]:
    """Return the indices of the rows that contain a text, whatever its case."""
    wanted = words.casefold()
    return tuple(index for index, row in enumerate(rows) if wanted in plain(row).casefold())


def marked(row: Line, words: str) -> Line:
    """Return a row with every place of a text in it shown as under the cursor."""
    whole = "".join(span.text for span in row)
    low, wanted = whole.casefold(), words.casefold()
    # A few letters change their length when folded; such a row is left as it is.
    if not wanted or wanted not in low or len(low) != len(whole):
        return row
    places: list[tuple[int, int]] = []
    start = low.find(wanted)
    while start >= 0:
        places.append((start, start + len(wanted)))
        start = low.find(wanted, start + len(wanted))
    return tuple(_cut(row, places))


def _cut(row: Line, places: Sequence[tuple[int, int]]) -> list[Span]:
    result: list[Span] = []
    begin = 0
    for span in row:
        at, end = begin, begin + len(span.text)
        for first, last in places:
            if last <= at or first >= end:
                continue
            if first > at:
                result.append(Span(span.text[at - begin : first - begin], span.role))
                at = first
            stop = min(last, end)
            result.append(Span(span.text[at - begin : stop - begin], "cursor"))
            at = stop
        if at < end:
            result.append(Span(span.text[at - begin :], span.role))
        begin = end
    return result

"""A space-time diagram: who sent what to whom, in the order of the steps, top to bottom.

The form of Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System" (1978), figure 1,
with time going down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sdtutor.drawing.canvas import Canvas
from sdtutor.drawing.spans import Line, Role, Span, cells, clip, clip_text, line, safe

_AIRY_GAP = 14
"""Columns between two lanes that look good where there is room for them."""
_LEAST_GAP = 10
"""Columns between two lanes below which labels say nothing: then the diagram is a list."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One node or service.

    Args:
        name: What messages call it.
        label: What the learner reads.
    """

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message, or, when it has one end only, something that happens there.

    Args:
        step: The number of the step, shown at the left; None shows none.
        sender: Name of a lane.
        receiver: Name of a lane; the sender's own for an event that stays there.
        text: What it carries.
        lost: It was dropped on its way: its line ends in ``╳``.
    """

    step: int | None
    sender: str
    receiver: str
    text: str
    lost: bool = False


def sequence(lanes: Sequence[Lane], messages: Sequence[Message], columns: int) -> tuple[Line, ...]:
    """Return the diagram, one row a message; a list when the lanes do not fit side by side.

    Args:
        lanes: From left to right.
        messages: From first to last; one of an unknown lane is left out.
        columns: Greatest width.
    """
    known = {lane.name for lane in lanes}
    shown = [message for message in messages if {message.sender, message.receiver} <= known]
    steps = [str(message.step) for message in shown if message.step is not None]
    margin = max(map(len, steps), default=0) + 2
    places = _places(lanes, shown, margin, columns)
    if places is None:
        return _listed(lanes, shown, columns)
    return _drawn(lanes, shown, places, margin, columns)


def _places(
    lanes: Sequence[Lane], messages: Sequence[Message], margin: int, columns: int
) -> dict[str, int] | None:
    """Return the column of each lane's line: far enough apart for labels, or None when they are not."""
    if not lanes:
        return {}
    first, last = cells(safe(lanes[0].label)) // 2, (cells(safe(lanes[-1].label)) + 1) // 2
    room = columns - margin - first - last - 1
    gaps = _wanted_gaps(lanes, messages)
    least = [_LEAST_GAP] * len(gaps)
    while sum(gaps) > room:
        widest = max(range(len(gaps)), key=lambda index: gaps[index], default=None)
        if widest is None or gaps[widest] <= least[widest]:
            return None
        gaps[widest] -= 1
    while gaps and sum(gaps) + len(gaps) <= room and min(gaps) < _AIRY_GAP:
        gaps = [gap + 1 for gap in gaps]
    position, places = margin + first, {}
    for lane, gap in zip(lanes, (*gaps, 0), strict=True):
        places[lane.name] = position
        position += gap
    return places


def _wanted_gaps(lanes: Sequence[Lane], messages: Sequence[Message]) -> list[int]:
    """Return how far apart neighbours want to be: both labels side by side, and their messages' texts."""
    order = {lane.name: index for index, lane in enumerate(lanes)}
    sizes = [cells(safe(lane.label)) for lane in lanes]
    gaps = [max(_LEAST_GAP, (one + 1) // 2 + other // 2 + 3) for one, other in pairwise(sizes)]
    for message in messages:
        low, high = sorted((order[message.sender], order[message.receiver]))
        if high - low == 1:
            gaps[low] = max(gaps[low], cells(safe(message.text)) + 7 + 4 * message.lost)
    return gaps


def _drawn(
    lanes: Sequence[Lane], messages: Sequence[Message], places: dict[str, int], margin: int, columns: int
) -> tuple[Line, ...]:
    canvas = Canvas(columns, len(messages) + 1)
    for lane in lanes:
        label = safe(lane.label)
        canvas.put(places[lane.name] - cells(label) // 2, 0, label, "strong")
    for y, message in enumerate(messages, 1):
        for x in places.values():
            canvas.put(x, y, "│", "rule")
        if message.step is not None:
            canvas.put(0, y, f"{message.step:>{margin - 2}}", "key")
        start, end = places[message.sender], places[message.receiver]
        if start == end:
            text = clip_text(safe(message.text), columns - start - 2)
            canvas.put(start, y, "●", "running")
            canvas.put(start + 1, y, f" {text} ")
        else:
            _draw_message(canvas, message, (start, end), y, tuple(places.values()))
    return tuple(map(_trimmed, canvas.lines()))


def _draw_message(
    canvas: Canvas, message: Message, ends: tuple[int, int], y: int, lanes: Sequence[int]
) -> None:
    """Paint one message between two lanes; lanes between them stay visible behind it."""
    start, end = ends
    low, high = min(ends) + 1, max(ends) - 1
    is_rightward = end > start
    role: Role = "bad" if message.lost else "flight"
    for x in range(low, high + 1):
        if canvas.glyph(x, y) == " ":
            canvas.put(x, y, "╌", role)
    canvas.put(start, y, "├" if is_rightward else "┤", "rule")
    head = high if is_rightward else low
    if message.lost:
        # It ends short of the receiver, with a gap that cannot be read as an arrival.
        canvas.put(min(head, head - 2 if is_rightward else head), y, "╳  " if is_rightward else "  ╳", "bad")
    else:
        canvas.put(head, y, "▸" if is_rightward else "◂", role)
    text = clip_text(safe(message.text), high - low - (9 if message.lost else 5))
    if text:
        low, high = _gap_for(cells(text) + 4, [x for x in lanes if low <= x <= high], (low, high))
        canvas.put(low + (high - low - cells(text) - 1) // 2, y, f" {text} ", role)


def _gap_for(size: int, lanes: Sequence[int], ends: tuple[int, int]) -> tuple[int, int]:
    """Return the gap between lanes where a text covers none of them, the middle one first; else the whole."""
    bounds = (ends[0] - 1, *sorted(lanes), ends[1] + 1)
    gaps = [(before + 1, after - 1) for before, after in pairwise(bounds) if after - before - 1 >= size]
    return min(gaps, key=lambda gap: abs(sum(gap) - sum(ends)), default=ends)


def _trimmed(row: Line) -> Line:
    """Return a line without spaces at its end."""
    *before, last = row or (Span(""),)
    text = last.text.rstrip()
    return (*before, Span(text, last.role)) if text else _trimmed(tuple(before)) if before else ()


def _listed(lanes: Sequence[Lane], messages: Sequence[Message], columns: int) -> tuple[Line, ...]:
    labels = {lane.name: safe(lane.label) for lane in lanes}
    return tuple(clip(_listed_line(message, labels), columns) for message in messages)


def _listed_line(message: Message, labels: dict[str, str]) -> Line:
    step = "" if message.step is None else f"{message.step}  "
    text = safe(message.text)
    if message.sender == message.receiver:
        return line((step, "key"), labels[message.sender], (" ● ", "running"), text)
    arrow: tuple[str, Role] = (" ╌╳ ", "bad") if message.lost else (" ╌▸ ", "flight")
    return line((step, "key"), labels[message.sender], arrow, labels[message.receiver], f"  {text}")

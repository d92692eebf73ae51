"""Where the parts of a space-time diagram stand: rows of steps, columns of lanes, tracks of late messages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sdtutor.drawing.sequence_records import Bar, Between, Diagram, Message
from sdtutor.drawing.spans import cells, safe

_LEAST_GAP = 7
"""Columns between two lanes below which no text fits: then the diagram is a list."""
_WIDEST_TEXT = 18
"""Columns of a text that lanes move apart for; a longer one is clipped where there is no room."""
_AIRY_GAP = 18
"""Columns between two lanes that look good where there is room for them."""
_MOST_FLYING = 6
"""Rows below the last step for messages that still fly; the others only hang."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which row belongs to what; rows are counted from 0.

    Args:
        rows: How many there are.
        step: The row of each step, from step 0.
        breach: The row that tells of what a step broke, by step.
        flying: The row of each message that is still on its way, by its index among all messages.
        hanging: Where the network holds messages back: index of the message to (first row, last row).
        forks: Those of them that leave together with another message, and share the begin of its arrow.
    """

    rows: int
    step: tuple[int, ...]
    breach: dict[int, int]
    flying: dict[int, int]
    hanging: dict[int, tuple[int, int]]
    forks: frozenset[int]


def plan(diagram: Diagram) -> Plan:
    """Return which row belongs to what.

    A step has one row. Further rows are for promises that break, and for messages that leave a lane where the
    row of the next step has no room for that.
    """
    stubs = _stubs(diagram)
    broken = {breach.step for breach in diagram.breaches}
    y = 0
    steps: list[int] = []
    begins: dict[int, int] = {}
    breach: dict[int, int] = {}
    for step in range(diagram.steps + 1):
        extra = [index for index, how in stubs.get(step, {}).items() if how == "apart"]
        begins |= dict.fromkeys(extra, y)
        y += bool(extra)
        begins |= dict.fromkeys((i for i in stubs.get(step, {}) if i not in begins), y)
        steps.append(y)
        y += 1
        if step in broken:
            breach[step] = y
            y += 1
    flying = [index for index, message in enumerate(diagram.messages) if message.ended is None]
    # The one that was sent last stands first, so that no way down crosses the way out of another.
    late = sorted(flying, key=lambda index: -diagram.messages[index].sent)[-_MOST_FLYING:]
    tail = {index: y + place for place, index in enumerate(late)}
    last = y + len(late) - 1
    hanging = {}
    for index, top in begins.items():
        ended = diagram.messages[index].ended
        hanging[index] = (top, tail.get(index, last) if ended is None else steps[ended])
    forks = frozenset(index for how in stubs.values() for index, way in how.items() if way == "fork")
    return Plan(y + len(late), tuple(steps), breach, tail, hanging, forks)


def _stubs(diagram: Diagram) -> dict[int, dict[int, str]]:
    """Return by step which late messages leave their lane there, and how.

    Free: beside what happens in that step. Fork: they share the arrow of a message that was sent with them.
    Apart: in a row of their own above, because the step uses that side of the lane.
    """
    order = diagram.order
    busy = _busy_sides(diagram)
    direct = {
        (message.sender, message.sent, order[message.sender] < order[message.receiver])
        for message in diagram.messages
        if message.ended == message.sent + 1 and message.fate != "lost"
    }
    found: dict[int, dict[int, str]] = {}
    for index, message in enumerate(diagram.messages):
        step = message.sent + 1
        if step > diagram.steps or message.ended == step:
            continue
        lane, is_right = order[message.sender], order[message.sender] < order[message.receiver]
        if (message.sender, message.sent, is_right) in direct:
            how = "fork"
        else:
            how = "apart" if (step, lane, is_right) in busy else "free"
        found.setdefault(step, {})[index] = how
    return found


def _busy_sides(diagram: Diagram) -> set[tuple[int, int, bool]]:
    """Return (step, place of a lane, whether its right side) where that row is taken already."""
    order = diagram.order
    busy: set[tuple[int, int, bool]] = set()
    for step, one, other in (*_arrivals(diagram.messages), *_ends(diagram.links)):
        low, high = sorted((order[one], order[other]))
        busy |= {(step, lane, True) for lane in range(low, high)}
        busy |= {(step, lane, False) for lane in range(low + 1, high + 1)}
    for mark in diagram.marks:
        busy.add((mark.step, order[mark.lane], True))
    for bar in diagram.bars:
        busy |= {(step, order[bar.lane], False) for step in (bar.begins, bar.ends) if step is not None}
    return busy


def _arrivals(messages: Sequence[Message]) -> list[tuple[int, str, str]]:
    return [(m.ended, m.sender, m.receiver) for m in messages if m.ended is not None and m.fate != "lost"]


def _ends(links: Sequence[Between]) -> list[tuple[int, str, str]]:
    return [(link.step, link.one, link.other) for link in links]


def places(diagram: Diagram, margin: int, columns: int) -> dict[str, int] | None:
    """Return the column of each lane: far enough apart for texts, or None when that does not fit.

    Args:
        diagram: What is drawn.
        margin: Columns at the left that belong to the numbers of the steps.
        columns: Greatest width.
    """
    if not diagram.lanes:
        return {}
    wanted = _wanted(diagram, columns)
    least = _least(diagram)
    if margin + sum(least) + len(diagram.lanes) > columns:
        return None
    room = columns - margin - len(diagram.lanes)
    # What tells of a broken promise is cut last.
    firm = [max(sizes) for sizes in zip(least, _witness_sizes(diagram, columns), strict=True)]
    least = firm if sum(firm) <= room else least
    while sum(wanted) > room:
        spare = [index for index, size in enumerate(wanted) if size > least[index]]
        wanted[max(spare, key=lambda index: wanted[index] - least[index])] -= 1
    narrow = range(1, len(wanted) - 1)
    while sum(wanted) < room and any(wanted[index] < _AIRY_GAP for index in narrow):
        wanted[min(narrow, key=lambda index: wanted[index])] += 1
    x, found = margin + wanted[0], {}
    for lane, gap in zip(diagram.lanes, wanted[1:], strict=True):
        found[lane.name] = x
        x += gap + 1
    return found


def _least(diagram: Diagram) -> list[int]:
    """Return the fewest columns left of the first lane, between neighbours, and right of the last."""
    labels = [cells(safe(lane.label)) for lane in diagram.lanes]
    gaps = [max(_LEAST_GAP, one - one // 2 + other // 2) for one, other in pairwise(labels)]
    return [labels[0] // 2, *gaps, labels[-1] - labels[-1] // 2]


def _widest(diagram: Diagram, columns: int) -> int:
    """Return for how long a text lanes move apart: one lane has its side of the picture for it."""
    return columns // 2 if len(diagram.lanes) == 1 else _WIDEST_TEXT


def _witness_sizes(diagram: Diagram, columns: int) -> list[int]:
    """Return how many columns the operations of the witness need left of each lane; 0 right of the last."""
    sizes = [0] * (len(diagram.lanes) + 1)
    for bar in diagram.witness:
        for text in _texts_of(bar):
            gap = diagram.order[bar.lane]
            sizes[gap] = max(sizes[gap], min(_widest(diagram, columns), cells(safe(text))) + 5)
    return sizes


def _texts_of(bar: Bar) -> tuple[str, ...]:
    """Return what stands beside a bar, each in a row of its own."""
    return (f"{bar.asked} → {bar.answered}",) if bar.begins == bar.ends else (bar.asked, bar.answered)


def _wanted(diagram: Diagram, columns: int) -> list[int]:
    """Return how many columns would be good left of the first lane, between neighbours, right of the last."""
    order, wanted = diagram.order, _least(diagram)
    widest = _widest(diagram, columns)

    def want(gap: int, text: str, more: int) -> None:
        wanted[gap] = max(wanted[gap], min(widest, cells(safe(text))) + more)

    for message in diagram.messages:
        home = order[message.asker]
        other = order[message.receiver if message.asker == message.sender else message.sender]
        want(home + (other > home), message.text, 5)
    for bar in diagram.bars:
        for text in _texts_of(bar):
            want(order[bar.lane], text, 5 if bar.letter else 2)
    first = {(note.step, note.lane): note.text for note in reversed(diagram.notes)}
    beside = [(lane, text) for (_, lane), text in first.items()]
    for lane, text in (*beside, *((mark.lane, mark.text) for mark in diagram.marks)):
        want(order[lane] + 1, text, 2)
    for gap, count in _most_hanging(diagram).items():
        wanted[gap] += 2 * count
    return wanted


def _most_hanging(diagram: Diagram) -> Counter[int]:
    """Return how many messages hang in a gap at once, at most, by the index of the gap."""
    order = diagram.order
    most: Counter[int] = Counter()
    for step in range(1, diagram.steps + 1):
        late = (m for m in diagram.messages if m.sent < step < (m.ended or diagram.steps + 1))
        here = Counter(order[m.sender] + (order[m.receiver] > order[m.sender]) for m in late)
        most |= here
    return most

"""Home as rows of spans: what to do now, the ten topics, where the learner stopped."""

from collections.abc import Sequence

from sdtutor.core.units import count
from sdtutor.drawing.spans import Line, Role, Span, cells, clip, fit, line, safe, width
from sdtutor.drawing.wrap import wrap
from sdtutor.session.views import HomeRow, HomeView, TopicRow
from sdtutor.tui.footer import divider

BAR = 5
"""Cells of a bar of progress."""
_TEXT_FROM = 11
"""Column at which a row's title begins."""
_NO_SCREEN = " Screen reader? No full-screen terminal?  sdtutor --plain  does all of this."
_LEAST_TEXT = 36
"""With less room beside a title, its detail stands below it."""
_WIDEST = 100
"""Columns over which a row with something at its right end spreads: the eye must find it."""
_WIDE = 110
"""From so many columns on a topic has room for its summary."""


def home_lines(view: HomeView, cursor: int, columns: int, rows: int, mocks: Line = ()) -> tuple[Line, ...]:
    """Return home.

    Args:
        view: What to show.
        cursor: Index among the rows of `start` and then of `topics`.
        columns: Width.
        rows: Height; what does not fit is left out at the end.
        mocks: What came of the mock interviews; may be empty.
    """
    start = start_lines(view, cursor, columns, is_roomy=rows >= 20)
    topics = topic_lines(view, cursor - len(view.start), columns)
    head = spread(line((" sdtutor", "title")), line((f"{view.header} ", "dim")), columns)
    notice = wrap([Span(view.notice, "warn")], columns - 1, " ", " ") if view.notice else ()
    above = [head, *notice, (), *start, (), *topics]
    room = rows - len(above)
    past = ((), mocks) if mocks and room > 1 else ()
    return (*above, *past, *_below(view, columns, room - len(past)))[:rows]


def start_lines(view: HomeView, cursor: int, columns: int, *, is_roomy: bool = True) -> tuple[Line, ...]:
    """Return what to do now; on day one the first row is the button, the others stand below OR."""
    days = f"{count(view.active_days, 'day')} of the last 7 " if view.state != "first" else ""
    summary = line((f" {view.heading}", "title"), (f"  {view.summary}", "dim"))
    columns = min(columns, _WIDEST)
    result = [spread(summary, line((days, "dim")), columns)]
    size = max((cells(safe(row.title)) for row in view.start), default=0)
    keys = max((len(row.key) for row in view.start), default=1)
    for index, row in enumerate(view.start):
        if view.state == "first" and index == 1:
            result += [(), line((" OR", "title"))]
        left = _mark(row, keys, size, is_here=index == cursor)
        if view.state == "first" and index == 0:
            result += _button(row, left, columns)
        else:
            result += _start_row(row, left, columns, is_roomy=is_roomy)
    return tuple(result)


def _mark(row: HomeRow, keys: int, size: int, *, is_here: bool) -> Line:
    """Return the left part of a row: cursor, key and title."""
    sign = Span("  ▸ " if is_here else "    ", "flight")
    title = safe(row.title)
    gap = " " * (size - cells(title) + 3)
    return line(sign, (f"{row.key:<{keys}}  ", "key"), (title, "strong"), gap)


def _button(row: HomeRow, left: Line, columns: int) -> list[Line]:
    right = line((f"{safe(row.detail)}  ", "dim"))
    prefix = " " * _TEXT_FROM
    story = wrap([Span(safe(row.why))], min(columns - 4, _TEXT_FROM + 64), prefix, prefix)
    if width(left) + width(right) > columns:
        return [left, *wrap([Span(safe(row.detail), "dim")], columns - 2, prefix, prefix), *story]
    return [spread(left, right, columns), *story]


def _start_row(row: HomeRow, left: Line, columns: int, *, is_roomy: bool) -> list[Line]:
    """Return title, detail and reason: on one row where they fit, else below each other."""
    detail, why, indent = safe(row.detail), safe(row.why), width(left)
    if indent + cells(detail) + cells(why) + 4 < columns:
        return [spread((*left, Span(detail)), line((f"{why} ", "dim")), columns)]
    if not is_roomy:
        return [clip((*left, Span(detail)), columns)]
    if columns - indent < _LEAST_TEXT:
        below = " " * _TEXT_FROM
        return [left, *wrap([Span(f"{detail} "), Span(why, "dim")], columns - 1, below, below)]
    told = wrap([Span(detail)], columns - indent - 1)
    reason = wrap([Span(why, "dim")], columns - indent - 1) if why else ()
    first, *rest = (*told, *reason)
    return [(*left, *first), *((Span(" " * indent), *each) for each in rest)]


def topic_lines(view: HomeView, cursor: int, columns: int) -> tuple[Line, ...]:
    """Return the topics: in two columns, or in a table as soon as there is something to tell.

    Args:
        view: What to show.
        cursor: Index of the topic under the cursor; any other number for none.
        columns: Width.
    """
    topics = view.topics
    if not topics:
        return ()
    size = max(cells(topic.title) for topic in topics)
    if view.state == "regular":
        return _table(topics, cursor, size, columns)
    cells_of = [_topic(topic, index, cursor, size) for index, topic in enumerate(topics)]
    head = divider("TOPICS", columns)
    if columns >= _WIDE:
        summaries = (line("   ", (safe(topic.summary), "dim")) for topic in topics)
        rows = (clip((*cell, *summary), columns) for cell, summary in zip(cells_of, summaries, strict=True))
        return (head, *rows)
    wide = max(map(width, cells_of)) + 4
    if 2 * wide > columns:
        return (head, *(clip(cell, columns) for cell in cells_of))
    half = (len(cells_of) + 1) // 2
    step = max(wide, columns // 2)
    pairs = ((cells_of[index], cells_of[index + half : index + half + 1]) for index in range(half))
    return (head, *((*fit(left, step), *(right[0] if right else ())) for left, right in pairs))


def _topic(topic: TopicRow, index: int, cursor: int, size: int) -> Line:
    share = topic.done / topic.count
    return line(
        *_topic_mark(index, cursor),
        (f"{safe(topic.title):<{size}}  ", "strong" if index == cursor else "plain"),
        *bar(share),
        (f"  {topic.done}/{topic.count}".ljust(8), "dim"),
    )


def _topic_mark(index: int, cursor: int) -> tuple[Span, ...]:
    sign = Span("  ▸ " if index == cursor else "    ", "flight")
    return (sign, Span(f"{topic_key(index)} ", "key"))


def topic_key(index: int) -> str:
    """Return the digit that opens the topic with this index: 1 to 9, then 0."""
    return str((index + 1) % 10)


def _table(topics: Sequence[TopicRow], cursor: int, size: int, columns: int) -> tuple[Line, ...]:
    heads = {6 + size + 2: " recall ", 6 + size + 16: " done ", 6 + size + 26: " confidence "}
    head = "─ TOPICS " + "─" * max(0, columns - 9)
    for at, text in heads.items():
        head = head[:at] + text + head[at + len(text) :]
    parts: list[Line] = [_headed(head[:columns])]
    for index, topic in enumerate(topics):
        recall = f"{topic.recall:>5.0%}" if topic.recall is not None else "    -"
        weakest = "  weakest" if topic.weakest else ""
        role: Role = "warn" if topic.confidence in ("too sure", "unsure") else "dim"
        row = line(
            *_topic_mark(index, cursor),
            (f"{safe(topic.title):<{size}}  ", "strong" if index == cursor else "plain"),
            *bar(topic.recall or 0.0),
            f"{recall}    ",
            f"{topic.done:>2}/{topic.count:<2}     ",
            (f"{topic.confidence:<15}", role),
            (weakest, "changed"),
        )
        parts.append(clip(row, columns))
    return tuple(parts)


def _headed(text: str) -> Line:
    """Return a rule in which the words have the role of titles."""
    spans: list[Span] = []
    for piece in text.split(" "):
        role: Role = "rule" if not piece.strip("─") else "title"
        spans += [Span(" ", "rule")] * bool(spans) + [Span(piece, role)]
    return line(*spans)


def bar(share: float, size: int = BAR) -> tuple[Span, Span]:
    """Return a bar of that many cells: ``▓▓░░░``.

    Args:
        share: 0 to 1; any progress at all fills a cell, and only the whole fills the last.
        size: Cells.
    """
    full = size if share >= 1 else min(size - 1, max(1, round(share * size))) if share > 0 else 0
    return Span("▓" * full, "good"), Span("░" * (size - full), "rule")


def _below(view: HomeView, columns: int, room: int) -> list[Line]:
    """Return what stands at the foot, if there is room for it below an empty row."""
    if view.state == "first":
        last = line((_NO_SCREEN, "dim"))
    elif view.last and all(row.kind != "continue" for row in view.start):
        left = line((" LAST    ", "title"), safe(view.last))
        last = spread(left, line(("c", "key"), "  continue    "), columns)
    else:
        return []
    return [*[()] * (room - 1), clip(last, columns)] if room > 0 else []


def spread(left: Line, right: Line, columns: int) -> Line:
    """Return a row with one part at its left end and one at its right; the right one gives way."""
    missing = columns - width(left) - width(right)
    if missing < 0:
        return clip(left, columns)
    return (*left, Span(" " * missing), *right)

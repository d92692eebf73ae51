"""The rows of a space-time diagram, painted on a canvas: lanes first, then messages, then what texts fit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sdtutor.drawing.canvas import Canvas
from sdtutor.drawing.sequence_layout import Plan
from sdtutor.drawing.sequence_records import Bar, Between, Diagram, Message
from sdtutor.drawing.spans import Role, cells, clip_text, safe

Ink = tuple[str, Role]
"""A character and what it means."""

LANE, OPERATION, WITNESS = "┊", "┃", "█"
_JOINS = {
    (LANE, True): "├",
    (LANE, False): "┤",
    ("┤", True): "┼",
    ("├", False): "┼",
    (OPERATION, True): "┣",
    (OPERATION, False): "┫",
    ("┫", True): "╋",
    ("┣", False): "╋",
}
"""A lane where a message leaves it, by what the lane looks like and whether it leaves to the right."""
_BARS: tuple[Ink, Ink] = ((OPERATION, "plain"), (WITNESS, "warn"))
_ARROWS: tuple[Ink, Ink] = (("─", "dim"), ("╌", "flight"))
"""The stroke of a message that arrives at once, and of one that does not."""
_BREACHES: tuple[Ink, Ink] = (("─", "warn"), ("━", "bad"))
"""The row below the step that broke another promise, and that below the one that the letters belong to."""
_STROKES = "─╌"
_LEAST_NOTE = 9
"""Columns of a change below which a clipped one says nothing."""
_FIRST_TRACK = 3
"""Columns between a lane and the first track beside it: an arrow's head and a stroke fit between."""


class Painter:
    """Paints one diagram.

    Args:
        diagram: What.
        plan: Which row belongs to what.
        lanes: Column of each lane.
        margin: Columns at the left that belong to the numbers of the steps.
        columns: Width.
    """

    def __init__(
        self, diagram: Diagram, plan: Plan, lanes: dict[str, int], margin: int, columns: int
    ) -> None:
        self._diagram, self._plan, self._lanes, self._margin = diagram, plan, lanes, margin
        self._canvas = Canvas(columns, plan.rows)
        self._tracks: dict[int, int] = {}

    def paint(self) -> Canvas:
        """Return the painted canvas."""
        for name, x in self._lanes.items():
            for y in range(self._plan.rows):
                self._canvas.put(x, y, LANE, "rule")
            self._break_lane(name, x)
        for bar in self._diagram.bars:
            self._paint_bar(bar)
        self._lay_tracks()
        for index, message in enumerate(self._diagram.messages):
            self._paint_message(index, message)
        for index in self._tracks:
            self._paint_stub(index)
        for index, message in enumerate(self._diagram.messages):
            self._name_message(index, message)
        for link in self._diagram.links:
            self._paint_link(link)
        self._paint_texts()
        self._paint_breaches()
        return self._canvas

    # Lanes

    def _break_lane(self, name: str, x: int) -> None:
        """Take a lane away while its member is down."""
        since = None
        for mark in (mark for mark in self._diagram.marks if mark.lane == name):
            y = self._plan.step[mark.step]
            if mark.kind == "crash":
                since = y
            elif mark.kind == "restart" and since is not None:
                self._blank(x, since + 1, y)
                since = None
        if since is not None:
            self._blank(x, since + 1, self._plan.rows)

    def _blank(self, x: int, top: int, bottom: int) -> None:
        for y in range(top, bottom):
            self._canvas.put(x, y, " ")

    def _paint_bar(self, bar: Bar) -> None:
        x, (top, bottom) = self._lanes[bar.lane], self._rows_of(bar)
        glyph, role = _BARS[bool(bar.letter)]
        for y in range(top, bottom + 1):
            if self._canvas.role(x, y) != "warn":
                self._canvas.put(x, y, glyph, role)
        if bar.letter and bar.begins != bar.ends:
            # Half a block at each end, so that one operation after another is not one bar.
            self._canvas.put(x, top, "▄", role)
            self._canvas.put(x, bottom, WITNESS if bar.ends is None else "▀", role)

    def _rows_of(self, bar: Bar) -> tuple[int, int]:
        top = self._plan.step[bar.begins]
        return top, self._plan.rows - 1 if bar.ends is None else self._plan.step[bar.ends]

    # Messages

    def _lay_tracks(self) -> None:
        """Give each message that is held back a column beside its sender; the longest stand nearest."""
        hanging = self._plan.hanging
        # Of those that end together the later one stands nearer, as it leaves further down.
        for index in sorted(hanging, key=lambda each: (-hanging[each][1], -hanging[each][0])):
            message, (top, bottom) = self._diagram.messages[index], hanging[index]
            x = self._free_track(message, top, bottom)
            if x is not None:
                self._tracks[index] = x
                for y in range(top, bottom + (message.ended is None and index not in self._plan.flying)):
                    self._canvas.put(x, y, "╎", "flight")
                self._canvas.put(x, bottom, "╎", "flight")

    def _free_track(self, message: Message, top: int, bottom: int) -> int | None:
        start, end = self._lanes[message.sender], self._lanes[message.receiver]
        step = 1 if end > start else -1
        gap = min(abs(x - start) for x in self._lanes.values() if (x - start) * step > 0)
        for offset in range(_FIRST_TRACK, gap - 1, 2):
            x = start + step * offset
            if all(self._canvas.glyph(x, y) == " " for y in range(top, bottom + 1)):
                return x
        return None

    def _paint_stub(self, index: int) -> None:
        """Join the track of a message to its sender."""
        message, x, y = self._diagram.messages[index], self._tracks[index], self._plan.hanging[index][0]
        start = self._lanes[message.sender]
        is_right = x > start
        if index in self._plan.forks and self._canvas.glyph(x, y) in "╎─╌┬":
            self._canvas.put(x, y, "┬", "flight")
            return
        self._stroke(range(min(start, x) + 1, max(start, x)), y, "╌", "flight")
        self._canvas.put(x, y, "╮" if is_right else "╭", "flight")
        self._join(start, y, is_right)

    def _row_of(self, index: int, message: Message) -> int | None:
        """Return the row in which a message goes its way; None when there is none for it."""
        return self._plan.flying.get(index) if message.ended is None else self._plan.step[message.ended]

    def _paint_message(self, index: int, message: Message) -> None:
        y = self._row_of(index, message)
        if y is None:
            return
        lane, start = self._lanes[message.sender], self._start_of(index, message)
        is_right = self._lanes[message.receiver] > lane
        glyph, role = _ARROWS[message.is_late]
        path = self._path(index, message)
        self._stroke(path, y, glyph, role)
        if start != lane:
            self._canvas.put(start, y, "╰" if is_right else "╯", "flight")
        else:
            self._join(lane, y, is_right)
        self._paint_head(path, y, message.fate, role)

    def _name_message(self, index: int, message: Message) -> None:
        y = self._row_of(index, message)
        if y is not None and message.fate != "lost":
            role: Role = "flight" if message.is_late else "plain"
            self._label(self._path(index, message)[:-1], y, message.text, role, message.asker)

    def _start_of(self, index: int, message: Message) -> int:
        return self._tracks.get(index, self._lanes[message.sender])

    def _path(self, index: int, message: Message) -> range:
        """Return the columns between the two ends of a message, in its direction; its head is the last."""
        start, end = self._start_of(index, message), self._lanes[message.receiver]
        step = 1 if end > start else -1
        if message.fate == "lost":
            return range(start + step, start + 4 * step, step)
        short = 0 if message.fate == "delivered" else 2
        return range(start + step, end - step * short, step)

    def _paint_head(self, path: range, y: int, fate: str, role: Role) -> None:
        if not path:
            return
        if fate == "delivered":
            self._canvas.put(path[-1], y, "▸" if path.step > 0 else "◂", role)
        else:
            is_gone = fate != "flying"
            self._canvas.put(path[-1], y, "✗" if is_gone else "⋯", "warn" if is_gone else role)

    def _stroke(self, path: Iterable[int], y: int, glyph: str, role: Role) -> None:
        """Paint a stroke behind whatever stands there already."""
        for x in path:
            if self._canvas.glyph(x, y) == " ":
                self._canvas.put(x, y, glyph, role)

    def _join(self, x: int, y: int, is_right: bool) -> None:
        glyph = self._canvas.glyph(x, y)
        self._canvas.put(x, y, _JOINS.get((glyph, is_right), glyph), self._canvas.role(x, y))

    def _label(self, path: range, y: int, text: str, role: Role, near: str) -> None:
        """Write a text on a stroke: where it covers no lane, and near the one that asks, if it can."""
        path = self._without_forks(path, y)
        bare = clip_text(safe(text), len(path) - 2)
        if cells(bare) < 2:
            return
        padded, middle = f" {bare} ", self._home_gap(self._lanes[near], path)
        choices = [
            (covered, shown is bare, abs(x + cells(shown) // 2 - middle), x, shown)
            for shown in ((padded, bare) if cells(padded) + 2 <= len(path) else (bare,))
            for x in range(min(path) + 1, max(path) - cells(shown) + 1)
            for covered in [self._covered(x, y, cells(shown))]
        ]
        if choices:
            *_, x, shown = min(choices)
            self._canvas.put(x, y, shown, role)

    def _covered(self, x: int, y: int, size: int) -> int:
        """Return how many signs other than strokes a text would cover, or touch."""
        return sum(self._canvas.glyph(each, y) not in _STROKES for each in range(x - 1, x + size + 1))

    def _without_forks(self, path: range, y: int) -> range:
        """Return the longest part of a path on which no other message parts from it."""
        forks = [index for index, x in enumerate(path) if self._canvas.glyph(x, y) == "┬"]
        parts = pairwise((-1, *forks, len(path)))
        return max((path[start + 1 : end] for start, end in parts), key=len)

    def _home_gap(self, home: int, path: range) -> int:
        """Return the middle of the gap beside a lane, on the side to which a path lies."""
        is_right = sum(path) > home * len(path)
        others = [x for x in self._lanes.values() if (x > home) == is_right and x != home]
        neighbour = min(others, key=lambda x: abs(x - home), default=home)
        return (home + neighbour) // 2

    def _paint_link(self, link: Between) -> None:
        y = self._plan.step[link.step]
        low, high = sorted((self._lanes[link.one], self._lanes[link.other]))
        role: Role = "warn" if link.breaks else "flight"
        self._stroke(range(low + 1, high), y, "╌", role)
        self._join(low, y, True)
        self._join(high, y, False)
        self._label(range(low + 1, high), y, ("✗ " if link.breaks else "") + link.text, role, link.one)

    # Texts

    def _paint_texts(self) -> None:
        for bar in self._diagram.bars:
            self._paint_operation(bar)
        for mark in self._diagram.marks:
            x, y = self._lanes[mark.lane], self._plan.step[mark.step]
            self._canvas.put(x, y, "✗" if mark.kind == "crash" else "○", "warn")
            self._write_beside(x, y, mark.text, "warn", to_right=True)
        notes: dict[tuple[int, str], list[str]] = defaultdict(list)
        for note in self._diagram.notes:
            notes[note.step, note.lane].append(note.text)
        for (step, lane), texts in notes.items():
            self._paint_notes(self._lanes[lane], self._plan.step[step], texts)

    def _paint_notes(self, x: int, y: int, texts: Sequence[str]) -> None:
        """Write as many of the changes at a lane as there is room for."""
        room = max(self._room(x, y, 1), self._room(x, y, -1))
        shown = texts[0]
        for text in texts[1:]:
            if cells(safe(f"{shown}, {text}")) <= room:
                shown = f"{shown}, {text}"
        if room >= min(cells(safe(shown)), _LEAST_NOTE):
            self._write_beside(x, y, shown, "changed", to_right=True)

    def _paint_operation(self, bar: Bar) -> None:
        """Write what was called where a bar begins, and how it ended where it ends."""
        x, (top, bottom) = self._lanes[bar.lane], self._rows_of(bar)
        role: Role = "bad" if bar.letter else "title"
        mark = f"◆{bar.letter} " if bar.letter else ""
        if bar.ends == bar.begins:
            self._write_beside(x, top, f"{mark}{bar.asked} → {bar.answered}", role)
            self._canvas.put(x, top, WITNESS if bar.letter else "●", "warn" if bar.letter else "plain")
            return
        is_left = self._write_beside(x, top, mark + bar.asked, role)
        self._bend(x, top, "┓" if is_left else "┏", bar)
        if bar.ends is not None:
            is_left = self._write_beside(x, bottom, mark + bar.answered, role)
            self._bend(x, bottom, "┛" if is_left else "┗", bar)

    def _bend(self, x: int, y: int, glyph: str, bar: Bar) -> None:
        """Bend the end of a bar to its text; where another one runs on, join it."""
        if bar.letter or self._canvas.glyph(x, y) not in (OPERATION, *_JOINS.values()):
            return
        others = (self._rows_of(each) for each in self._diagram.bars if each.lane == bar.lane)
        runs_on = any(top < y < bottom for top, bottom in others)
        self._canvas.put(x, y, {"┓": "┫", "┛": "┫"}.get(glyph, "┣") if runs_on else glyph, "plain")

    def _write_beside(self, x: int, y: int, text: str, role: Role, to_right: bool = False) -> bool:
        """Write a text beside a lane, where there is more room if it is long; tell whether at the left."""
        text = safe(text)
        rooms = {is_right: self._room(x, y, 1 if is_right else -1) for is_right in (to_right, not to_right)}
        fits = [is_right for is_right, room in rooms.items() if room >= cells(text)]
        is_right = fits[0] if fits else max(rooms, key=lambda each: rooms[each])
        text = clip_text(text, rooms[is_right])
        if cells(text) > 1:
            self._canvas.put(x + 2 if is_right else x - 1 - cells(text), y, text, role)
        return not is_right

    def _room(self, x: int, y: int, step: int) -> int:
        """Return how many columns beside a lane are free, a space at both ends left out."""
        end = self._canvas.columns if step > 0 else self._margin - 1
        count = 0
        for column in range(x + step, end, step):
            if self._canvas.glyph(column, y) != " ":
                return max(0, count - 2)
            count += 1
        return max(0, count - 1)

    def _paint_breaches(self) -> None:
        for step, y in self._plan.breach.items():
            breaches = [breach for breach in self._diagram.breaches if breach.step == step]
            stroke, role = _BREACHES[breaches[0] is self._diagram.breaches[0]]
            names = safe(", ".join(breach.name for breach in breaches))
            text = clip_text(f"{stroke * 2} ✗ BROKEN at step {step}: {names} ", self._canvas.columns)
            self._canvas.put(0, y, text + stroke * (self._canvas.columns - cells(text)), role)

"""A space-time diagram: a column for each member, time downwards, a row for each step.

The form is that of Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System" (1978),
figure 1, turned so that time goes down. A message that arrives in the step after the one that sent it is a
straight arrow; one that the network holds back hangs beside its sender until the step in which it arrives,
so that whatever overtakes it can be seen to pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sdtutor.drawing.canvas import Canvas
from sdtutor.drawing.sequence_layout import places, plan
from sdtutor.drawing.sequence_paint import Painter
from sdtutor.drawing.sequence_records import Diagram, Message
from sdtutor.drawing.spans import Line, Role, Span, cells, clip, line, safe


@dataclass(frozen=True, slots=True)
class Figure:
    """A diagram as rows.

    Args:
        head: The names of the lanes; stays on top when the rows scroll.
        rows: The steps, and what is still on its way below them.
        steps: Which row belongs to each step, from step 0.
        foot: The operations that show what was broken.
    """

    head: tuple[Line, ...]
    rows: tuple[Line, ...]
    steps: tuple[int, ...]
    foot: tuple[Line, ...]

    def at(self, step: int) -> tuple[Line, ...]:
        """Return the rows with a mark at a step; what comes after it is dim."""
        here = self.steps[step]
        after = self.steps[step + 1] if step + 1 < len(self.steps) else len(self.rows)
        return (
            *self.rows[:here],
            _marked(self.rows[here]),
            *self.rows[here + 1 : after],
            *map(_dimmed, self.rows[after:]),
        )


def _marked(row: Line) -> Line:
    """Return a row with a mark in its first column, which the margin leaves free."""
    first, *others = row
    number = len(first.text) - len(first.text.lstrip())
    return line(("▸", "cursor"), (first.text[1:], "cursor" if number else first.role), *others)


def _dimmed(row: Line) -> Line:
    """Return a row in which texts are dim and strokes fainter."""
    return tuple(Span(span.text, "dim" if _is_text(span) else "rule") for span in row)


def _is_text(span: Span) -> bool:
    return span.role not in ("rule", "dim") or any(map(str.isalnum, span.text))


def sequence(diagram: Diagram, columns: int) -> Figure:
    """Return the diagram as rows; a list of the messages when the lanes do not fit side by side.

    Args:
        diagram: What is drawn; all that it names are lanes of it.
        columns: Greatest width.
    """
    margin = len(str(diagram.steps)) + 2
    lanes = places(diagram, margin, columns)
    foot = tuple(clip(row, columns) for row in _foot(diagram))
    if lanes is None:
        rows, steps = _listed(diagram)
        return Figure((), tuple(clip(row, columns) for row in rows), steps, foot)
    planned = plan(diagram)
    canvas = Painter(diagram, planned, lanes, margin, columns).paint()
    for step, y in enumerate(planned.step):
        canvas.put(1, y, f"{step:>{margin - 2}}", "dim")
    head = Canvas(columns, 1)
    for lane in diagram.lanes:
        label = safe(lane.label)
        head.put(lanes[lane.name] - cells(label) // 2, 0, label, "strong")
    return Figure(
        tuple(map(_trimmed, head.lines())), tuple(map(_trimmed, canvas.lines())), planned.step, foot
    )


def _trimmed(row: Line) -> Line:
    """Return a line without spaces at its end."""
    *before, last = row or (Span(""),)
    text = last.text.rstrip()
    return (*before, Span(text, last.role)) if text else _trimmed(tuple(before)) if before else ()


def _foot(diagram: Diagram) -> list[Line]:
    """Return a row for each operation of the witness: who, what, when, how it ended."""
    labels = {lane.name: safe(lane.label) for lane in diagram.lanes}
    widest = max((cells(labels[bar.lane]) for bar in diagram.witness), default=0)
    rows = []
    for bar in diagram.witness:
        label = labels[bar.lane] + " " * (widest - cells(labels[bar.lane]))
        ended = f" → {safe(bar.answered)}" if bar.ends is not None else ", open"
        when = f"step {bar.begins}" if bar.ends == bar.begins else f"steps {bar.begins} to {bar.ends or ''}"
        rows.append(
            line(
                " ",
                (f"◆{bar.letter}", "bad"),
                (f" {label}  ", "strong"),
                safe(bar.asked) + ended,
                (f"   {when}", "dim"),
            )
        )
    return rows


def _listed(diagram: Diagram) -> tuple[Sequence[Line], tuple[int, ...]]:
    """Return a row for each step, and which one it is, for a pane that is too narrow for lanes."""
    labels = {lane.name: safe(lane.label) for lane in diagram.lanes}
    said: dict[int, list[Line]] = {step: [] for step in range(diagram.steps + 1)}
    for breach in diagram.breaches:
        said[breach.step].append(line((f"✗ BROKEN: {safe(breach.name)}", "bad")))
    for message in diagram.messages:
        if message.ended is not None and message.fate != "lost":
            said[message.ended].append(_said(message, labels))
    for bar in diagram.bars:
        letter = f"◆{bar.letter} " if bar.letter else ""
        said[bar.begins].append(line((letter, "bad"), f"{labels[bar.lane]} {safe(bar.asked)}"))
        if bar.ends is not None:
            said[bar.ends].append(line((letter, "bad"), f"= {safe(bar.answered)}"))
    for mark in diagram.marks:
        said[mark.step].append(line(f"{labels[mark.lane]} ", (safe(mark.text), "warn")))
    for link in diagram.links:
        ends = f"{labels[link.one]} and {labels[link.other]}: "
        said[link.step].append(line(ends, (safe(link.text), "warn")))
    digits = len(str(diagram.steps))
    rows = [line((f" {step:>{digits}}  ", "dim"), *_parted(parts)) for step, parts in said.items()]
    return rows, tuple(said)


def _said(message: Message, labels: dict[str, str]) -> Line:
    arrow: tuple[str, Role] = (" ─▸ ", "dim") if message.fate == "delivered" else (" ╌✗ ", "warn")
    return line(labels[message.sender], arrow, f"{labels[message.receiver]}  {safe(message.text)}")


def _parted(parts: Sequence[Line]) -> list[Span]:
    """Return lines as one, a gap between them."""
    return [span for index, part in enumerate(parts) for span in ([Span("  ")] if index else []) + list(part)]

"""The system picture as a list: for panes too small for boxes, and for readers who want words."""

from collections.abc import Iterable, Sequence

from sdtutor.drawing.boxes import label_role, mark, state
from sdtutor.drawing.picture import Arrow, Box, Picture
from sdtutor.drawing.spans import Line, Role, Span, cells, clip, fit, line, safe


def listing(picture: Picture, columns: int) -> tuple[Line, ...]:
    """Return a line for each box, then each message, then each cut link, clipped to the width."""
    return tuple(clip(row, columns) for row in (*box_lines(picture, columns), *link_lines(picture)))


def box_lines(picture: Picture, columns: int) -> tuple[Line, ...]:
    """Return a line for each box: its mark, its label, its state."""
    widest = max((cells(safe(box.label)) for box in picture.boxes), default=0)
    return tuple(_box_line(box, min(widest, columns // 2)) for box in picture.boxes)


def link_lines(picture: Picture) -> tuple[Line, ...]:
    """Return a line for each message, then one for each cut link without any."""
    return (*arrow_lines(picture, picture.arrows), *_cuts(picture))


def paired(rows: Sequence[Line], columns: int) -> tuple[Line, ...]:
    """Return lines in two columns, down the left one first."""
    half = (len(rows) + 1) // 2
    left, right = rows[:half], (*rows[half:], ())
    size = (columns - 1) // 2
    return tuple(
        clip((*fit(one, size), Span(" "), *clip(other, columns - size - 1)), columns)
        for one, other in zip(left, right, strict=False)
    )


def _box_line(box: Box, label_columns: int) -> Line:
    label = safe(box.label)
    gap = " " * max(0, label_columns - cells(label))
    parts: list[Span] = []
    for text, text_role in state(box):
        parts += [Span(" · " if parts else "  ", "dim"), Span(text, text_role)]
    sign, role = mark(box)
    return line(Span(sign, role), Span(label, label_role(box)), gap, *parts)


def arrow_lines(picture: Picture, arrows: Iterable[Arrow]) -> tuple[Line, ...]:
    """Return a line for each message: ``1 database ╌▸ reader A  k = v1``."""
    labels = {box.name: safe(box.label) for box in picture.boxes}
    rows = []
    for arrow in arrows:
        role: Role = "changed" if arrow.moved else "flight"
        dash = "╳" if picture.is_cut(arrow.sender, arrow.receiver) else "╌"
        sender, receiver = (labels.get(name, safe(name)) for name in (arrow.sender, arrow.receiver))
        rows.append(
            line(
                Span("  " if arrow.number is None else f"{arrow.number} ", "key"),
                sender,
                Span(f" {dash}▸ ", "bad" if dash == "╳" else "flight"),
                f"{receiver}  ",
                Span(safe(arrow.label), role),
            )
        )
    return tuple(rows)


def _cuts(picture: Picture) -> tuple[Line, ...]:
    labels = {box.name: safe(box.label) for box in picture.boxes}
    busy = {frozenset((arrow.sender, arrow.receiver)) for arrow in picture.arrows}
    return tuple(
        line(f"  {labels.get(one, safe(one))}", Span(" ╌╳╌ ", "bad"), labels.get(other, safe(other)), "  cut")
        for one, other in sorted(picture.cuts)
        if frozenset((one, other)) not in busy
    )

"""The tree of branches as rows of spans: the tree, one branch beside its parent, and what was kept."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sdtutor.drawing.spans import Line, Role, cells, clip, fit, line, safe, width
from sdtutor.drawing.tree import tree
from sdtutor.drawing.wrap import wrap
from sdtutor.session.branch_views import counted
from sdtutor.tui.lab_panes import band, rule, spread

if TYPE_CHECKING:
    from sdtutor.session.branch_views import BranchRow, BranchView, Difference, FateRow

_HERE = "●"
_FATES: dict[str, Role] = {"kept": "plain", "changed": "changed", "already": "dim", "dropped": "warn"}


def in_order(rows: "Iterable[BranchRow]") -> "tuple[tuple[str, BranchRow], ...]":
    """Return (guide, branch) in the order of the tree."""
    known = {row.number: row for row in rows}
    drawn = tree({row.number: row.parent for row in known.values()})
    return tuple((guide, known[number]) for number, guide in drawn)


def tree_lines(
    ordered: "Sequence[tuple[str, BranchRow]]", cursor: int, columns: int, height: int
) -> tuple[Line, ...]:
    """Return a row for each branch, the one at the cursor in sight.

    Args:
        ordered: As `in_order` returns them.
        cursor: Index of the one that is chosen.
        columns: Width.
        height: The most lines.
    """
    first = max(0, min(cursor - height // 2, len(ordered) - height))
    left = max(cells(guide) + len(str(row.number)) for guide, row in ordered)
    words = max(cells(row.outcome) for _, row in ordered)
    lines = []
    for index, (guide, row) in enumerate(ordered[first : first + height], first):
        shown = _tree_line(guide, row, left, words)
        lines.append(
            band(line(" ▸ ", *shown), "cursor", columns)
            if index == cursor
            else clip(line("   ", *shown), columns)
        )
    hidden = len(ordered) - len(lines)
    if hidden > 0:
        lines[-1] = spread(lines[-1], line((f" {hidden} more", "dim"), " "), columns)
    return tuple(lines)


def _tree_line(guide: str, row: "BranchRow", left: int, words: int) -> Line:
    number = str(row.number)
    return line(
        (guide, "rule"),
        (number, "key"),
        " " * (left - cells(guide) - len(number) + 1),
        (_HERE if row.current else " ", "title"),
        f" {row.steps:>3} step{' ' if row.steps == 1 else 's'}  ",
        (row.outcome.ljust(words), "bad" if row.outcome.startswith("BROKEN") else "good"),
        "  ",
        (f"after {row.parted_at}: " if row.parent else "", "dim"),
        (safe(row.label), "plain" if row.parent else "strong"),
    )


def detail_lines(view: "BranchView", columns: int) -> tuple[Line, ...]:
    """Return one branch beside the branch from which it parts, then the rest that it took over."""
    row = view.row
    if not row.parent:
        said = line(f"{safe(row.label.partition(',')[0])}, {safe(view.settings)}")
        return (
            rule(f"branch {row.number} begins by itself", columns),
            *wrap(said, columns - 1, "   ", "   "),
        )
    names = f"branch {row.parent}", f"branch {row.number}"
    step = f"step {row.parted_at + 1}"
    ends = f"{names[0]}, step {view.parent_steps}", f"{names[1]}, step {row.steps}"
    return (
        rule(f"{names[1]} parts from {names[0]} after step {row.parted_at}", columns),
        *_event_lines(step, names, (view.there, view.here), columns),
        *_difference_lines(
            ((f"after {step}", names, view.at_parting), ("at their ends", ends, view.at_end)), columns
        ),
        *_rest_lines(view, columns),
    )


def _event_lines(
    step: str, names: tuple[str, str], events: tuple[str, str], columns: int
) -> tuple[Line, ...]:
    indent = " " * (3 + cells(step) + 2 + max(map(cells, names)) + 3)
    rows: list[Line] = []
    for at, name, event in zip((step, " " * cells(step)), names, events, strict=True):
        body = wrap(line(safe(event) or "nothing more happens"), columns - 1, indent, indent)
        head = fit(line("   ", (at, "title"), "  ", (name, "dim")), cells(indent))
        rows += [(*head, *body[0][1:]), *body[1:]]
    return tuple(rows)


def _difference_lines(
    parts: "Sequence[tuple[str, tuple[str, str], Sequence[Difference]]]", columns: int
) -> Iterator[Line]:
    """Yield what differs in three columns: what, on the parent, on the branch.

    Args:
        parts: (heading, names of both, differences).
        columns: Width.
    """
    labels = [label for heading, _, each in parts for label in (heading, *(safe(d.what) for d in each))]
    left = min(max(map(cells, labels)) + 3, columns // 3)
    sizes = left, min(28, max(1, (columns - left - 3) // 2))
    for heading, names, differences in parts:
        title = line((heading, "title"))
        if not differences:
            yield _three(title, line(("no value differs", "dim")), (), sizes)
            continue
        yield clip(_three(title, line((names[0], "dim")), line((names[1], "dim")), sizes), columns)
        for each in differences:
            here = line((safe(each.here), "changed"))
            yield clip(_three(line(safe(each.what)), line(safe(each.there)), here, sizes), columns)


def _three(what: Line, there: Line, here: Line, sizes: tuple[int, int]) -> Line:
    return line("   ", *fit(what, sizes[0]), *fit(there, sizes[1]), *here)


def _rest_lines(view: "BranchView", columns: int) -> tuple[Line, ...]:
    if view.waiting:
        count = f"{view.waiting} event{'' if view.waiting == 1 else 's'}"
        told = line(
            ("r", "key"),
            f" keeps the rest of branch {view.left} here: {count}, as far as they are possible.",
        )
        return wrap(told, columns - 1, "   ", "   ")
    if not view.rest:
        return ()
    titles = min(30, max(cells(safe(row.title)) for row in view.rest))
    return (
        rule(f"the rest of branch {view.left}: {counted(view.rest)}", columns, "step there → here"),
        *(shown for row in view.rest for shown in _fate_lines(row, titles, columns)),
    )


def _fate_lines(row: "FateRow", titles: int, columns: int) -> tuple[Line, ...]:
    """Return an event of the rest: its fate, its steps, what it is; the note below where it does not fit."""
    role = _FATES[row.fate]
    steps = f"{row.was:>3} → {row.at}" if row.at else f"{row.was:>3}"
    title = safe(row.title)
    head = line(
        "   ",
        (row.fate.ljust(9), role),
        (steps.ljust(11), "dim"),
        title,
        " " * max(2, titles - cells(title) + 2),
        (safe(row.detail), role),
    )
    note = line((safe(row.note), "dim" if row.fate == "already" else role))
    if not note:
        return (clip(head, columns),)
    if width(head) + width(note) + 4 <= columns:
        return (line(*head, "   ", *note),)
    return (clip(head, columns), *wrap(note, columns - 1, " " * 23, " " * 23))

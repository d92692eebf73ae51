"""The branches of a lab as sentences: the tree, one branch beside its parent, and what was kept."""

from typing import TYPE_CHECKING

from sdtutor.cli.surface import Surface
from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.session.branch_views import BranchRow, Difference, FateRow
    from sdtutor.session.lab_session import LabSession


def tell_branches(session: "LabSession", surface: Surface) -> None:
    """Tell the tree, each branch indented below the one from which it parts; then the one at hand."""
    from sdtutor.drawing.tree import tree

    rows = {row.number: row for row in session.branches()}
    for number, guide in tree({row.number: row.parent for row in rows.values()}):
        surface.say(" " * len(guide) + _sentence(rows[number]))
    if len(rows) > 1:
        tell_branch(session, next(number for number, row in rows.items() if row.current), surface)
        surface.say("r N goes to branch N.")


def _sentence(row: "BranchRow") -> str:
    origin = f"parts after step {row.parted_at}, {row.label}" if row.parent else row.label
    here = ", this one" if row.current else ""
    return f"{row.number}: {row.steps} step{'' if row.steps == 1 else 's'}, {row.outcome}, {origin}{here}"


def tell_branch(session: "LabSession", number: int, surface: Surface) -> None:
    """Tell where a branch parts from its parent, what is different, and what was kept.

    Raises:
        UsageError: There is no branch of that number.
    """
    view = session.branch(number)
    row = view.row
    if row.parent:
        step = f"Step {row.parted_at + 1}"
        surface.say(f"{step} of branch {row.parent}: {view.there or 'nothing more happens'}.")
        surface.say(f"{step} of branch {number}: {view.here}.")
        _tell_differences(f"After step {row.parted_at + 1}", view.at_parting, surface)
        _tell_differences("At their ends", view.at_end, surface)
    if view.rest:
        _tell_rest(view.rest, view.left, surface)
    elif view.waiting:
        surface.say(f"k keeps the rest of branch {view.left}: {view.waiting} to try.")


def _tell_differences(when: str, differences: "tuple[Difference, ...]", surface: Surface) -> None:
    if not differences:
        surface.say(f"{when} no value differs.")
    for each in differences:
        surface.say(f"{when}: {each.what} is {each.there} there, {each.here} here.")


def keep_rest(session: "LabSession", surface: Surface) -> None:
    """Let the rest of the branch that was left happen on this one, and tell what became of it.

    Raises:
        UsageError: There is no such rest.
    """
    rest = session.keep_rest()
    if not rest:
        raise UsageError("There is no rest to keep.", "Go back, choose differently, then k.")
    _tell_rest(rest, session.branch(session.view().branch).left, surface)
    surface.say("f goes through them.")


def _tell_rest(rest: "tuple[FateRow, ...]", left: int, surface: Surface) -> None:
    from sdtutor.session.branch_views import counted

    surface.say(f"The rest of branch {left}: {counted(rest)}.")
    surface.rows(
        (
            f"  {row.fate}",
            f"{row.was} to {row.at}" if row.at else str(row.was),
            f"{row.title}: {row.detail}" if row.detail else row.title,
            row.note,
        )
        for row in rest
    )

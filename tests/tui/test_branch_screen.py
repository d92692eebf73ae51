"""The branches on the screen: the tree, what is told of the one at the cursor, and the keys."""

import asyncio
import re

import pytest
from screen_text import screen_text
from test_lab_screen import STORY, Learner, opened

from sdtutor.drawing.spans import plain, width
from sdtutor.session.branch_views import BranchRow, BranchView, Difference, FateRow
from sdtutor.tui.app import TutorApp
from sdtutor.tui.branch_rows import detail_lines, in_order, tree_lines
from sdtutor.tui.lab_screen import LabScreen

BACK = "left " * 10
DROPPED = f"{STORY} {BACK} x enter enter"
"""The broken promise, back to the opening, then the reply to the reader is lost: branch 2."""

SIZES = [(80, 24), (120, 40)]


def played(*presses, size=(80, 24), ascii_only=False):
    """What the screen shows after each group of keys, and the session."""

    async def run():
        session, texts = opened(), []
        app = TutorApp(Learner(), LabScreen(session), ascii_only=ascii_only)
        async with app.run_test(size=size) as pilot:
            for keys in presses:
                await pilot.press(*keys.split())
                texts.append(screen_text(app))
        return texts, session

    return asyncio.run(run())


@pytest.mark.parametrize("size", SIZES)
def test_after_branching_the_rest_is_offered_and_nothing_else_changes(size):
    (before, after), session = played(f"{STORY} {BACK}", "x enter enter", size=size)
    assert "r keep" not in before
    assert "r keep" in after.splitlines()[-1]
    assert ("r keep    the rest of the branch that you left, 10 events" in after) == (size == (120, 40))
    assert (session.view().step, session.view().last_step) == (5, 5)


@pytest.mark.parametrize("size", SIZES)
def test_the_rest_is_kept_by_one_key_and_stepped_through_by_another(size):
    (_, kept, walked), session = played(DROPPED, "r", "right " * 8, size=size)
    assert "7 kept, 1 changed, 2 dropped" in kept
    assert "step 5 of 13" in kept
    assert "r keep" not in kept.splitlines()[-1]
    assert "step 13 " in walked
    assert session.view().branches == 2


@pytest.mark.parametrize("size", SIZES)
def test_the_tree_tells_where_branches_part_how_they_end_and_what_was_kept(size):
    (text,), _ = played(f"{DROPPED} r b", size=size)
    rows = text.splitlines()
    assert "1       14 steps  BROKEN at step 14  textbook" in text
    assert next(row for row in rows if "└─ 2 ●" in row).startswith(" ▸ └─ 2 ●  13 steps  HOLDS")
    assert "branch 2 parts from branch 1 after step 4" in text
    assert "step 5  branch 1   writer B starts: set k = v2" in text
    assert "branch 2   drop database → reader A: reply k = v1" in text
    assert "the rest of branch 1: 7 kept, 1 changed, 2 dropped" in text
    fates = re.findall(r"^   (kept|changed|dropped) ", text, re.MULTILINE)
    assert fates == ["kept"] * 5 + ["dropped"] * 2 + ["kept"] * 2 + ["changed"]
    assert "was k = v1" in text
    assert "was not sent here" in text


def test_the_rest_can_be_kept_from_the_tree():
    (before, after), session = played(f"{DROPPED} b", "r")
    assert "r keeps the rest of branch 1 here: 10 events" in before
    assert "7 kept, 1 changed, 2 dropped" in after
    assert session.view().last_step == 13


def test_another_branch_is_chosen_and_the_one_in_view_keeps_its_step():
    _, session = played(f"{DROPPED} b up enter")
    assert (session.view().branch, session.view().step) == (1, 14)
    _, session = played(f"{DROPPED} r b enter")
    assert (session.view().branch, session.view().step) == (2, 5)


def test_escape_leads_back_to_the_lab():
    (tree, lab), _ = played(f"{DROPPED} b", "escape")
    assert "the orders that you have tried" in tree
    assert "what can happen next" in lab


def test_what_does_not_fit_is_turned_to():
    (first, more), _ = played(f"{DROPPED} r b", "pagedown", size=(80, 18))
    assert "more" in first
    assert "was k = v1" not in first
    assert "was k = v1" in more


def test_ascii_has_a_tree_too():
    (text,), _ = played(f"{DROPPED} b", ascii_only=True)
    assert text.isascii()
    assert "2 @" in text


def row(number, parent=0, **fields):
    return BranchRow(
        **{
            "number": number,
            "parent": parent,
            "steps": 9,
            "parted_at": 4 if parent else 0,
            "label": "crash cache",
            "outcome": "HOLDS",
            "current": False,
            **fields,
        }
    )


def test_a_long_tree_keeps_the_cursor_in_sight_and_tells_how_many_are_hidden():
    ordered = in_order([row(number, max(0, number - 1)) for number in range(1, 12)])
    shown = [plain(each) for each in tree_lines(ordered, 10, 60, 4)]
    assert len(shown) == 4
    assert "└─ 11" in shown[-1]
    assert "7 more" in shown[-1]


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_no_row_is_wider_than_the_screen(columns):
    rest = tuple(
        FateRow(fate, 10, at, "a rather long name → another long name", "put key = value " * 3, note)
        for fate, at, note in (
            ("kept", 11, ""),
            ("changed", 12, "was key = an old value that takes some room"),
            ("dropped", 0, "was not sent here"),
            ("already", 0, "happened at step 5 here"),
        )
    )
    differs = (Difference("database with a long label", "v" * 40, "w" * 40),)
    view = BranchView(row(2, 1), "readers=1, seed 7", "x " * 60, "y " * 60, differs, differs, 14, 1, rest, 0)
    for each in detail_lines(view, columns):
        assert width(each) <= columns
    for each in tree_lines(in_order([row(1), row(2, 1, label="z" * 99)]), 0, columns, 5):
        assert width(each) <= columns


def test_a_branch_that_begins_by_itself_tells_code_and_settings():
    view = BranchView(row(1, label="reference, readers=2"), "readers=2, seed 7", "", "", (), (), 9, 0, (), 0)
    said = [plain(each).strip() for each in detail_lines(view, 80)]
    assert said[1] == "reference, readers=2, seed 7"

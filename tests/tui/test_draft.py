"""A text of several lines that is being typed."""

import pytest

from sdtutor.drawing.spans import plain, width
from sdtutor.tui.draft import MAX_CHARACTERS, Draft, printable


def typed(draft, *keys):
    for key in keys:
        draft.press(key, key if len(key) == 1 else None)
    return draft


def test_letters_go_in_at_the_cursor_and_keys_move_it():
    draft = typed(Draft("ac"), "left", "b", "end", "d", "home", "x")
    assert draft.text == "xabcd"
    assert typed(Draft("one two"), "ctrl+w").text == "one "
    assert typed(Draft("one\ntwo"), "left", "ctrl+u").text == "one\no"
    assert typed(Draft("one\ntwo", 1), "ctrl+k").text == "o\ntwo"
    assert typed(Draft("ab"), "left", "delete", "backspace").text == ""


def test_up_and_down_go_by_the_rows_that_one_sees_and_keep_their_column():
    draft = Draft("aaaa bbbb cccc\nx\ndddd", columns=6)
    assert draft.press("up", None)
    assert draft.text[draft.cursor - 1] == "x"
    draft.press("up", None)
    assert draft.text[draft.cursor - 1] == "c"
    assert draft.press("up", None)
    assert draft.press("up", None)
    assert not draft.press("up", None)
    for _ in range(4):
        assert draft.press("down", None)
    assert draft.cursor == len(draft.text)
    assert not draft.press("down", None)


def test_a_key_that_is_none_of_its_own_is_refused():
    assert not Draft("a").press("f5", None)
    assert not Draft("a").press("enter", None)


@pytest.mark.parametrize("columns", [3, 7, 20, 80])
@pytest.mark.parametrize("text", ["", "a", "word " * 40, "x" * 90, "a\n\n\nb\n", "日本語 " * 20, "a  b"])
def test_rows_fit_show_everything_and_have_one_cursor(text, columns):
    draft = Draft(text)
    for at in range(len(text) + 1):
        draft.cursor = at
        shown = draft.shown(columns, 1000)
        assert all(width(each.row) <= columns for each in shown)
        assert sum(span.role == "cursor" for each in shown for span in each.row) == 1
    letters = "".join(plain(each.row) for each in shown).replace(" ", "")
    assert letters == text.replace("\n", "").replace(" ", "")


def test_lines_have_numbers_and_what_goes_on_has_none():
    shown = Draft("one two three\nfour", columns=8).shown(8, 9)
    assert [each.number for each in shown] == [1, 0, 2]


def test_the_row_of_the_cursor_is_in_sight_with_its_number():
    draft = Draft("\n".join(f"line {number}" for number in range(1, 51)), 0)
    assert [each.number for each in draft.shown(20, 4)] == [1, 2, 3, 4]
    draft.cursor = len(draft.text)
    assert [each.number for each in draft.shown(20, 4)] == [47, 48, 49, 50]


def test_what_a_terminal_might_obey_is_left_out():
    assert printable("a\x1b[31mb\x07\u202ec\r\nd\re") == "a[31mbc\nd\ne"
    draft = Draft("")
    draft.insert("x\x9b2Jy")
    assert draft.text == "x2Jy"


def test_a_megabyte_is_cut_and_told():
    draft = Draft("")
    assert draft.insert("x" * 1_000_000) == 1_000_000 - MAX_CHARACTERS
    assert len(draft.text) == MAX_CHARACTERS
    assert draft.insert("more") == 4
    assert len(draft.shown(76, 5)) == 5

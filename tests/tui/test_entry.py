import pytest

from sdtutor.drawing.spans import line as row
from sdtutor.drawing.spans import plain, width
from sdtutor.tui.entry import Entry
from sdtutor.tui.found import marked, rows_with


def typed(*keys, text=""):
    entry = Entry(">", text)
    for key in keys:
        entry.press(key, key if len(key) == 1 else None)
    return entry


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["a", "b", "c"], "abc"),
        (["a", "b", "left", "c"], "acb"),
        (["a", "b", "backspace"], "a"),
        (["a", "b", "home", "delete"], "b"),
        (["a", "b", "left", "ctrl+u"], "b"),
        (["backspace", "left", "a", "end", "right", "b"], "ab"),
    ],
)
def test_keys_edit_the_line(keys, text):
    assert typed(*keys).text == text


def test_a_key_that_edits_nothing_is_refused():
    assert not Entry(">").press("f5", None)


def test_pasted_lines_become_one_line_without_control_characters():
    entry = Entry(">")
    entry.insert("one\ntwo\x1b[31m")
    assert entry.text == "one two␛[31m"


def test_the_cursor_stays_in_sight():
    for at in range(40):
        entry = Entry("Answer:", "0123456789" * 4, at)
        shown = entry.row(30)
        assert width(shown) <= 30
        assert [span.text for span in shown if span.role == "cursor"] == [str(at % 10)]


def test_places_are_found_whatever_their_case_and_marked_across_spans():
    rows = (row("nothing"), row(("A Ca", "plain"), ("che misses", "strong")))
    assert rows_with("cache", rows) == (1,)
    shown = marked(rows[1], "cache")
    assert plain(shown) == "A Cache misses"
    assert [span.text for span in shown if span.role == "cursor"] == ["Ca", "che"]

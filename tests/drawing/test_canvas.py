from hypothesis import given
from hypothesis import strategies as st

from sdtutor.drawing.canvas import Canvas
from sdtutor.drawing.spans import Span, plain_text, width


def test_text_outside_is_left_out():
    canvas = Canvas(4, 2)
    canvas.put(-1, 0, "abcdef")
    canvas.put(0, 2, "x")
    canvas.put(3, 1, "世")
    assert plain_text(canvas.lines()) == "bcde\n"


def test_neighbours_of_one_role_share_a_span():
    canvas = Canvas(5, 1)
    canvas.put(1, 0, "ab", "key")
    assert canvas.lines() == ((Span(" "), Span("ab", "key"), Span("  ")),)


def test_half_of_a_wide_character_is_never_left_over():
    canvas = Canvas(6, 1)
    canvas.put(0, 0, "世界漢")
    canvas.put(1, 0, "x")
    canvas.put(4, 0, "y")
    assert plain_text(canvas.lines()) == " x界y"


@given(st.lists(st.tuples(st.integers(-3, 9), st.text(st.sampled_from("a世é─"), max_size=6)), max_size=8))
def test_every_row_keeps_its_width_whatever_is_written(writes):
    canvas = Canvas(8, 1)
    for x, text in writes:
        canvas.put(x, 0, text)
    assert width(canvas.lines()[0]) == 8

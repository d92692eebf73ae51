from hypothesis import given
from hypothesis import strategies as st

from sdtutor.drawing.sequence import Lane, Message, sequence
from sdtutor.drawing.spans import plain_text, width

LANES = [Lane("r", "reader"), Lane("w", "writer"), Lane("c", "cache"), Lane("d", "database")]
MESSAGES = [
    Message(1, "r", "r", "starts get k"),
    Message(2, "r", "c", "get k"),
    Message(3, "c", "r", "miss"),
    Message(9, "w", "c", "delete k", lost=True),
    Message(10, "d", "r", "k = v1"),
]

DIAGRAM = """\
    reader        writer                  cache       database
 1     ● starts get k                       │             │
 2     ├╌╌╌╌╌╌╌╌╌╌╌╌╌│╌╌╌╌╌╌╌ get k ╌╌╌╌╌╌╌▸│             │
 3     │◂╌╌╌╌╌╌╌╌╌╌╌╌│╌╌╌╌╌╌╌╌ miss ╌╌╌╌╌╌╌╌┤             │
 9     │             ├╌╌╌╌╌╌ delete k ╌╌╌╳  │             │
10     │◂╌╌╌╌╌╌╌╌╌╌╌╌│╌╌╌╌╌╌╌ k = v1 ╌╌╌╌╌╌╌│╌╌╌╌╌╌╌╌╌╌╌╌╌┤"""


def test_messages_run_from_lane_to_lane_in_the_order_of_the_steps():
    assert plain_text(sequence(LANES, MESSAGES, 72)) == DIAGRAM


def test_lanes_that_do_not_fit_become_a_list():
    text = plain_text(sequence(LANES, MESSAGES, 36)).split("\n")
    assert text[0] == "1  reader ● starts get k"
    assert text[3] == "9  writer ╌╳ cache  delete k"


def test_a_message_of_an_unknown_lane_is_left_out():
    assert len(sequence(LANES, [Message(1, "r", "nobody", "x")], 72)) == 1


def test_no_lanes_make_an_empty_diagram():
    assert all(width(row) == 0 for row in sequence([], [], 40))


names = st.sampled_from([lane.name for lane in LANES])
texts = st.text(st.sampled_from("abc =世\x1b"), max_size=40)


@given(
    st.lists(
        st.builds(Message, st.none() | st.integers(0, 999), names, names, texts, st.booleans()), max_size=12
    ),
    st.integers(1, 120),
)
def test_no_row_is_wider_than_its_pane(messages, columns):
    rows = sequence(LANES, messages, columns)
    assert all(width(row) <= columns for row in rows)
    assert all(span.text.isprintable() for row in rows for span in row)

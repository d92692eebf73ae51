import math

from hypothesis import given
from hypothesis import strategies as st

from sdtutor.drawing.ring import owner_at, ring, shares
from sdtutor.drawing.spans import plain_text, width

POINTS = [(0.25, "north"), (0.5, "south"), (0.75, "north")]

RING = """\
0       1/4      1/2      3/4      1
AAAAAAAAABBBBBBBBBAAAAAAAAAAAAAAAAAA

A  north  ██████████  75 %  2 points
B  south  ███▍        25 %  1 point"""


def test_a_key_belongs_to_the_first_point_at_or_after_it_around_the_ring():
    assert [owner_at(POINTS, at) for at in (0.0, 0.25, 0.26, 0.5, 0.9)] == [
        "north",
        "north",
        "south",
        "south",
        "north",
    ]


def test_the_first_point_holds_the_piece_behind_the_last():
    assert shares(POINTS) == {"north": 0.75, "south": 0.25}


def test_the_ring_lies_flat_with_the_share_of_each_owner():
    assert plain_text(ring(POINTS, 36)) == RING


def test_letters_stay_when_an_owner_leaves():
    assert plain_text(ring([(0.5, "south")], 36, ["north", "south"])).split("\n")[1] == "B" * 36


def test_an_empty_ring_says_so():
    assert plain_text(ring([], 40)) == "The ring is empty."


points = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(["a", "server-2", "c"])),
    min_size=1,
    max_size=30,
)


@given(points)
def test_shares_sum_to_the_whole_ring(some):
    assert math.isclose(math.fsum(shares(some).values()), 1.0, abs_tol=1e-9)


@given(points, st.integers(1, 100))
def test_no_row_of_a_ring_is_wider_than_its_pane(some, columns):
    assert all(width(row) <= columns for row in ring(some, columns))

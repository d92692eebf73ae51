"""Questions are asked in a fixed order of urgency, and equals are drawn from the seed."""

from hypothesis import given
from hypothesis import strategies as st

from sdtutor.learning.selection import Candidate, choose, option_order, scrambled_order

MIXED = [
    Candidate("unread", read=False, seen=False, due=False, recall=0.0),
    Candidate("known", read=True, seen=True, due=False, recall=0.95),
    Candidate("weak", read=True, seen=True, due=False, recall=0.7),
    Candidate("new", read=True, seen=False, due=False, recall=0.0),
    Candidate("due", read=True, seen=True, due=True, recall=0.9),
    Candidate("overdue", read=True, seen=True, due=True, recall=0.4),
]
NEW = [Candidate(f"q{number}", True, False, False, 0.0) for number in range(8)]
seeds = st.integers(0, 999_999)


@given(seeds, st.permutations(MIXED))
def test_due_comes_before_new_before_weak_before_unread(seed, candidates):
    assert choose(candidates, 6, seed) == ("overdue", "due", "new", "weak", "known", "unread")


@given(seeds, st.permutations(NEW))
def test_the_seed_decides_whatever_order_the_questions_come_in(seed, candidates):
    assert choose(candidates, 4, seed) == choose(NEW, 4, seed)


def test_another_seed_asks_others():
    assert len({choose(NEW, 3, seed) for seed in range(20)}) > 10


def test_no_more_are_asked_than_there_are_or_were_wanted():
    assert choose(NEW, 0, 7) == choose(NEW, -1, 7) == ()
    assert len(choose(NEW, 99, 7)) == 8


@given(seeds, st.integers(0, 9))
def test_options_are_each_shown_once(seed, count):
    assert sorted(option_order("a/b#q", seed, count)) == list(range(count))
    assert option_order("a/b#q", seed, count) == option_order("a/b#q", seed, count)


def test_the_first_option_stands_everywhere_in_turn():
    places = [option_order(f"a/b#q{number}", 7, 4).index(0) for number in range(400)]
    assert all(70 <= places.count(place) <= 130 for place in range(4))


@given(seeds, st.integers(2, 4))
def test_elements_to_order_are_never_shown_in_order(seed, count):
    order = scrambled_order("a/b#q", seed, count)
    assert order != tuple(range(count))
    assert sorted(order) == list(range(count))

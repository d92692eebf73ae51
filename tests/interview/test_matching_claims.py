"""Crediting points to sentences."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.content.problem_records import Pattern
from sdtutor.interview.matching.claims import MOST, claimed
from sdtutor.interview.matching.stuffing import Stuffing
from sdtutor.interview.matching.text import Text
from sdtutor.interview.records import Said

HONEST = Stuffing(frozenset(), False, "")
WORDS = ("lease", "quorum", "outbox", "saga", "fence")
WANTED = {word: (Pattern(((word,),)),) for word in WORDS}


def text_of(texts):
    return Text.of([Said(number, 0.0, "design", "say", text) for number, text in enumerate(texts, start=1)])


def credited(*texts, stuffing=HONEST):
    return claimed(WANTED, text_of(texts), stuffing)


def test_a_sentence_stands_for_two_things_at_most():
    assert list(credited("lease quorum outbox saga")) == ["lease", "quorum"]


def test_a_thing_makes_room_when_it_is_said_elsewhere_too():
    found = credited("lease quorum saga", "the lease")
    assert {name: match.point for name, match in found.items()} == {"lease": 2, "quorum": 1, "saga": 1}


def test_things_keep_the_order_in_which_they_are_wanted():
    assert list(credited("saga", "lease")) == ["lease", "saga"]


def test_a_list_is_credited_for_nothing():
    assert list(credited("lease", "saga", stuffing=Stuffing(frozenset({0}), False, "x"))) == ["saga"]
    assert credited("lease", "saga", stuffing=Stuffing(frozenset({0}), True, "x")) == {}


def test_a_sentence_may_count_for_one_thing_and_not_for_another():
    text = text_of(["lease quorum", "quorum"])
    found = claimed(WANTED, text, HONEST, {"lease": frozenset({0}), "quorum": frozenset({0})})
    assert {name: match.point for name, match in found.items()} == {"quorum": 2}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), min_size=1, max_size=6))
def test_saying_more_never_credits_less_and_no_sentence_holds_more_than_two(sentences):
    texts = [" ".join(words) for words in sentences]
    counts = [len(credited(*texts[:end])) for end in range(1, len(texts) + 1)]
    assert counts == sorted(counts)
    held = [match.sentence for match in credited(*texts).values()]
    assert all(held.count(sentence) <= MOST for sentence in held)

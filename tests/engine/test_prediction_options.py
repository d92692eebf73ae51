"""Options of a question: one is right, none reads like another, none gives itself away."""

from collections import Counter

import pytest

from sdtutor.engine.predictions.lots import Lots
from sdtutor.engine.predictions.options import MOST, options_for
from sdtutor.engine.predictions.skill import Failure, Waiting, say_answer


def made(answer, candidates, seed=0, say=say_answer):
    found = options_for(answer, candidates, say, Lots(seed, "test"))
    return found and ([option.text for option in found[0]], found[1])


def test_the_right_option_stands_among_the_candidates():
    texts, right = made("b", ("a", "b", "c"))
    assert sorted(texts) == ["a", "b", "c"]
    assert texts[right] == "b"


def test_an_answer_that_is_no_candidate_makes_no_question():
    assert made("d", ("a", "b", "c")) is None


def test_one_candidate_alone_makes_no_question():
    assert made("a", ("a",)) is None


def test_candidates_that_read_alike_stand_there_once():
    assert len(made("a", ("a", "A", "b"))[0]) == 2
    assert len(made(1, (1, True, 2))[0]) == 2
    assert sorted(made("z", ("x  y", "x y", "z"))[0]) == ["x y", "z"]


def test_an_answer_that_reads_like_another_candidate_makes_no_question():
    assert made("nothing", (None, "nothing", "v1")) is None


def test_there_are_at_most_four_options_and_the_typical_mistake_is_one_of_them():
    for seed in range(30):
        texts, right = made("e", tuple("abcdefgh"), seed)
        assert len(texts) == MOST
        assert texts[right] == "e"
        assert "a" in texts


@pytest.mark.parametrize("candidates", [tuple("abcd"), tuple("abcdef")])
def test_the_right_option_stands_in_each_place_about_as_often(candidates):
    places = Counter(made("c", candidates, seed)[1] for seed in range(400))
    assert all(60 < places[place] < 140 for place in range(MOST))


def test_numbers_stand_in_a_row_and_the_right_one_anywhere_in_it():
    places = Counter()
    for seed in range(200):
        texts, right = made(5, tuple(range(12)), seed)
        numbers = [int(text) for text in texts]
        assert numbers == list(range(numbers[0], numbers[0] + MOST))
        assert numbers[right] == 5
        places[right] += 1
    assert all(30 < places[place] < 70 for place in range(MOST))


def test_numbers_at_the_end_of_the_row_still_have_four_options():
    assert made(0, tuple(range(6))) == (["0", "1", "2", "3"], 0)
    assert made(5, tuple(range(6))) == (["2", "3", "4", "5"], 3)


def test_ends_of_calls_are_told_in_words():
    said = [say_answer(each) for each in (Failure("QuorumError"), Waiting(), False, "v1")]
    assert said == ["it fails with QuorumError", "it waits for ever", "no", "v1"]

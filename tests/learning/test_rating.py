"""The rating follows its table, row by row."""

import pytest

from sdtutor.learning.rating import FAST_SECONDS, SLOW_SECONDS, rating


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((False, 0, 5, "sure"), "again"),
        ((False, 3, 500, "guess"), "again"),
        ((True, 0, FAST_SECONDS, "sure"), "easy"),
        ((True, 0, FAST_SECONDS + 1, "sure"), "good"),
        ((True, 0, 5, "think"), "good"),
        ((True, 0, SLOW_SECONDS, "think"), "good"),
        ((True, 0, SLOW_SECONDS + 1, "sure"), "hard"),
        ((True, 0, 5, "guess"), "hard"),
        ((True, 1, 5, "sure"), "hard"),
    ],
)
def test_an_answer_is_rated_by_the_table(answer, expected):
    assert rating(*answer) == expected

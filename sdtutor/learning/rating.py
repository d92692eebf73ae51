"""How well an answer was known, as a spaced-repetition scheduler wants to hear it.

| the answer was | then it counts as |
|---|---|
| wrong | again |
| right, but after a hint, or guessed, or slower than SLOW_SECONDS | hard |
| right, sure, without hint, within FAST_SECONDS | easy |
| right otherwise | good |

The four words mean what they mean in FSRS (py-fsrs, README, "Usage"): again = forgot; hard = recalled with
serious difficulty; good = after a hesitation; easy = at once. The two limits are editorial: most of our
questions take fifteen seconds to read.
"""

from typing import Literal

Rating = Literal["again", "hard", "good", "easy"]
Confidence = Literal["sure", "think", "guess"]
"""What the learner said about an answer before seeing whether it was right."""

FAST_SECONDS = 30.0
SLOW_SECONDS = 180.0


def rating(correct: bool, hints: int, seconds: float, confidence: Confidence) -> Rating:
    """Return how well an answer was known, by the table at the top of this module.

    Args:
        correct: It was right.
        hints: How many were read first.
        seconds: From the question shown to the answer given.
        confidence: What the learner said.

    >>> rating(True, 0, 12, "sure"), rating(True, 0, 12, "guess"), rating(False, 0, 12, "sure")
    ('easy', 'hard', 'again')
    """
    if not correct:
        return "again"
    if hints or confidence == "guess" or seconds > SLOW_SECONDS:
        return "hard"
    return "easy" if confidence == "sure" and seconds <= FAST_SECONDS else "good"

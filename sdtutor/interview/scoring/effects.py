"""What one piece of evidence would change: which claims matter, which sentence was missing, what to study."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from sdtutor.content.problem_records import Dimension
from sdtutor.interview.records import Evidence, Settings
from sdtutor.interview.scoring.decision import ORDER, Standing, decide, stand
from sdtutor.interview.scoring.rubric import assessed, counts

CLAIMS_TO_CONFIRM: Final = 8
"""More than this nobody confirms with care. Editorial."""

THINGS_TO_STUDY: Final = 3
ADDED: Final = 6
"""Sentences that show what a strong answer adds. Editorial."""

Gain = tuple[int, float, float]
"""What a change is worth: steps of the decision, percent, percent before levels are cut to halves."""


@dataclass(frozen=True)
class Effects:
    """Evidence with the question "and what if?".

    Args:
        evidence: All of it.
        settings: The level that is aimed at and the preset.
        hints: How many helped, by dimension.
    """

    evidence: tuple[Evidence, ...]
    settings: Settings
    hints: Mapping[Dimension, int]

    @cached_property
    def standing(self) -> Standing:
        """As it is."""
        return stand(self.evidence, self.settings, self.hints)

    def to_confirm(self) -> tuple[str, ...]:
        """Return the ids of the claims that would cost most if they were disputed, the dearest first.

        A claim that is disputed already stays among them, so that a dispute can be seen.
        """
        claims = [each for each in self.evidence if not each.checked and each.met and self._matters(each)]
        worth = {each.id: self._between(_without(each), _with(each)) for each in claims}
        return tuple(sorted(worth, key=worth.__getitem__, reverse=True)[:CLAIMS_TO_CONFIRM])

    @cached_property
    def missing(self) -> tuple[tuple[Evidence, Gain], ...]:
        """What is not there, with what it would have been worth, the most first."""
        absent = [each for each in self.evidence if not counts(each) and self._matters(each)]
        worth = [(each, self._between(each, _with(each))) for each in absent]
        return tuple(sorted(worth, key=lambda pair: pair[1], reverse=True))

    def one_sentence(self, spoilt: Collection[Dimension] = ()) -> str:
        """Return the sentence that would have changed this most; empty when no sentence would have.

        Args:
            spoilt: Dimensions in which a misconception would take the credit away again.
        """
        spoken = ((each, gain) for each, gain in self.missing if each.model and each.dimension not in spoilt)
        best, gain = next(spoken, (None, (0, 0.0, 0.0)))
        return best.model if best is not None and gain[2] > 0 else ""

    def strong_adds(self) -> tuple[str, ...]:
        """Return what a strong answer adds, as sentences, what is worth most first."""
        return tuple(each.model for each, _ in self.missing if each.model)[:ADDED]

    def study(self, more: Iterable[tuple[str, str]], last: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Return up to three lessons or labs with the reason.

        Args:
            more: Lessons with reasons that come first: misconceptions and what was measured.
            last: The problem's own list, for whom nothing else is left.
        """
        found = dict[str, str]()
        missed = ((each.study, f"missing: {each.says}") for each, _ in self.missing)
        fallback = ((target, "what this problem turns on") for target in last)
        for target, why in (*more, *missed, *fallback):
            if target and len(found) < THINGS_TO_STUDY:
                found.setdefault(target, why)
        return tuple(found.items())

    def _matters(self, evidence: Evidence) -> bool:
        return evidence.dimension in assessed(self.settings.minutes)

    def _between(self, before: Evidence, after: Evidence) -> Gain:
        worse, better = self._if(before), self._if(after)
        steps = ORDER.index(decide(better)) - ORDER.index(decide(worse))
        return steps, round(better.percent - worse.percent, 6), round(better.exact - worse.exact, 6)

    def _if(self, changed: Evidence) -> Standing:
        if changed in self.evidence:
            return self.standing
        evidence = [changed if each.id == changed.id else each for each in self.evidence]
        return stand(evidence, self.settings, self.hints)


def _with(evidence: Evidence) -> Evidence:
    return replace(evidence, met=True, disputed=False)


def _without(evidence: Evidence) -> Evidence:
    return replace(evidence, met=True, disputed=True)

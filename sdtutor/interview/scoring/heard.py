"""What the score rests on: the interview, and what was measured about its drawing, each looked up once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sdtutor.architecture.examination import Examination
from sdtutor.architecture.language.reading import read_drawing
from sdtutor.architecture.records import Drawing, Table
from sdtutor.content.problem_records import Lexicon, Problem
from sdtutor.interview.conversation import Conversation
from sdtutor.interview.load_numbers import flows_for
from sdtutor.interview.matching.claims import claimed
from sdtutor.interview.matching.finding import Match
from sdtutor.interview.matching.interfaces import bare_calls, table_lines
from sdtutor.interview.matching.keyed import keyed_tables
from sdtutor.interview.matching.phrases import gaps
from sdtutor.interview.matching.stuffing import Stuffing, is_stuffed
from sdtutor.interview.matching.text import Text
from sdtutor.interview.records import Evidence, Said

if TYPE_CHECKING:
    from sdtutor.architecture.predictions import Prediction
    from sdtutor.interview.estimating.records import Estimate, Verdict

_TABLE = re.compile(r"\s*(?:[-*•]\s+)?(?:table\s+[\w.-]+\s*[(:]|[\w.-]+\s*\()", re.IGNORECASE)

ENOUGH_SAID = 6
"""Points below which an interview is too short to show structure. Editorial."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that the candidate calculated or named.

    Args:
        estimate: What it comes to.
        verdict: Which number of the problem it is, and how near.
        match: Where it stands.
        calculated: Whether it was calculated on the pad; else it stands in a sentence.
    """

    estimate: "Estimate"
    verdict: "Verdict"
    match: Match
    calculated: bool

    @property
    def number(self) -> int:
        """Number of the point."""
        return self.match.point


@dataclass(frozen=True)
class Heard:
    """An interview that is over, with what was measured.

    Args:
        conversation: All that was said and asked.
        examination: Of the last drawing, under the candidate's numbers.
        lexicon: Tells a list of keywords from an answer.
    """

    conversation: Conversation
    examination: Examination
    lexicon: Lexicon

    @property
    def problem(self) -> Problem:
        """What it was about."""
        return self.conversation.problem

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The candidate's points, by number."""
        return self.conversation.said

    @cached_property
    def text(self) -> Text:
        """What was said in words; a line that describes a table says nothing else."""
        return Text.of([_without_tables(each) for each in self.said])

    @cached_property
    def stuffing(self) -> Stuffing:
        """Which sentences only list keywords."""
        return is_stuffed(self.text, self.lexicon)

    @cached_property
    def claims(self) -> Mapping[str, Match]:
        """Where the problem's points are claimed, by id.

        A call as such claims nothing but an interface; who names a gap of the own answer claims nothing.
        """
        wanted = {point.id: point.says for point in self.problem.points}
        missing = frozenset(gap.sentence for gap in gaps(self.text))
        calls = frozenset(call.sentence for call in self.calls)
        barred = {
            point.id: missing if point.dimension == "interface" else missing | calls
            for point in self.problem.points
        }
        return claimed(wanted, self.text, self.stuffing, barred)

    @cached_property
    def calls(self) -> tuple[Match, ...]:
        """The sentences that are calls and say nothing else."""
        return bare_calls(self.text)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Quantities of the pad and of sentences, by point."""
        found = (*self._calculated(), *self._spoken())
        return tuple(sorted(found, key=lambda each: (each.number, not each.calculated)))

    def _calculated(self) -> Iterator[Figure]:
        stages = {each.number: each.stage for each in self.said}
        for pad in self.conversation.pads:
            if pad.estimate is not None and pad.verdict is not None:
                match = Match(pad.number, stages[pad.number], pad.text, -1, -1)
                yield Figure(pad.estimate, pad.verdict, match, True)

    def _spoken(self) -> Iterator[Figure]:
        from sdtutor.interview.estimating.judging import judge
        from sdtutor.interview.estimating.spoken import estimates_in

        for place, sentence in enumerate(self.text.sentences):
            if sentence.asks:
                continue
            match = Match(sentence.point, sentence.stage, sentence.text, place, place)
            for estimate in estimates_in(sentence.text):
                yield Figure(estimate, judge(estimate, self.problem.numbers), match, False)

    @cached_property
    def drawing(self) -> Drawing:
        """What was drawn."""
        return read_drawing(self.conversation.drawing)

    @cached_property
    def predictions(self) -> "tuple[Prediction, ...]":
        """What the simulation can say about the drawing."""
        from sdtutor.architecture.predictions import predict

        flows = flows_for(self.problem, self.conversation.pads, self.drawing)
        return predict(self.drawing, flows, self.examination)

    @cached_property
    def tables(self) -> tuple[tuple[Table, int], ...]:
        """The tables of the drawing and of the chat, each with the number of its point."""
        drawn = [(table, number) for table in self.drawing.tables for number in self.drawn_at]
        written = [
            (table, said.number)
            for said, line in table_lines(self.said)
            for table in read_drawing(line).tables
        ]
        return (*drawn, *written, *keyed_tables(self.text))

    @cached_property
    def drawn_at(self) -> tuple[int, ...]:
        """The number of the point that drew last; nothing when nothing was drawn."""
        return tuple(each.number for each in self.said if each.does == "draw")[-1:]

    @cached_property
    def works(self) -> bool:
        """Whether every flow of the problem has a way through the drawing."""
        paths = self.examination.paths
        return bool(paths) and all(path.boxes for path in paths)

    @property
    def is_long_enough(self) -> bool:
        """Whether enough was said to show structure."""
        return len(self.said) >= ENOUGH_SAID

    def claim(self, matches: Iterable[Match], *, lists: bool = False) -> Match | None:
        """Return the first match that is not in a list of keywords; none when all is one.

        Args:
            matches: What was said, in order.
            lists: Whether a list will do, as it does for what is in scope and what is not.
        """
        if self.stuffing.whole:
            return None
        listed = frozenset[int]() if lists else self.stuffing.sentences
        return next((each for each in matches if not listed & {each.sentence, each.last}), None)


def seen(evidence: Evidence, match: Match | None) -> Evidence:
    """Return evidence as met where something was said, with the quote; as it is where it was not."""
    if match is None:
        return evidence
    return replace(evidence, met=True, quote=match.quote, points=(match.point,))


def _without_tables(said: Said) -> Said:
    """Return a point without its lines that describe tables: a column ``expires_at`` claims nothing."""
    lines = said.text.splitlines()
    kept = (each for each in lines if not (_TABLE.match(each) and table_lines([replace(said, text=each)])))
    return replace(said, text="\n".join(kept)) if said.does == "say" else said

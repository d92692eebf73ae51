"""A minute aloud: what can be ticked, when, and what a tick is worth."""

from dataclasses import replace

import pytest

from sdtutor.content.lexicon import load_lexicon
from sdtutor.content.problems import load_problem
from sdtutor.content.roots import content_root
from sdtutor.errors import UsageError
from sdtutor.interview.commands import read_command
from sdtutor.interview.examining import examined
from sdtutor.interview.interviewer import advance, fold
from sdtutor.interview.records import Entry, Settings
from sdtutor.interview.scoring.report import score

PROBLEM = load_problem(content_root(), "url_shortener")
LEXICON = load_lexicon(content_root())
HELD = Settings("url_shortener", 45, "mid", 0, None)
DEEP = ["next"] * 4
"""To the deep dive."""


def talk(*lines, settings=HELD):
    """Fold entries ten seconds apart: commands, or points where a text has a space and no command."""
    entries = [
        Entry(10.0 * number, "say" if line.endswith(".") else "command", line)
        for number, line in enumerate(lines, 1)
    ]
    return fold(PROBLEM, settings, entries)


def claimed(conversation):
    """Evidence of points that count, by id, with the quote."""
    report = score(conversation, examined(conversation), LEXICON)
    found = (each for row in report.scores for each in row.evidence if each.id.startswith("point."))
    return {each.id: each.quote for each in found if each.met and not each.disputed}


def test_the_statements_come_after_a_minute_or_when_asked_again():
    clocked = talk(*DEEP, "aloud", settings=replace(HELD, clock=1.0))
    begun = clocked.at_s
    assert clocked.replies[-1].text.startswith("Say it aloud")
    assert advance(clocked, begun + 59.9).replies == clocked.replies
    later = advance(clocked, begun + 300)
    (listed,) = (reply for reply in later.replies[len(clocked.replies) :] if reply.kind == "aloud")
    assert listed.at_s == begun + 60
    assert advance(later, begun + 400).count == later.count
    assert talk(*DEEP, "aloud", "aloud").replies[-1].text == listed.text


def test_the_statements_are_what_the_stage_asks_for_and_was_not_said():
    now = talk(*DEEP, "Expired links answer 410 and a nightly job deletes them.", "aloud")
    titles = {point.id: point.title for point in PROBLEM.points}
    assert now.statements
    assert not set(now.statements) & set(now.made)
    assert {point.stage for point in PROBLEM.points if point.id in now.statements} == {"deep_dive"}
    listed = talk(*DEEP, "aloud", "aloud").replies[-1].text.splitlines()[1:]
    assert listed[0] == f"1  {titles[talk(*DEEP, 'aloud').statements[0]]}"


def test_a_tick_is_a_claim_without_a_quote_and_can_be_disputed():
    now = talk(*DEEP, "aloud", "aloud", "tick 1, 2")
    first, second = now.statements[:2]
    assert now.ticked == (first, second)
    assert claimed(now) == dict.fromkeys((f"point.{first}", f"point.{second}"), "said aloud, and ticked")
    disputed = fold(
        PROBLEM,
        HELD,
        [*_entries(*DEEP, "aloud", "aloud", "tick 1 2"), Entry(900.0, "dispute", f"point.{first}")],
    )
    assert list(claimed(disputed)) == [f"point.{second}"]


def _entries(*lines):
    return [Entry(10.0 * number, "command", line) for number, line in enumerate(lines, 1)]


def test_an_id_does_for_a_number_and_a_tick_outlives_an_edit():
    first = talk(*DEEP, "aloud").statements[0]
    now = talk("Hello there.", *DEEP, "aloud", "aloud", f"tick {first}", "edit 1 Hello again.")
    assert now.ticked == (first,)
    assert first in now.made


def test_what_is_ticked_is_asked_for_no_more():
    now = talk(*DEEP, "aloud", "aloud", "tick 1", "aloud")
    assert now.ticked[0] not in now.statements


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("tick 1",), "nothing to tick yet"),
        ((*DEEP, "aloud", "tick 1"), "nothing to tick yet"),
        ((*DEEP, "aloud", "aloud", "tick 1 99"), 'no statement "99"'),
        ((*DEEP, "aloud", "aloud", "tick cache"), 'no statement "cache"'),
    ],
)
def test_what_was_not_listed_cannot_be_ticked(lines, told):
    now = talk(*lines)
    assert told in now.replies[-1].text
    assert now.ticked == ()


def test_ticks_alone_are_no_decision():
    lines = []
    for _ in range(7):
        lines += ["aloud", "aloud", *(f"tick {number}" for number in range(1, 12)), "next"]
    now = talk(*lines)
    assert len(now.ticked) > 8
    assert score(now, examined(now), LEXICON).decision == "not_enough"


def test_a_misconception_takes_a_tick_of_its_dimension_away():
    ticks = (*DEEP, "aloud", "aloud", "tick 1 2 3 4 5")
    wrong = talk("A hash of the link is always unique, so two links never get one code.", *ticks)
    credited = claimed(talk("We shorten links for everybody here.", *ticks))
    lost = credited.keys() - claimed(wrong).keys()
    assert len(lost) == 1
    (point,) = (each for each in PROBLEM.points if f"point.{each.id}" in lost)
    assert point.dimension == "depth"


def test_a_tick_without_a_number_is_refused():
    with pytest.raises(UsageError, match="numbers of statements"):
        read_command("/tick")

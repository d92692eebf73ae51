"""What a search is asked and how its answer is said."""

import json
from dataclasses import replace

import pytest

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.run import Run
from sdtutor.engine.run_file import write_run
from sdtutor.errors import UsageError
from sdtutor.session import finding
from sdtutor.session.finding import (
    Question,
    answer,
    bound_names,
    bounds_words,
    found_from_record,
    found_record,
    limit_words,
    read_bounds,
    sought_words,
    taken_megabytes,
    target_of,
    verdict_words,
)
from sdtutor.session.labs import LabShelf

SHELF = LabShelf()
CACHE, ROBIN, SAGA = "caching/cache_aside", "load_balancing/weighted_round_robin", "microservices/saga"


def question(lab=CACHE, variant="textbook", target="no_stale_read", steps=0, given=None, **limits):
    run = Run(SHELF.load(lab), variant, given or {}, 0, lab)
    run.advance(steps)
    text = write_run(run)
    run.close()
    return Question(text, target, SHELF.load(lab).bounds, **limits)


def found(asked, progress=lambda states, depth: True, clock=lambda: 0.0):
    return answer(asked, SHELF.load, progress, clock)


def test_a_question_and_its_answer_survive_being_written_down():
    asked = question()
    assert Question.from_json(json.loads(json.dumps(asked.to_json()))) == asked
    answered = found(asked)
    assert found_from_record(json.loads(json.dumps(found_record(answered)))) == answered
    assert len(answered.events) == 15


def test_a_search_begins_where_its_run_ends():
    assert len(found(question(steps=4)).events) == 11


def test_a_goal_is_searched_for_as_a_promise_is():
    assert len(found(question(target="make_it_lie", steps=4)).events) == 11
    lab = SHELF.load(CACHE)
    assert sought_words(lab, "make_it_lie").startswith("To reach: Make a read return v1")
    assert sought_words(lab, "no_stale_read").startswith("To break: Once a write is acknowledged")


def test_an_unknown_target_is_told_with_what_there_is():
    with pytest.raises(UsageError, match='no promise or goal "nope"') as told:
        target_of(SHELF.load(CACHE), "nope")
    assert "no_stale_read" in told.value.hint
    assert "make_it_lie" in told.value.hint


def test_nothing_is_searched_after_a_step_that_does_not_end():
    asked = question(ROBIN, target="terminates", steps=1, given={"servers": "a:-1"})
    with pytest.raises(UsageError, match="does not end"):
        found(asked)


def test_a_broken_promise_needs_no_event():
    text = " ".join(verdict_words(found(question(steps=4, target="terminates"))))
    assert "None" in text
    broken = found(question())
    run = Run(SHELF.load(CACHE), "textbook", {}, 0, CACHE)
    run.apply_all(broken.events)
    again = found(replace(question(), run=write_run(run)))
    run.close()
    assert again.events == ()
    assert verdict_words(again)[0] == "Found: it is so here already; no event is needed."


def test_none_is_said_to_be_a_proof_for_these_bounds_alone():
    words = verdict_words(found(question(variant="reference")))
    assert words[0].startswith("None: no order of events does it, in all ")
    assert words[1] == "That is a proof for these bounds, and says nothing about wider ones."


def test_time_that_is_over_ends_the_search_and_then_the_random_runs():
    ticks = iter(range(10_000))
    words = verdict_words(
        found(question(SAGA, "reference", "no_orphans", seconds=3), clock=lambda: next(ticks) * 1.0)
    )
    assert words[0].startswith("None found: the search gave up after ")
    assert words[-2] == "That proves nothing."


def test_memory_that_is_used_up_ends_the_search(monkeypatch):
    taken = iter(range(0, 100_000, 20))
    monkeypatch.setattr(finding, "taken_megabytes", lambda: float(next(taken)))
    answered = found(question(variant="reference", seconds=1e9, megabytes=100))
    assert answered.verdict == "budget"
    assert answered.states < found(question(variant="reference")).states


def test_the_memory_of_this_process_is_known():
    before = taken_megabytes()
    held = bytearray(int(before * 1e6))
    assert 10 < before < taken_megabytes() < 2.5 * before + 100
    del held


def test_the_limits_are_stated_in_numbers():
    assert limit_words(question(seconds=60.0)) == (
        "It gives up after 60 s, 1,000,000 states or 900 MB of memory."
    )


def test_a_search_that_is_told_to_stop_stops():
    seen = []

    def stop(states, depth):
        seen.append(states)
        return False

    assert found(question(variant="reference"), stop).verdict == "budget"
    assert len(seen) <= 3


def test_bounds_are_read_and_said():
    lab = SHELF.load(CACHE)
    assert read_bounds((), lab) == lab.bounds
    read = read_bounds(("drops=2,crashes=1", "calls=0"), lab)
    assert read == replace(lab.bounds, drops=2, crashes=1, calls=0)
    assert bounds_words(read) == (
        "Bounds: the calls of the story and every order of messages; at most 2 messages are lost,"
        " at most 1 member crashes; nothing else.",
    )
    assert "once, in any order; no timer fires" in bounds_words(Bounds())[0]


@pytest.mark.parametrize("text", ["crash=1", "drops", "drops=-1", "drops=100", "drops=x", "=1"])
def test_other_bounds_are_refused_with_what_can_be(text):
    with pytest.raises(UsageError) as told:
        read_bounds((text,), SHELF.load(CACHE))
    assert told.value.hint


def test_what_a_lab_cannot_break_is_no_bound_there():
    assert "cuts" not in bound_names(SHELF.load("databases/lost_update"))
    assert "drops" not in bound_names(SHELF.load(ROBIN))
    with pytest.raises(UsageError, match='"drops" cannot be allowed here'):
        read_bounds(("drops=1",), SHELF.load(ROBIN))

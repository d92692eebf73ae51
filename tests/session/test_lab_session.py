"""A lab being played: intents in, views out."""

import json

import pytest

from sdtutor.engine.digest import digest
from sdtutor.engine.run import Run
from sdtutor.engine.run_file import parse_run
from sdtutor.errors import UsageError
from sdtutor.labs.caching.cache_aside import LAB as CACHE
from sdtutor.labs.load_balancing.weighted_round_robin import LAB as ROBIN
from sdtutor.session.lab_forecast import OTHER_WAY
from sdtutor.session.lab_json import MOST_LINES, run_records
from sdtutor.session.lab_opening import Keeping, resume_lab, start_lab
from sdtutor.session.lab_session import NEXT_UP

CACHE_ID, ROBIN_ID = "caching/cache_aside", "load_balancing/weighted_round_robin"


@pytest.fixture
def kept():
    return {"runs": [], "goals": []}


@pytest.fixture
def cache(kept):
    keeping = Keeping(
        record_goal=lambda goal, steps: kept["goals"].append((goal, steps)), save=kept["runs"].append
    )
    return start_lab(Run(CACHE, "textbook", name=CACHE_ID), ("Caching", "Cache-aside"), keeping)


@pytest.fixture
def robin():
    run = Run(ROBIN, "reference", {"servers": "a:5,b:1,c:1"}, name=ROBIN_ID)
    return resume_lab(run, ("Load balancing", "Weighted round robin"), Keeping())


def titles(view):
    return [(row.title, row.detail) for row in view.events]


def lie(session):
    """Play until the cache lies."""
    session.move_cursor(1)
    for _ in range(7):
        session.run_event()
    session.call("reader_1", "get", ["k"])
    session.guess(0)
    session.run_event()


def test_the_opening_is_in_the_middle_of_the_story(cache):
    view = cache.view()
    assert (view.step, view.promises[0].word, view.badge) == (
        4,
        "HOLDS",
        "TEXTBOOK (flawed: 4 known defects)",
    )
    assert titles(view) == [("database → reader A", "reply k = v1"), ("writer B starts", "set k = v2")]
    assert (view.cursor, view.goal.number, view.goal.count) == (0, 1, 3)


def test_another_variant_begins_at_the_beginning():
    run = Run(CACHE, "reference", name=CACHE_ID)
    assert start_lab(run, ("Caching", "Cache-aside"), Keeping()).view().step == 0


def test_the_cursor_follows_the_conversation_that_moved_last(cache):
    cache.run_event(1)
    assert titles(cache.view())[cache.view().cursor] == ("writer B → database", "put k = v2")


def test_going_on_as_before_is_no_branch_and_going_on_otherwise_is(cache):
    cache.run_event(1)
    assert cache.back()
    assert (cache.view().cursor, cache.view().last_step) == (1, 5)
    cache.run_event()
    assert (cache.view().step, cache.view().branches) == (5, 1)
    cache.back()
    cache.run_event(0)
    view = cache.view()
    assert (view.step, view.branch, view.branches) == (5, 2, 2)
    rows = cache.branches()
    assert [(row.parted_at, row.steps, row.current) for row in rows] == [(0, 5, False), (4, 5, True)]
    cache.switch_branch(1)
    assert cache.view().past[-1].title == "writer B starts"


def test_steps_that_are_not_there_cannot_be_looked_at(cache):
    assert not cache.forward()
    assert cache.go_to(0)
    assert not cache.back()
    assert not cache.go_to(99)


def test_lines_go_forward_and_back_and_over_into_the_next_step(cache):
    cache.go_to(3)
    assert (cache.view().line, cache.view().lines) == (0, 3)
    assert cache.next_line(-1)
    view = cache.view()
    assert view.line == 2
    assert [row.text.strip() for row in view.code if row.state == "running"] == ["if value is None:"]
    assert cache.next_line(-1)
    assert cache.next_line(-1)
    assert (cache.view().step, cache.view().line) == (2, 0)
    assert cache.next_line(1)
    assert (cache.view().step, cache.view().line) == (3, 1)
    assert cache.next_line(1)
    assert cache.next_line(1)
    assert cache.view().line == 0


def test_variables_are_shown_when_asked_for(cache):
    assert [task.variables for task in cache.view().tasks] == [""]
    cache.show_variables(True)
    (task,) = cache.view().tasks
    assert (task.mark, task.title, task.waits) == ("A", "get k", "database")
    assert task.variables == "key = 'k', value = None"


def test_a_guess_is_judged_by_the_run_and_the_goal_is_kept(cache, kept):
    lie(cache)
    view = cache.view()
    assert (view.step, view.promises[0].word) == (14, "BROKEN at step 14")
    assert view.question.verdict == "You said v1: right."
    assert view.goal.done
    assert kept["goals"] == [("make_it_lie", 10)]
    cache.back()
    assert cache.view().question is None


def test_a_wrong_guess_is_told_what_was_right(cache):
    cache.move_cursor(1)
    for _ in range(7):
        cache.run_event()
    cache.call("reader_1", "get", ["k"])
    cache.guess(1)
    cache.run_event()
    assert cache.view().question.verdict == "You said v2. It returned v1."


def test_a_recorded_call_can_be_guessed_on_the_way_to_its_answer_without_leaving_the_branch(cache):
    lie(cache)
    branches, last = cache.view().branches, cache.view().last_step
    cache.go_to(last - 2)
    assert cache.ask()
    cache.guess(cache.view().question.choices.index("v2"))
    assert cache.view().step == last - 1, "the brink of the reply that tells"
    cache.run_event()
    assert cache.view().question.verdict == "You said v2. It returned v1."
    assert (cache.view().branches, cache.view().last_step) == (branches, last)


def test_a_call_can_be_predicted_before_it_is_made(robin):
    assert robin.ask()
    question = robin.view().question
    assert set(question.choices) == {"a", "b", "c"}
    robin.guess(question.choices.index("a"))
    assert robin.view().step == 0
    robin.run_event()
    assert robin.view().question.verdict == "You said a: right."


def written(cache):
    """Let the reader end, and the writer begin: no call of which the lab has a prediction is open."""
    for _ in range(4):
        cache.run_event(0)
    cache.run_text("call writer_1 set k v2")
    assert cache.ask()
    return cache.view().question


def test_where_no_call_is_open_a_question_is_made_from_the_state_and_judged_by_the_run(cache):
    question = written(cache)
    start = cache.view().step
    verdicts = []
    for index, choice in enumerate(question.choices):
        assert cache.view().question.choices == question.choices
        cache.guess(index)
        while not cache.view().question.verdict:
            cache.run_event()
        verdicts.append(cache.view().question.verdict)
        assert verdicts[-1].startswith(f"You said {choice}")
        cache.go_to(start)
        cache = start_again(cache)
    assert sum("right." in verdict for verdict in verdicts) == 1


def start_again(cache):
    """Return the same place of a lab in which nothing was asked yet."""
    run = cache.run.branch(cache.view().step)
    session = resume_lab(run, ("Caching", "Cache-aside"), Keeping())
    assert session.ask()
    return session


def test_a_guess_of_which_the_run_goes_another_way_is_put_away(cache):
    written(cache)
    cache.run_text("crash cache")
    assert cache.view().question.verdict == OTHER_WAY
    cache.run_event()
    assert cache.view().question is None


def test_the_other_variant_runs_the_same_order_and_ends_the_story(cache):
    lie(cache)
    assert cache.view().next_up == ""
    cache.switch_variant()
    view = cache.view()
    assert (view.variant, view.promises[0].word, view.next_up) == ("reference", "HOLDS", NEXT_UP)
    assert any(row.changed for row in view.code)
    assert "put k = v2" in [past.detail for past in view.past]


def test_a_setting_begins_again_and_a_bad_one_changes_nothing(cache):
    cache.set("writers", "2")
    assert cache.view().step == 0
    assert [setting.value for setting in cache.settings()] == ["1", "2", "off"]
    with pytest.raises(UsageError, match="from 1 to 3"):
        cache.set("writers", "9")
    assert cache.run.given == {"writers": "2"}
    assert "--set writers=2" in cache.command()


def test_every_change_is_saved_as_a_run_file(cache, kept):
    cache.run_event(1)
    cache.run_text("crash cache")
    saved = parse_run(kept["runs"][-1], "kept")
    assert digest(saved.replay(CACHE)) == digest(cache.run)


def test_faults_are_listed_and_what_ends_them(cache):
    assert "crash cache" in [row.event for row in cache.faults()]
    cache.run_text("crash cache")
    assert "restart cache" in [row.event for row in cache.faults()]
    assert next(box for box in cache.view().picture.boxes if box.name == "cache").down


def test_hints_come_one_by_one_and_goals_can_be_put_away(cache):
    cache.hint()
    assert (len(cache.view().goal.hints), cache.view().goal.more_hints) == (1, True)
    for _ in range(5):
        cache.hint()
    assert (len(cache.view().goal.hints), cache.view().goal.more_hints) == (3, False)
    cache.free_play()
    assert (cache.view().goal, cache.view().coach) == (None, "")
    cache.next_goal()
    assert cache.view().goal.number == 2


def test_the_lab_in_words_names_everybody_and_what_can_happen(cache):
    words = "\n".join(cache.in_words())
    assert "reader A: get k waits for database." in words
    assert "database holds k = v1." in words
    assert "  1  database → reader A: reply k = v1 (sent at step 4)" in words


def test_a_step_that_does_not_end_is_told_and_its_lines_are_cut_short():
    run = Run(ROBIN, "textbook", {"servers": "a:-1"}, name=ROBIN_ID)
    run.advance()
    _, step, verdict = (json.loads(json.dumps(record)) for record in run_records(run))
    assert step["broken"] == ["terminates"]
    assert (len(step["lines"]), step["lines_left_out"]) == (MOST_LINES, 100_000 - MOST_LINES)
    assert {"name": "terminates", "holds": False, "step": 1} in verdict["invariants"]
    session = resume_lab(run, ("", ""), Keeping())
    assert session.view().promises[0].word == "BROKEN at step 1"
    assert (session.view().events, session.view().finished) == ((), True)
    assert (session.offered_calls(), session.faults()) == ((), ())
    assert session.view().coach.startswith("Nothing can follow")


def test_json_has_the_fields_that_are_promised(cache):
    header, *steps, verdict = list(run_records(cache.run))
    assert list(header) == ["type", "lab", "variant", "parameters", "seed", "nodes", "source"]
    assert header["source"] == ["textbook/caching/cache_aside.py"]
    assert list(steps[0]) == [
        "type", "index", "time_us", "event", "results", "changes", "messages", "log", "lines", "broken",
    ]  # fmt: skip
    assert list(steps[0]["messages"][0]) == ["name", "from", "to", "operation", "payload", "status"]
    assert list(steps[0]["lines"][0]) == ["node", "task", "file", "line"]
    assert list(verdict) == ["type", "steps", "digest", "invariants", "measures"]
    assert verdict["digest"] == digest(cache.run)

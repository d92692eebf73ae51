"""Find on the screen, by keys."""

import asyncio
import sys

import pytest
from playing import play
from screen_text import screen_text

from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.labs.caching.cache_aside import LAB as CACHE
from sdtutor.labs.consistency.quorum import LAB as QUORUM
from sdtutor.session import find_job
from sdtutor.session.lab_opening import Keeping, resume_lab
from sdtutor.tui.find_screen import FindScreen
from sdtutor.tui.lab_screen import LabScreen

LARGE = {"replicas": 5, "readers": 2, "write_quorum": 3, "read_quorum": 3}


def cache(variant="textbook", steps=4):
    run = Run(CACHE, variant, {}, 0, "caching/cache_aside")
    run.apply_all(map(parse_event, CACHE.opening.events[:steps]))
    return LabScreen(resume_lab(run, ("Caching", "Cache-aside"), Keeping()))


def large():
    run = Run(QUORUM, "reference", LARGE, 0, "consistency/quorum")
    return LabScreen(resume_lab(run, ("Consistency", "Quorum"), Keeping()))


def words(app):
    return " ".join(screen_text(app).split())


async def until(app, pilot, *seen):
    for _ in range(500):
        await pilot.pause()
        if all(each in words(app) for each in seen):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(screen_text(app))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 18), (50, 16)])
def test_f_finds_the_shortest_way_and_enter_walks_through_it(tutor, size):
    async def steps(app, pilot):
        await pilot.press("f")
        await until(app, pilot, "Found: 11 events, and no way is shorter")
        text = screen_text(app)
        assert "To break: Once a write is acknowledged" in words(app)
        assert "nothing else." in text
        assert max(map(len, text.split("\n"))) <= size[0]
        await pilot.press("enter")
        assert isinstance(app.screen, LabScreen)
        assert "the promise is broken at step 15" in words(app)
        for _ in range(11):
            await pilot.press("right")
        assert "BROKEN at step 15" in words(app)
        await pilot.press("left")
        assert "BROKEN at step 15" not in words(app)

    play(tutor, cache(), steps, size)


def test_none_is_a_proof_and_offers_other_searches(tutor):
    async def steps(app, pilot):
        await pilot.press("f")
        await until(app, pilot, "None: no order of events does it", "a proof for these bounds")
        assert "Enter" not in words(app)
        await pilot.press("enter")
        assert isinstance(app.screen, FindScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, LabScreen)

    play(tutor, cache("reference", 0), steps)


def test_another_target_and_other_bounds_are_chosen(tutor):
    async def steps(app, pilot):
        await pilot.press("f")
        await until(app, pilot, "Found")
        await pilot.press("o")
        assert "goal, par 11: Make a read return" in words(app)
        assert "2 more" in words(app)
        await pilot.press("down", "down")
        assert "▸ make_it_lie" in words(app)
        await pilot.press("down", "up", "down", "down")
        assert "• keep_the_promise" in words(app)
        assert "▸ calls 1" in words(app)
        await pilot.press("right", "right", "left", "up", "up", "enter")
        await until(app, pilot, "To reach: Make a read return v1", "Found: 11 events", "at most 2 calls more")
        assert "At its end" not in words(app)
        await pilot.press("enter")
        assert "the goal is met at step 15" in words(app)

    play(tutor, cache(), steps)


def test_a_bound_has_a_least_and_a_most(tutor):
    async def steps(app, pilot):
        await pilot.press("f")
        await until(app, pilot, "Found")
        await pilot.press("o", *["down"] * 4, *["left"] * 3)
        assert "▸ calls 0" in words(app)
        await pilot.press(*["right"] * 12)
        assert "▸ calls 9" in words(app)

    play(tutor, cache(), steps)


def test_a_long_search_tells_how_far_it_is_and_esc_ends_it(tutor):
    async def steps(app, pilot):
        await pilot.press("f")
        await until(app, pilot, "states seen", "It gives up after 60 s, 1,000,000 states or 900 MB")
        job = app.screen._job
        await pilot.press("question_mark")
        assert not isinstance(app.screen, FindScreen)
        await pilot.press("escape")
        assert job.running
        await pilot.press("escape")
        assert not job.running
        assert "Stopped after" in words(app)
        assert "nothing is proved" in words(app)
        await pilot.press("escape")
        assert isinstance(app.screen, LabScreen)

    play(tutor, large(), steps)


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
def test_leaving_ends_the_search(tutor, key):
    async def steps(app, pilot):
        await pilot.press("f")
        job = app.screen._job
        await pilot.press(key)
        assert not job.running

    play(tutor, large(), steps)


def test_a_way_that_is_already_on_a_branch_is_not_made_twice(tutor):
    async def steps(app, pilot):
        for _ in range(2):
            await pilot.press("f")
            await until(app, pilot, "Found")
            await pilot.press("enter")
        assert "branch 2 of 2" in words(app)

    play(tutor, cache(), steps)


def test_a_search_that_cannot_begin_is_told_and_loses_nothing(tutor, monkeypatch):
    monkeypatch.setattr(find_job, "WORKER", ("/nowhere/python",))

    async def steps(app, pilot):
        await pilot.press("f")
        assert "/nowhere/python cannot be started" in words(app)
        assert "Nothing is lost" in words(app)
        await pilot.press("escape")
        assert "step 4" in words(app)

    play(tutor, cache(), steps)


def test_a_process_that_fails_is_told_with_its_last_words(tutor, monkeypatch):
    monkeypatch.setattr(find_job, "WORKER", (sys.executable, "-c", "import no_such_module"))

    async def steps(app, pilot):
        await pilot.press("f")
        await until(app, pilot, "No module named 'no_such_module'")
        await pilot.press("o")
        assert "search from step 4" in words(app)

    play(tutor, cache(), steps)


def test_a_way_that_cannot_be_walked_is_told_and_loses_nothing(tutor, monkeypatch):
    record = (
        '{"type": "find", "verdict": "anomaly", "invariant": "no_stale_read", "states": 2, "depth": 1,'
        ' "bounds": {}, "shortest": 1, "events": ["deliver a>b.c#1"], "walked": 0}'
    )
    monkeypatch.setattr(find_job, "WORKER", (sys.executable, "-c", f"input(); print({record!r})"))

    async def steps(app, pilot):
        await pilot.press("f")
        await until(app, pilot, "Found: 1 event")
        await pilot.press("enter")
        assert "deliver a>b.c#1" in words(app)
        await pilot.press("escape")
        assert isinstance(app.screen, LabScreen)
        assert "step 4" in words(app)
        assert "of 2" not in words(app).split("HOLDS")[0]

    play(tutor, cache(), steps)

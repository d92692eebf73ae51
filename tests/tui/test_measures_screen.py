"""Measures, sweeps and comparisons on the screen, by keys."""

import asyncio

import pytest
from playing import play
from screen_text import screen_text

from sdtutor.engine.run import Run
from sdtutor.labs.caching.cache_aside import LAB as CACHE
from sdtutor.labs.consistency.quorum import LAB as QUORUM
from sdtutor.labs.microservices.saga import LAB as SAGA
from sdtutor.session.lab_opening import Keeping, resume_lab
from sdtutor.tui.lab_screen import LabScreen
from sdtutor.tui.measures_screen import ComparisonScreen, MeasuresScreen
from sdtutor.tui.sweep_screen import SweepScreen


def opened(lab, name, variant="reference", **given):
    """A lab screen whose run has come to rest."""
    run = Run(lab, variant, given, 0, name)
    run.advance()
    return LabScreen(resume_lab(run, ("Topic", "Concept"), Keeping()))


async def until(pilot, seen):
    for _ in range(400):
        if seen():
            return
        await asyncio.sleep(0.02)
        await pilot.pause()
    raise AssertionError(screen_text(pilot.app))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (50, 16)])
def test_m_shows_measures_and_what_else_can_be_measured(tutor, size):
    async def steps(app, pilot):
        await pilot.press("m")
        assert isinstance(app.screen, MeasuresScreen)
        text = screen_text(app)
        assert "copies   3 replicas" in text
        assert "s runs the story many times" in " ".join(text.split())
        assert "s sweep" in text
        assert max(map(len, text.split("\n"))) <= size[0]
        await pilot.press("escape")
        assert isinstance(app.screen, LabScreen)

    play(tutor, opened(QUORUM, "consistency/quorum"), steps, size)


def test_latencies_of_a_run_are_a_chart_of_its_calls(tutor):
    async def steps(app, pilot):
        await pilot.press("m")
        text = screen_text(app)
        assert "latency   From call to return" in text
        assert "reader.read#2" in text
        assert " ms" in text

    play(tutor, opened(QUORUM, "consistency/quorum", latency="zones"), steps, (80, 24))


def test_a_sweep_of_a_setting_shows_percentiles_by_value_and_broken_promises(tutor):
    async def steps(app, pilot):
        await pilot.press("m", "s")
        assert "run it many times" in screen_text(app)
        assert "seeds" in screen_text(app)
        assert "read_quorum" in screen_text(app)
        row = 1 + [each.name for each in QUORUM.parameters].index("read_quorum")
        await pilot.press(*["down"] * row, "enter")
        assert "read_quorum = 1..5" in screen_text(app)
        await pilot.press(*["backspace"] * 4, *"1,2", "enter")
        assert "seeds = 200" in screen_text(app)
        await pilot.press(*["backspace"] * 3, "4", "enter")
        assert isinstance(app.screen, SweepScreen)
        await until(pilot, lambda: "p95" in screen_text(app))
        text = screen_text(app)
        assert "sweep read_quorum=1,2, 4 seeds" in text
        assert "read: from call to return" in text
        await pilot.press("end")
        assert "copies, in replicas" in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, MeasuresScreen)

    play(tutor, opened(QUORUM, "consistency/quorum", latency="zones"), steps, (80, 24))


def test_other_seeds_show_how_calls_are_spread(tutor):
    async def steps(app, pilot):
        await pilot.press("m", "s", "enter", *["backspace"] * 3, *"30", "enter")
        await until(pilot, lambda: "how the calls are spread" in screen_text(app))
        assert "60 " in screen_text(app)

    play(tutor, opened(QUORUM, "consistency/quorum", latency="zones"), steps, (120, 40))


def test_a_sweep_shows_how_far_it_is_answers_keys_and_stops_by_esc(tutor):
    async def steps(app, pilot):
        await pilot.press("m", "s", "enter", *["backspace"] * 3, *"9000", "enter")
        job = app.screen._job
        await until(pilot, lambda: "█" in screen_text(app))
        assert " of 9,000 runs" in screen_text(app)
        assert "Esc stops" in screen_text(app)
        await pilot.press("question_mark")
        assert "measures" in screen_text(app)
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, MeasuresScreen)
        assert job.cells() == ()
        assert job.done < 9_000

    play(tutor, opened(QUORUM, "consistency/quorum", latency="zones"), steps, (80, 24))


def test_a_wrong_value_is_told_and_asked_again(tutor):
    async def steps(app, pilot):
        await pilot.press("m", "s", "enter", *["backspace"] * 9, *"9", "enter")
        assert "is not a value for" in " ".join(screen_text(app).split())
        await pilot.press("enter")
        assert "fail_at = " in screen_text(app)

    play(tutor, opened(SAGA, "microservices/saga"), steps, (80, 24))


def test_c_tells_where_the_other_version_parts(tutor):
    async def steps(app, pilot):
        await pilot.press("m", "c")
        assert isinstance(app.screen, ComparisonScreen)
        text = screen_text(app)
        assert "Equal up to step 2. Step 3 differs in messages." in text
        assert "textbook" in text
        await pilot.press("end")
        assert "database reads" in screen_text(app)

    play(tutor, opened(CACHE, "caching/cache_aside"), steps, (80, 24))

"""After an interview: the report, its claims, a strong answer beside it, files, the trend."""

import json
from pathlib import Path

import pytest
from holding import GOOD, Seconds, at_rest, open_tutor, send
from playing import play
from screen_text import screen_text

from sdtutor.drawing.spans import plain_text, width
from sdtutor.interview.records import Stored
from sdtutor.interview.reports.record import report_record
from sdtutor.interview.transcript import dump, load
from sdtutor.session.interview_views import PastInterview, TrendView
from sdtutor.tui.claims_screen import ClaimsScreen
from sdtutor.tui.comparison_screen import ComparisonScreen, comparison_lines
from sdtutor.tui.home_screen import HomeScreen
from sdtutor.tui.interview_dialogs import InterviewsScreen
from sdtutor.tui.interview_screen import InterviewScreen
from sdtutor.tui.load_screen import LoadScreen
from sdtutor.tui.progress_screen import ProgressScreen
from sdtutor.tui.report_screen import ReportScreen
from sdtutor.tui.trend_rows import home_line, past_items, trend_lines

STRONG = Path(__file__).parents[1] / "interview" / "transcripts" / "url_shortener" / "strong.yaml"


@pytest.fixture
def clock():
    return Seconds()


@pytest.fixture
def tutor(tmp_path, clock):
    with open_tutor(tmp_path / "home", clock) as opened:
        yield opened


@pytest.fixture
def done(tutor):
    """A strong interview that is over, kept as one that was held."""
    stored = load(STRONG)
    held = stored.settings
    key = tutor.desk.store.begin_interview(
        held.problem, held.minutes, held.level, dump(Stored(held, stored.entries[:-1]))
    )
    session = tutor.resume_interview(key)
    session.tell("/next")
    assert session.is_over
    return session


def record(report):
    return json.dumps(report_record(report))


def test_the_report_scrolls_from_the_decision_to_how_it_was_decided(tutor, done):
    async def steps(app, pilot):
        text = screen_text(app)
        assert f"strong hire, {done.report().percent:g} %" in text
        assert "Scope and requirements" in text
        await pilot.press("end")
        assert "The rubric" not in screen_text(app)
        await pilot.press("home")
        assert "The rubric" in screen_text(app)

    play(tutor, ReportScreen(done), steps)


def test_a_claim_that_is_denied_counts_no_more_and_the_rest_stays(tutor, done):
    screen = ReportScreen(done)
    denied = screen.view.to_confirm[1].id

    async def steps(app, pilot):
        count = len(screen.view.to_confirm)
        await pilot.press("c")
        assert isinstance(app.screen, ClaimsScreen)
        assert f"1 of {count}" in screen_text(app)
        assert screen.view.to_confirm[0].quote[:30] in screen_text(app)
        await pilot.press("n", "u", "y", "n", *["y"] * (count - 2))
        await at_rest(app, pilot)
        assert app.screen is screen
        assert "c confirm" not in screen_text(app)

    play(tutor, screen, steps)
    rows = {row.id: row for each in screen.view.dimensions for row in each.evidence}
    assert rows[denied].mark == "✗"
    assert not rows[denied].met
    assert [entry.text for entry in done.stored.entries if entry.does == "dispute"] == [denied]


def test_confirming_everything_changes_nothing(tutor, done):
    before = record(done.report())

    async def steps(app, pilot):
        await pilot.press("c", *["y"] * 8)
        await at_rest(app, pilot)
        assert isinstance(app.screen, ReportScreen)

    play(tutor, ReportScreen(done), steps)
    assert record(done.report()) == before


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_strong_answer_stands_beside_or_below_it(tutor, done, size):
    view = tutor.compare_interview(done.report())

    async def steps(app, pilot):
        await pilot.press("m")
        assert isinstance(app.screen, ComparisonScreen)
        assert "─ Yours ─" in screen_text(app)
        other = view.designs[0].title[:20]
        assert (other in screen_text(app).splitlines()[2]) == (size[0] >= 110)
        await pilot.press("escape")
        assert isinstance(app.screen, ReportScreen)

    play(tutor, ReportScreen(done), steps, size=size)
    for columns in (40, 80, 110, 160):
        assert all(width(row) <= columns for row in comparison_lines(view, columns))


def test_the_report_is_written_twice_and_never_over_another_one(tutor, done, tmp_path):
    folder = tmp_path / "new" / "folder"

    async def write_to(app, pilot, path):
        await pilot.press("e", "ctrl+e", "ctrl+u")
        app.screen.entry.insert(str(path))
        await pilot.press("enter")

    async def steps(app, pilot):
        for _ in range(2):
            await write_to(app, pilot, folder)
        assert "Written:" in screen_text(app)
        (tmp_path / "file").write_text("")
        await write_to(app, pilot, tmp_path / "file")
        assert "Name another folder" in screen_text(app)

    play(tutor, ReportScreen(done), steps)
    names = [
        f"interview_url_shortener{number}.{ending}" for number in ("", "_2") for ending in ("html", "md")
    ]
    assert sorted(each.name for each in folder.iterdir()) == sorted(names)
    assert "strong hire" in (folder / names[1]).read_text(encoding="utf-8")


def test_a_retake_has_the_same_settings_and_begins_anew(tutor, done):
    async def steps(app, pilot):
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(app.screen, InterviewScreen)
        assert app.screen.session.settings == done.settings
        assert app.screen.session.stored.entries == ()

    play(tutor, ReportScreen(done), steps)


def test_the_load_runs_in_the_background_and_leaving_stops_it(tutor, done, monkeypatch):
    async def steps(app, pilot):
        await pilot.press("s")
        assert isinstance(app.screen, LoadScreen)
        load_screen = app.screen
        if load_screen.is_measuring:
            assert "Esc stops" in screen_text(app)
        await pilot.press("escape")
        assert load_screen._job._stopped.is_set()
        monkeypatch.setattr("sdtutor.session.interview_drawing.MOST_REQUESTS", 1000)
        await pilot.press("s")
        await at_rest(app, pilot)
        text = screen_text(app)
        assert "how busy each box is" in text
        assert "one box dies" in text

    play(tutor, ReportScreen(done), steps)


def test_home_offers_a_cold_mock_and_a_key_that_always_works(tutor):
    async def steps(app, pilot):
        assert "i      Cold mock interview" in screen_text(app)
        assert "10 minutes, URL shortener, no preparation" in screen_text(app)
        await pilot.press("I")
        assert isinstance(app.screen, InterviewsScreen)
        await pilot.press("escape", "i")
        await pilot.pause()
        assert isinstance(app.screen, InterviewScreen)
        assert "10 min left" in screen_text(app)

    play(tutor, HomeScreen(), steps)


def test_the_choice_proposes_what_comes_next_and_begins_what_was_set(tutor):
    async def steps(app, pilot):
        assert "▸10" in screen_text(app)
        assert "▸ URL shortener" in screen_text(app)
        await pilot.press("m", "m", "l", "c", "c", "down", "enter")
        await pilot.pause()
        held = app.screen.session.settings
        assert (held.minutes, held.level, held.clock) == (45, "senior", None)
        assert held.problem != "url_shortener"
        await send(app, pilot, "Who uses it?")
        await pilot.press("escape")
        assert "GO ON" in screen_text(app)
        await pilot.press(*["up"] * 30, "enter")
        await pilot.pause()
        assert app.screen.view.points == 1

    play(tutor, InterviewsScreen(), steps)


def past(*results):
    rows = tuple(
        PastInterview(str(at), "chat", "Chat", 45, "mid", f"2026-11-{at + 1:02}", decision, percent, ())
        for at, (decision, percent) in enumerate(results)
    )
    return TrendView(rows, ("failure", "depth"))


def test_the_trend_lists_results_and_draws_them_from_the_third_on():
    two = past(("no", 31.0), ("lean", 58.0))
    assert [row.title for row in past_items(two, "")] == [" 2 Nov   58 %   Chat", " 1 Nov   31 %   Chat"]
    assert trend_lines(two, 80)[1:] == ((),)
    four = past(("no", 31.0), ("lean", 58.0), ("lean", 61.0), ("hire", 74.0))
    assert past_items(four, "")[0].detail == "45 min  mid      hire   "
    text = plain_text(trend_lines(four, 80))
    assert "┤" in text
    assert "weak in the last four: depth, failure and operations" in text
    assert plain_text([home_line(four, 100)]).startswith(" MOCKS   1 no hire  2 lean  3 lean  4 hire")
    assert trend_lines(TrendView((), ()), 80) == ()
    assert all(width(row) <= 50 for row in (*trend_lines(four, 50), home_line(four, 50)))


def test_progress_shows_the_mocks_that_are_over(tutor, done):
    done.report()

    async def steps(app, pilot):
        assert "MOCK INTERVIEWS" in screen_text(app)
        assert "strong hire" in screen_text(app)

    play(tutor, ProgressScreen(), steps)


@pytest.mark.parametrize("opening", [InterviewsScreen, ProgressScreen])
def test_a_past_interview_opens_its_report_again_and_a_claim_can_still_be_denied(tutor, done, opening):
    before = record(done.report())
    earlier = tutor.begin_interview("chat", 10, "mid", 1.0, 3)
    earlier.tell("How many users write at once?")
    earlier.end()
    earlier.report()
    first = opening()

    async def steps(app, pilot):
        keys = ["down"] if opening is ProgressScreen else ["down"] * 60
        await pilot.press(*keys)
        assert "45 min  senior" in screen_text(app)
        assert "▸ " in next(row for row in screen_text(app).splitlines() if "45 min  senior" in row)
        await pilot.press("enter")
        await at_rest(app, pilot)
        report = app.screen
        assert isinstance(report, ReportScreen)
        assert record(report.session.report()) == before
        assert {"model", "export", "retake", "simulate", "claims"} <= set(report.working_keys())
        await pilot.press("c", "n", *["y"] * (len(report.view.to_confirm) - 1))
        await at_rest(app, pilot)
        await pilot.press("escape")
        assert app.screen is first

    play(tutor, first, steps)
    again = tutor.reopen_interview("url_shortener")
    assert [entry.does for entry in again.stored.entries].count("dispute") == 1
    assert [each.problem for each in tutor.past_interviews().past] == ["url_shortener", "chat"]


def test_a_problem_that_was_taken_has_a_key_for_its_last_report(tutor, done):
    done.report()

    async def steps(app, pilot):
        await pilot.press(*["up"] * 60)
        assert "p report" not in screen_text(app)
        problems = [row.title for row in app.screen.items()]
        await pilot.press(*["down"] * problems.index("URL shortener"))
        assert "p report" in screen_text(app)
        await pilot.press("p")
        await at_rest(app, pilot)
        assert app.screen.session.settings.problem == "url_shortener"
        assert "strong hire" in screen_text(app)

    play(tutor, InterviewsScreen(), steps)


def test_leaving_while_a_past_interview_is_scored_shows_no_report(tutor, done):
    done.report()
    first = ProgressScreen()

    async def steps(app, pilot):
        await pilot.press("enter", "escape")
        await pilot.pause(0.2)
        assert app.screen is first
        assert len(app.screen_stack) == 1

    play(tutor, first, steps)


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (40, 12)])
def test_the_row_under_the_cursor_of_progress_is_in_sight_on_any_screen(tutor, size):
    for _ in range(4):
        session = tutor.begin_interview("url_shortener", 10, seed=1)
        session.end()
        session.report()

    async def steps(app, pilot):
        assert "▸" in screen_text(app)
        assert ("┤" in screen_text(app)) == (size[1] >= 24)

    play(tutor, ProgressScreen(), steps, size=size)


def test_a_drawing_that_reaches_nothing_is_told_under_load(tutor):
    session = tutor.begin_interview("url_shortener", 10, "mid", 1.0, 3)
    session.draw("cache -> queue")
    assert GOOD not in session.view.drawing

    async def steps(app, pilot):
        await at_rest(app, pilot)
        assert "how busy" not in screen_text(app)
        assert "Load" in screen_text(app)

    play(tutor, LoadScreen(session), steps)

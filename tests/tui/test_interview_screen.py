"""The interview on the whole screen: a chat, one input, a clock that is seen, nothing that is lost."""

import json
import threading
from pathlib import Path

import pytest
from holding import GOOD, Seconds, at_rest, draw, open_tutor, send
from playing import play
from screen_text import screen_text

from sdtutor.drawing.spans import plain, width
from sdtutor.interview.reports.record import report_record
from sdtutor.interview.transcript import load
from sdtutor.tui.draft import MAX_CHARACTERS
from sdtutor.tui.home_screen import HomeScreen
from sdtutor.tui.interview_panes import head_line
from sdtutor.tui.interview_screen import InterviewScreen
from sdtutor.tui.load_screen import LoadScreen
from sdtutor.tui.report_screen import ReportScreen
from sdtutor.tui.whiteboard_screen import WhiteboardScreen

STRONG = Path(__file__).parents[1] / "interview" / "transcripts" / "url_shortener" / "strong.yaml"


@pytest.fixture
def clock():
    return Seconds()


@pytest.fixture
def tutor(tmp_path, clock):
    with open_tutor(tmp_path, clock) as opened:
        yield opened


def interview(tutor, minutes=10, clock=1.0):
    return InterviewScreen(tutor.begin_interview("url_shortener", minutes, "mid", clock, 3))


def record(report):
    return json.dumps(report_record(report))


def test_a_whole_interview_from_a_script_scores_as_the_file_does_byte_for_byte(tutor, clock):
    stored = load(STRONG)
    held = stored.settings
    session = tutor.begin_interview(held.problem, held.minutes, held.level, held.clock, held.seed)

    async def steps(app, pilot):
        for entry in stored.entries:
            clock.now = entry.at_s
            if entry.does == "draw":
                await draw(app, pilot, entry.text)
            else:
                before = {"say": "", "pad": "/pad ", "command": "/"}[entry.does]
                await send(app, pilot, before + entry.text)
        assert isinstance(app.screen, ReportScreen)
        assert "strong hire" in screen_text(app)
        assert session.stored.entries == stored.entries
        assert record(session.report()) == record(tutor.score_transcript(STRONG))

    play(tutor, InterviewScreen(session), steps)
    (past,) = tutor.past_interviews().past
    assert past.decision == "strong_hire"


def test_the_chat_has_names_and_numbers_and_the_stage_in_a_rule(tutor):
    async def steps(app, pilot):
        text = screen_text(app)
        assert "Interviewer  Design a service like bit.ly" in text
        assert "─ 1 Requirements" in text
        assert "1 of 5 Requirements" in text
        await send(app, pilot, "How many new links a day?")
        assert "1  How many new links a day?" in screen_text(app)
        assert "hundred million" in screen_text(app)
        await send(app, pilot, "/next")
        assert "─ 2 Estimation" in screen_text(app)

    play(tutor, interview(tutor), steps)


def test_letters_that_are_keys_elsewhere_go_into_the_input(tutor):
    async def steps(app, pilot):
        await pilot.press("q", "question_mark", "slash", "colon", "space", "c", "1")
        assert app.screen.input.text == "q?/: c1"
        assert isinstance(app.screen, InterviewScreen)

    play(tutor, interview(tutor), steps)


def test_a_backslash_goes_on_below_and_a_paste_becomes_several_points(tutor):
    async def steps(app, pilot):
        await pilot.press("a", "backslash", "enter", "b", "enter")
        await send(app, pilot, "First point.\n\nSecond point.")
        said = app.screen.session.conversation.said
        assert [each.text for each in said] == ["a\nb", "First point.", "Second point."]

    play(tutor, interview(tutor), steps)


def test_the_input_grows_to_five_rows(tutor):
    async def steps(app, pilot):
        app.screen.paste("\n".join(f"row {number}" for number in range(9)))
        rows = screen_text(app).splitlines()
        assert [row.strip(" ▸") for row in rows[-6:-1]] == [f"row {number}" for number in range(4, 9)]

    play(tutor, interview(tutor), steps)


def test_up_recalls_what_was_sent_and_down_gives_the_draft_back(tutor):
    async def steps(app, pilot):
        await send(app, pilot, "one")
        await send(app, pilot, "two")
        await pilot.press("d", "up", "up")
        assert app.screen.input.text == "one"
        await pilot.press("down", "down", "down")
        assert app.screen.input.text == "d"

    play(tutor, interview(tutor), steps)


def test_tab_completes_a_command_or_tells_which_there_are(tutor):
    async def steps(app, pilot):
        await pilot.press("slash", "p", "tab")
        assert "/pad /pause" in screen_text(app)
        await pilot.press("a", "d", "tab")
        assert app.screen.input.text == "/pad "
        app.screen.input.replace("/s")
        await pilot.press("tab")
        assert app.screen.input.text == "/s"

    play(tutor, interview(tutor), steps)


def test_what_cannot_be_taken_is_told_and_stays_in_the_input(tutor):
    async def steps(app, pilot):
        await send(app, pilot, "/nxt")
        assert "Did you mean /next" in screen_text(app)
        assert app.screen.input.text == "/nxt"
        app.screen.input.replace("")
        await pilot.press("enter")
        assert "nothing to send" in screen_text(app)
        assert app.screen.session.stored.entries == ()

    play(tutor, interview(tutor), steps)


def test_edit_with_a_number_alone_gives_the_point_back(tutor):
    async def steps(app, pilot):
        await send(app, pilot, "Reads are 400/s")
        await send(app, pilot, "/edit 1")
        assert app.screen.input.text == "/edit 1 Reads are 400/s"
        await pilot.press("0", "enter")
        await pilot.press("enter")
        assert app.screen.session.conversation.said[0].text == "Reads are 400/s0"
        await send(app, pilot, "/edit 7")
        assert "There is no point 7" in screen_text(app)

    play(tutor, interview(tutor), steps)


def test_the_clock_warns_in_words_and_interrupts_and_takes_no_text(tutor, clock):
    screen = interview(tutor)

    async def steps(app, pilot):
        await pilot.press("h", "i")
        clock.now = 100
        screen.tick()
        assert "20 s of this stage · 8 min left" in screen_text(app)
        clock.now = 160
        screen.tick()
        assert "Interrupts   Let me stop you" in screen_text(app)
        assert "this stage is over its time" in screen_text(app)
        clock.now = 601
        screen.tick()
        assert "time is up" in screen_text(app)
        assert screen.input.text == "hi"
        await pilot.press("enter")
        await at_rest(app, pilot)
        assert isinstance(app.screen, ReportScreen)

    play(tutor, screen, steps)
    assert screen.session.conversation.said[-1].text == "hi"


def test_without_a_clock_nothing_is_counted_down(tutor, clock):
    screen = interview(tutor, clock=None)

    async def steps(app, pilot):
        clock.now = 5000
        screen.tick()
        assert "no clock" in screen_text(app)
        assert "Let me stop you" not in screen_text(app)

    play(tutor, screen, steps)


def test_esc_leaves_and_keeps_everything_the_draft_too(tutor, clock):
    async def steps(app, pilot):
        await pilot.press("i")
        await send(app, pilot, "How many users?")
        clock.now += 120
        await pilot.press(*"half", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert "paused in" in screen_text(app)
        clock.now += 10_000
        await pilot.press("i")
        await pilot.pause()
        assert app.screen.input.text == "half"
        assert "8 min left" in screen_text(app)
        assert "1  How many users?" in screen_text(app)

    play(tutor, HomeScreen(), steps)


def test_an_interview_in_which_nobody_spoke_is_not_kept(tutor):
    async def steps(app, pilot):
        await pilot.press("escape")

    play(tutor, interview(tutor), steps)
    assert tutor.paused_interview() is None


def test_after_a_crash_in_stage_four_it_goes_on_exactly_there(tutor, clock, tmp_path):
    screen = interview(tutor, 45)

    async def crash(app, pilot):
        for _ in range(3):
            await send(app, pilot, "/next")
        clock.now = 700
        await draw(app, pilot, GOOD)
        await pilot.press(*"unsent")
        screen.tick()
        await send_nothing_more(app, pilot)

    async def send_nothing_more(app, pilot):
        # A crash calls nothing: neither leave nor pause.
        screen.leave = lambda: None
        app.exit()
        await pilot.pause()

    play(tutor, screen, crash)
    later = Seconds(90_000)
    with open_tutor(tmp_path, later) as again:
        resumed = InterviewScreen(again.resume_interview())

        async def steps(app, pilot):
            text = screen_text(app)
            assert "4 of 7 High-level design" in text
            assert "33 min left" in text
            assert resumed.input.text == "unsent"
            assert resumed.view.drawing == GOOD
            assert resumed.view.chat == screen.session.view.chat

        play(again, resumed, steps)


def test_a_megabyte_that_is_pasted_is_cut_and_told_and_the_rest_can_be_sent(tutor):
    async def steps(app, pilot):
        app.screen.paste("The cache is in front of the database. " * 26_000)
        assert f"the input holds {MAX_CHARACTERS:,}" in screen_text(app)
        await pilot.press("x")
        await pilot.press("enter")
        await at_rest(app, pilot)
        assert 10 <= app.screen.view.points <= 40

    play(tutor, interview(tutor), steps)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 18), (50, 12), (40, 10)])
def test_a_resize_keeps_everything(tutor, size):
    async def steps(app, pilot):
        await send(app, pilot, "How many users?")
        await draw(app, pilot, GOOD)
        await pilot.press(*"half")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        text = screen_text(app)
        assert "half" in text
        assert all(len(row) <= size[0] for row in text.splitlines())
        assert ("─ whiteboard" in text) == (size[0] >= 110)
        assert ("taken of planned" in text) == (size[0] >= 110)
        await pilot.resize_terminal(30, 8)
        await pilot.pause()
        assert "At least" in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert app.screen.input.text == "half"

    play(tutor, interview(tutor), steps, size=(100, 30))


def test_page_up_shows_what_was_said_before_and_esc_returns_first(tutor):
    async def steps(app, pilot):
        for number in range(12):
            await send(app, pilot, f"Point {number}")
        assert "Design a service" not in screen_text(app)
        await pilot.press("pageup", "pageup", "pageup", "pageup")
        assert "Design a service" in screen_text(app)
        assert "rows below, PgDn" in screen_text(app)
        await pilot.press("escape")
        assert "Point 11" in screen_text(app)
        assert isinstance(app.screen, InterviewScreen)

    play(tutor, interview(tutor), steps)


def test_the_drawing_is_not_simulated_before_the_design_is_done(tutor):
    async def steps(app, pilot):
        await send(app, pilot, "/simulate")
        assert "until then, predict" in screen_text(app)
        for _ in range(2):
            await send(app, pilot, "/next")
        await draw(app, pilot, "client -> app -> db")
        assert "/simulate" not in screen_text(app)
        await send(app, pilot, "/next")
        assert "/simulate" in screen_text(app)
        await send(app, pilot, "/simulate")
        assert isinstance(app.screen, LoadScreen)
        assert "how busy each box is" in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, InterviewScreen)

    play(tutor, interview(tutor), steps)


def test_what_is_sent_while_a_drawing_is_measured_waits_and_is_not_lost(tutor):
    async def steps(app, pilot):
        await send(app, pilot, "/draw")
        app.screen.text.replace(GOOD)
        await pilot.press("escape")
        for text in ("one", "two", "/next"):
            app.screen.paste(text)
            await pilot.press("enter")
        await at_rest(app, pilot)
        assert [each.text for each in app.screen.session.conversation.said] == [GOOD, "one", "two"]
        assert app.screen.view.stage == "Estimation"

    play(tutor, interview(tutor), steps)


def test_the_report_is_shown_when_it_ends_behind_another_screen_too(tutor):
    screen = interview(tutor)

    async def steps(app, pilot):
        await send(app, pilot, "/draw")
        assert isinstance(app.screen, WhiteboardScreen)
        screen.session.end()
        screen._go_on()
        await at_rest(app, pilot)
        assert isinstance(app.screen, WhiteboardScreen)
        await pilot.press("escape")
        await at_rest(app, pilot)
        assert isinstance(app.screen, ReportScreen)
        await pilot.press("q")
        await pilot.pause()

    assert play(tutor, screen, steps).return_code == 0


@pytest.mark.parametrize("columns", [40, 50, 60, 80, 120])
def test_the_header_fits_every_width_and_always_has_the_clock(tutor, clock, columns):
    screen = interview(tutor, 45)
    for clock.now in (0, 250, 2000, 2690, 2800):
        row = head_line(screen.session.view, columns)
        assert width(row) == columns
        assert "left" in plain(row) or "time is up" in plain(row)


def test_what_was_sent_is_not_kept_as_typed_once_it_was_taken(tutor):
    screen = interview(tutor)

    async def steps(app, pilot):
        await pilot.press(*"half a poi")
        screen.tick()
        await send(app, pilot, "nt")
        # What a crash at this moment leaves behind.
        resumed = tutor.resume_interview()
        assert resumed.typed == ("", "")
        assert [each.text for each in resumed.conversation.said] == ["half a point"]

    play(tutor, screen, steps)


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
def test_what_waits_for_a_measurement_is_taken_before_leaving(tutor, key):
    screen, measured = interview(tutor), threading.Event()

    async def steps(app, pilot):
        await at_rest(app, pilot)
        screen.session.prepare = lambda _drawing="": measured.wait(5)
        screen.do_work(lambda: screen.session.draw(GOOD), GOOD)
        app.screen.paste("The cache absorbs reads.")
        await pilot.press("enter")
        assert screen.is_busy
        await pilot.press(key)
        measured.set()

    play(tutor, screen, steps)
    resumed = tutor.resume_interview()
    assert [each.text for each in resumed.conversation.said] == [GOOD, "The cache absorbs reads."]
    assert resumed.view.is_paused

"""The whiteboard of an interview: text at the left, the picture beside it, what it comes to below."""

import pytest
from holding import GOOD, Seconds, at_rest, open_tutor, send
from playing import play
from screen_text import screen_text

from sdtutor.drawing.spans import plain_text, width
from sdtutor.tui.interview_screen import InterviewScreen
from sdtutor.tui.whiteboard_rows import language_lines
from sdtutor.tui.whiteboard_screen import WhiteboardScreen


@pytest.fixture
def tutor(tmp_path):
    with open_tutor(tmp_path, Seconds()) as opened:
        yield opened


def interview(tutor):
    return InterviewScreen(tutor.begin_interview("url_shortener", 10, "mid", 1.0, 3))


def at_board(steps):
    """Return steps that begin at the whiteboard."""

    async def opened(app, pilot):
        await send(app, pilot, "/draw")
        await steps(app, pilot)

    return opened


def write(app, text):
    app.screen.text.replace(text)
    app.screen.draw()


def test_the_picture_and_the_ways_follow_every_key(tutor):
    async def steps(app, pilot):
        for key in ("a", "space", "minus", "greater_than_sign", "space", "d", "b"):
            await pilot.press(key)
        text = screen_text(app)
        assert "2 boxes, 1 arrow" in text
        assert "1 a -> db" in text
        assert "redirect  " in text
        write(app, GOOD)
        assert "redirect  client > lb > app > db" in screen_text(app)

    play(tutor, interview(tutor), at_board(steps))


def test_what_is_missing_is_said_but_not_what_the_rules_find_before_the_design_is_done(tutor):
    screen = interview(tutor)

    async def steps(app, pilot):
        write(app, "client -> app -> app2 -> db")
        assert "single" not in screen_text(app)
        write(app, "client -> app")
        assert "create    " in screen_text(app)
        await pilot.press("escape")
        await at_rest(app, pilot)
        for _ in range(3):
            await send(app, pilot, "/next")
        await send(app, pilot, "/draw")
        write(app, "client -> app -> db")
        assert "single point" in screen_text(app)

    play(tutor, screen, at_board(steps))


def test_a_malformed_drawing_tells_line_and_remedy_and_draws_the_rest(tutor):
    async def steps(app, pilot):
        write(app, "client -> app -> db\napp -> cache(hit=lots)\n-> ->")
        text = screen_text(app)
        assert "2 lines that cannot be read" in text
        assert "line 2" in text
        assert "!  2 app -> cache" in text
        assert "[client]" in text or "client" in text
        write(app, "((((\x00\n" * 500 + "a -> b")
        assert "rows more" in screen_text(app)

    play(tutor, interview(tutor), at_board(steps))


def test_esc_makes_one_entry_when_the_text_changed_and_none_when_it_did_not(tutor):
    screen = interview(tutor)

    async def steps(app, pilot):
        write(app, f"{GOOD}\n\n")
        await pilot.press("escape")
        await at_rest(app, pilot)
        assert "I see 5 boxes" in screen_text(app)
        await send(app, pilot, "/draw")
        assert app.screen.text.text == f"{GOOD}\n"
        await pilot.press("escape")
        await at_rest(app, pilot)

    play(tutor, screen, at_board(steps))
    assert [each.does for each in screen.session.stored.entries] == ["draw"]
    assert screen.session.stored.entries[0].text == GOOD


def test_an_empty_whiteboard_leaves_no_trace(tutor):
    screen = interview(tutor)

    async def steps(app, pilot):
        assert "Each line is drawn as you type it" in screen_text(app)
        await pilot.press("enter", "escape")
        await at_rest(app, pilot)

    play(tutor, screen, at_board(steps))
    assert screen.session.stored.entries == ()


def test_what_stands_there_outlives_a_crash(tutor, tmp_path):
    screen = interview(tutor)

    async def steps(app, pilot):
        await pilot.press(*"client")
        screen.tick()
        screen.leave = lambda: None
        app.exit()

    play(tutor, screen, at_board(steps))
    with open_tutor(tmp_path, Seconds()) as again:

        async def later(app, pilot):
            await send(app, pilot, "/draw")
            assert app.screen.text.text == "client\n"

        play(again, InterviewScreen(again.resume_interview()), later)


def test_tab_goes_from_both_to_the_picture_to_the_text_and_never_traps(tutor):
    async def steps(app, pilot):
        write(app, "client -> db")
        seen = []
        for _ in range(4):
            seen.append(app.screen.shows)
            await pilot.press("tab")
        assert seen == ["both", "picture", "text", "both"]
        await pilot.resize_terminal(50, 14)
        await pilot.pause()
        assert app.screen.shows in ("text", "picture")
        await pilot.press("escape")
        await at_rest(app, pilot)
        assert isinstance(app.screen, InterviewScreen)

    play(tutor, interview(tutor), at_board(steps))


def test_a_question_mark_shows_what_can_be_written_and_hides_it_again(tutor):
    async def steps(app, pilot):
        await pilot.press("question_mark")
        assert "replicas=2" in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, WhiteboardScreen)
        assert "replicas=2 async" not in screen_text(app)
        assert app.screen.text.text == ""

    play(tutor, interview(tutor), at_board(steps))


def test_every_example_of_the_language_can_be_read(tutor):
    session = tutor.begin_interview("url_shortener", 10, "mid", 1.0, 3)
    rows = plain_text(language_lines(200)).splitlines()
    codes = [row[1:].split("   ")[0].rstrip() if row[1] != " " else row[3:].split("   ")[0] for row in rows]
    for code in codes:
        settings = ", ".join(code.split())
        drawn = f"app({settings})" if "=" in code and "(" not in code else code
        assert session.preview(drawn).mistakes == (), drawn
    assert all(width(row) <= 60 for row in language_lines(60))


def test_the_interviewer_is_heard_at_the_whiteboard_too(tutor):
    screen = interview(tutor)

    async def steps(app, pilot):
        tutor.desk.monotonic.now = 170
        screen.tick()
        assert "Let me stop you" in screen_text(app)
        assert "this stage is over its time" in screen_text(app)

    play(tutor, screen, at_board(steps))

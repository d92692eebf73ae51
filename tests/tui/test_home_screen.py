from playing import play
from screen_text import screen_text

from sdtutor.tui.home_screen import HomeScreen


def test_the_cursor_starts_on_the_first_row_and_moves_into_the_topics(tutor):
    async def steps(app, pilot):
        assert "▸ Enter" in screen_text(app)
        await pilot.press("down", "down")
        assert "▸ 1 Caching" in screen_text(app)
        await pilot.press("down", "down", "down", "down")
        assert "▸ 2 Consistency" in screen_text(app)
        await pilot.press("up", "up", "up", "up")
        assert "▸ Enter" in screen_text(app)

    play(tutor, HomeScreen(), steps)


def test_a_digit_opens_a_topic_and_q_comes_back(tutor):
    async def steps(app, pilot):
        await pilot.press("1")
        assert "LESSONS" in screen_text(app)
        assert "Read-through" in screen_text(app)
        await pilot.press("q")
        assert "START HERE" in screen_text(app)
        assert app.return_code is None

    play(tutor, HomeScreen(), steps)


def test_home_shows_what_was_done_meanwhile(tutor):
    async def steps(app, pilot):
        await pilot.press("1", "enter")
        assert "A guess first" in screen_text(app)
        await pilot.press("q", "q")
        assert "TODAY" in screen_text(app)
        assert "You have begun it." in screen_text(app)

    play(tutor, HomeScreen(), steps)


def test_c_continues_where_the_learner_stopped(tutor):
    tutor.open_lesson("caching/read_through")

    async def steps(app, pilot):
        await pilot.press("c")
        assert "A guess first" in screen_text(app)

    play(tutor, HomeScreen(), steps)


def test_an_interview_date_is_asked_for_and_kept(tutor):
    async def steps(app, pilot):
        await pilot.press("p", *"2027-03-12", "enter", "enter")
        assert "interview 12 March" in screen_text(app)
        assert "2 lessons left" in screen_text(app)

    play(tutor, HomeScreen(), steps)


def test_a_date_that_is_none_is_told_and_nothing_is_kept(tutor):
    async def steps(app, pilot):
        await pilot.press("p", *"soon", "enter", "enter")
        assert '"soon" is not a date.' in screen_text(app)

    play(tutor, HomeScreen(), steps)
    assert tutor.interview_date().day is None


def test_a_small_terminal_shows_one_half_at_a_time(tutor):
    async def steps(app, pilot):
        assert "TOPICS" not in screen_text(app)
        await pilot.press("tab")
        assert "TOPICS" in screen_text(app)
        assert "START HERE" not in screen_text(app)

    play(tutor, HomeScreen(), steps, size=(50, 16))


def test_the_title_of_a_topic_with_a_terminal_code_is_drawn_without_it(tutor):
    path = tutor.desk.root / "lessons" / "topics.yaml"
    path.write_text(path.read_text().replace("title: Caching", 'title: "Ca\\e[31mching"'))

    async def steps(app, pilot):
        assert "\x1b" not in screen_text(app)

    play(tutor, HomeScreen(), steps)

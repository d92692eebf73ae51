from playing import play
from screen_text import screen_text

from sdtutor.drawing.spans import plain_text
from sdtutor.session.labs import LabShelf
from sdtutor.tui.help_screen import HelpScreen, help_lines
from sdtutor.tui.home_screen import HomeScreen
from sdtutor.tui.keys import TABLE
from sdtutor.tui.list_rows import ListItem, list_lines
from sdtutor.tui.progress_screen import ProgressScreen
from sdtutor.tui.search_screen import SearchScreen
from sdtutor.tui.topic_screen import TopicScreen


def test_the_cursor_of_a_long_list_is_always_in_sight():
    items = [ListItem("A" if at < 40 else "B", "k", f"row {at}", "", "more") for at in range(80)]
    for cursor in range(80):
        shown = plain_text(list_lines(items, cursor, 60, 12))
        assert len(shown.splitlines()) <= 12
        assert f"▸ k  row {cursor}\n" in f"{shown}\n"


def test_search_finds_places_in_lessons_and_opens_them(tutor):
    async def steps(app, pilot):
        assert "Search everything:" in screen_text(app)
        await pilot.press(*"read-through", "enter")
        assert "lesson  Read-through" in screen_text(app)
        await pilot.press("enter")
        assert "A guess first" in screen_text(app)

    play(tutor, SearchScreen(), steps)


def test_search_says_when_nothing_is_found(tutor):
    async def steps(app, pilot):
        await pilot.press(*"xyzzy", "enter")
        assert "nothing found" in screen_text(app)

    play(tutor, SearchScreen(), steps)


def test_a_topic_lists_lessons_and_questions(tutor):
    async def steps(app, pilot):
        text = screen_text(app)
        assert "LESSONS" in text
        assert "QUESTIONS" in text
        labs = sum(name.startswith("caching/") for name in LabShelf().names)
        await pilot.press(*("down",) * (1 + labs), "enter")
        assert "question 1 of" in screen_text(app)

    play(tutor, TopicScreen("caching", "Caching"), steps)


def test_a_broken_lesson_is_told_and_the_screen_stays(tutor):
    path = tutor.desk.root / "lessons" / "caching" / "read_through.md"
    path.write_text(path.read_text().replace("CacheAside.get", "CacheAside.nothing"))

    async def steps(app, pilot):
        await pilot.press("enter")
        assert "LESSONS" in screen_text(app)
        assert "CacheAside.nothing" in screen_text(app)

    play(tutor, TopicScreen("caching", "Caching"), steps)


def test_progress_lists_every_concept(tutor):
    async def steps(app, pilot):
        text = screen_text(app)
        assert "no answers yet" in text
        assert "Read-through" in text
        assert "Stale reads" in text

    play(tutor, ProgressScreen(), steps)


def test_help_names_every_key_of_the_screen():
    for screen in ("home", "lesson", "quiz", "lab"):
        shown = plain_text(help_lines(screen, frozenset()))
        for key in TABLE:
            if screen in key.screens:
                assert key.help in shown


def test_help_opens_with_a_question_mark_and_closes_with_q(tutor):
    async def steps(app, pilot):
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        assert "Keys: home" in screen_text(app)
        await pilot.press("q")
        assert isinstance(app.screen, HomeScreen)

    play(tutor, HomeScreen(), steps)


def test_the_palette_runs_a_command_by_a_part_of_its_name(tutor):
    async def steps(app, pilot):
        await pilot.press("colon", *"how far")
        assert "▸ o  how far you are" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ProgressScreen)

    play(tutor, HomeScreen(), steps)


def test_the_palette_changes_between_dark_and_light_and_keeps_it(tutor):
    async def steps(app, pilot):
        await pilot.press("colon", *"light", "enter")
        await pilot.pause()
        assert app.look == "light"

    play(tutor, HomeScreen(), steps)
    assert tutor.setting("theme") == "light"


def test_esc_leaves_the_palette_without_running_anything(tutor):
    async def steps(app, pilot):
        await pilot.press("colon", "q", "escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert app.return_code is None

    play(tutor, HomeScreen(), steps)

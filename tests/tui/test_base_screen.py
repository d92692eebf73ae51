import asyncio
from collections.abc import Awaitable, Callable

import pytest
from screen_text import screen_text

from sdtutor.drawing.spans import line
from sdtutor.errors import UsageError
from sdtutor.tui.app import TutorApp
from sdtutor.tui.base_screen import BaseScreen


class Numbers(BaseScreen):
    """A screen with a number that up and down change."""

    KEYS = "home"
    PANES = 2

    def __init__(self):
        super().__init__()
        self.number = 0
        self.left = 0

    def body(self, columns, rows):
        return (line(f"number {self.number} pane {self.pane_index}"),)

    def working_keys(self):
        return ("up", "down", "open", "topic")

    def do_up(self):
        self.number += 1

    def do_down(self):
        self.number -= 1

    def do_open(self):
        raise UsageError("There is no such thing.", "Try another.")

    def do_topic(self, pressed):
        self.number = int(pressed)

    def leave(self):
        self.left += 1


def play(steps: Callable[..., Awaitable[None]], size=(80, 24)) -> Numbers:
    screen = Numbers()

    async def run() -> None:
        app = TutorApp(None, screen)
        async with app.run_test(size=size) as pilot:
            await steps(app, pilot)

    asyncio.run(run())
    return screen


def test_a_key_runs_its_action_and_the_pane_is_drawn_again():
    async def steps(app, pilot):
        await pilot.press("up", "up", "down")
        assert screen_text(app).splitlines()[0] == "number 1 pane 0"
        await pilot.press("7")
        assert screen_text(app).splitlines()[0] == "number 7 pane 0"

    play(steps)


def test_the_footer_stands_on_the_last_row_and_shows_help_and_quit():
    async def steps(app, pilot):
        await pilot.pause()
        rows = screen_text(app).splitlines()
        assert len(rows) == 24
        assert "? help" in rows[-1]
        assert "q quit" in rows[-1]

    play(steps)


def test_an_error_of_an_action_is_told_until_the_next_key():
    async def steps(app, pilot):
        await pilot.press("enter")
        assert "There is no such thing. Try another." in screen_text(app)
        await pilot.press("up")
        assert "no such thing" not in screen_text(app)

    play(steps)


def test_a_tiny_terminal_names_plain_and_keeps_the_state():
    async def steps(app, pilot):
        await pilot.press("up")
        await pilot.resize_terminal(20, 5)
        await pilot.pause()
        assert "--plain" in screen_text(app).replace("\n", " ")
        await pilot.press("up")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert screen_text(app).startswith("number 1")

    play(steps)


def test_tab_goes_round_the_panes_only_where_one_fits():
    async def steps(app, pilot):
        await pilot.press("tab")
        assert "pane 0" in screen_text(app)
        await pilot.resize_terminal(50, 16)
        await pilot.press("tab")
        assert "pane 1" in screen_text(app)
        await pilot.press("tab")
        assert "pane 0" in screen_text(app)

    play(steps)


def test_q_on_the_outermost_screen_leaves_with_code_0():
    async def steps(app, pilot):
        await pilot.press("q")
        assert app.return_code == 0

    assert play(steps).left == 1


def test_ctrl_c_keeps_everything_and_leaves_with_130():
    async def steps(app, pilot):
        await pilot.press("ctrl+c")
        assert app.return_code == 130

    assert play(steps).left == 1


def test_ctrl_c_copies_a_selection_instead_of_leaving():
    async def steps(app, pilot):
        await pilot.pause()
        app.screen.page.text_select_all()
        await pilot.press("ctrl+c")
        assert "number 0" in app.clipboard
        assert app.return_code is None

    assert play(steps).left == 0


def test_search_marks_what_it_finds_and_esc_takes_the_mark_away_without_leaving():
    async def steps(app, pilot):
        await pilot.press("slash", "p", "a", "n", "e", "enter")
        assert app.screen.sought == "pane"
        strip = app.screen.page.render_line(0)
        assert any(segment.text == "pane" and segment.style.bgcolor for segment in strip)
        await pilot.press("escape")
        assert app.screen.sought == ""
        assert app.return_code is None

    play(steps)


def test_while_a_line_is_typed_letters_are_text_and_esc_drops_the_line():
    async def steps(app, pilot):
        await pilot.press("slash", "q")
        assert app.screen.entry.text == "q"
        await pilot.press("escape")
        assert app.screen.entry is None
        assert app.return_code is None

    play(steps)


def test_what_is_not_there_is_said():
    async def steps(app, pilot):
        await pilot.press("slash", "z", "z", "enter")
        assert '"zz" is not on this screen.' in screen_text(app)

    play(steps)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 18), (40, 10)])
def test_every_size_fills_the_terminal(size):
    async def steps(app, pilot):
        await pilot.pause()
        assert len(app.screen.page.rows) == size[1]

    play(steps, size)


class Broken(Numbers):
    def body(self, columns, rows):
        raise UsageError("The lesson is gone.", "Install again.")


def test_content_that_cannot_be_shown_is_told_and_q_still_leaves():
    screen = Broken()

    async def run() -> None:
        app = TutorApp(None, screen)
        async with app.run_test() as pilot:
            await pilot.pause()
            assert "The lesson is gone." in screen_text(app)
            await pilot.press("q")
            assert app.return_code == 0

    asyncio.run(run())

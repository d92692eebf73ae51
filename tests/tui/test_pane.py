from unittest.mock import patch

from playing import play

from sdtutor.drawing.spans import line
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.pane import Pane


class Page(BaseScreen):
    KEYS = "help"

    def body(self, columns, rows):
        return (line(("─ ", "rule"), ("title", "title")), line("café ▸"), line("x" * 200))


def test_a_row_that_is_too_wide_is_clipped_and_every_strip_fills_the_row():
    async def steps(app, pilot):
        pane = app.screen.page
        strips = [pane.render_line(y) for y in range(24)]
        assert {strip.cell_length for strip in strips} == {80}
        assert strips[2].text == "x" * 79 + "›"

    play(None, Page(), steps)


def test_in_ascii_no_row_has_any_other_character():
    async def steps(app, pilot):
        pane = app.screen.page
        assert all(pane.render_line(y).text.isascii() for y in range(24))
        assert pane.render_line(1).text.startswith("cafe >")

    play(None, Page(), steps, ascii_only=True)


def test_only_rows_that_changed_are_drawn_again():
    async def steps(app, pilot):
        pane = app.screen.page
        rows = [line(str(at)) for at in range(24)]
        pane.set_lines(rows)
        rows[7] = line("other")
        with patch.object(pane, "refresh") as refresh:
            pane.set_lines(rows)
            (region,) = refresh.call_args.args
            assert (region.y, region.height) == (7, 1)
            refresh.reset_mock()
            pane.set_lines(rows)
            refresh.assert_not_called()

    play(None, Page(), steps)


def test_rows_out_of_sight_are_never_made_into_strips():
    async def steps(app, pilot):
        pane = app.screen.page
        with patch.object(Pane, "_strip", autospec=True, side_effect=Pane._strip) as made:
            pane.set_lines([line(str(at)) for at in range(100_000)])
            await pilot.pause()
            assert pane.render_line(0).text.startswith("0")
            assert made.call_count <= 24

    play(None, Page(), steps)


def test_a_dragged_selection_is_copied():
    async def steps(app, pilot):
        await pilot.mouse_down(offset=(0, 1))
        await pilot.hover(offset=(3, 1))
        await pilot.mouse_up(offset=(3, 1))
        assert app.screen.get_selected_text() == "café"[: len(app.screen.get_selected_text())]
        assert app.screen.get_selected_text()

    play(None, Page(), steps)

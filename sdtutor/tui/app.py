"""The full-screen tutor: the first screen, the theme, and nothing else."""

from typing import TYPE_CHECKING

from textual.app import App

from sdtutor.tui.theme import ThemeName

if TYPE_CHECKING:
    from sdtutor.session.tutor import Tutor
    from sdtutor.tui.base_screen import BaseScreen


class TutorApp(App[None], inherit_bindings=False):
    """The tutor on the whole terminal.

    Args:
        tutor: The use cases.
        first: The screen to begin with; leaving it leaves the program.
        look: Which set of styles to draw with.
        ascii_only: Whether the terminal shows ASCII only.
    """

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    CSS = "Screen { background: black 0%; }"

    def __init__(
        self,
        tutor: "Tutor",
        first: "BaseScreen",
        *,
        look: ThemeName = "dark",
        ascii_only: bool = False,
    ) -> None:
        super().__init__()
        self.tutor = tutor
        self.look: ThemeName = look
        self.ascii_only = ascii_only
        self._first = first

    def get_default_screen(self) -> "BaseScreen":
        """Return the first screen."""
        return self._first

    def set_look(self, look: ThemeName) -> None:
        """Draw every screen in another theme."""
        from sdtutor.tui.base_screen import BaseScreen

        self.look = look
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.page.set_theme(look)

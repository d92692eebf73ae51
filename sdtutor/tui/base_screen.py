"""What every screen shares: one pane, the footer, sizes, and the way from a key to an action."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

from sdtutor.drawing.spans import Line, Span, line, safe
from sdtutor.drawing.wrap import wrap
from sdtutor.errors import ExitCode, SdtutorError
from sdtutor.tui.entry import Entry
from sdtutor.tui.footer import foot, rule
from sdtutor.tui.found import marked, rows_with
from sdtutor.tui.keys import find
from sdtutor.tui.pane import Pane

if TYPE_CHECKING:
    from sdtutor.session.tutor import Tutor
    from sdtutor.tui.app import TutorApp

ONE_PANE_BELOW = (60, 18)
"""Columns and rows below which a screen shows one pane at a time."""
LEAST = (40, 10)
"""Columns and rows below which a screen shows one sentence."""
_ALWAYS = frozenset({"help", "palette", "search", "quit", "interrupt", "up_level"})


def too_small(columns: int, rows: int) -> tuple[Line, ...]:
    """Return what a terminal shows in which no screen fits."""
    needed = f"{LEAST[0]} x {LEAST[1]}"
    text = f"At least {needed}, please: enlarge this terminal, nothing is lost, or run sdtutor --plain."
    return wrap([Span(text)], max(1, columns))[:rows]


class BaseScreen(Screen[None], inherit_bindings=False):
    """A screen made of rows of spans.

    A screen says what it shows (`body`), which actions work now (`working_keys`), and has a method
    ``do_<action>`` for each action of the key table; it is drawn again after every key. A method of an action
    with ``tells_key`` gets the key that was pressed.
    """

    KEYS: ClassVar[str] = "home"
    """Its name in the key table."""
    PANES: ClassVar[int] = 1
    """How many panes Tab goes round where only one of them fits."""
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.entry: Entry | None = None
        self.pane_index = 0
        self.told = ""
        self.sought = ""
        self._accept: Callable[[str], None] | None = None
        self._put_aside: Callable[[str], None] | None = None
        self._room = 0

    # What a screen overrides

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the rows above the footer; missing ones stay empty, further ones are not shown."""
        raise NotImplementedError

    def working_keys(self) -> Collection[str]:
        """Return the actions that work now, those that work everywhere left out."""
        return ()

    def leave(self) -> None:
        """Keep what must not be lost when the screen goes."""

    def has_rule(self) -> bool:
        """Tell whether a rule stands above the footer."""
        return self.size.height >= ONE_PANE_BELOW[1]

    def searchable(self) -> Sequence[Line]:
        """Return the rows in which ``/`` searches."""
        return self.page.rows[: self._room]

    def reveal(self, row: int) -> None:
        """Bring a row of `searchable` into sight."""

    def wheel(self, by: int) -> None:
        """Follow the mouse wheel by that many rows."""

    # What a screen can use

    @property
    def tutor(self) -> "Tutor":
        """The use cases."""
        return self.tutor_app.tutor

    @property
    def tutor_app(self) -> "TutorApp":
        """The app, by its own type."""
        return cast("TutorApp", self.app)

    @property
    def page(self) -> Pane:
        """The pane that fills the screen."""
        return self._page

    @property
    def is_outermost(self) -> bool:
        """Whether leaving this screen leaves the program."""
        return len(self.app.screen_stack) <= 1

    @property
    def is_narrow(self) -> bool:
        """Whether only one pane fits."""
        return self.size.width < ONE_PANE_BELOW[0] or self.size.height < ONE_PANE_BELOW[1]

    @property
    def is_too_small(self) -> bool:
        """Whether nothing fits but a sentence."""
        return self.size.width < LEAST[0] or self.size.height < LEAST[1]

    def tell(self, message: str) -> None:
        """Show a message above the footer until the next key."""
        self.told = message

    def type_line(
        self,
        prompt: str,
        accept: Callable[[str], None],
        text: str = "",
        put_aside: Callable[[str], None] | None = None,
    ) -> None:
        """Let the learner type a line in the footer.

        Args:
            prompt: What stands before it.
            accept: Called with the text on Enter.
            text: What stands in it at first.
            put_aside: Called with the text on Esc; without it Esc drops the line.
        """
        self.entry, self._accept, self._put_aside = Entry(prompt, text), accept, put_aside

    def draw(self) -> None:
        """Draw everything that changed; content that cannot be shown is told in its place."""
        if not self.is_mounted or not self.is_attached:
            return
        columns, rows = self.size
        if self.is_too_small:
            self.page.set_lines(too_small(columns, rows))
            return
        try:
            self.page.set_lines(self._sheet(columns, rows))
        except SdtutorError as error:
            lines = wrap([Span(safe(str(error)), "warn")], columns - 1, " ", " ")
            self.page.set_lines((*lines, (), line((" q", "key"), "  back")))

    def _sheet(self, columns: int, rows: int) -> Sequence[Line]:
        """Return all rows of the screen."""
        below = list(self._foot(columns))
        if self.has_rule():
            below.insert(0, rule(columns))
        self._room = room = rows - len(below)
        above = list(self.body(columns, room))[:room]
        if self.sought:
            above = [marked(row, self.sought) for row in above]
        return (*above, *[()] * (room - len(above)), *below)

    def _foot(self, columns: int) -> Iterable[Line]:
        return foot(
            self.KEYS,
            self.working(),
            columns,
            outermost=self.is_outermost,
            entry=self.entry,
            told=self.told,
        )

    def working(self) -> frozenset[str]:
        """Return every action that works now."""
        panes = {"next_pane"} if self.is_narrow and self.PANES > 1 else set()
        return _ALWAYS | frozenset(self.working_keys()) | panes

    # Events

    def compose(self) -> ComposeResult:
        """Make the one pane."""
        self._page = Pane(self.tutor_app.look, ascii_only=self.tutor_app.ascii_only)
        yield self._page

    def on_resize(self) -> None:
        """Draw at the new size; every other state stays."""
        self.call_after_refresh(self.draw)

    def on_screen_resume(self) -> None:
        """Draw what may have changed while another screen was on top."""
        self.draw()

    def on_key(self, event: events.Key) -> None:
        """Turn a key into one action, then draw."""
        event.stop()
        event.prevent_default()
        pressed = event.character if event.is_printable and event.character != " " else event.key
        self.press(pressed or event.key, event.character if event.is_printable else None)

    def press(self, pressed: str, character: str | None = None) -> None:
        """Run what a key means now.

        Args:
            pressed: The printed character, or Textual's name of the key.
            character: What it prints; None for other keys.
        """
        self.told = ""
        try:
            if self.entry is None or not self._type(pressed, character):
                self._act(pressed)
        except SdtutorError as error:
            self.tell(f"{error.message} {error.hint}".strip())
        if self.is_current:
            self.draw()

    def _type(self, pressed: str, character: str | None) -> bool:
        """Give a key to the line being typed; return False for the keys that work even so."""
        entry = self.entry
        if entry is None or pressed == "ctrl+c":
            return False
        if pressed in ("escape", "enter"):
            take = self._accept if pressed == "enter" else self._put_aside
            self.entry = None
            if take is not None:
                take(entry.text)
        else:
            entry.press(pressed, character)
        return True

    def _act(self, pressed: str) -> None:
        # The two ways out never depend on what the screen can show.
        working = {"quit", "interrupt"}
        if not self.is_too_small and pressed not in ("q", "ctrl+c"):
            working |= self.working()
        key = find(self.KEYS, pressed, working)
        if key is None:
            return
        action = getattr(self, f"do_{key.action}")
        if key.tells_key:
            action(pressed)
        else:
            action()

    def on_paste(self, event: events.Paste) -> None:
        """Put pasted text into the line being typed."""
        event.stop()
        if self.entry is not None:
            self.entry.insert(event.text)
            self.draw()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Follow the wheel."""
        event.stop()
        self.wheel(3)
        self.draw()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Follow the wheel."""
        event.stop()
        self.wheel(-3)
        self.draw()

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return the widget at a cell and the place in its text, for selecting with the mouse."""
        widget, region = self.get_widget_at(x, y)
        if isinstance(widget, Pane):
            return widget, Offset(x - region.x, y - region.y)
        return super().get_widget_and_offset_at(x, y)

    # Actions of every screen

    def do_next_pane(self) -> None:
        """Show the next pane."""
        self.pane_index = (self.pane_index + 1) % self.PANES

    def do_help(self) -> None:
        """Show all keys of this screen."""
        from sdtutor.tui.help_screen import HelpScreen

        self.app.push_screen(HelpScreen(self.KEYS, self.working()))

    def do_palette(self) -> None:
        """Show every command by name."""
        from sdtutor.tui.palette import PaletteScreen

        self.app.push_screen(PaletteScreen(self))

    def do_search(self) -> None:
        """Search this screen."""
        self.type_line("/", self.seek, self.sought)

    def seek(self, words: str) -> None:
        """Mark a text and bring its first place into sight."""
        self.sought = words.strip()
        places = rows_with(self.sought, self.searchable()) if self.sought else ()
        if places:
            self.reveal(places[0])
        elif self.sought:
            self.tell(f'"{self.sought}" is not on this screen.')
            self.sought = ""

    def do_up_level(self) -> None:
        """Go up one level: first drop the marks of a search, then the screen."""
        if self.sought:
            self.sought = ""
        elif not self.is_outermost:
            self.close()

    def do_quit(self) -> None:
        """Go back; from the outermost screen, out."""
        self.close()

    def close(self) -> None:
        """Leave this screen."""
        self.leave()
        if self.is_outermost:
            self.app.exit()
        else:
            self.app.pop_screen()

    def do_interrupt(self) -> None:
        """Copy what is selected; if nothing is, keep everything and leave with the code of Ctrl-C."""
        chosen = self.get_selected_text()
        if chosen:
            self.app.copy_to_clipboard(chosen)
            self.tell("Copied.")
            return
        for screen in self.app.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.leave()
        self.app.exit(return_code=ExitCode.INTERRUPTED)

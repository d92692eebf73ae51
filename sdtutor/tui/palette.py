"""Every command of the screen below, by name: type a part of it, Enter runs it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sdtutor.drawing.spans import Line
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.keys import keys_of
from sdtutor.tui.list_rows import ListItem
from sdtutor.tui.list_screen import ListScreen


@dataclass(frozen=True, slots=True)
class Command:
    """What the palette can run.

    Args:
        key: The key that does the same; empty when there is none.
        name: What it does.
        run: Does it, on the screen below.
    """

    key: str
    name: str
    run: Callable[[], None]


class PaletteScreen(ListScreen):
    """The commands.

    Args:
        below: The screen on which they run.
    """

    KEYS = "palette"

    def __init__(self, below: BaseScreen) -> None:
        super().__init__()
        self._below = below
        self._commands = (*_commands(below), Command("", "change between dark and light", self._switch_look))
        self.type_line(":", self._run)

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the commands that contain what was typed."""
        if self.entry is None:
            self.type_line(":", self._run)
        return super().body(columns, rows)

    def heading(self) -> tuple[str, str]:
        """Return the title."""
        return "Commands", "type a part of the name"

    def found(self) -> tuple[Command, ...]:
        """Return the commands that contain every word typed so far."""
        words = self.entry.text.casefold().split() if self.entry else []
        return tuple(
            each
            for each in self._commands
            if all(word in f"{each.name} {each.key}".casefold() for word in words)
        )

    def items(self) -> Sequence[ListItem]:
        """Return one row for each command."""
        return tuple(ListItem("", each.key, each.name) for each in self.found())

    def press(self, pressed: str, character: str | None = None) -> None:
        """Move the cursor with the arrows; everything else is typed."""
        if pressed in ("up", "down"):
            self.cursor += 1 if pressed == "down" else -1
            self.draw()
        elif pressed == "escape":
            self.close()
        elif pressed == "enter":
            chosen = self.found()[self.cursor : self.cursor + 1]
            self.close()
            for command in chosen:
                self.app.call_later(command.run)
        else:
            self.cursor = 0
            super().press(pressed, character)

    def _run(self, words: str) -> None:
        """Enter is taken before it gets to the line."""

    def _switch_look(self) -> None:
        look = "light" if self.tutor_app.look == "dark" else "dark"
        self.tutor.set_setting("theme", look)
        self.tutor_app.set_look("light" if look == "light" else "dark")


def _commands(below: BaseScreen) -> tuple[Command, ...]:
    """Return one command for each action that works now."""
    working = below.working() - {"palette", "interrupt"}
    seen: dict[str, Command] = {}
    for key in keys_of(below.KEYS):
        if key.action in working and not key.tells_key:
            seen.setdefault(key.action, Command(key.names, key.help, _presser(below, key.keys[0])))
    return tuple(seen.values())


def _presser(below: BaseScreen, key: str) -> Callable[[], None]:
    return lambda: below.press(key)

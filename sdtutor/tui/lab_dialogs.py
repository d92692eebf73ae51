"""What the lab asks or tells over its lower panes: calls, faults, settings, texts."""

import shlex
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, ClassVar

from sdtutor.drawing.spans import Line, cells, line, safe
from sdtutor.drawing.wrap import wrap
from sdtutor.errors import UsageError
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.lab_frame import Panel
from sdtutor.tui.lab_panes import band

if TYPE_CHECKING:
    from sdtutor.session.lab_views import EventRow, OfferedCall, Setting
    from sdtutor.tui.lab_screen import LabScreen


class LabDialog(BaseScreen):
    """A list over the lower panes of a lab: the system stays in sight while the learner chooses.

    Args:
        lab: The lab below.
        heading: What is chosen.
    """

    KEYS = "palette"
    NOTE: ClassVar[str] = "Esc goes back"
    """Stands at the right end of the divider above the list."""

    def __init__(self, lab: "LabScreen", heading: str) -> None:
        super().__init__()
        self.lab = lab
        self.heading = heading
        self.cursor = 0

    def choices(self) -> Sequence[Line]:
        """Return a row for each choice."""
        raise NotImplementedError

    def choose(self) -> None:
        """Do what the choice at the cursor means."""
        raise NotImplementedError

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the lab with the list over it."""
        choices = self.choices()
        shown = tuple(
            band(line(" ▸ ", *row), "cursor", columns) if index == self.cursor else line("   ", *row)
            for index, row in enumerate(choices)
        )
        return self.lab.sheet(columns, rows, Panel(self.heading, shown, self.cursor, self.NOTE))

    def has_rule(self) -> bool:
        """Tell whether a rule stands above the footer, as in the lab."""
        return self.lab.has_rule()

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        can_move = {"choose_up", "choose_down"} if len(self.choices()) > 1 else set()
        return can_move | ({"open"} if self.choices() else set())

    def press(self, pressed: str, character: str | None = None) -> None:
        """Let ↑ and ↓ choose while a line is typed, and Esc close both at once."""
        if self.entry is not None and pressed in ("up", "down"):
            self.move(1 if pressed == "down" else -1)
            self.draw()
        elif self.entry is not None and pressed == "escape":
            self.entry = None
            self.do_up_level()
        else:
            super().press(pressed, character)

    def move(self, by: int) -> None:
        """Choose another row."""
        self.cursor = (self.cursor + by) % max(1, len(self.choices()))

    def do_choose_down(self) -> None:
        """Choose the row below."""
        self.move(1)

    def do_choose_up(self) -> None:
        """Choose the row above."""
        self.move(-1)

    def do_open(self) -> None:
        """Take the row at the cursor."""
        self.choose()


class CallDialog(LabDialog):
    """The operations that can be called, with values to edit; those offered first are the example."""

    NOTE = "Enter calls, Esc goes back"

    def __init__(self, lab: "LabScreen") -> None:
        super().__init__(lab, "call an operation")
        self._offers = lab.session.offered_calls()
        self._ask()

    def choices(self) -> Sequence[Line]:
        """Return who can be asked for what."""
        widest = max((cells(offer.label) for offer in self._offers), default=0)
        return [
            line(
                (offer.label.ljust(widest), "strong"),
                f"   {offer.operation}  ",
                ("  ".join(offer.arguments), "dim"),
            )
            for offer in self._offers
        ]

    def move(self, by: int) -> None:
        """Choose another call and offer its example."""
        super().move(by)
        self._ask()

    def _ask(self, text: str | None = None) -> None:
        if self._offers:
            offer = self._offers[self.cursor]
            offered = " ".join(offer.example) if text is None else text
            self.type_line(f"{offer.label}: {offer.operation}", self._call, offered)

    def choose(self) -> None:
        """Call with the example, which is what an untouched line holds."""
        self._ask()

    def _call(self, text: str) -> None:
        offer = self._offers[self.cursor]
        try:
            self.lab.session.call(offer.node, offer.operation, _values(text, offer))
        except UsageError:
            self._ask(text)
            raise
        self.app.pop_screen()


def _values(text: str, offer: "OfferedCall") -> tuple[str, ...]:
    """Return the values of a typed line; a quoted one may contain spaces."""
    try:
        values = tuple(shlex.split(text))
    except ValueError as error:
        raise UsageError(f'"{text}" cannot be read: {error}.', "Close the quote.") from None
    if len(values) != len(offer.arguments):
        wanted = ", ".join(offer.arguments) or "no values"
        raise UsageError(f"{offer.operation} takes {wanted}.", "Separate values by spaces.")
    return values


class FaultDialog(LabDialog):
    """The kinds of faults that can happen here, then what each can hit."""

    def __init__(self, lab: "LabScreen") -> None:
        super().__init__(lab, "break something")
        self._kinds: dict[str, list[EventRow]] = {}
        for row in lab.session.faults():
            self._kinds.setdefault(row.kind, []).append(row)
        self._kind = ""

    def choices(self) -> Sequence[Line]:
        """Return the kinds, or the targets of the one that was chosen."""
        if not self._kinds:
            return [line(("nothing can be broken here; go on by an event first", "dim"))]
        if self._kind:
            return [
                line(safe(row.title), "   ", (safe(row.detail), "dim")) for row in self._kinds[self._kind]
            ]
        return [
            line((f"{kind:<10}", "strong"), (_targets(rows), "dim")) for kind, rows in self._kinds.items()
        ]

    def choose(self) -> None:
        """Take a kind, then let the fault happen."""
        if not self._kinds:
            self.app.pop_screen()
        elif not self._kind:
            self._kind, self.cursor = list(self._kinds)[self.cursor], 0
            self.heading = f"break something: {self._kind}"
        else:
            self.lab.session.run_text(self._kinds[self._kind][self.cursor].event)
            self.app.pop_screen()

    def do_up_level(self) -> None:
        """Go back to the kinds, then to the lab."""
        if self._kind:
            self.cursor = list(self._kinds).index(self._kind)
            self._kind, self.heading = "", "break something"
        else:
            super().do_up_level()


def _targets(rows: "Sequence[EventRow]") -> str:
    """Return what a kind of fault can hit, without saying the kind again."""
    first = safe(rows[0].title).removeprefix(f"{rows[0].kind} ")
    detail = f" {safe(rows[0].detail)}" if rows[0].detail else ""
    others = f", and {len(rows) - 1} more" if len(rows) > 1 else ""
    return f"{first}{detail}{others}"


class SettingDialog(LabDialog):
    """The settings of a lab; a new value begins the run again."""

    def __init__(self, lab: "LabScreen") -> None:
        super().__init__(lab, "settings: a new value begins the run again")
        self._settings = lab.session.settings()
        self._chosen: Setting | None = None

    def choices(self) -> Sequence[Line]:
        """Return the settings, or the values of the one that was chosen."""
        if self._chosen:
            return [line(word) for word in self._chosen.words]
        widest = max(cells(setting.name) for setting in self._settings)
        return [
            line(
                (setting.name.ljust(widest), "strong"),
                f" = {safe(setting.value)}",
                (f"   {setting.help}", "dim"),
            )
            for setting in self._settings
        ]

    def choose(self) -> None:
        """Take a setting, then its value."""
        setting = self._chosen or self._settings[self.cursor]
        if self._chosen:
            self._set(setting.words[self.cursor])
        elif setting.words:
            self._chosen, self.heading = setting, f"settings: {setting.name}"
            self.cursor = setting.words.index(setting.value) if setting.value in setting.words else 0
        else:
            self.type_line(f"{setting.name} = ", self._set, setting.value)

    def _set(self, value: str) -> None:
        setting = self._chosen or self._settings[self.cursor]
        self.lab.session.set(setting.name, value.strip())
        self.app.pop_screen()

    def do_up_level(self) -> None:
        """Go back to the settings, then to the lab."""
        if self._chosen:
            self.cursor = self._settings.index(self._chosen)
            self._chosen, self.heading = None, "settings: a new value begins the run again"
        else:
            super().do_up_level()


class TextDialog(LabDialog):
    """A text over the lower panes of the lab.

    Args:
        lab: The lab below.
        heading: What it is.
        text: Returns its lines for a width.
    """

    KEYS = "help"

    def __init__(self, lab: "LabScreen", heading: str, text: Callable[[int], Sequence[Line]]) -> None:
        super().__init__(lab, heading)
        self._text = text

    def choices(self) -> Sequence[Line]:
        """Return the lines."""
        return self._text(self.size.width)

    def body(self, columns: int, rows: int) -> Sequence[Line]:
        """Return the lab with the text over it."""
        shown = tuple(self._text(columns))
        top = min(self.cursor, max(0, len(shown) - 1))
        note = f"line {top + 1} of {len(shown)}  {self.NOTE}"
        return self.lab.sheet(columns, rows, Panel(self.heading, shown[top:], 0, note))

    def working_keys(self) -> Collection[str]:
        """Return what can be done now."""
        return {"scroll_down", "scroll_up", "page_down", "page_up", "top", "bottom"}

    def _scroll(self, by: int) -> None:
        last = len(self._text(self.size.width)) - 1
        self.cursor = max(0, min(last, self.cursor + by))

    def do_scroll_down(self) -> None:
        """Scroll one line down."""
        self._scroll(1)

    def do_scroll_up(self) -> None:
        """Scroll one line up."""
        self._scroll(-1)

    def do_page_down(self) -> None:
        """Scroll a page down."""
        self._scroll(self.size.height // 3)

    def do_page_up(self) -> None:
        """Scroll a page up."""
        self._scroll(-(self.size.height // 3))

    def do_top(self) -> None:
        """Go to the first line."""
        self.cursor = 0

    def do_bottom(self) -> None:
        """Go to the last lines."""
        self._scroll(10_000)

    def choose(self) -> None:
        """Close it."""
        self.close()


def sentences(said: Sequence[str], columns: int) -> tuple[Line, ...]:
    """Return sentences as lines, each from the left edge on; what is indented stays indented."""
    rows: list[Line] = []
    for sentence in said:
        indent = " " * (len(sentence) - len(sentence.lstrip()) + 1)
        rows += wrap(line(safe(sentence.strip())), columns - 1, indent, indent)
    return tuple(rows)


def headed(parts: Sequence[tuple[str, str]], columns: int) -> tuple[Line, ...]:
    """Return texts as lines, each behind its heading."""
    widest = max((cells(heading) for heading, _ in parts), default=0)
    rows: list[Line] = []
    for heading, text in parts:
        body = wrap(line(safe(text)), min(columns - 1, widest + 76), " " * (widest + 4), " " * (widest + 4))
        first = line(" ", (heading.ljust(widest), "title"), "   ", *body[0][1:])
        rows += [first, *body[1:]]
    return tuple(rows)

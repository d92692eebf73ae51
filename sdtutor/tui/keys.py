"""The one table of keys: dispatch, footer, help, palette and docs/keys.md all come from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sdtutor.drawing.spans import Line, Role, line, width

DIGITS = tuple("1234567890")
_FULL = (
    "home",
    "topic",
    "lesson",
    "lab",
    "find",
    "branches",
    "diagram",
    "measures",
    "quiz",
    "search",
    "progress",
    "interviews",
    "report",
    "claims",
    "load",
    "comparison",
)
_STEERED = (*_FULL, "help", "palette")
_TYPED = ("interview", "whiteboard")
"""Screens whose letters are text; Esc, Tab, arrows and commands that begin with a slash steer them."""
EVERYWHERE = (*_STEERED, *_TYPED)
MOST_IN_FOOTER = 9
"""More keys than this are not read; the rest stands behind ``?``."""


@dataclass(frozen=True, slots=True)
class Key:
    """One action and the keys that run it.

    Args:
        action: Its name; the screen's method is ``do_<action>``.
        keys: What is pressed: a printed character, or Textual's name of a key.
        shown: The keys as the footer shows them; it may show those of a pair of actions at once.
        label: One or two words for the footer; empty keeps it out of there, save a command that is typed.
        help: What it does, in a phrase.
        screens: Names of the screens that have it.
        priority: Which keys stay when the footer is short: lower stays longer.
        tells_key: Whether the action is told which of its keys was pressed.
    """

    action: str
    keys: tuple[str, ...]
    shown: str
    label: str
    help: str
    screens: tuple[str, ...]
    priority: int = 50
    tells_key: bool = False

    @property
    def names(self) -> str:
        """The keys of this action as a person reads them: ``↓ j``."""
        if self.keys == DIGITS:
            return self.shown
        return " ".join(_NAMES.get(key, key) for key in self.keys)

    @property
    def is_shown(self) -> bool:
        """Whether the footer may show it; a command that is typed says itself what it does."""
        return bool(self.label) or self.shown.startswith("/")


_NAMES = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "Enter",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "escape": "Esc",
    "f1": "F1",
    "ctrl+c": "Ctrl-C",
    "ctrl+p": "Ctrl-P",
}
_LISTS = ("home", "topic", "search", "progress", "interviews")
_SCROLLED = ("lesson", "help", "diagram", "measures", "report", "load", "comparison")
_PAGED = (*_SCROLLED, "branches")
TABLE = (
    # Home and lists
    Key("up", ("up", "k"), "↑", "", "move up", (*_LISTS, "branches", "find"), 40),
    Key("down", ("down", "j"), "↑↓", "move", "move down", (*_LISTS, "branches", "find"), 11),
    Key("choose_up", ("up",), "↑", "", "move up", ("palette",), 40),
    Key("choose_down", ("down",), "↑↓", "move", "move down", ("palette",), 11),
    Key("open", ("enter",), "Enter", "open", "open what is under the cursor", _LISTS, 10),
    Key("open", ("enter",), "Enter", "choose", "take what is under the cursor", ("palette",), 10),
    Key("open", ("enter",), "Enter", "look at it", "look at that branch", ("branches",), 10),
    Key("resume", ("c",), "c", "continue", "continue where you stopped", ("home",), 12),
    Key(
        "start_row",
        tuple("rltgsp"),
        "r l t g s p",
        "",
        "that row of what to do now",
        ("home",),
        60,
        tells_key=True,
    ),
    Key("progress", ("o",), "o", "progress", "how far you are", ("home",), 50),
    Key("interview", ("i",), "i", "interview", "a mock interview, or the one that you left", ("home",), 30),
    Key("interviews", ("I",), "I", "", "choose a mock interview", ("home", "progress"), 60),
    Key("topic", DIGITS, "1-0", "", "what there is on this topic", ("home",), 60, tells_key=True),
    # Lesson
    Key("guess", DIGITS, "1-9", "guess", "commit to a guess", ("lesson",), 5, tells_key=True),
    Key("open_lab", ("enter",), "Enter", "run it", "open the lab at this paragraph", ("lesson",), 10),
    Key("page_down", ("space", "pagedown"), "Space", "page", "the next page", _PAGED, 11),
    Key("page_up", ("pageup", "B"), "PgUp", "", "the page before", _PAGED, 52),
    Key("scroll_down", ("down", "j"), "↑↓", "scroll", "one line down", _SCROLLED, 20),
    Key("scroll_up", ("up", "k"), "↑", "", "one line up", _SCROLLED, 51),
    Key("next_section", ("n",), "n N", "section", "the next section", ("lesson",), 15),
    Key("previous_section", ("N",), "N", "", "the section before", ("lesson",), 53),
    Key("contents", ("t",), "t", "contents", "the sections of this lesson", ("lesson",), 16),
    Key(
        "next_link", ("tab",), "Tab", "next link", "the next place from which the lab opens", ("lesson",), 21
    ),
    Key("start_quiz", ("c",), "c", "quiz", "the questions on this lesson", ("lesson",), 14),
    Key("top", ("home",), "Home", "", "the beginning", _SCROLLED, 60),
    Key("bottom", ("end",), "End", "", "the end", _SCROLLED, 60),
    # Quiz
    Key("digit", DIGITS, "1-9", "choose", "choose an option", ("quiz",), 10, tells_key=True),
    Key("write", ("e",), "e", "edit", "type the answer", ("quiz",), 10),
    Key("think", ("enter",), "Enter", "think so", "answer: I think so", ("quiz",), 11),
    Key("sure", ("+",), "+", "sure", "answer: I am sure", ("quiz",), 12),
    Key("unsure", ("-",), "-", "guess", "answer: a guess", ("quiz",), 13),
    Key(
        "next_question",
        ("enter", "space"),
        "Enter",
        "go on",
        "the next question, or out at the end",
        ("quiz",),
        10,
    ),
    Key("undo", ("u",), "u", "undo", "take the answer back until the next question", ("quiz",), 20),
    Key("see_lab", ("l",), "l", "see it run", "the lab that shows it", ("quiz",), 14),
    Key("report", ("!",), "!", "report", "report a problem with this question", ("quiz",), 30),
    Key("quiz_down", ("down", "j"), "↑↓", "scroll", "one line down", ("quiz",), 25),
    Key("quiz_up", ("up", "k"), "↑", "", "one line up", ("quiz",), 51),
    # Lab
    Key("run", ("right",), "→", "run", "run the event at the cursor", ("lab", "diagram"), 10),
    Key(
        "enter",
        ("enter",),
        "Enter",
        "go on",
        "run the event; at the end, what comes next",
        ("lab",),
        24,
    ),
    Key("back", ("left",), "←", "back", "one step back", ("lab", "diagram"), 11),
    Key("event_down", ("down", "j"), "↑↓", "choose", "choose another event", ("lab", "diagram"), 12),
    Key("event_up", ("up", "k"), "↑", "", "choose another event", ("lab", "diagram"), 51),
    Key("number", DIGITS, "1-9", "", "run that event, or answer the question", ("lab",), 40, tells_key=True),
    Key("number", DIGITS, "1-9", "", "run that event", ("diagram",), 40, tells_key=True),
    Key("line_back", (",",), ",", "", "one line of code back", ("lab",), 52),
    Key("line_on", (".",), ", .", "line", "one line of code on", ("lab",), 17),
    Key("play", ("space",), "space", "play", "run on until it rests or a key is pressed", ("lab",), 18),
    Key("calls", ("a",), "a", "call", "call an operation with your own values", ("lab",), 13),
    Key("faults", ("x",), "x", "faults", "drop, duplicate, crash, cut a link", ("lab",), 19),
    Key(
        "find",
        ("f",),
        "f",
        "find",
        "find the shortest way to break the promise, or that there is none",
        ("lab",),
        14,
    ),
    Key("open", ("enter",), "Enter", "go on", "search; then walk through what was found", ("find",), 10),
    Key("more", ("right",), "→", "", "allow one more of it", ("find",), 51),
    Key("less", ("left",), "← →", "change", "allow one less of it", ("find",), 12),
    Key("others", ("o", "f"), "o", "other searches", "other promises, other bounds", ("find",), 13),
    Key("variant", ("v",), "v", "variant", "the other implementation, same order of events", ("lab",), 16),
    Key("ask", ("g",), "g", "guess", "guess what comes before you see it", ("lab",), 26),
    Key("hint", ("h",), "h", "hint", "a hint for the goal", ("lab",), 15),
    Key("next_goal", ("n",), "n", "next goal", "the next goal", ("lab",), 25),
    Key("settings", ("s",), "s", "settings", "the lab's settings", ("lab",), 30),
    Key("branches", ("b",), "b", "branches", "the orders that you have tried", ("lab",), 31),
    Key(
        "keep_rest",
        ("r",),
        "r",
        "keep",
        "keep the rest of the branch that you left",
        ("lab", "branches"),
        12,
    ),
    Key("measures", ("m",), "m", "measures", "what was measured", ("lab",), 32),
    Key("locals", ("l",), "l", "variables", "show or hide the variables", ("lab",), 33),
    Key("go_to", ("t",), "t", "step", "go to a step", ("lab",), 34),
    Key("zoom", ("z",), "z", "zoom", "one pane over the whole screen", ("lab",), 23),
    Key("copy", ("y",), "y", "copy", "copy the command that makes this run", ("lab",), 35),
    Key("diagram", ("d",), "d", "diagram", "the run as a space-time diagram", ("lab",), 20),
    Key("close_diagram", ("d",), "d", "lab", "back to the lab", ("diagram",), 12),
    Key("copy_diagram", ("y",), "y", "copy", "copy the diagram as text", ("diagram",), 21),
    Key("words", ("w",), "w", "words", "the lab in words", ("lab",), 36),
    Key("fidelity", ("i",), "i", "fidelity", "what is real here and what is simulated", ("lab",), 37),
    Key("sweep", ("s",), "s", "sweep", "run it many times: other values, other seeds", ("measures",), 10),
    Key("compare", ("c",), "c", "compare", "this run beside the other version", ("measures",), 11),
    # Interview
    Key("length", ("m",), "m", "minutes", "10, 25 or 45 minutes", ("interviews",), 12),
    Key("level", ("l",), "l", "level", "mid or senior", ("interviews",), 13),
    Key("clock", ("c",), "c", "clock", "the clock: as it is, slower, or none", ("interviews",), 14),
    Key(
        "past",
        ("p",),
        "p",
        "report",
        "the report on your last interview on this problem",
        ("interviews",),
        15,
    ),
    Key("send", ("enter",), "Enter", "send", "send it; \\ before Enter goes on below", ("interview",), 1),
    Key("slash_next", ("/next",), "/next", "", "the next stage; in the last one, the end", ("interview",), 4),
    Key("slash_draw", ("/draw",), "/draw", "", "the whiteboard", ("interview",), 5),
    Key("slash_pad", ("/pad",), "/pad", "", "calculate: /pad 100M links / month * 500 B", ("interview",), 6),
    Key("slash_hint", ("/hint",), "/hint", "", "a hint; it costs up to one level", ("interview",), 7),
    Key("slash_load", ("/simulate",), "/simulate", "", "run the whiteboard under load", ("interview",), 8),
    Key("slash_pause", ("/pause",), "/pause", "", "stop the clock", ("interview",), 9),
    Key("slash_help", ("/help",), "/help", "", "everything that you can type", ("interview",), 3),
    Key("complete", ("tab",), "Tab", "", "complete a command", ("interview",), 50),
    Key("recall_up", ("up",), "↑", "", "a row up; what you sent before", ("interview",), 51),
    Key("recall_down", ("down",), "↓", "", "a row down; what you sent after it", ("interview",), 51),
    Key("chat_up", ("pageup",), "PgUp", "", "what was said before", ("interview",), 52),
    Key("chat_down", ("pagedown",), "PgDn", "", "what was said after it", ("interview",), 52),
    Key(
        "leave_interview", ("escape",), "Esc", "leave", "leave; it waits for you as it is", ("interview",), 2
    ),
    Key(
        "keep_drawing",
        ("escape",),
        "Esc",
        "done",
        "back to the interview; the drawing is kept",
        ("whiteboard",),
        1,
    ),
    Key("new_line", ("enter",), "Enter", "new line", "a new line", ("whiteboard",), 4),
    Key("whole", ("tab",), "Tab", "larger", "the picture alone, the text alone, or both", ("whiteboard",), 3),
    Key("settings", ("?",), "?", "what you can write", "what you can write", ("whiteboard",), 2),
    Key("claims", ("c",), "c", "confirm", "confirm what your words were taken for", ("report",), 10),
    Key("model", ("m",), "m", "compare", "beside a strong answer", ("report",), 11),
    Key("simulate", ("s",), "s", "load", "your drawing under load", ("report",), 12),
    Key("export", ("e",), "e", "export", "write the report as Markdown and HTML", ("report",), 13),
    Key("retake", ("r",), "r", "retake", "the same interview again", ("report",), 14),
    Key("yes", ("y", "enter"), "y", "yes", "I meant that", ("claims",), 10),
    Key("no", ("n",), "n", "no", "I did not mean that; it then earns nothing", ("claims",), 11),
    Key("undo", ("u",), "u", "undo", "go back to the one before", ("claims",), 12),
    # Everywhere
    Key("next_pane", ("tab",), "Tab", "pane", "the next pane, where only one fits", _STEERED, 4),
    Key("search", ("/",), "/", "search", "search this screen; on home, everything", _FULL, 28),
    Key("palette", (":", "ctrl+p"), ":", "commands", "every command by name", _FULL, 29),
    Key("help", ("?", "f1"), "?", "help", "all keys of this screen", _FULL, 1),
    Key("up_level", ("escape",), "Esc", "", "up one level; nothing typed is lost", _STEERED, 45),
    Key("quit", ("q",), "q", "quit", "back; on the outermost screen, quit", (*_FULL, "help"), 0),
    Key("interrupt", ("ctrl+c",), "Ctrl-C", "", "copy what is selected; else save and leave", EVERYWHERE, 99),
)


def keys_of(screen: str) -> tuple[Key, ...]:
    """Return the keys of a screen, in the order of the table."""
    return tuple(key for key in TABLE if screen in key.screens)


def find(screen: str, pressed: str, working: Iterable[str]) -> Key | None:
    """Return the key that a press means on a screen, or None.

    Args:
        screen: Its name.
        pressed: The character, or Textual's name of the key.
        working: Actions that can run now.
    """
    can = set(working)
    return next((key for key in keys_of(screen) if pressed in key.keys and key.action in can), None)


def footer(screen: str, working: Iterable[str], columns: int, *, outermost: bool) -> Line:
    """Return the row of keys that work now: at most nine, by priority, none of them cut.

    Args:
        screen: Its name.
        working: Actions that can run now.
        columns: Width.
        outermost: Whether ``q`` leaves the program.
    """
    can = set(working)
    labelled = [key for key in keys_of(screen) if key.is_shown and key.action in can]
    kept: list[Key] = []
    for key in sorted(labelled, key=lambda key: key.priority)[:MOST_IN_FOOTER]:
        if width(_row([*kept, key], outermost)) <= columns:
            kept.append(key)
    return _row([key for key in labelled if key in kept], outermost)


def _row(keys: Iterable[Key], outermost: bool) -> Line:
    parts: list[str | tuple[str, Role]] = []
    for key in keys:
        label = "back" if key.action == "quit" and not outermost else key.label
        parts += [("  " if parts else " "), (key.shown, "key"), f" {label}" if label else ""]
    return line(*parts)


def keys_markdown() -> str:
    """Return docs/keys.md: one table for each screen."""
    parts = ["# Keys\n\nMade from `sdtutor/tui/keys.py`; every key also stands in the palette (`:`).\n"]
    for screen in (*_FULL, *_TYPED):
        rows = [f"| `{key.names}` | {key.help} |" for key in keys_of(screen)]
        parts.append("\n".join([f"## {screen}\n", "| key | what it does |", "|---|---|", *rows, ""]))
    return "\n".join(parts)

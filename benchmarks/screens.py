"""How fast the screens open and answer, beside a bare Textual app in the same minutes.

The programs take turns, so that whatever else the machine does meets all of them. A key is pressed the moment
the first whole frame is there: a program that paints early and loads behind it gains nothing by that.
"""

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure
from benchmarks.terminal import COLUMNS, ROWS, Terminal

PRESSES = 20
"""Keys pressed at each launch, each after 60 ms of silence."""
SIZE = f"{COLUMNS}x{ROWS}"
IDLE = 5.0
"""Seconds without a key in which idle CPU is measured."""
RIGHT, DOWN, UP = "\x1b[C", "\x1b[B", "\x1b[A"


@dataclass
class Program:
    """One of the programs that are compared.

    Args:
        name: How the table calls it.
        command: What starts it.
        shows: Texts that its first whole frame has.
        keys: Pressed in turn; each changes the screen.
    """

    name: str
    command: Sequence[str]
    shows: Sequence[str]
    keys: Sequence[str]
    interactive: list[float] = field(default_factory=list)
    pressed: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)


def sdtutor(*arguments: str) -> list[str]:
    """The command as it was installed beside this Python."""
    return [str(Path(sys.executable).with_name("sdtutor")), *arguments]


def programs() -> tuple[Program, Program, Program]:
    """The bare app, home and the lab."""
    bare = Path(__file__).with_name("programs") / "bare_app.py"
    return (
        Program("bare", [sys.executable, str(bare)], ["count 0", "Quit"], [" "]),
        Program("home", sdtutor(), ["sdtutor", "Caching", "quit"], [DOWN, UP]),
        Program("lab", sdtutor("lab", "weighted_round_robin"), ["HOLDS", "next", "quit"], [RIGHT]),
    )


def measure(rounds: int) -> Iterator[Figure]:
    """Run each program that often, in turns; yield the figures."""
    bare, home, lab = programs()
    for number in range(rounds):
        for program in (bare, home, lab):
            launch(program, rest=number == rounds - 1)
    for program, title in ((home, "home"), (lab, "`lab weighted_round_robin`")):
        yield _compared(f"{title}: launch to first answered key", program.interactive, bare.interactive, 1.5)
        yield _compared(f"{title}: a key, p50", program.pressed, bare.pressed, 2.0)
    for program, title in ((home, "home"), (lab, "lab")):
        spent, other = (f"{median(each.idle) * 1000:.0f} ms of CPU" for each in (program, bare))
        yield Figure(f"{title}: left alone for 5 s", spent, f"bare Textual app: {other}", budget="50 ms")


def launch(program: Program, rest: bool) -> None:
    """Launch a program once and press its keys.

    Args:
        program: Which; the figures are added to it.
        rest: Whether to leave it alone for a while, too.
    """
    keys = itertools.cycle(program.keys)
    with tempfile.TemporaryDirectory() as home:
        terminal = Terminal(program.command, _environment(home))
        try:
            ready = terminal.wait_for(lambda text: all(shown in text for shown in program.shows))
            program.interactive.append(ready + terminal.press(next(keys)) - terminal.started)
            terminal.settle()
            if rest:
                program.idle.append(terminal.idle(IDLE))
            for _ in range(PRESSES):
                program.pressed.append(terminal.press(next(keys)))
                terminal.settle(0.06)
        finally:
            terminal.leave()


def _environment(home: str) -> dict[str, str]:
    """A new learner in an ordinary terminal."""
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    shown = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    return {**kept, **shown, "HOME": home, "SDTUTOR_HOME": home}


def _compared(what: str, ours: list[float], bare: list[float], budget: float) -> Figure:
    one, other = median(ours), median(bare)
    beside = f"bare Textual app: {_milliseconds(other)}"
    return Figure(what, _milliseconds(one), beside, one / other, budget)


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"

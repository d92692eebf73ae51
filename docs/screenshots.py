"""Makes the pictures of the README from the real app: ``python docs/screenshots.py [FOLDER]``.

Each picture is a screen of the app at work, played key by key on a new learner's home, as SVG.
"""

import asyncio
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from textual.events import Paste
from textual.pilot import Pilot

from sdtutor import __version__
from sdtutor.session.tutor import Tutor
from sdtutor.tui.app import TutorApp
from sdtutor.tui.find_screen import FindScreen
from sdtutor.tui.home_screen import HomeScreen
from sdtutor.tui.interview_screen import InterviewScreen

IMAGES = Path(__file__).parent / "images"
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

TO_THE_LIE = ("enter", "down", *["right"] * 7, "a", "enter", "1", "right")
"""The first five minutes, up to the stale read."""

ANSWER = "answer"
"""Not a key: wait until a search has its answer."""

PASTE, WAIT = "paste ", "wait "
"""Not keys: a text to paste, and seconds that the clock of an interview moves on."""

DRAWING = "client -> lb*2 -> app*4\napp -> cache*2\napp -> db(primary, replicas=2, async)\n"
TO_THE_WHITEBOARD = (
    *("i", f"{WAIT}12", f"{PASTE}How many new links a month, and how many clicks for each?", "enter"),
    *(f"{WAIT}25", f"{PASTE}How long do links live?", "enter"),
    *(f"{WAIT}50", f"{PASTE}Redirects: p99 under 100 ms, 99.99 % of the time. Accounts are out of scope."),
    *("enter", f"{PASTE}/next", "enter"),
    *(f"{WAIT}20", f"{PASTE}/pad redirects: 100M links / month * 100", "enter"),
    *(
        f"{WAIT}40",
        f"{PASTE}4,000 reads and 40 writes a second: one primary takes the writes, a cache the reads.",
    ),
    *("enter", f"{PASTE}/next", "enter", f"{WAIT}15", f"{PASTE}/draw", "enter", f"{PASTE}{DRAWING}"),
)
TO_THE_DESIGN = (
    *TO_THE_WHITEBOARD,
    *(
        "escape",
        ANSWER,
        f"{WAIT}70",
        f"{PASTE}A click goes through lb and app to the cache; a miss reads a replica.",
    ),
    *("enter", ANSWER, f"{WAIT}20", f"{PASTE}Links never change, so I expect a hit ratio of 90 %", ANSWER),
)
"""A mock interview, up to the high-level design."""

SHOTS = {
    "home": ((80, 24), ()),
    "lab": ((120, 40), (*TO_THE_LIE, "l")),
    "lab_80x24": ((80, 24), TO_THE_LIE),
    "lab_opening_80x24": ((80, 24), ("enter",)),
    "reference": ((120, 40), (*TO_THE_LIE, "v")),
    "find": ((120, 40), ("enter", "f", ANSWER)),
    "diagram": ((120, 40), (*TO_THE_LIE, "d")),
    "interview": ((120, 40), TO_THE_DESIGN),
    "interview_80x24": ((80, 24), TO_THE_DESIGN),
    "whiteboard_80x24": ((80, 24), TO_THE_WHITEBOARD),
}


def offline(svg: str) -> str:
    """Return a picture that fetches no font: it takes the reader's own monospaced one."""
    svg = re.sub(r"@font-face\s*{[^}]*}", "", svg)
    return svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas")


async def answered(app: TutorApp) -> None:
    """Wait until the search on the screen has ended, or the interviewer has looked at a drawing."""
    while isinstance(app.screen, FindScreen) and app.screen.is_searching:
        await asyncio.sleep(0.05)
    while isinstance(app.screen, InterviewScreen) and app.screen.is_busy:
        await asyncio.sleep(0.05)


async def play(key: str, pilot: Pilot[None], clock: list[float]) -> None:
    """Press a key, or do what stands in its place."""
    screen = pilot.app.screen
    if key == ANSWER:
        await answered(cast("TutorApp", pilot.app))
    elif key.startswith(PASTE):
        screen.post_message(Paste(key.removeprefix(PASTE)))
    elif key.startswith(WAIT):
        clock[0] += float(key.removeprefix(WAIT))
        if isinstance(screen, InterviewScreen):
            screen.tick()
    else:
        await pilot.press(key)
    await pilot.pause()


async def shoot(name: str, folder: Path) -> None:
    """Play one screen and save it."""
    size, keys = SHOTS[name]
    with tempfile.TemporaryDirectory() as home:
        tutor = Tutor.open(environ={"SDTUTOR_HOME": home}, clock=lambda: MORNING)
        clock = [0.0]
        tutor.desk.monotonic = lambda: clock[0]
        app = TutorApp(tutor, HomeScreen())
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for key in keys:
                await play(key, pilot, clock)
            picture = offline(app.export_screenshot(title=f"sdtutor {__version__}"))
            (folder / f"{name}.svg").write_text(picture, encoding="utf-8")


def main() -> None:
    """Save every picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    for name in SHOTS:
        asyncio.run(shoot(name, folder))
        print(folder / f"{name}.svg")


if __name__ == "__main__":
    main()

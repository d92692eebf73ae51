"""Makes the pictures of the README from the real app: ``python docs/screenshots.py [FOLDER]``.

Each picture is a screen of the app at work, played key by key on a new learner's home, as SVG.
"""

import asyncio
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sdtutor import __version__
from sdtutor.session.tutor import Tutor
from sdtutor.tui.app import TutorApp
from sdtutor.tui.find_screen import FindScreen
from sdtutor.tui.home_screen import HomeScreen

IMAGES = Path(__file__).parent / "images"
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

TO_THE_LIE = ("enter", "down", *["right"] * 7, "a", "enter", "1", "right")
"""The first five minutes, up to the stale read."""

ANSWER = "answer"
"""Not a key: wait until a search has its answer."""

SHOTS = {
    "home": ((80, 24), ()),
    "lab": ((120, 40), (*TO_THE_LIE, "l")),
    "lab_80x24": ((80, 24), TO_THE_LIE),
    "lab_opening_80x24": ((80, 24), ("enter",)),
    "reference": ((120, 40), (*TO_THE_LIE, "v")),
    "find": ((120, 40), ("enter", "f", ANSWER)),
    "diagram": ((120, 40), (*TO_THE_LIE, "d")),
}


def offline(svg: str) -> str:
    """Return a picture that fetches no font: it takes the reader's own monospaced one."""
    svg = re.sub(r"@font-face\s*{[^}]*}", "", svg)
    return svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas")


async def answered(app: TutorApp) -> None:
    """Wait until the search on the screen has ended."""
    while isinstance(app.screen, FindScreen) and app.screen.is_searching:
        await asyncio.sleep(0.05)


async def shoot(name: str, folder: Path) -> None:
    """Play one screen and save it."""
    size, keys = SHOTS[name]
    with tempfile.TemporaryDirectory() as home:
        tutor = Tutor.open(environ={"SDTUTOR_HOME": home}, clock=lambda: MORNING)
        app = TutorApp(tutor, HomeScreen())
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for key in keys:
                if key == ANSWER:
                    await answered(app)
                else:
                    await pilot.press(key)
                await pilot.pause()
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

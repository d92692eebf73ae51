"""Interviews on the screen with a clock that only tests move."""

from sdtutor.content.roots import content_root
from sdtutor.session.tutor import Tutor
from sdtutor.tui.interview_screen import InterviewScreen
from sdtutor.tui.whiteboard_screen import WhiteboardScreen

GOOD = "client -> lb*2 -> app*4\napp -> cache*2\napp -> db(primary, replicas=2, async)"
PATIENCE = 400
"""Looks at a screen, a hundredth of a second apart, before a test gives up."""


class Seconds:
    """A monotonic clock."""

    def __init__(self, now=0.0):
        self.now = now

    def __call__(self):
        return self.now


def open_tutor(home, clock):
    """Return a tutor over the real problems."""
    opened = Tutor.open(content_root(), {"SDTUTOR_HOME": str(home)})
    opened.desk.monotonic = clock
    return opened


async def until(pilot, is_so):
    """Wait until something is so."""
    for _ in range(PATIENCE):
        await pilot.pause(0.01)
        if is_so():
            return
    raise AssertionError("waited in vain")


def is_busy(screen):
    """Tell whether a screen waits for work in the background."""
    if isinstance(screen, InterviewScreen):
        return screen._job is not None or bool(screen._waiting)
    return getattr(screen, "is_measuring", False) or getattr(screen, "is_scoring", False)


async def at_rest(app, pilot):
    """Wait until no screen has work in the background."""
    await until(pilot, lambda: not any(map(is_busy, app.screen_stack)))
    await pilot.pause()


async def send(app, pilot, text):
    """Paste a text into the input of an interview and send it."""
    app.screen.paste(text)
    await pilot.press("enter")
    await at_rest(app, pilot)


async def draw(app, pilot, text):
    """Open the whiteboard, put a drawing on it, come back."""
    await send(app, pilot, "/draw")
    board = app.screen
    assert isinstance(board, WhiteboardScreen)
    board.text.replace(text)
    board.draw()
    await pilot.press("escape")
    await at_rest(app, pilot)

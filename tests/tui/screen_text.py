"""The text that a running app shows, read from the strips that its panes draw."""

from typing import Any

from textual.geometry import Region


def screen_text(app: Any) -> str:
    """Return the rows of the screen on top, as drawn, without trailing spaces."""
    page = app.screen.page
    region = Region(0, 0, page.size.width, page.size.height)
    return "\n".join(strip.text.rstrip() for strip in page.render_lines(region))

"""The one widget of the tutor: rows of spans, drawn as prebuilt strips."""

from collections.abc import Iterable, Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from sdtutor.drawing.ascii import to_ascii
from sdtutor.drawing.spans import Line, Role, fit, plain
from sdtutor.tui.theme import ThemeName, styles

_SELECTED = Style(reverse=True)


class Pane(Widget):
    """Rows of spans from the top; only those in sight are ever turned into strips.

    Args:
        theme: Which set of styles to draw with.
        ascii_only: Whether the terminal shows ASCII only.
    """

    DEFAULT_CSS = "Pane { width: 1fr; height: 1fr; }"

    def __init__(self, theme: ThemeName = "dark", *, ascii_only: bool = False) -> None:
        super().__init__()
        self._styles: Mapping[Role, Style] = styles(theme)
        self._ascii_only = ascii_only
        self._rows: Sequence[Line] = ()
        self._strips: dict[int, tuple[Line, int, Strip]] = {}

    @property
    def rows(self) -> Sequence[Line]:
        """The rows, those out of sight included."""
        return self._rows

    def set_theme(self, theme: ThemeName) -> None:
        """Draw everything again in another theme."""
        self._styles = styles(theme)
        self._strips.clear()
        self.refresh()

    def set_lines(self, rows: Iterable[Line]) -> None:
        """Show other rows; what did not change is not drawn again, and no layout happens.

        Args:
            rows: What to show; a row that is too wide is clipped.
        """
        before = [self._row(y) for y in range(self.size.height)]
        self._rows = tuple(rows)
        changed = [y for y, row in enumerate(before) if row != self._row(y)]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _row(self, y: int) -> Line:
        return self._rows[y] if y < len(self._rows) else ()

    def render_line(self, y: int) -> Strip:
        """Return the strip of one row of the widget."""
        row, columns = self._row(y), self.size.width
        kept = self._strips.get(y)
        if kept is None or kept[0] != row or kept[1] != columns:
            kept = self._strips[y] = (row, columns, self._strip(row, columns))
        return self._with_selection(kept[2], y)

    def _strip(self, row: Line, columns: int) -> Strip:
        fitted = fit(row, columns)
        if self._ascii_only:
            (fitted,) = to_ascii([fitted])
        segments = [Segment(span.text, self._styles[span.role]) for span in fitted]
        return Strip(segments, columns)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the strips of a region of the widget."""
        # Textual's own version pads, blends and filters each row, of which a pane needs nothing.
        return [self.render_line(y).crop(crop.x, crop.right) for y in range(crop.y, crop.bottom)]

    def _with_selection(self, strip: Strip, y: int) -> Strip:
        selection = self.text_selection
        span = None if selection is None else selection.get_span(y)
        if span is None:
            return strip
        start, end = span[0], strip.cell_length if span[1] < 0 else span[1]
        marked = (Segment(text, (style or Style()) + _SELECTED) for text, style, _ in strip.crop(start, end))
        return Strip([*strip.crop(0, start), *marked, *strip.crop(end)], strip.cell_length)

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """Return the selected text and what separates it from the next widget's."""
        return selection.extract("\n".join(plain(row) for row in self._rows)), "\n"

"""Tables and charts of measures among the lines of a conversation or a report."""

from collections.abc import Iterable
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from sdtutor.cli.surface import Surface

if TYPE_CHECKING:
    from sdtutor.session.measure_views import Shown

_WIDEST = 76


def tell_shown(shown: "Iterable[Shown]", surface: Surface) -> None:
    """Write tables and charts, each under its title.

    Args:
        shown: What to write.
        surface: Where.
    """
    from sdtutor.drawing.charts import Bar, chart
    from sdtutor.session.measure_views import Table

    columns = min(_WIDEST, get_terminal_size().columns - 1)
    for each in shown:
        surface.heading(each.title)
        if isinstance(each, Table):
            surface.rows((each.head, *each.rows))
        else:
            surface.drawing(chart([Bar(*bar) for bar in each.bars], columns, each.unit))

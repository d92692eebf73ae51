"""Searching everything: type words, choose a place."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sdtutor.core.units import count
from sdtutor.tui.list_rows import ListItem
from sdtutor.tui.list_screen import ListScreen

if TYPE_CHECKING:
    from sdtutor.session.views import SearchHit


class SearchScreen(ListScreen):
    """Places in lessons, labs and questions that contain all words."""

    KEYS = "search"

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.hits: tuple[SearchHit, ...] = ()
        self.do_search()

    def heading(self) -> tuple[str, str]:
        """Return what was searched and how many places were found."""
        if not self.words:
            return "Search", ""
        return f"Search: {self.words}", count(len(self.hits), "place") if self.hits else "nothing found"

    def items(self) -> Sequence[ListItem]:
        """Return one row for each place."""
        return tuple(_item(hit) for hit in self.hits)

    def do_search(self) -> None:
        """Type other words."""
        self.type_line("Search everything:", self._find, self.words)

    def _find(self, words: str) -> None:
        self.words, self.cursor = words.strip(), 0
        self.hits = self.tutor.search(self.words)

    def do_open(self) -> None:
        """Open the place under the cursor."""
        hit = self.hits[self.cursor]
        self.tutor_app.open_place(hit.kind, hit.id)


def _item(hit: "SearchHit") -> ListItem:
    # The place in a quiz is the id of a question, which means nothing to a learner.
    return ListItem("", hit.kind, hit.title, hit.place if hit.kind == "lesson" else "", hit.excerpt)

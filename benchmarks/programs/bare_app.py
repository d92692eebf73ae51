"""The smallest Textual app with what every tutorial has: Header, Footer, and a key that changes a Static."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class BareApp(App[None]):
    """Counts how often the space bar is pressed."""

    BINDINGS: ClassVar = [("space", "count", "Count"), ("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static("count 0")
        yield Footer()

    def on_mount(self) -> None:
        self.pressed = 0

    def action_count(self) -> None:
        self.pressed += 1
        self.query_one(Static).update(f"count {self.pressed}")


if __name__ == "__main__":
    BareApp().run()

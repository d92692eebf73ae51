"""The live nodes of a run, kept between steps and made again when the run goes elsewhere."""

from collections.abc import Mapping

from sdtutor.engine.host import Host, Output, revive
from sdtutor.engine.lab import Node
from sdtutor.engine.trace import LineTracer
from sdtutor.engine.world import History, Input


class Nodes:
    """Hosts by name, each with the history that it has lived.

    Args:
        files: Source files whose lines are followed: shown path by real path.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self._live: dict[str, tuple[History | None, Host]] = {}

    def tell(
        self, node: Node, history: History | None, told: Input, tracer: LineTracer | None = None
    ) -> tuple[History, Output]:
        """Tell a node something; return its longer history and what it led to.

        A node whose live host has lived another history than the one given is made again from that one.

        Args:
            node: Its declaration.
            history: What it was told before; None before its start.
            told: What it is told now.
            tracer: Records the lines that run.
        """
        lived, host = self._live.get(node.name, (None, None))
        if host is None or lived is not history or history is None:
            self.discard(node.name)
            host = revive(node, self.files, history.inputs() if history else [])
        longer = History(history, told)
        output = host.feed(told, tracer)
        self._live[node.name] = (longer, host)
        return longer, output

    def discard(self, name: str) -> None:
        """End a live node, if there is one."""
        _, host = self._live.pop(name, (None, None))
        if host:
            host.discard()

    def discard_all(self) -> None:
        """End every live node."""
        for name in list(self._live):
            self.discard(name)

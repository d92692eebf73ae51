"""The history of a run as invariants see it: who called what, and how it ended."""

from dataclasses import dataclass
from typing import Any

from sdtutor.engine.message import Outcome


@dataclass(frozen=True, slots=True)
class Operation:
    """One call by the script or the learner.

    Args:
        name: ``node.operation#n``.
        node: On which node.
        operation: Which method.
        arguments: With which values.
        called: The step of the call, from 1.
        returned: The step in which it ended; 0 while it is open.
        outcome: How it ended; None while it is open.
    """

    name: str
    node: str
    operation: str
    arguments: tuple[Any, ...]
    called: int
    returned: int = 0
    outcome: Outcome | None = None

    @property
    def done(self) -> bool:
        """Whether it ended without an error."""
        return self.outcome is not None and not self.outcome.error

    @property
    def failed(self) -> bool:
        """Whether it ended with an error."""
        return self.outcome is not None and bool(self.outcome.error)

    @property
    def value(self) -> Any:
        """What it returned; None while it is open or when it failed."""
        return self.outcome.value if self.outcome and not self.outcome.error else None

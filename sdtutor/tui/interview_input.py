"""What the input of an interview remembers and completes."""

from collections.abc import Iterable

_WITH_TEXT = ("pad", "edit")
"""Commands that take something after them."""


class Recall:
    """What was sent, and where in it the candidate looks."""

    def __init__(self) -> None:
        self._sent: list[str] = []
        self._at = 0
        self._put_by = ""

    def add(self, text: str) -> None:
        """Remember what was sent; an empty text is not."""
        if text:
            self._sent.append(text)
        self._at = len(self._sent)

    def step(self, by: int, typed: str) -> str | None:
        """Return what was sent before or after; None where there is nothing.

        Args:
            by: -1 for what was sent before, 1 for after; after the last comes what was being typed.
            typed: What stands in the input now.
        """
        at = self._at + by
        if not 0 <= at <= len(self._sent):
            return None
        if self._at == len(self._sent):
            self._put_by = typed
        self._at = at
        return self._sent[at] if at < len(self._sent) else self._put_by


def completed(typed: str, commands: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return a command that is completed, or what was typed and the commands that it could be.

    >>> completed("/ne", ("next", "pad")), completed("/pa", ("pad", "pause"))
    (('/next', ()), ('/pa', ('/pad', '/pause')))
    """
    fitting = tuple(f"/{each}" for each in commands if f"/{each}".startswith(typed))
    if len(fitting) != 1:
        return typed, fitting
    return f"{fitting[0]} " if fitting[0][1:] in _WITH_TEXT else fitting[0], ()

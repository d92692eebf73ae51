"""Choosing one of several labs."""

from typing import TYPE_CHECKING

from sdtutor.errors import UsageError

if TYPE_CHECKING:
    from sdtutor.cli.console import Console
    from sdtutor.session.labs import LabEntry


def choose_lab(console: "Console", name: str) -> "LabEntry | None":
    """Return the lab of a name; of several the one that the learner chooses, or None when nobody does.

    Args:
        console: Where to ask.
        name: A lab or a topic; empty offers all.

    Raises:
        UsageError: Nothing is named so, or there are several and nobody can be asked.
    """
    tutor = console.tutor
    names = [name] if name else [row.id for row in tutor.listing("lab")]
    entries = [entry for each in names for entry in tutor.labs_of(each)]
    if len(entries) == 1:
        return entries[0]
    listed = ", ".join(entry.lab for entry in entries)
    if console.way == "json":
        raise UsageError(f'"{name}" has several labs: {listed}.' if name else f"Name a lab: {listed}.")
    return _asked(console, entries)


def _asked(console: "Console", entries: list["LabEntry"]) -> "LabEntry | None":
    surface = console.surface
    if not surface.answers:
        surface.say("There are several labs; name one of them:")
        surface.rows((f"  sdtutor lab {entry.lab}", entry.title) for entry in entries)
        return None
    options = [f"{entry.title} ({entry.lab})" for entry in entries]
    index = surface.choose("Which lab?", options)
    return None if index is None else entries[index]

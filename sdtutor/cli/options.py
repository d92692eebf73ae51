"""The options that every command takes, wherever they stand: which surface to use."""

from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

SURFACES = {
    "inline": "Ask and answer in the scrollback instead of on the whole screen.",
    "plain": "Numbered lines only: for screen readers, pipes and simple terminals.",
    "json": "One JSON object a line on standard output, and nothing else there.",
    "ascii": "Draw with ASCII characters only.",
}
"""Option and help."""


@dataclass
class Asked:
    """Which of the common options the command line has."""

    inline: bool = False
    plain: bool = False
    json: bool = False
    ascii: bool = False


def _take(context: Any, option: Any, value: bool) -> None:
    if value:
        setattr(context.obj, option.name, True)


def surface_options() -> list[TyperOption]:
    """Return the common options; each notes in the context's `Asked` that it was there."""
    return [
        TyperOption(
            param_decls=[f"--{name}"],
            is_flag=True,
            default=False,
            help=text,
            callback=_take,
            expose_value=False,
        )
        for name, text in SURFACES.items()
    ]


class Command(TyperCommand):
    """A command with the common options."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.params += surface_options()


class Group(TyperGroup):
    """A command that has commands, with the common options."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.params += surface_options()


def quiet_app(cls: type[Group] = Group, **options: Any) -> typer.Typer:
    """Return an app that formats help and errors without rich, which costs more than all the rest."""
    return typer.Typer(
        cls=cls, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False, **options
    )

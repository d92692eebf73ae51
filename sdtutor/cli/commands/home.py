"""``sdtutor`` alone: home."""

import typer

from sdtutor.cli.console import Console


def open_home(context: typer.Context) -> int:
    """Open home on the surface that the command line asks for; return the exit code."""
    with Console.of(context) as console:
        return home(console)


def home(console: Console) -> int:
    """Open home on the surface of the console; return the exit code."""
    if console.way == "screen":
        from sdtutor.tui.opening import run_home

        return run_home(console.tutor, ascii_only=console.ascii_only)
    from sdtutor.cli.flows.home import show_home

    return show_home(console)

"""The command line as a whole: the group that finds commands, and what ``sdtutor`` alone does."""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from sdtutor.cli.menu import EXAMPLES, ROWS, row
from sdtutor.cli.options import Asked, Group, quiet_app

NAME = "sdtutor"


class Menu(Group):
    """Finds a command in the menu and imports its module only then."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Return the names of the commands, in the order of the menu."""
        return [each.name for each in ROWS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Return a command, importing its module; None when there is none."""
        found = row(cmd_name)
        if found is None:
            return None
        module = import_module(f"sdtutor.cli.commands.{found.module}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the arguments name; an unknown one fails with the nearest."""
        if not args[0].startswith("-") and row(args[0]) is None:
            from difflib import get_close_matches

            near = get_close_matches(args[0], [each.name for each in ROWS], n=1)
            ctx.fail(f'There is no command "{args[0]}".' + (f" Did you mean {near[0]}?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the commands under their headings."""
        for heading in dict.fromkeys(each.heading for each in ROWS):
            with formatter.section(heading):
                formatter.write_dl([(each.name, each.help) for each in ROWS if each.heading == heading])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the examples."""
        with formatter.section("Examples"):
            formatter.write_dl(list(EXAMPLES))
        formatter.write_paragraph()
        formatter.write_text(
            "Names may be shortened: cache-as, Cache Aside and caching/cache_aside are one lab. "
            f"{NAME} COMMAND --help tells the options of a command."
        )


app = quiet_app(Menu, invoke_without_command=True)


@app.callback()
def home(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> int:
    """Learn system design by running it. Without a command: home."""
    if version:
        from sdtutor import __version__

        print(f"{NAME} {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from sdtutor.cli.commands.home import open_home

        return open_home(ctx)
    return 0


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code.

    Raises:
        SdtutorError: What went wrong, for the border to tell.
    """
    from sdtutor.errors import UsageError

    command = typer.main.get_command(app)
    try:
        with command.make_context(NAME, list(arguments), obj=Asked()) as context:
            return int(command.invoke(context) or 0)
    except typer.Exit as leaving:
        return int(leaving.exit_code)
    except _WRONG_USAGE as error:
        path = error.ctx.command_path if error.ctx else NAME
        raise UsageError(error.format_message(), f"{path} --help tells what it takes.") from None


_WRONG_USAGE: Any = typer.BadParameter.__base__
"""The base of all errors that typer has about a command line; it has no public name."""

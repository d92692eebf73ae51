"""Makes docs/cli.md and docs/keys.md: ``python -m sdtutor.cli.reference docs``.

What cannot be read off the commands stands in reference.md, beside this module.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any

from typer.main import get_command

from sdtutor.cli.app import NAME, app
from sdtutor.cli.menu import EXAMPLES, ROWS
from sdtutor.cli.options import SURFACES, Asked

COLUMNS = 80


def reference() -> str:
    """Return docs/cli.md."""
    width = max(len(command) for command, _ in EXAMPLES)
    root: Any = get_command(app)
    context = _context(root, NAME, None)
    chapters = _chapter(NAME, root, context)
    for row in ROWS:
        chapters += _family(f"{NAME} {row.name}", root.get_command(context, row.name), context)
    text = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    return Template(text).substitute(
        surfaces="\n".join(f"- `--{name}`: {text}" for name, text in SURFACES.items()),
        examples="\n".join(f"{command:<{width}}  # {what}" for command, what in EXAMPLES),
        commands="\n".join(chapters).rstrip(),
    )


def _family(title: str, command: Any, parent: Any) -> Iterator[str]:
    context = _context(command, title.rpartition(" ")[2], parent)
    yield from _chapter(title, command, context)
    for name, inner in getattr(command, "commands", {}).items():
        yield from _family(f"{title} {name}", inner, context)


def _context(command: Any, name: str, parent: Any) -> Any:
    return command.make_context(
        name, [], parent=parent, resilient_parsing=True, terminal_width=COLUMNS, obj=Asked()
    )


def _chapter(title: str, command: Any, context: Any) -> list[str]:
    text = "\n".join(line.rstrip() for line in command.get_help(context).strip().split("\n"))
    return [f"## {title}", "", "```text", text, "```", ""]


def write(folder: Path) -> None:
    """Write cli.md and keys.md into a folder."""
    from sdtutor.tui.keys import keys_markdown

    (folder / "cli.md").write_text(reference(), encoding="utf-8")
    (folder / "keys.md").write_text(keys_markdown(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))

"""``python -m benchmarks``: one table, in Markdown. Medians; whatever is compared runs in turns."""

import argparse
import os
import platform
import sys
from importlib.metadata import version

from benchmarks import commands, engine, screens, search, seek, simulation, whiteboard
from benchmarks.figures import table


def main() -> None:
    """Measure everything, or the parts that are named, and print the table."""
    parts = {
        "commands": lambda: commands.measure(asked.rounds),
        "screens": lambda: screens.measure(asked.rounds),
        "engine": engine.measure,
        "seek": seek.measure,
        "search": search.measure,
        "whiteboard": whiteboard.measure,
        "simulation": simulation.measure,
    }
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"what to measure, of: {', '.join(parts)}; all by default")
    parser.add_argument("--rounds", type=int, default=7, help="launches of each program (default 7)")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(parts)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    figures = []
    for name, measure in parts.items():
        if name in (asked.parts or parts):
            print(f"measuring {name} ...", file=sys.stderr)
            figures += measure()
    print(table(figures))
    print(
        f"\nMedians; programs that are compared took turns, {asked.rounds} launches each on a terminal of "
        f"{screens.SIZE}. CPython {platform.python_version()}, Textual {version('textual')}, "
        f"typer {version('typer')}, {os.cpu_count()} cores, {platform.system()}."
    )


if __name__ == "__main__":
    main()

"""The options of ``sdtutor lab`` about one run, as typer reads them."""

from pathlib import Path
from typing import Annotated

import typer

Named = Annotated[str, typer.Argument(metavar="[TOPIC|LAB]", help="Which lab; a topic offers its labs.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter; may be repeated."),
]
Version = Annotated[str, typer.Option("--variant", metavar="reference|textbook", help="Which code runs.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="From which latencies are drawn.")]
Steps = Annotated[
    int | None,
    typer.Option("--steps", metavar="N", min=0, help="Let at most N events happen by themselves."),
]
Played = Annotated[Path | None, typer.Option("--run", metavar="FILE", help="Play a recorded run.")]
Recorded = Annotated[Path | None, typer.Option("--record", metavar="FILE", help="Write the run to a file.")]
Drawn = Annotated[bool, typer.Option("--diagram", help="Tell the run and draw it as a space-time diagram.")]

"""What ``sdtutor lab`` is asked for about more than one run: a sweep, or a comparison."""

from dataclasses import dataclass
from typing import Annotated

import typer

from sdtutor.cli.lab_request import LabRequest
from sdtutor.errors import UsageError

OTHER_VERSION = "other"
"""What ``--compare`` compares with when it names nothing."""

Sweeps = Annotated[
    list[str] | None,
    typer.Option("--sweep", metavar="NAME=1..3,5", help="Run it with each of these values; may be repeated."),
]
Seeds = Annotated[
    int | None,
    typer.Option("--seeds", metavar="N", min=1, help="Run it under N seeds, from --seed on."),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=0,
        max=256,
        help="Processes of a sweep; 0 runs it in this one. By default as many as there are cores.",
    ),
]
Cluster = Annotated[
    str,
    typer.Option("--cluster", metavar="ADDRESS", help="Sweep on a Dask cluster, such as tcp://host:8786."),
]
Compare = Annotated[
    str,
    typer.Option(
        "--compare",
        metavar="[FILE]",
        help="Tell where this run parts from the other version, or from a recorded run.",
    ),
]


@dataclass(frozen=True, slots=True)
class Study:
    """The options about several runs.

    Args:
        sweeps: ``NAME=VALUES`` of each parameter that is swept.
        seeds: How many seeds; None when that was not asked for.
        workers: How many processes; None leaves it open.
        cluster: Address of a Dask scheduler; empty for this machine.
        compare: A run file, `OTHER_VERSION`, or empty.
    """

    sweeps: tuple[str, ...] = ()
    seeds: int | None = None
    workers: int | None = None
    cluster: str = ""
    compare: str = ""

    @property
    def is_sweep(self) -> bool:
        """Whether many runs are asked for."""
        return bool(self.sweeps) or self.seeds is not None

    @property
    def is_asked(self) -> bool:
        """Whether more than one run is asked for."""
        return self.is_sweep or bool(self.compare)

    def refuse_beside(self, request: LabRequest) -> None:
        """Raise UsageError for options that exclude each other, or that mean nothing by themselves."""
        if self.is_sweep and self.compare:
            raise UsageError("--sweep and --compare exclude each other.", "Choose one of them.")
        if not self.is_sweep and (self.workers is not None or self.cluster):
            option = "--cluster" if self.cluster else "--workers"
            raise UsageError(f"{option} says where a sweep runs.", "Add --sweep NAME=VALUES or --seeds N.")
        if self.cluster and self.workers is not None:
            raise UsageError("A cluster has workers of its own.", "Leave out --workers or --cluster.")
        alone = (("--run", self.is_sweep and request.run), ("--record", self.is_asked and request.record))
        for option, given in (*alone, ("--diagram", self.is_asked and request.diagram)):
            if given:
                hint = "Leave it out, or leave out --sweep, --seeds and --compare."
                raise UsageError(f"{option} is about one run.", hint)


def with_other_version(arguments: list[str]) -> list[str]:
    """Return a command line in which a ``--compare`` that names no file names the other version."""
    completed = []
    for argument, following in zip(arguments, [*arguments[1:], "--"], strict=False):
        completed.append(argument)
        if argument == "--compare" and following.startswith("-"):
            completed.append(OTHER_VERSION)
    return completed

"""What it costs to be told what the program can do."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure
from benchmarks.screens import sdtutor


def measure(rounds: int) -> Iterator[Figure]:
    """Run both commands in turns, four times as often as the screens; yield the figure."""
    hello = [sys.executable, str(Path(__file__).with_name("programs") / "hello.py"), "--help"]
    commands = {"ours": sdtutor("--help"), "hello": hello}
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(4 * rounds):
        for name, command in commands.items():
            spent[name].append(cpu(command))
    ours, other = median(spent["ours"]), median(spent["hello"])
    beside = f"hello-world of typer: {other * 1000:.0f} ms"
    yield Figure("`sdtutor --help`, CPU", f"{ours * 1000:.0f} ms", beside, ours / other, 0.9)


def cpu(command: Sequence[str]) -> float:
    """Run a command to its end; return the seconds of CPU that it spent."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime

"""Jumping in a long recording: 8 nodes of 40 keys, two or three of which change at each step.

``python -m benchmarks.seek`` measures in a process of its own: memory is what the process has grown by.
"""

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from benchmarks.figures import Figure
from sdtutor.engine import recording as recordings
from sdtutor.engine.recording import Recording

STEPS, PLACES = 1_000_000, 200


def measure() -> Iterator[Figure]:
    """Yield the figures of a long recording."""
    command = [sys.executable, "-m", "benchmarks.seek"]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    seek, again = told["seek"], told["again"]
    what = f"a jump in {STEPS:,} steps"
    beside = f"applying all changes from step 0: {again * 1e3:.0f} ms"
    yield Figure(what, f"{seek * 1e6:.0f} µs", beside, seek / again, 0.001)
    yield Figure("memory of such a recording", f"{told['bytes']:.0f} bytes a step", budget="600 bytes")


def record() -> tuple[Recording, float]:
    """Return a recording, and how many bytes of memory it took for each step."""
    draws = random.Random(1)
    first = {_fact(node, key): 0 for node in range(8) for key in range(40)}
    before = peak_bytes()
    recording = Recording(first)
    for step in range(STEPS):
        changed = range(2 + step % 2)
        recording.append({_fact(draws.randrange(8), draws.randrange(40)): draws.random() for _ in changed})
    return recording, (peak_bytes() - before) / STEPS


def _fact(node: int, key: int) -> tuple[str, str, str]:
    """A fact as steps make them: equal ones are not the same object."""
    return "view", f"node_{node}", f"key_{key}"


def peak_bytes() -> int:
    """The most memory that this process had so far."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main() -> None:
    """Record, jump, and print what it took as JSON."""
    recording, size = record()
    places = random.Random(2).sample(range(1, STEPS + 1), PLACES)
    seek = median(seconds(recording, place) for place in places)
    # Without copies on the way, the same code applies every change from step 0.
    recordings.KEYFRAME_EVERY = STEPS + 1
    again = median(seconds(recording, place) for place in places)
    print(json.dumps({"seek": seek, "again": again, "bytes": size}))


def seconds(recording: Recording, step: int) -> float:
    """How long it takes to have the facts of a step."""
    begin = time.perf_counter()
    recording.seek(step)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()

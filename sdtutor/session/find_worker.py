"""The process that searches while a screen goes on: a question on stdin, progress and the answer on stdout.

    python -m sdtutor.session.find_worker

It reads one JSON line and writes JSON lines: ``{"states", "depth"}`` now and then, last the record of the
answer or ``{"error", "hint"}``. Whoever asked may end it at any moment. If they are gone, its stdin closes,
and it ends at once. Ctrl-C in the terminal is theirs to judge, and the cores are theirs first.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, TextIO

from sdtutor.errors import SdtutorError
from sdtutor.session.finding import Question, answer, found_record
from sdtutor.session.labs import LabShelf

TELL_EVERY_SECONDS = 0.1

NICENESS = 10
"""How much later than a screen it is served when both want a core."""


def work(line: str, target: TextIO, clock: Callable[[], float] = monotonic) -> None:
    """Answer a question on a stream.

    Args:
        line: The question, as a line of JSON.
        target: Where progress and the answer go.
        clock: Seconds.
    """
    told = clock()

    def progress(states: int, depth: int) -> bool:
        nonlocal told
        if clock() - told >= TELL_EVERY_SECONDS:
            told = clock()
            _write(target, {"states": states, "depth": depth})
        return True

    question = Question.from_json(json.loads(line))
    try:
        _write(target, found_record(answer(question, LabShelf().load, progress, clock)))
    except SdtutorError as error:
        _write(target, {"error": error.message, "hint": error.hint})


def _write(target: TextIO, record: Mapping[str, Any]) -> None:
    target.write(json.dumps(record) + "\n")
    target.flush()


def _end_with_asker(number: int) -> None:
    """End this process when a pipe closes; read by its number, because a reader would hold a lock at exit."""
    while os.read(number, 1024):
        pass
    os._exit(1)


def _give_way() -> None:
    """Let a screen have a core whenever it wants one: SCHED_IDLE of sched(7) on Linux, else nice(2)."""
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    elif hasattr(os, "nice"):
        os.nice(NICENESS)


def main() -> None:
    """Answer on the standard streams."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _give_way()
    question = sys.stdin.readline()
    threading.Thread(target=_end_with_asker, args=(sys.stdin.fileno(),), daemon=True).start()
    try:
        work(question, sys.stdout)
    except BrokenPipeError:
        os._exit(1)


if __name__ == "__main__":
    main()

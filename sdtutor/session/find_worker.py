"""The process that searches while a screen goes on: a question on stdin, progress and the answer on stdout.

    python -m sdtutor.session.find_worker

It reads one JSON line and writes JSON lines: ``{"states", "depth"}`` now and then, last the record of the
answer or ``{"error", "hint"}``. Whoever asked may end it at any moment; if they are gone, it ends by itself
with the next line that it cannot write.
"""

import json
import sys
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, TextIO

from sdtutor.errors import SdtutorError
from sdtutor.session.finding import Question, answer, found_record
from sdtutor.session.labs import LabShelf

TELL_EVERY_SECONDS = 0.1


def work(source: TextIO, target: TextIO, clock: Callable[[], float] = monotonic) -> None:
    """Answer the question that a stream holds, on another stream.

    Args:
        source: One line of JSON.
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

    question = Question.from_json(json.loads(source.readline()))
    try:
        _write(target, found_record(answer(question, LabShelf().load, progress, clock)))
    except SdtutorError as error:
        _write(target, {"error": error.message, "hint": error.hint})


def _write(target: TextIO, record: Mapping[str, Any]) -> None:
    target.write(json.dumps(record) + "\n")
    target.flush()


if __name__ == "__main__":
    try:
        work(sys.stdin, sys.stdout)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)

"""A search in a process of its own: begun, watched and ended by a screen."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any

from sdtutor.content.roots import package_root
from sdtutor.engine.search.find import Found
from sdtutor.errors import UsageError
from sdtutor.session.finding import Question, found_from_record

WORKER = (sys.executable, "-m", "sdtutor.session.find_worker")

_END_SECONDS = 5.0


class FindJob:
    """One search, begun at once.

    Args:
        question: What is asked.
        tell: Called on another thread whenever there is something new to look at.

    Attributes:
        states: How many states were seen so far.
        depth: How many steps away they are.
    """

    def __init__(self, question: Question, tell: Callable[[], None] = lambda: None) -> None:
        self.question = question
        self.states = self.depth = 0
        self._tell = tell
        self._answer: Mapping[str, Any] | None = None
        self._process = subprocess.Popen(
            WORKER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": _path()},
        )
        self._watcher = threading.Thread(target=self._watch, name="sdtutor-find", daemon=True)
        self._watcher.start()

    @property
    def running(self) -> bool:
        """Whether there is something to wait for."""
        return self._watcher.is_alive()

    @property
    def process_id(self) -> int:
        """The number of the process."""
        return self._process.pid

    def stop(self) -> None:
        """End the process, whatever it is doing; it is gone when this returns."""
        self._process.kill()
        self._watcher.join(_END_SECONDS)

    def found(self) -> Found | None:
        """Return the answer; None when the search was stopped before it had one.

        Raises:
            UsageError: The question could not be answered; says why.
        """
        record = self._answer
        if record is None:
            return None
        if "error" in record:
            raise UsageError(record["error"], record["hint"])
        return found_from_record(record)

    def _watch(self) -> None:
        process = self._process
        with process:
            if process.stdin is None or process.stdout is None:
                return
            try:
                process.stdin.write(json.dumps(self.question.to_json()) + "\n")
                process.stdin.close()
            except OSError:
                return
            for line in process.stdout:
                self._take(json.loads(line))
        self._tell()

    def _take(self, record: Mapping[str, Any]) -> None:
        if "type" in record or "error" in record:
            self._answer = record
        else:
            self.states, self.depth = record["states"], record["depth"]
            self._tell()


def _path() -> str:
    """Return a search path on which the process finds the same package."""
    return os.pathsep.join(filter(None, (str(package_root().parent), os.environ.get("PYTHONPATH", ""))))

"""A search in a process of its own: begun, watched and ended by a screen."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any

from sdtutor.content.roots import package_root
from sdtutor.engine.search.find import Found
from sdtutor.errors import SdtutorError, UsageError
from sdtutor.session.finding import Question, found_from_record

WORKER = (sys.executable, "-P", "-m", "sdtutor.session.find_worker")
"""The command of the process; with -P a file in the folder of the learner cannot stand in for a module."""

_END_SECONDS = 5.0


class FindJob:
    """One search, begun at once.

    The pipe on which the question goes stays open: when it closes, however this process ends, the other one
    ends too.

    Args:
        question: What is asked.
        tell: Called on another thread whenever there is something new to look at.

    Attributes:
        states: How many states were seen so far.
        depth: How many steps away they are.

    Raises:
        SdtutorError: The process cannot be started.
    """

    def __init__(self, question: Question, tell: Callable[[], None] = lambda: None) -> None:
        self.question = question
        self.states = self.depth = 0
        self._tell = tell
        self._answer: Mapping[str, Any] | None = None
        self._last_words = ""
        self._stopped = False
        self._process = _started()
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
        self._stopped = True
        self._process.kill()
        self._watcher.join(_END_SECONDS)

    def found(self) -> Found | None:
        """Return the answer; None when the search was stopped before it had one.

        Raises:
            UsageError: The question could not be answered; says why.
            SdtutorError: The process ended by itself without an answer, or with one that cannot be read.
        """
        record = self._answer
        if record is None:
            if self._stopped:
                return None
            raise _failure(self._last_words or "its process is gone")
        if "error" in record:
            raise UsageError(str(record["error"]), str(record.get("hint", "")))
        try:
            return found_from_record(record)
        except (KeyError, TypeError, ValueError, SdtutorError):
            raise _failure("what its process wrote cannot be read") from None

    def _watch(self) -> None:
        with self._process as process:
            if process.stdin is not None and process.stdout is not None:
                self._ask(process.stdin)
                self._listen(process.stdout)
        self._tell()

    def _ask(self, pipe: IO[str]) -> None:
        try:
            pipe.write(json.dumps(self.question.to_json()) + "\n")
            pipe.flush()
        except OSError:
            # It has ended already; what it wrote last says why.
            return

    def _listen(self, lines: Iterable[str]) -> None:
        for line in lines:
            record = _record(line)
            if record is None:
                self._last_words = line.strip() or self._last_words
            elif "states" in record and "type" not in record:
                self.states, self.depth = record["states"], record.get("depth", 0)
                self._tell()
            else:
                self._answer = record


def _record(line: str) -> Mapping[str, Any] | None:
    """Return a line of JSON; None for what Python writes when it fails."""
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _failure(why: str) -> SdtutorError:
    return SdtutorError(f"The search ended without an answer: {why}.", "Nothing is lost; search again.")


def _started() -> "subprocess.Popen[str]":
    try:
        return subprocess.Popen(
            WORKER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PYTHONPATH": _path()},
        )
    except OSError as error:
        reason = error.strerror or str(error)
        raise SdtutorError(
            f"The search cannot begin: {WORKER[0]} cannot be started: {reason}.",
            "Nothing is lost; --find searches without a process of its own.",
        ) from None


def _path() -> str:
    """Return a search path on which the process finds the same package."""
    return os.pathsep.join(filter(None, (str(package_root().parent), os.environ.get("PYTHONPATH", ""))))

"""A program in a pseudo-terminal, its screen, and the moments at which that changed.

A chunk of output is stamped when it is read and understood afterwards, so that the cost of understanding it
is not counted. Needs Linux: what a process spends is read from /proc.
"""

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyte

ROWS, COLUMNS = 40, 120
TIMEOUT = 30.0
"""Seconds after which a screen that was waited for is given up."""

# Private modes and queries that pyte takes for text.
_UNKNOWN = re.compile(rb"\x1b\[[<>=][\d;]*[a-zA-Z]|\x1b\[\?[\d;]*\$p|\x1b\[\?[\d;]*u|\x1b\[[\d;]* q")
_UNFINISHED = re.compile(rb"\x1b(\[[\d;?<>=$ ]*)?$")


class Terminal:
    """One program on a screen of its own.

    Args:
        command: The program and its arguments.
        environment: Its environment.
    """

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self._fd, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self._screen.display)

    def wait_for(self, shown: Callable[[str], bool]) -> float:
        """Read until the screen shows something; return when that arrived."""
        end = time.perf_counter() + TIMEOUT
        while time.perf_counter() < end:
            for stamp, chunk in self._read(0.05):
                self._understand(chunk)
                if shown(self.text):
                    return stamp
        raise TimeoutError(f"The screen was not as expected after {TIMEOUT} s:\n{self.text}")

    def settle(self, silence: float = 0.3) -> None:
        """Read until the program is silent for that many seconds."""
        while chunks := self._read(silence):
            for _, chunk in chunks:
                self._understand(chunk)

    def press(self, key: str) -> float:
        """Press a key; return how many seconds passed until the screen was another."""
        before = self.text
        sent = time.perf_counter()
        os.write(self._fd, key.encode())
        return self.wait_for(lambda text: text != before) - sent

    def idle(self, seconds: float) -> float:
        """Leave the program alone for some seconds; return how many of CPU it spent."""
        before, end = self.spent(), time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)
        return self.spent() - before

    def spent(self) -> float:
        """The seconds of CPU that the program spent so far."""
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def leave(self, key: str = "q") -> None:
        """Press the key that ends the program, and wait for the end."""
        os.write(self._fd, key.encode())
        end = time.perf_counter() + 5
        while self._process.poll() is None and time.perf_counter() < end:
            self._read(0.05)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._fd)

    def _read(self, wait: float) -> list[tuple[float, bytes]]:
        chunks = []
        while select.select([self._fd], [], [], 0 if chunks else wait)[0]:
            try:
                chunk = os.read(self._fd, 65536)
            except OSError:
                break
            chunks.append((time.perf_counter(), chunk))
        return chunks

    def _understand(self, chunk: bytes) -> None:
        whole = self._rest + chunk
        unfinished = _UNFINISHED.search(whole)
        end = unfinished.start() if unfinished else len(whole)
        self._rest = whole[end:]
        self._stream.feed(_UNKNOWN.sub(b"", whole[:end]))

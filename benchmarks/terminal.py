"""A program in a pseudo-terminal, its screen, and the moments at which that changed.

A chunk of output is stamped when it is read, and understood afterwards, a piece at a time: understanding a
whole screen takes longer than a program takes to answer a key. Needs Linux: what a process spends stands in
/proc.
"""

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

import pyte

ROWS, COLUMNS = 40, 120
PIECE = 256
"""Bytes that are understood between two looks for more: less than a millisecond."""
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
        self._arrived: deque[tuple[float, bytes]] = deque()
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
            if self._collect(0.05):
                stamp = self._understand_next()
                if shown(self.text):
                    return stamp
        raise TimeoutError(f"The screen was not as expected after {TIMEOUT} s:\n{self.text}")

    def settle(self, silence: float = 0.3) -> None:
        """Read until the program is silent for that many seconds."""
        while self._collect(silence):
            self._understand_next()

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
            self._collect(left)
            self._arrived.clear()
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
            self._collect(0.05)
            self._arrived.clear()
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._fd)

    def _collect(self, wait: float) -> bool:
        """Read what has arrived, waiting if there is nothing yet; tell whether there is something."""
        while select.select([self._fd], [], [], 0 if self._arrived else wait)[0]:
            try:
                chunk = os.read(self._fd, 65536)
            except OSError:
                # The program has ended, and its end of the line with it.
                time.sleep(0 if self._arrived else wait)
                break
            self._arrived.append((time.perf_counter(), chunk))
        return bool(self._arrived)

    def _understand_next(self) -> float:
        """Show the oldest chunk on the screen; return when it arrived."""
        stamp, chunk = self._arrived.popleft()
        whole = self._rest + chunk
        unfinished = _UNFINISHED.search(whole)
        end = unfinished.start() if unfinished else len(whole)
        self._rest = whole[end:]
        known = _UNKNOWN.sub(b"", whole[:end])
        for start in range(0, len(known), PIECE):
            self._stream.feed(known[start : start + PIECE])
            self._collect(0)
        return stamp

"""A real pseudo-terminal with the program in it, and eyes on its screen."""

import os
import re
import sys
import termios
import time

import pexpect
import pyte

KEYS = {
    "Enter": "\r",
    "Esc": "\x1b",
    "Tab": "\t",
    "Space": " ",
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "Right": "\x1b[C",
    "Left": "\x1b[D",
    "Ctrl-C": "\x03",
}
PATIENCE = 25.0
"""Seconds that a busy machine may take to show what is waited for. Nothing here asserts a time."""

MODES = {"alternate screen": "1049", "mouse": "1000", "motion": "1003", "paste": "2004", "focus": "1004"}


class RealTerminal:
    """One program in one terminal.

    Args:
        home: Where progress goes.
        arguments: Of sdtutor.
        columns: Width.
        rows: Height.
        environment: Variables that differ.
    """

    def __init__(self, home, arguments=(), columns=80, rows=24, **environment):
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        variables = {**os.environ, "SDTUTOR_HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        for name in ("NO_COLOR", "COLORTERM", "SDTUTOR_PLAIN", "COLUMNS", "LINES", "LC_ALL"):
            variables.pop(name, None)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "sdtutor", *map(str, arguments)],
            dimensions=(rows, columns),
            env={**variables, **environment},
            timeout=PATIENCE,
        )
        self._settings = termios.tcgetattr(self.child.child_fd)
        self._settings_after = self._settings

    def read(self, seconds=0.05):
        """Take in what the program has written; return whether there was anything."""
        try:
            data = self.child.read_nonblocking(65536, seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += data
        self._stream.feed(data)
        return True

    @property
    def text(self):
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, *wanted):
        """Wait until all these texts, and functions of the screen's text, are true; return the screen."""
        end = time.monotonic() + PATIENCE
        while not self._shows(wanted):
            assert time.monotonic() < end, f"waited for {wanted!r} in vain:\n{self.text}"
            if not self.read() and not self.child.isalive() and not self.read():
                assert self._shows(wanted), f"ended before {wanted!r}:\n{self.text}"
        return self.text

    def _shows(self, wanted):
        text = self.text
        return all(want(text) if callable(want) else want in text for want in wanted)

    def press(self, *keys):
        """Send keys, one after the other, as a person would."""
        for key in keys:
            self.child.send(KEYS.get(key, key))
            self.read(0.08)
            if key == "Esc":
                time.sleep(0.15)

    def resize(self, columns, rows):
        """Change the size of the window."""
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def end(self):
        """Wait until the program has ended; return its exit code."""
        end = time.monotonic() + PATIENCE
        while self.child.isalive() and time.monotonic() < end:
            self.read()
        while self.read(0.05):
            continue
        self._settings_after = termios.tcgetattr(self.child.child_fd)
        self.child.close(force=True)
        return self.child.exitstatus

    def left_behind(self):
        """Return what the program did not put back."""
        found = [name for name, mode in MODES.items() if self._is_set(mode)]
        if self._is_set("25") is False:
            found.append("hidden cursor")
        if self._settings_after != self._settings:
            found.append("settings of the line")
        return found

    def _is_set(self, mode):
        last = None
        for number, what in re.findall(rb"\x1b\[\?([0-9;]+)([hl])", self.raw):
            if mode.encode() in number.split(b";"):
                last = what == b"h"
        return last


def cut_without_mark(text, whole):
    """Return the lines that show a part of a longer text without saying that it is cut."""
    return [
        line for line in text.splitlines() if whole[:20] in line and whole not in line and "›" not in line
    ]

"""What all tests share: the signals of a terminal."""

import signal


def pytest_configure():
    """Take signals as in a terminal; a shell has them ignored in what it runs in its background.

    A process that ignores a signal passes that on to every program that it starts.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)

"""Where the learner's progress lies on disk."""

from collections.abc import Mapping
from pathlib import Path

FILE_NAME = "progress.db"


def progress_path(environ: Mapping[str, str]) -> Path:
    """Return the path of the progress file; nothing is created.

    ``SDTUTOR_HOME`` names the folder when it is set and not empty. Otherwise it is the user's data
    folder of the platform (XDG_DATA_HOME of the XDG Base Directory Specification on Linux,
    ``~/Library/Application Support`` on macOS), as platformdirs finds it.

    Args:
        environ: Environment variables, usually ``os.environ``.
    """
    home = environ.get("SDTUTOR_HOME", "")
    if home:
        return Path(home).expanduser().absolute() / FILE_NAME
    from platformdirs import user_data_path

    return user_data_path("sdtutor", appauthor=False) / FILE_NAME

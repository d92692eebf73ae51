import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sdtutor.session.tutor import Tutor

HERE = Path(__file__).parent


@pytest.fixture
def tutor(tmp_path):
    """A tutor over two small lessons and their quizzes, on a new learner's first day."""
    root = tmp_path / "root"
    shutil.copytree(HERE.parent / "samples" / "good", root)
    shutil.copy(HERE.parents[1] / "lessons" / "topics.yaml", root / "lessons")
    for path in root.glob("*/caching/read_through.*"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("read_through.py#ReadThrough.get", "cache_aside.py#CacheAside.get"), encoding="utf-8"
        )
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    with Tutor.open(root, {"SDTUTOR_HOME": str(tmp_path / "home")}, lambda: now) as opened:
        yield opened

"""Fixtures: a learner with two small concepts, one lab and a progress file of their own."""

import pytest
from learners import HERE, Learner

from sdtutor.session.labs import LabShelf


@pytest.fixture
def shelf(monkeypatch):
    """The one sample lab."""
    monkeypatch.syspath_prepend(str(HERE))
    return LabShelf(HERE / "sample_labs", "sample_labs")


@pytest.fixture
def learner(tmp_path, shelf):
    someone = Learner(tmp_path, shelf)
    yield someone
    for tutor in someone.opened:
        tutor.close()


@pytest.fixture
def tutor(learner):
    return learner.tutor

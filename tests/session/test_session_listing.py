import subprocess
import sys

import pytest
from learners import CREDITS, TURNS

from sdtutor.errors import AmbiguousName, StoreError, UnknownName, UsageError
from sdtutor.session.desk import Desk
from sdtutor.session.labs import LabShelf
from sdtutor.session.tutor import Tutor


def test_everything_is_listed_in_learning_order_by_kind(tutor):
    assert [(row.kind, row.id) for row in tutor.listing()] == [
        ("lesson", TURNS),
        ("lesson", CREDITS),
        ("lab", TURNS),
        ("quiz", TURNS),
        ("quiz", CREDITS),
    ]


def test_a_row_tells_title_summary_and_minutes(tutor):
    row = tutor.listing("lesson")[0]
    assert (row.topic, row.title, row.minutes, row.state) == ("load_balancing", "Taking turns", 6, "new")
    assert row.summary == "Who is served next, and why order matters."
    assert tutor.listing("lab")[0].minutes == 0


def test_a_list_is_narrowed_by_topic(tutor):
    assert len(tutor.listing(topic="load-bal")) == 5
    assert tutor.listing(topic="caching") == ()
    with pytest.raises(UnknownName, match='no topic "cooking"'):
        tutor.listing(topic="cooking")


def test_states_follow_what_was_done(learner):
    tutor = learner.tutor
    tutor.open_lesson(TURNS)
    tutor.finish_lesson(CREDITS)
    tutor.desk.store.save_run(TURNS, "text")
    learner.take(tutor.start_quiz([TURNS], count=1))
    learner.take(tutor.start_quiz([CREDITS]))
    assert [row.state for row in tutor.listing()] == ["begun", "done", "begun", "begun", "done"]
    tutor.desk.store.record_goal(TURNS, "see_the_burst", 3)
    assert tutor.listing("lab")[0].state == "done"


def test_listing_makes_no_progress_file(learner):
    learner.tutor.listing()
    assert not learner.home.exists()


def test_listing_works_when_the_progress_cannot_be_opened(learner, monkeypatch):
    learner.home.mkdir()
    (learner.home / "progress.db").write_bytes(b"")

    def refuse(*_):
        raise StoreError("The folder cannot be written.")

    monkeypatch.setattr("sdtutor.store.progress.Store.open", refuse)
    assert {row.state for row in learner.tutor.listing()} == {"new"}


LISTING = """
import sys
from sdtutor.session.tutor import Tutor

tutor = Tutor.open(environ={"SDTUTOR_HOME": "/nowhere"})
tutor.listing()
assert tutor.desk.shelf.names
heavy = ("sdtutor.labs.", "sdtutor.engine", "sdtutor.reference", "pydantic", "fsrs", "sqlite3")
found = [name for name in sys.modules if name.startswith(heavy)]
assert not found, found
"""


def test_listing_the_shipped_labs_imports_none_of_them():
    subprocess.run([sys.executable, "-c", LISTING], check=True)


@pytest.mark.parametrize("name", ["turns", "Load-Balancing/Turns", "tur", "load_balancing"])
def test_a_lab_is_found_by_any_spelling_and_by_its_topic(tutor, name):
    (entry,) = tutor.labs_of(name)
    assert (entry.lab, entry.topic, entry.title) == (TURNS, "Load balancing", "Taking turns")
    assert entry.summary == "Who is served next, and why order matters."


def test_a_topic_without_labs_says_which_have_some(tutor):
    with pytest.raises(UsageError) as caught:
        tutor.labs_of("caching")
    assert caught.value.message == "Caching has no labs yet."
    assert "load_balancing" in caught.value.hint


def test_an_unknown_lab_names_the_nearest(tutor):
    with pytest.raises(UnknownName, match=TURNS):
        tutor.labs_of("turnz")


@pytest.fixture
def many(learner, tmp_path):
    """A tutor over labs that exist by folder name only."""
    for name in ("caching/one", "caching/two", "caching/compare_caching", "security/cachet"):
        path = tmp_path / "labs" / name / "__init__.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("raise RuntimeError('imported')")
    (tmp_path / "labs" / "caching" / "__init__.py").write_text("")
    environ = {"SDTUTOR_HOME": str(learner.home)}
    return Tutor(Desk(learner.root, environ, learner.clock, LabShelf(tmp_path / "labs", "absent")))


def test_a_topic_means_its_comparison_when_there_is_one(many, tmp_path):
    assert [entry.lab for entry in many.labs_of("caching")] == ["caching/compare_caching"]
    (tmp_path / "labs/caching/compare_caching/__init__.py").unlink()
    del many.desk.shelf.names
    assert [entry.lab for entry in many.labs_of("caching")] == ["caching/one", "caching/two"]


def test_a_name_that_begins_several_lists_them(many):
    with pytest.raises(AmbiguousName, match=r"caching.*security/cachet"):
        many.labs_of("cach")


def test_a_lab_without_lesson_is_titled_by_its_slug(many):
    assert many.labs_of("cachet")[0].title == "Cachet"


@pytest.mark.parametrize(("kind", "count"), [("lesson", 2), ("quiz", 2), ("lab", 1)])
def test_a_topic_means_its_concepts_of_that_kind(tutor, kind, count):
    assert len(tutor.resolve("load balancing", kind)) == count


def test_a_concept_and_a_topic_are_resolved_by_prefix(tutor):
    assert tutor.resolve_concept("cred") == CREDITS
    assert tutor.resolve_topic("Cach") == "caching"


def test_a_package_without_a_lab_is_told_with_its_file(tmp_path, monkeypatch):
    path = tmp_path / "hollow_labs" / "caching" / "hollow" / "__init__.py"
    path.parent.mkdir(parents=True)
    path.write_text("LAB = 7\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(UsageError, match=r"hollow/__init__\.py: The package declares no lab"):
        LabShelf(tmp_path / "hollow_labs", "hollow_labs").load("caching/hollow")


def test_loading_a_lab_that_is_not_there_is_refused(tutor):
    with pytest.raises(UnknownName, match="no lab"):
        tutor.load_lab("load_balancing/nothing")

"""The tree of branches: where each parts, what differs, and what became of the rest that was kept."""

import pytest

from sdtutor.engine.digest import digest
from sdtutor.engine.run import Run
from sdtutor.engine.run_file import parse_run
from sdtutor.errors import UsageError
from sdtutor.session.branch_views import Difference, counted
from sdtutor.session.lab_opening import Keeping, start_lab
from sdtutor.session.labs import LabShelf

NAME = "caching/cache_aside"
LATE_FILL = (
    "call writer_1 set k v2",
    "deliver writer_1>database.put#1",
    "deliver database>writer_1.put.reply#1",
    "deliver writer_1>cache.delete#1",
    "deliver cache>writer_1.delete.reply#1",
    "deliver database>reader_1.get.reply#1",
    "deliver reader_1>cache.set#1",
    "call reader_1 get k",
    "deliver reader_1>cache.get#2",
    "deliver cache>reader_1.get.reply#2",
)
"""From the opening to the read that lies."""


@pytest.fixture
def kept():
    return []


@pytest.fixture
def lab(kept):
    declared = LabShelf().load(NAME)
    session = start_lab(Run(declared, "textbook", name=NAME), ("", ""), Keeping(save=kept.append))
    for event in LATE_FILL:
        session.run_text(event)
    assert session.view().promises[0].word == "BROKEN at step 14"
    session.go_to(4)
    return session


def shape(session):
    return [(row.number, row.parent, row.parted_at, row.steps, row.current) for row in session.branches()]


def fates(session):
    return [(row.fate, row.was, row.at, row.note) for row in session.branch(session.view().branch).rest]


def test_a_branch_knows_its_parent_its_step_and_the_event_by_which_it_parts(lab):
    lab.run_text("drop database>reader_1.get.reply#1")
    assert shape(lab) == [(1, 0, 0, 14, False), (2, 1, 4, 5, True)]
    first, second = lab.branches()
    assert (first.label, first.outcome) == ("textbook", "BROKEN at step 14")
    assert (second.label, second.outcome) == ("drop database → reader A: reply k = v1", "HOLDS")


def test_a_step_belongs_to_the_branch_that_first_had_it(lab):
    lab.run_text("deliver database>reader_1.get.reply#1")
    lab.run_text("crash cache")
    lab.go_to(5)
    lab.run_text("crash database")
    lab.go_to(4)
    lab.run_text("crash writer_1")
    lab.go_to(2)
    lab.run_text("crash reader_1")
    parts = [(row.number, row.parent, row.parted_at) for row in lab.branches()]
    assert parts == [(1, 0, 0), (2, 1, 4), (3, 2, 5), (4, 1, 4), (5, 1, 2)]


def test_choosing_what_another_branch_did_leads_there(lab):
    lab.run_text("crash cache")
    lab.back()
    lab.run_text("call writer_1 set k v2")
    view = lab.view()
    assert (view.branch, view.branches, view.step, view.last_step) == (1, 2, 5, 14)


def test_other_code_and_other_settings_begin_by_themselves_and_say_what_differs(lab):
    lab.switch_variant()
    lab.set("writers", "2")
    rows = lab.branches()
    assert [(row.parent, row.label) for row in rows] == [
        (0, "textbook"),
        (0, "reference"),
        (0, "reference, writers=2"),
    ]
    view = lab.branch(3)
    assert "writers=2" in view.settings
    assert (view.there, view.at_parting, view.at_end, view.waiting) == ("", (), (), 0)


def test_switching_to_and_fro_leads_back_to_the_branch_that_was_left(lab):
    lab.switch_variant()
    assert lab.view().branch == 2
    lab.switch_variant()
    view = lab.view()
    assert (view.branch, view.branches, view.variant, view.step) == (1, 2, "textbook", 4)
    lab.switch_variant()
    assert lab.view().branch == 2


def test_after_going_on_the_other_code_follows_anew(lab):
    lab.switch_variant()
    lab.run_event()
    lab.switch_variant()
    assert (lab.view().branch, lab.view().variant) == (3, "textbook")


def test_nothing_is_kept_before_it_is_asked_for(lab):
    lab.run_text("drop database>reader_1.get.reply#1")
    view = lab.view()
    assert (view.step, view.last_step, view.waiting) == (5, 5, 10)
    assert lab.branch(2).rest == ()


def test_the_rest_goes_on_behind_the_step_in_view_and_tells_what_became_of_each_event(lab, kept):
    lab.run_text("drop database>reader_1.get.reply#1")
    assert counted(lab.keep_rest()) == "7 kept, 1 changed, 2 dropped"
    view = lab.view()
    assert (view.step, view.last_step, view.waiting) == (5, 13, 0)
    assert fates(lab) == [
        *(("kept", step, step + 1, "") for step in range(5, 10)),
        ("dropped", 10, 0, "dropped at step 5 here"),
        ("dropped", 11, 0, "was not sent here"),
        ("kept", 12, 11, ""),
        ("kept", 13, 12, ""),
        ("changed", 14, 13, "was k = v1"),
    ]
    assert lab.branches()[1].outcome == "HOLDS"
    saved = parse_run(kept[-1], "kept").replay(lab.lab)
    assert digest(saved) == digest(lab.run)


def test_going_through_the_rest_meets_every_kept_event_and_marks_the_changed_one(lab):
    lab.run_text("drop database>reader_1.get.reply#1")
    lab.keep_rest()
    notes = []
    while lab.view().step < lab.view().last_step:
        view = lab.view()
        notes.append(view.events[view.cursor].note)
        lab.run_event()
    assert (lab.view().branches, lab.view().step) == (2, 13)
    assert notes[-1] == "was k = v1"
    assert notes[:-1] == [
        "",
        *(f"sent at step {step}" for step in range(6, 10)),
        "",
        "sent at step 11",
    ]


def test_events_that_the_branch_chose_itself_are_not_lost(lab):
    lab.run_text("deliver database>reader_1.get.reply#1")
    lab.run_text("deliver reader_1>cache.set#1")
    assert counted(lab.keep_rest()) == "6 kept, 2 changed, 2 already here"
    notes = [row.note for row in lab.branch(2).rest if row.fate == "already"]
    assert notes == ["happened at step 5 here", "happened at step 6 here"]


def test_the_rest_is_kept_once(lab):
    lab.run_text("crash cache")
    assert lab.keep_rest()
    before = digest(lab.run)
    assert lab.keep_rest() == ()
    assert digest(lab.run) == before
    lab.switch_branch(1)
    assert lab.keep_rest() == ()


def test_the_rest_can_be_kept_on_a_branch_that_is_not_on_the_screen(lab):
    lab.run_text("crash cache")
    lab.switch_branch(1)
    assert lab.keep_rest(2)
    assert (lab.view().branch, lab.view().last_step) == (1, 14)
    assert lab.branches()[1].steps > 5


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("crash database", "database is down"),
        ("crash writer_1", "writer B is down"),
        ("cut writer_1 database", "the link is cut"),
        ("drop database>reader_1.get.reply#1", "dropped at step 5 here"),
    ],
)
def test_what_is_dropped_says_why(lab, event, why):
    lab.run_text(event)
    lab.keep_rest()
    assert why in [row.note for row in lab.branch(2).rest if row.fate == "dropped"]


def test_faults_that_cannot_happen_twice_say_so(lab):
    lab.switch_branch(1)
    for event in ("crash cache", "restart cache", "cut reader_1 cache", "heal reader_1 cache"):
        lab.run_text(event)
    lab.go_to(14)
    lab.run_text("cut reader_1 cache")
    lab.keep_rest()
    assert fates(lab) == [
        ("kept", 15, 16, ""),
        ("kept", 16, 17, ""),
        ("already", 17, 0, "happened at step 15 here"),
        ("kept", 18, 18, ""),
    ]


def test_a_branch_beside_its_parent_tells_the_first_event_and_the_values_that_differ(lab):
    lab.run_text("crash cache")
    view = lab.branch(2)
    assert (view.there, view.here) == ("writer B starts: set k = v2", "crash cache")
    assert view.at_parting == (Difference("cache", "nothing", "down"),)
    ends = {each.what: (each.there, each.here) for each in view.at_end}
    assert ends["database k"] == ("v2", "v1")
    assert ends["cache k"] == ("v1", "nothing")
    assert view.parent_steps == 14


def test_a_branch_that_is_not_there_is_refused(lab):
    with pytest.raises(UsageError, match="There is no branch 9"):
        lab.switch_branch(9)
    with pytest.raises(UsageError, match="There is no branch 0"):
        lab.branch(0)


def test_looking_back_a_fault_and_a_call_of_ones_own_are_what_happens_next(lab):
    lab.run_text("crash cache")
    lab.run_text("call reader_1 get k")
    lab.go_to(4)
    for title in ("crash cache", "reader A starts"):
        view = lab.view()
        assert view.events[view.cursor].title == title
        lab.run_event()
    assert (lab.view().branches, lab.view().step, lab.view().last_step) == (2, 6, 6)

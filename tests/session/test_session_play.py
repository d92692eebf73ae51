import pytest
from learners import TURNS

from sdtutor.content.records import LabLink
from sdtutor.errors import RunFileError, UsageError


def test_a_lab_opens_in_the_middle_of_its_story(tutor):
    lab = tutor.start_lab("turns")
    assert (lab.view().variant, lab.view().step, lab.view().title) == ("textbook", 2, "Taking turns")


def test_another_variant_or_setting_begins_at_step_0(tutor):
    assert tutor.start_lab("turns", "reference").view().step == 0
    lab = tutor.start_lab("turns", settings={"requests": "3"})
    assert (lab.view().step, lab.run.values["requests"]) == (0, 3)


def test_a_lab_resumes_where_it_was_left(learner):
    lab = learner.tutor.start_lab("turns", resume=True)
    lab.run_event()
    assert learner.sit_down().start_lab("turns", resume=True).view().step == 3
    assert learner.sit_down().start_lab("turns").view().step == 2


def test_a_kept_run_that_is_not_possible_any_more_begins_anew(learner):
    lab = learner.tutor.start_lab("turns")
    lab.run_event()
    store = learner.tutor.desk.store
    store.save_run(TURNS, store.run(TURNS).text.replace("balancer", "nobody"))
    assert learner.tutor.start_lab("turns", resume=True).view().step == 2


def test_a_goal_that_is_met_is_kept(learner):
    learner.tutor.start_lab("turns").run_event()
    assert [goal.goal for goal in learner.tutor.desk.store.goals()] == ["see_the_burst"]


def test_a_lab_that_keeps_nothing_leaves_no_progress_file(learner):
    learner.tutor.start_lab("turns", keep=False).run_event()
    assert not learner.home.exists()


def test_opening_a_lab_is_what_continue_goes_back_to(learner):
    learner.tutor.start_lab("turns")
    assert learner.tutor.last().kind == "lab"


@pytest.mark.parametrize(("step", "shown"), [(2, 2), (None, 3), (0, 0)])
def test_a_link_opens_its_scene_at_its_step(tutor, step, shown):
    view = tutor.open_link(LabLink(TURNS, "burst", step)).view()
    assert (view.variant, view.step, view.last_step) == ("textbook", shown, 3)


@pytest.mark.parametrize(
    ("link", "message"),
    [
        (LabLink(TURNS, "nowhere", 1), 'no scene "nowhere"'),
        (LabLink(TURNS, "burst", 4), "has 3 steps, not 4"),
        (LabLink("caching/nothing", "burst", 1), "no lab"),
    ],
)
def test_a_link_that_leads_nowhere_is_told(tutor, link, message):
    with pytest.raises(UsageError, match=message):
        tutor.open_link(link)


def test_a_run_file_opens_with_its_run(tutor, tmp_path):
    path = tmp_path / "run.yaml"
    lab = tutor.start_lab("turns", "reference", keep=False)
    lab.run_event()
    path.write_text(lab.run_file())
    view = tutor.open_run(path).view()
    assert (view.variant, view.step) == ("reference", 1)


def test_a_run_file_of_an_unknown_lab_is_told_with_its_file(tutor, tmp_path):
    path = tmp_path / "run.yaml"
    lab = tutor.start_lab("turns", keep=False)
    path.write_text(lab.run_file().replace(TURNS, "caching/nothing"))
    with pytest.raises(RunFileError, match=r"run\.yaml: There is no lab"):
        tutor.open_run(path)

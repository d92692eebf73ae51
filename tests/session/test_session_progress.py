from learners import CREDITS, TURNS


def test_progress_counts_what_was_done(learner):
    tutor = learner.tutor
    tutor.finish_lesson(TURNS)
    learner.take(tutor.start_quiz([TURNS], count=4))
    learner.take(tutor.start_quiz([CREDITS], count=1), right=False, confidence="sure")
    tutor.desk.store.record_goal(TURNS, "see_the_burst", 3)
    view = tutor.progress()
    assert (view.day, view.active_days, view.answers, view.right, view.goals) == (1, 1, 5, 4, 1)
    assert (view.due, view.due_tomorrow) == (0, 5)
    turns, credits_row = view.concepts
    assert (turns.read, turns.done, turns.right, turns.asked, turns.questions) == (True, False, 4, 4, 8)
    assert (credits_row.read, credits_row.right, credits_row.asked) == (False, 0, 1)
    assert [each.title for each in view.surprises] == ["Credits"]
    assert view.surprises[0].prompt
    assert view.path.endswith("progress.db")


def test_a_concept_is_done_when_it_was_read_and_mostly_right(learner):
    learner.take(learner.tutor.start_quiz([TURNS], count=6))
    assert not learner.tutor.progress().concepts[0].done
    learner.tutor.finish_lesson(TURNS)
    assert learner.tutor.progress().concepts[0].done


def test_answers_to_questions_that_were_removed_do_not_count(learner):
    learner.take(learner.tutor.start_quiz(only=[f"{TURNS}#word"]), right=False, confidence="sure")
    learner.replace("quizzes/load_balancing/turns.yaml", "id: word\n", "id: another\n")
    learner.clock.pass_time(days=2)
    view = learner.sit_down().progress()
    assert (view.concepts[0].asked, view.due, view.answers, view.surprises) == (0, 0, 1, ())


def test_an_export_gives_another_learner_the_same_progress(learner, tmp_path):
    learner.tutor.finish_lesson(TURNS)
    learner.take(learner.tutor.start_quiz([TURNS], count=4))
    exported = learner.tutor.export_progress()
    learner.home = tmp_path / "elsewhere"
    other = learner.sit_down()
    assert other.import_progress(exported) > 0
    assert other.import_progress(exported) == 0
    assert other.progress().concepts == learner.tutor.progress().concepts


def test_a_reset_forgets_one_concept_and_keeps_a_backup(learner):
    learner.take(learner.tutor.start_quiz([TURNS], count=2))
    learner.take(learner.tutor.start_quiz([CREDITS], count=2))
    backup = learner.tutor.reset_progress(TURNS)
    assert backup.is_file()
    assert [row.asked for row in learner.tutor.progress().concepts] == [0, 2]


def test_settings_are_kept(learner):
    assert learner.tutor.setting("theme", "dark") == "dark"
    learner.tutor.set_setting("theme", "light")
    assert learner.sit_down().setting("theme") == "light"


def test_the_last_place_is_kept_with_its_detail(learner):
    learner.tutor.remember("lab", TURNS, "step 9, branch 2")
    assert learner.sit_down().home().last == "lab turns, step 9, branch 2"

"""Each pane of the lab by itself."""

from dataclasses import replace

import lab_samples

from sdtutor.drawing.spans import plain, plain_text, width
from sdtutor.session.lab_views import ChangeRow, CodeRow, EventRow, PastRow, QuestionView
from sdtutor.tui import lab_panes as panes


def events(count):
    return tuple(EventRow(f"e{n}", f"event {n}", f"detail {n}", "", "deliver") for n in range(1, count + 1))


def test_the_row_at_the_cursor_is_in_sight_and_the_rest_is_counted():
    rows = panes.event_lines(events(14), 12, 47, 4)
    text = plain_text(rows)
    assert " ▸   event 13" in text
    assert "10 more" in text
    assert len(rows) == 4


def test_only_the_first_nine_events_have_a_digit():
    rows = [plain(row) for row in panes.event_lines(events(11), 0, 47, 11)]
    assert rows[8].startswith("   9 event 9")
    assert rows[9].startswith("     event 10")


def test_the_note_of_an_event_gives_way_where_room_is_short():
    event = lab_samples.STEP_4.events[0]
    assert "sent at step 4" in plain(panes.event_lines([event], 0, 61, 1)[0])
    assert "sent" not in plain(panes.event_lines([event], 0, 47, 1)[0])


def test_control_characters_of_a_value_never_get_into_a_row():
    event = EventRow("e", "a \x1b[31m b", "k = \x1b]0;x\x07", "", "deliver")
    assert "\x1b" not in plain_text(panes.event_lines([event], 0, 60, 1))
    change = ChangeRow("+", "x\x1b", "y\x1b")
    assert "\x1b" not in plain_text(panes.change_lines([change], 40, 3))
    past = PastRow(1, "x\x1b", "y\x1b")
    assert "\x1b" not in plain_text(panes.past_lines([past], 1, 40, 3))


def test_code_stands_still_while_the_focus_is_in_its_first_window():
    code = lab_samples.STEP_4.code
    tops = {plain(panes.code_lines(code, focus, 47, 10)[0]) for focus in range(8)}
    assert tops == {"    9 async def get(self, key):"}


def test_a_focus_further_down_shows_its_method_from_the_top():
    long = tuple(CodeRow(n, "" if n % 10 == 0 else f"line_{n}") for n in range(1, 60))
    shown = [plain(row) for row in panes.code_lines(long, 44, 47, 8)]
    assert shown[0] == "   41 line_41"
    assert any("line_45" in row for row in shown)


def test_a_focus_in_a_method_longer_than_the_pane_is_in_the_middle():
    long = tuple(CodeRow(n, f"line_{n}") for n in range(1, 60))
    shown = [plain(row) for row in panes.code_lines(long, 44, 47, 8)]
    assert "   45 line_45" in shown[2:6]


def test_the_gutter_tells_who_runs_who_ran_who_waits_and_what_differs():
    rows = (
        CodeRow(1, "a", "running", "A"),
        CodeRow(2, "b", "ran", "A"),
        CodeRow(3, "c", "parked", "B"),
        CodeRow(4, "d", changed=True),
    )
    assert [plain(row) for row in panes.code_lines(rows, 0, 20, 4)] == [
        "A▸  1 a",
        "A│  2 b",
        "B·  3 c",
        "    4▎d",
    ]


def test_what_runs_is_a_band_over_the_whole_width():
    row = panes.code_lines((CodeRow(1, "a = 1", "running", "A"),), 0, 30, 1)[0]
    assert [span.role for span in row] == ["running"]
    assert width(row) == 30


def test_a_change_too_long_for_its_row_goes_on_below():
    change = ChangeRow("=", "database", "k  v1 → a value that is long")
    assert [plain(row) for row in panes.change_lines([change], 24, 4)] == [
        " = database",
        "     k v1 → a value that",
        "     is long",
    ]


def test_changes_that_do_not_fit_are_counted():
    changes = [ChangeRow("+", f"m{n}", "x") for n in range(9)]
    assert plain(panes.change_lines(changes, 40, 4)[-1]) == "   6 more"


def test_the_run_so_far_goes_down_then_right_and_keeps_the_current_step():
    past = [PastRow(n, f"step {n}", "") for n in range(1, 21)]
    text = plain_text(panes.past_lines(past, 20, 120, 4))
    assert "▸ 20  step 20" in text
    assert "step 8" not in text
    text = plain_text(panes.past_lines(past, 2, 120, 4))
    assert "▸ 2  step 2" in text or "▸  2  step 2" in text


def test_choices_stand_below_each_other_or_in_one_row():
    question = QuestionView("What?", ("v1", "v2", "miss"))
    assert [plain(row) for row in panes.question_lines(question, 40, 5)] == [
        " What?",
        "   1 v1",
        "   2 v2",
        "   3 miss",
    ]
    assert [plain(row) for row in panes.question_lines(question, 40, 2)] == [
        " What?",
        "   1 v1   2 v2   3 miss",
    ]


def test_the_first_broken_promise_is_told_even_when_it_is_not_the_main_one():
    other = replace(lab_samples.BROKEN, name="other", sentence="The cache differs.")
    view = replace(lab_samples.STEP_4, promises=(lab_samples.PROMISE, other))
    assert plain_text(panes.promise_lines(view, 80)) == " BROKEN at step 14  The cache differs."


def test_a_title_too_narrow_for_everything_keeps_the_step():
    row = plain(panes.title_line(lab_samples.STEP_7, 48))
    assert "Cache-aside" in row
    assert "step 7" in row
    assert "branch" not in row


def test_looking_back_tells_how_far_the_branch_goes():
    view = replace(lab_samples.STEP_7, step=3)
    assert "step 3 of 7" in plain(panes.title_line(view, 80))


def test_the_coach_tells_the_guess_then_the_verdict():
    assert "You said v1." in plain_text(panes.coach_lines(lab_samples.GUESSED, 80, 3, 4))
    assert "v1: as you said." in plain_text(panes.coach_lines(lab_samples.TOLD, 80, 3, 4))


def test_a_goal_that_is_met_leads_to_the_next():
    assert "n next goal" in plain_text(panes.coach_lines(lab_samples.TOLD, 80, 3, 4))


def test_a_story_that_is_told_leads_to_what_comes_next():
    view = replace(lab_samples.TOLD, next_up="Say this in an interview")
    assert "Enter Say this in an interview" in plain_text(panes.coach_lines(view, 80, 3, 4))


def test_the_last_hint_is_shown_until_the_goal_is_met():
    goal = replace(lab_samples.GOAL, hints=("One.", "Two."), more_hints=False)
    view = replace(lab_samples.STEP_4, goal=goal, coach="")
    text = plain_text(panes.coach_lines(view, 80, 3, 4))
    assert "Hint: Two." in text
    assert "h hint" not in text
    assert "h goal" not in text
    assert "Esc free play" in text
    assert "Hint" not in plain_text(panes.coach_lines(replace(view, goal=replace(goal, done=True)), 80, 3, 4))


def test_in_free_play_there_is_neither_goal_nor_its_keys():
    view = replace(lab_samples.STEP_4, goal=None, coach="")
    assert plain_text(panes.coach_lines(view, 80, 3, 4)).strip() == ""


def test_more_than_fits_ends_in_a_mark():
    view = replace(lab_samples.STEP_4, coach="word " * 100)
    rows = panes.coach_lines(view, 80, 3, 4)
    assert len(rows) == 4
    assert plain(rows[-1]).endswith("›")

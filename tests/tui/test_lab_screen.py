"""The lab played by keys: what the learner presses, and what the screen then shows."""

import asyncio
from types import SimpleNamespace

import pytest
from screen_text import screen_text

from sdtutor.engine.run import Run
from sdtutor.labs.caching.cache_aside import LAB
from sdtutor.labs.load_balancing.weighted_round_robin import LAB as ROBIN
from sdtutor.session.lab_opening import Keeping, resume_lab, start_lab
from sdtutor.session.views import QuizSummary, QuizView, SectionView
from sdtutor.tui.app import TutorApp
from sdtutor.tui.base_screen import BaseScreen
from sdtutor.tui.lab_screen import LabScreen

STORY = "down right right right right right right right a enter 1 right"
"""From the opening to the broken promise, as the notes on the first five minutes press it."""


class Quiz:
    """A quiz whose three questions are answered."""

    def view(self):
        return QuizView(
            "", 3, 3, "choice", "", "", "mid", "", finished=True, summary=QuizSummary(3, 3, (), 3, 2)
        )


class Learner:
    """Stands in for the tutor: one lesson, one quiz, and a memory of what was opened."""

    def __init__(self):
        self.remembered = []
        self.asked = []

    def remember(self, *place):
        self.remembered.append(place)

    def open_lesson(self, name):
        said = SectionView("Say this in an interview", "Delete, do not update.\n\nA ttl bounds the lie.")
        return SimpleNamespace(concept=name, sections=(said,), summary="")

    def start_quiz(self, names, count):
        self.asked.append((names, count))
        return Quiz()


class Below(BaseScreen):
    """A screen from which a lab is opened."""

    def __init__(self, name="home"):
        super().__init__()
        self.KEYS = name

    def body(self, columns, rows):
        return ()


def stuck():
    """A run whose only step does not end."""
    run = Run(ROBIN, "textbook", {"servers": "a:-1"}, 7, "load_balancing/weighted_round_robin")
    run.advance()
    return resume_lab(run, ("Load balancing", "Weighted round robin"), Keeping())


def opened():
    run = Run(LAB, LAB.opening.variant, LAB.opening.parameters, 7, "caching/cache_aside")
    return start_lab(run, ("Caching", "Cache-aside"), Keeping())


class Played:
    """A lab that was played: what the screen shows at the end, and what is behind it."""

    def __init__(self, *presses, size=(80, 24), below=None, ascii_only=False, sizes=(), session=None):
        self.tutor, self.session = Learner(), session or opened()
        self.lab = LabScreen(self.session)
        self.texts = []
        asyncio.run(self._play(presses, size, below, ascii_only, sizes))

    async def _play(self, presses, size, below, ascii_only, sizes):
        app = TutorApp(self.tutor, below or self.lab, ascii_only=ascii_only)
        async with app.run_test(size=size) as pilot:
            if below:
                app.push_screen(self.lab)
                await pilot.pause()
            for keys in presses:
                await pilot.press(*keys.split())
                self.texts.append(screen_text(app) if app.is_running else "")
            for columns, rows in sizes:
                await pilot.resize_terminal(columns, rows)
                await pilot.pause()
                await pilot.pause()
                self.texts.append(screen_text(app))
            self.stack = list(app.screen_stack)
            self.clipboard = app.clipboard
        self.code = app.return_code

    @property
    def text(self):
        return self.texts[-1]

    @property
    def view(self):
        return self.session.view()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_first_five_minutes_make_the_cache_lie_and_then_keep_its_promise(size):
    played = Played(
        "down right",
        "right right right right",
        "right right",
        "a enter",
        "1",
        "right",
        "left left left left left left left left left left",
        "right right right",
        "v",
        size=size,
    )
    begins, acknowledged, filled, asked, guessed, broken, gone_back, other, reference = played.texts
    assert "step 5 " in begins
    assert "step 9 " in acknowledged
    assert "Deliver v1 to reader A now." in acknowledged
    assert "Database v2, cache v1. Who will notice?" in filled
    assert "your guess" in asked
    assert "What will the read return?" in asked
    assert "1 v1" in asked
    assert "You said v1." in guessed
    assert "HOLDS" in guessed
    assert "BROKEN at step 14" in broken
    assert "You said v1: right." in broken
    assert "goal met" in broken
    assert "step 4 of 14" in gone_back
    assert "HOLDS" in other
    assert "REFERENCE (fixed)" in reference
    assert "HOLDS" in reference


def test_nothing_moves_before_a_key():
    played = Played("w")
    assert played.view.step == 4
    assert "Make a read return v1" not in played.text
    assert "reader A: get k waits for database." in played.text


def test_a_digit_runs_that_row():
    assert "writer B" in Played("2").session.view().past[-1].title


def test_a_digit_without_a_row_does_nothing():
    assert Played("9").view.step == 4


def test_choosing_differently_after_going_back_branches_by_itself():
    played = Played("2 left", "1")
    assert "step 4 of 5" in played.texts[0]
    assert "branch 2 of 2" in played.text


def test_going_on_with_what_was_recorded_does_not_branch():
    played = Played("2 left right")
    assert played.view.branches == 1
    assert played.view.step == 5


def test_a_line_at_a_time():
    played = Played("left", "comma", "full_stop")
    assert played.view.step == 3
    assert "line 2 of 3" in played.texts[1]
    assert "line" not in played.text.splitlines()[2]


def test_space_plays_until_a_key():
    async def play():
        lab = LabScreen(opened())
        app = TutorApp(Learner(), lab)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("space")
            assert " playing ─" in screen_text(app)
            lab._play_on()
            lab._play_on()
            assert lab.view.step == 6
            await pilot.press("space")
            assert lab._playing is None
            assert lab.view.step == 6
            assert " playing ─" not in screen_text(app)

    asyncio.run(play())


@pytest.mark.parametrize("has_goal", [True, False])
def test_playing_stops_where_a_promise_breaks(has_goal):
    async def play():
        lab = LabScreen(opened())
        app = TutorApp(Learner(), lab)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press(*["down", "right", "right", "right", "right", "right", "right", "right"])
            lab.session.call("reader_1", "get", ["k"])
            lab.session.guess(0)
            if not has_goal:
                lab.session.free_play()
            lab.draw()
            await pilot.press("space")
            assert lab._playing is not None
            lab._play_on()
            assert lab._playing is None
            assert "BROKEN" in screen_text(app)

    asyncio.run(play())


def test_playing_stops_where_nothing_can_happen():
    async def play():
        lab = LabScreen(opened())
        app = TutorApp(Learner(), lab)
        async with app.run_test(size=(80, 24)) as pilot:
            lab.session.free_play()
            await pilot.press("space")
            for _ in range(20):
                if lab._playing is None:
                    break
                lab._play_on()
            assert lab.view.finished
            assert lab._playing is None

    asyncio.run(play())


def test_a_call_with_values_of_ones_own():
    played = Played("a", "backspace q enter")
    assert "call an operation" in played.texts[0]
    assert "reader A: get k" in played.texts[0]
    assert played.session.run.steps[-1].event.arguments == ("q",)


def test_another_call_is_chosen_with_its_own_example():
    played = Played("a down", "enter")
    assert "writer B: set k v2" in played.texts[0]
    assert played.session.run.steps[-1].event.operation == "set"


def test_a_wrong_number_of_values_is_told_and_what_was_typed_stays():
    played = Played("a space x enter")
    assert "get takes key." in played.text
    assert "reader A: get k x" in played.text
    assert played.view.step == 4


def test_an_open_quote_is_told():
    assert "Close the quote." in Played("a quotation_mark enter").text


def test_escape_leaves_a_call_alone():
    played = Played("a", "escape")
    assert "what can happen next" in played.text
    assert len(played.stack) == 1


def test_a_fault_is_a_kind_and_then_what_it_hits():
    played = Played("x", "enter", "enter")
    assert "▸ drop" in played.texts[0]
    assert "crash" in played.texts[0]
    assert "break something: drop" in played.texts[1]
    assert str(played.session.run.steps[-1].event).startswith("drop database>reader_1.get.reply#1")
    assert "what can happen next" in played.text


def test_escape_goes_back_from_the_targets_to_the_kinds():
    played = Played("x down down enter", "escape", "escape")
    assert "break something: crash" in played.texts[0]
    assert "▸ crash" in played.texts[1]
    assert "what can happen next" in played.texts[2]


def test_a_setting_begins_the_run_again():
    played = Played("s", "enter backspace 2 enter")
    assert "readers = 1" in played.texts[0]
    assert played.session.run.given["readers"] == "2" or played.session.run.given["readers"] == 2
    assert "reader B" in played.text


def test_a_setting_out_of_bounds_is_told():
    played = Played("s enter backspace 9 enter")
    assert "9" in played.text
    assert "3" in played.text
    assert played.lab is not played.stack[-1]


def test_a_step_is_gone_to_and_one_that_is_not_there_is_told():
    played = Played("t 1 enter", "t 9 9 enter")
    assert "step 1 of 4" in played.texts[0]
    assert 'There is no step "99"' in " ".join(played.text.split())
    assert played.view.step == 1


def test_texts_lie_over_the_lower_panes():
    played = Played("i", "escape m", "escape w", "down")
    assert "Simulated" in played.texts[0]
    assert "database reads" in played.texts[1]
    assert "in words" in played.texts[2]
    assert "line 2 of" in played.texts[3]
    assert "─ system ─" in played.texts[0]


def test_variables_are_asked_for():
    played = Played("l", "l")
    assert "key = 'k'" in played.texts[0]
    assert "key = 'k'" not in played.text


def test_zoom_shows_one_pane_tab_the_next_and_escape_all():
    played = Played("z", "tab", "escape")
    assert "value = await self.database.get(key)" in played.texts[0]
    assert "─ system ─" in played.texts[1]
    assert "async def" not in played.texts[1]
    assert "what can happen next" in played.text
    assert played.view.goal is not None


def test_hints_come_one_by_one():
    played = Played("h", "h")
    assert "A message that is in flight can be as late as you like." in " ".join(played.texts[0].split())
    assert "Hold v1 back" in played.text


def test_escape_leads_from_the_goals_to_free_play_and_n_back_to_them():
    played = Played("escape", "n")
    assert "GOAL" not in played.texts[0]
    assert "GOAL" in played.texts[1]


@pytest.mark.parametrize("name", ["lesson", "quiz"])
def test_escape_leads_straight_back_to_a_text(name):
    below = Below(name)
    played = Played("l", "escape", below=below)
    assert "free play" not in played.texts[0]
    assert played.stack == [below]


def test_leaving_keeps_the_step():
    below = Below()
    played = Played("right q", below=below)
    assert played.stack == [below]
    assert played.tutor.remembered == [("lab", "caching/cache_aside", "step 5")]


def test_interrupting_keeps_the_step_and_has_its_own_code():
    played = Played("ctrl+c")
    assert played.code == 130
    assert played.tutor.remembered == [("lab", "caching/cache_aside", "step 4")]


def test_the_command_is_copied_and_shown():
    played = Played("y")
    assert played.clipboard == played.session.command()
    assert "Copied: sdtutor lab caching/cache_aside --variant textbook" in played.text


def test_asking_where_no_call_is_open_makes_a_question_from_the_state_which_has_room_for_its_options():
    played = Played("right right right", "right g")
    _, _, guess = played.text.partition("─ your guess ─")
    assert "?" in guess
    assert "   1 " in guess
    assert "   2 " in guess


def test_g_asks_about_a_call_that_is_open():
    assert "What will the read return?" in Played("g").text


def test_after_the_story_come_the_interview_lines_three_questions_and_home():
    below = Below()
    played = Played(STORY, "v", "enter", "enter", "enter", below=below)
    assert "Enter Say this in an interview" in played.texts[1]
    assert "A ttl bounds the lie." in played.texts[2]
    assert "3 questions" in played.texts[2]
    assert played.tutor.asked == [(("caching/cache_aside",), 3)]
    assert "3" in played.texts[3]
    assert played.stack == [below]


def test_escape_leads_from_the_interview_lines_back_to_the_lab():
    played = Played(STORY, "v enter escape")
    assert played.stack == [played.lab]


def test_resizing_keeps_everything():
    played = Played("2 z", sizes=[(40, 10), (30, 8), (80, 24)])
    small, tiny, back = played.texts[1:]
    assert "step 5" in small
    assert "--plain" in " ".join(tiny.split())
    assert back == played.texts[0]
    assert played.view.step == 5


def test_below_60_columns_tab_goes_round_the_panes():
    played = Played("tab", "tab", size=(50, 20))
    assert "async def get" in played.texts[0]
    assert "─ system ─" in played.texts[1]
    assert all(len(row) <= 50 for row in played.text.splitlines())


def test_in_ascii_no_other_character_is_drawn():
    assert Played("right", ascii_only=True).text.isascii()


def test_every_row_fits_at_every_moment_of_the_story():
    played = Played(*STORY.split(), "v")
    assert all(len(row) <= 80 for text in played.texts for row in text.splitlines())
    assert all(len(text.splitlines()) == 24 for text in played.texts)


def test_after_a_step_that_does_not_end_only_what_works_is_offered():
    played = Played("l", "left", session=stuck())
    at_the_end, before = (text.splitlines()[-1] for text in played.texts)
    assert "BROKEN at step 1" in played.texts[0]
    assert "a call" not in at_the_end
    assert "x faults" not in at_the_end
    assert "a call" in before

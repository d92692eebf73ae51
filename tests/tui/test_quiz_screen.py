from dataclasses import replace

import pytest
from playing import play
from screen_text import screen_text

from sdtutor.content.records import LabLink
from sdtutor.session.views import ConceptScore, QuizSummary
from sdtutor.tui.quiz_page import back_tomorrow, question_lines
from sdtutor.tui.quiz_screen import QuizScreen

CONCEPT = "caching/read_through"


def quiz(tutor, *ids, done=None):
    return QuizScreen(tutor.start_quiz(only=[f"{CONCEPT}#{each}" for each in ids], seed=1), done)


def digit_of(screen, text):
    """Return the digit that chooses the option with this text, as shuffled."""
    return str(screen.view.choices.index(text) + 1)


def test_a_digit_and_enter_answer_and_every_wrong_choice_says_why(tutor):
    screen = quiz(tutor, "who_loads")

    async def steps(app, pilot):
        await pilot.press(digit_of(screen, "The reader, after the miss"))
        assert "▸ " + digit_of(screen, "The reader, after the miss") in screen_text(app)
        await pilot.press("enter")
        text = screen_text(app)
        assert "Not right." in text
        assert "It is  The cache" in text
        assert "That is cache-aside." in text
        assert "That is refresh-ahead." in text

    play(tutor, screen, steps)


@pytest.mark.parametrize(("key", "word"), [("enter", "think"), ("plus", "sure"), ("minus", "guess")])
def test_the_key_says_how_sure_the_learner_is(tutor, key, word):
    screen = quiz(tutor, "who_loads")

    async def steps(app, pilot):
        await pilot.press("1", key)

    play(tutor, screen, steps)
    (answer,) = tutor.export_progress()["answers"]
    assert answer["confidence"] == word


def test_nothing_chosen_is_told(tutor):
    async def steps(app, pilot):
        await pilot.press("enter")
        assert "Nothing is chosen yet." in screen_text(app)

    play(tutor, quiz(tutor, "who_loads"), steps)


def test_in_a_multi_question_a_digit_once_more_takes_it_back(tutor):
    screen = quiz(tutor, "which_costs")

    async def steps(app, pilot):
        await pilot.press("1", "2", "1")
        assert screen.view.chosen == (1,)

    play(tutor, screen, steps)


def test_an_order_is_given_by_the_digits_in_sequence(tutor):
    screen = quiz(tutor, "order_of_calls")
    right = ("get from the cache", "get from the table", "set in the cache")

    async def steps(app, pilot):
        for text in right:
            await pilot.press(digit_of(screen, text))
        assert f"1.{digit_of(screen, right[0])}" in screen_text(app).replace(" ", "")
        await pilot.press("enter")
        assert "Right." in screen_text(app)

    play(tutor, screen, steps)


def test_a_number_is_typed_at_once_and_answered_after_it(tutor):
    screen = quiz(tutor, "hit_ratio")

    async def steps(app, pilot):
        assert "Answer (reads/s):" in screen_text(app)
        await pilot.press("5", "0", "enter")
        assert "Your answer  50 reads/s" in screen_text(app)
        await pilot.press("plus")
        assert "Right." in screen_text(app)

    play(tutor, screen, steps)


def test_esc_keeps_what_was_typed(tutor):
    screen = quiz(tutor, "word")

    async def steps(app, pilot):
        await pilot.press("t", "t", "escape")
        assert screen.view.typed == "tt"
        assert app.return_code is None
        await pilot.press("e", "backspace", "l", "enter")
        assert screen.view.typed == "tl"

    play(tutor, screen, steps)


def test_a_line_is_pointed_at_by_its_number(tutor):
    screen = quiz(tutor, "faulty_line")

    async def steps(app, pilot):
        assert "textbook/caching/cache_aside.py#CacheAside.get" in screen_text(app)
        await pilot.press("2", "enter", "minus")
        assert "You said  2" in screen_text(app)

    play(tutor, screen, steps)


def test_u_takes_an_answer_back_until_the_next_question(tutor):
    screen = quiz(tutor, "who_loads", "which_costs")

    async def steps(app, pilot):
        await pilot.press("1", "enter", "u")
        assert screen.view.told is None
        await pilot.press("1", "enter", "enter", "u")
        assert screen.view.number == 2

    play(tutor, screen, steps)


def test_a_report_is_kept(tutor):
    async def steps(app, pilot):
        await pilot.press("!", *"typo", "enter")
        assert "Kept." in screen_text(app)

    play(tutor, quiz(tutor, "who_loads"), steps)
    assert tutor.setting(f"report:{CONCEPT}#who_loads")["text"] == "typo"


def test_the_summary_tells_when_to_come_back_and_enter_leaves(tutor):
    left = []
    screen = quiz(tutor, "who_loads", done=lambda: left.append(True))

    async def steps(app, pilot):
        await pilot.press(digit_of(screen, "The cache"), "enter", "enter")
        assert "1 of 1 right" in screen_text(app)
        assert not left
        await pilot.press("enter")
        assert left

    play(tutor, screen, steps)


def test_when_to_come_back_is_said_in_words():
    summary = QuizSummary(2, 3, (ConceptScore(CONCEPT, "Read-through", 2, 3),), 3, 2)
    assert back_tomorrow(summary) == "Back tomorrow: 3 reviews, 2 min."
    assert back_tomorrow(replace(summary, due_tomorrow=0, minutes=0)) == "Nothing is due tomorrow."


def test_no_row_of_a_question_is_wider_than_the_screen(tutor):
    screen = quiz(tutor, "faulty_line")
    for columns in (36, 60, 76, 116):
        rows = question_lines(screen.view, columns)
        assert max(sum(len(span.text) for span in row) for row in rows) <= columns


class Fixed:
    """A quiz session that stands still at one view."""

    def __init__(self, view):
        self._view = view

    def view(self):
        return self._view


def test_l_opens_the_lab_that_shows_it(tutor, monkeypatch):
    opened = []
    monkeypatch.setattr(type(tutor), "open_link", lambda self, link: opened.append(link))
    session = tutor.start_quiz(only=[f"{CONCEPT}#who_loads"], seed=1)
    session.choose(0)
    session.answer("think")
    link = LabLink(CONCEPT, "stale_read", 14)
    screen = QuizScreen(Fixed(replace(session.view(), lab=link)))

    async def steps(app, pilot):
        monkeypatch.setattr(app, "show_lab", opened.append)
        assert "l see it run" in screen_text(app)
        await pilot.press("l")

    play(tutor, screen, steps)
    assert opened[0] == link

from collections import Counter

import pytest

from sdtutor.content.quizzes import load_quiz
from sdtutor.content.records import Ask, LabLink
from sdtutor.errors import ContentError


def load(workshop):
    return load_quiz(workshop.root, "caching/read_through", workshop.package)


def test_a_quiz_has_its_questions_with_stable_items_and_lines(workshop):
    quiz = load(workshop)
    rows = quiz.path.read_text(encoding="utf-8").split("\n")
    assert Counter(question.kind for question in quiz.questions) == {
        "choice": 1,
        "multi": 1,
        "order": 1,
        "number": 1,
        "gap": 1,
        "line": 1,
        "predict": 2,
    }
    for question in quiz.questions:
        assert question.item == f"caching/read_through#{question.id}"
        assert rows[question.line - 1] == f"  - id: {question.id}"


def test_defaults_stand_where_the_file_is_silent(workshop):
    quiz = load(workshop)
    assert quiz.question("who_loads").level == "mid"
    assert quiz.question("which_costs").level == "senior"
    assert quiz.question("hit_ratio").tolerance == 0.05
    assert quiz.question("word").lab is None
    assert quiz.question("gone") is None


def test_a_lab_place_belongs_to_the_quiz_unless_it_says_otherwise(workshop):
    quiz = load(workshop)
    assert quiz.question("who_loads").lab == LabLink("caching/read_through", "stale_read", 14, 8)
    assert quiz.question("predict_holds").lab.concept == "consistency/stale_reads"


def test_a_prediction_has_its_run_and_what_it_asks(workshop):
    question = load(workshop).question("predict_value")
    assert (question.run.variant, question.run.seed, question.run.steps) == ("textbook", 7, 3)
    assert dict(question.run.parameters) == {"readers": 1, "servers": "a:5,b:1"}
    assert question.ask == Ask("result", -1)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("{stored: cache.k}", Ask("stored", "cache.k")),
        ("{view: node_1.size}", Ask("view", "node_1.size")),
        ("{measure: moved}", Ask("measure", "moved")),
        ("{steps: true}", Ask("steps", "")),
        ("{result: 2}", Ask("result", 2)),
    ],
)
def test_a_prediction_asks_for_any_one_thing(workshop, written, asked):
    workshop.replace(workshop.quiz, "{result: -1}", written)
    assert load(workshop).question("predict_value").ask == asked


def test_the_right_line_of_code_is_counted_within_the_code(workshop):
    question = load(workshop).question("faulty_line")
    assert (
        question.include.code.split("\n")[question.answer[0] - 1].strip() == "await self.cache.set(key, row)"
    )


def test_loading_a_quiz_with_a_fault_raises_it_with_its_line(workshop):
    line = workshop.replace(workshop.quiz, "kind: gap", "kind: gasp")
    with pytest.raises(ContentError) as caught:
        load(workshop)
    assert caught.value.line == line


def test_a_right_option_that_is_longest_in_most_questions_is_reported_but_not_in_half(workshop):
    text = (workshop.root / workshop.quiz).read_text(encoding="utf-8")
    question = text[text.index("  - id: who_loads") : text.index("  - id: which_costs")]
    longest = question.replace("who_loads", "who_else").replace(
        "text: The cache\n", "text: The cache, as it always has to be\n"
    )
    workshop.write(workshop.quiz, text + longest)
    assert workshop.problems() == []
    workshop.write(workshop.quiz, text + longest + longest.replace("who_else", "who_next"))
    assert "longest in 2 of 3" in workshop.the_problem()[2]

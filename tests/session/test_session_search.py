import pytest
from learners import CREDITS, TURNS


def hits(tutor, words):
    return [(hit.kind, hit.id) for hit in tutor.search(words)]


def test_a_word_of_a_title_finds_the_lesson_first_then_its_lab(tutor):
    assert hits(tutor, "taking TURNS")[:2] == [("lesson", TURNS), ("lab", TURNS)]


def test_all_words_must_be_found(tutor):
    assert hits(tutor, "zugzwang") == [("lesson", CREDITS)]
    assert hits(tutor, "zugzwang debt") == [("lesson", CREDITS)]
    assert hits(tutor, "zugzwang burst queue nowhere") == []


def test_words_may_be_found_in_different_places(tutor):
    assert hits(tutor, "credits zugzwang") == [("lesson", CREDITS)]


def test_a_title_comes_before_a_mention(tutor):
    found = hits(tutor, "credits")
    assert found[0] == ("lesson", CREDITS)


def test_a_hit_in_the_text_tells_section_and_excerpt(tutor):
    (hit,) = tutor.search("zugzwang")
    assert hit.place == "The problem"
    assert "A debt is a zugzwang of its own." in hit.excerpt
    assert len(hit.excerpt) <= 72
    assert "\n" not in hit.excerpt


def test_a_hit_in_a_prompt_tells_the_question(tutor):
    found = {hit.id: hit for hit in tutor.search("nginx calls") if hit.kind == "quiz"}
    assert found[TURNS].place == "word"


def test_a_word_is_found_at_the_beginning_of_words_only(tutor):
    assert hits(tutor, "zugz")
    assert hits(tutor, "ugzwang") == []


@pytest.mark.parametrize("words", ["", "   "])
def test_no_words_find_nothing(tutor, words):
    assert tutor.search(words) == ()


@pytest.mark.parametrize("words", ["(", "a*b[", "\\"])
def test_signs_are_looked_for_as_they_are(tutor, words):
    tutor.search(words)
    assert hits(tutor, "zugzwang.") == []


def test_files_with_mistakes_are_searched_as_far_as_they_can_be_read(learner):
    learner.replace("quizzes/load_balancing/turns.yaml", "format: 1", "format: [1")
    assert ("lesson", TURNS) in hits(learner.sit_down(), "taking")


def test_a_lesson_that_is_spoilt_while_the_tutor_runs_is_found_by_its_title(learner):
    assert ("lesson", TURNS) in hits(learner.tutor, "taking")
    learner.replace("lessons/load_balancing/turns.md", "format: 1", "format: [1")
    assert ("lesson", TURNS) in hits(learner.tutor, "taking")

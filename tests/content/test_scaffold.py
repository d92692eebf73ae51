import ast

import pytest

from sdtutor.content.catalogue import Catalogue
from sdtutor.content.checking import check_file
from sdtutor.content.problem_records import Lexicon
from sdtutor.content.problems import read_problem
from sdtutor.content.scaffold import scaffold, scaffold_interview
from sdtutor.errors import UsageError


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / "lessons").mkdir()
    return tmp_path


def new(checkout, slug="refresh_ahead", topic="caching"):
    return scaffold(checkout, checkout / "sdtutor", topic, slug)


def test_a_new_concept_has_its_files_at_the_same_address_in_every_tree(checkout):
    written = {path.relative_to(checkout).as_posix() for path in new(checkout)}
    assert written == {
        "lessons/caching/refresh_ahead.md",
        "quizzes/caching/refresh_ahead.yaml",
        "sdtutor/reference/caching/__init__.py",
        "sdtutor/reference/caching/refresh_ahead.py",
        "sdtutor/labs/caching/__init__.py",
        "sdtutor/labs/caching/refresh_ahead/__init__.py",
        "sdtutor/labs/caching/refresh_ahead/promises.py",
        "sdtutor/labs/caching/refresh_ahead/story.py",
        "tests/concepts/caching/test_refresh_ahead.py",
    }


def test_skeletons_are_well_formed_and_yet_do_not_pass(checkout):
    files = new(checkout)
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert "$" not in text
        if path.suffix == ".py":
            ast.parse(text)
            assert max(map(len, text.split("\n"))) <= 110
            continue
        problems = check_file(path, checkout / "sdtutor")
        lines = {number for number, row in enumerate(text.split("\n"), 1) if "FILL IN:" in row}
        said = {problem.line for problem in problems if "skeleton" in problem.message}
        assert said == lines
        others = [problem.message for problem in problems if "skeleton" not in problem.message]
        assert len(others) == 1, others
        assert "words;" in others[0] or "at least 8 entries" in others[0]
    assert Catalogue.scan(checkout).concepts == ("caching/refresh_ahead",)


def test_nothing_is_overwritten(checkout):
    mine = checkout / "quizzes" / "caching" / "refresh_ahead.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="exists already"):
        new(checkout)
    assert mine.read_text(encoding="utf-8") == "mine"
    assert list((checkout / "lessons").iterdir()) == []


def test_a_second_concept_keeps_the_packages_of_the_first(checkout):
    new(checkout)
    second = new(checkout, "write_behind")
    assert [path.parent.name for path in second if path.name == "__init__.py"] == ["write_behind"]


@pytest.mark.parametrize(
    ("topic", "slug", "message"),
    [
        ("cachin", "x", 'no topic "cachin"'),
        ("caching", "Refresh-Ahead", "not a slug"),
        ("caching", "../x", "slug"),
    ],
)
def test_a_name_that_is_not_one_is_refused(checkout, topic, slug, message):
    with pytest.raises(UsageError, match=message):
        new(checkout, slug, topic)


def test_a_slug_is_unique_over_all_topics(checkout):
    new(checkout)
    with pytest.raises(UsageError, match="is taken by"):
        new(checkout, topic="databases")


def test_an_installed_package_is_not_written_to(tmp_path):
    with pytest.raises(UsageError, match="installed"):
        scaffold(tmp_path / "sdtutor" / "_content", tmp_path / "sdtutor", "caching", "x")


def test_the_skeleton_of_an_interview_has_every_list_and_does_not_pass_until_it_is_filled(checkout):
    (path,) = scaffold_interview(checkout, checkout / "sdtutor", "photo_sharing")
    assert path == checkout / "interviews" / "photo_sharing.yaml"
    text = path.read_text(encoding="utf-8")
    assert "title: Photo sharing" in text
    problem, wrong = read_problem(path, Lexicon({}))
    assert problem is None
    unfilled = {number for number, row in enumerate(text.split("\n"), 1) if "FILL IN:" in row}
    assert {each.line for each in wrong if "skeleton" in each.message} == unfilled
    rest = [each.message for each in wrong if "skeleton" not in each.message]
    assert all("entries; it has 1" in message or "topic/concept" in message for message in rest), rest


def test_an_interview_is_not_overwritten_nor_written_under_a_wrong_name(checkout):
    scaffold_interview(checkout, checkout / "sdtutor", "chat")
    with pytest.raises(UsageError, match="exists already"):
        scaffold_interview(checkout, checkout / "sdtutor", "chat")
    with pytest.raises(UsageError, match="not a slug"):
        scaffold_interview(checkout, checkout / "sdtutor", "../chat")
    with pytest.raises(UsageError, match="installed"):
        scaffold_interview(checkout / "sdtutor" / "_content", checkout / "sdtutor", "chat")

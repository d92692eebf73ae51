import subprocess
import sys

import pytest

from sdtutor.content.catalogue import Catalogue, Entry, in_order
from sdtutor.content.roots import content_root
from sdtutor.core.slugs import TOPICS


def entry(concept, *requires, title=None):
    return Entry(concept, title or concept, "Summary.", 5, "mid", requires, has_quiz=True)


def order(*entries):
    return [each.concept for each in in_order(entries)]


def test_the_catalogue_lists_concepts_with_titles_and_quizzes(workshop):
    (workshop.root / workshop.quiz).unlink()
    catalogue = Catalogue.scan(workshop.root)
    assert catalogue.concepts == ("caching/read_through", "consistency/stale_reads")
    assert [each.has_quiz for each in catalogue.entries] == [False, True]
    assert catalogue.entry("caching/read_through").title == "Read-through"
    assert [each.slug for each in catalogue.of_topic("consistency")] == ["stale_reads"]
    with pytest.raises(KeyError):
        catalogue.entry("caching/nothing")


def test_a_concept_comes_after_what_it_requires():
    assert order(entry("scalability/b", "consistency/a"), entry("consistency/a")) == [
        "consistency/a",
        "scalability/b",
    ]


def test_without_requirements_topics_come_in_teaching_order_then_titles():
    entries = entry("consistency/a"), entry("caching/z", title="A"), entry("caching/a", title="B")
    assert order(*entries) == ["caching/z", "caching/a", "consistency/a"]


def test_an_unknown_requirement_does_not_hold_a_concept_back():
    assert order(entry("caching/a", "caching/gone")) == ["caching/a"]


def test_concepts_on_a_cycle_are_listed_last():
    entries = entry("caching/a", "caching/b"), entry("caching/b", "caching/a"), entry("consistency/c")
    assert order(*entries) == ["consistency/c", "caching/a", "caching/b"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("title: Read-through", "title: 7"), ("minutes: 6", "minutes: six"), ("---\nformat", "format")],
)
def test_a_lesson_that_cannot_be_listed_is_a_problem_and_hides_no_other(workshop, right, wrong):
    workshop.replace(workshop.lesson, right, wrong)
    catalogue = Catalogue.scan(workshop.root)
    assert catalogue.concepts == ("consistency/stale_reads",)
    assert [problem.path.name for problem in catalogue.problems] == ["read_through.md"]


def test_a_lesson_whose_name_is_no_slug_is_a_problem(workshop):
    path = workshop.root / workshop.lesson
    path.rename(path.with_name("Read-Through.md"))
    catalogue = Catalogue.scan(workshop.root)
    assert catalogue.concepts == ("consistency/stale_reads",)
    assert "not a slug" in catalogue.problems[0].message


def test_topics_without_a_description_are_titled_by_their_slugs(workshop):
    assert Catalogue.scan(workshop.root).topics[1].title == "Load balancing"


def test_a_broken_topics_file_is_a_problem_and_hides_nothing(workshop):
    workshop.write("lessons/topics.yaml", "topics: [")
    catalogue = Catalogue.scan(workshop.root)
    assert len(catalogue.entries) == 2
    assert [problem.path.name for problem in catalogue.problems] == ["topics.yaml"]


def test_the_shipped_topics_are_the_ten_with_a_sentence_each():
    topics = Catalogue.scan(content_root()).topics
    assert tuple(topic.slug for topic in topics) == TOPICS
    assert all(topic.summary.endswith(".") for topic in topics)


def test_scanning_imports_no_schema_library_and_no_lab():
    code = """
import sys
from sdtutor.content.catalogue import Catalogue
from sdtutor.content.roots import content_root
Catalogue.scan(content_root())
print([name for name in sys.modules if name.startswith(("pydantic", "sdtutor.labs", "sdtutor.engine"))])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

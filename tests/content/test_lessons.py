import pytest

from sdtutor.content.body import SECTIONS
from sdtutor.content.lessons import load_lesson, with_code
from sdtutor.content.records import LabLink
from sdtutor.errors import ContentError


def load(workshop):
    return load_lesson(workshop.root, "caching/read_through", workshop.package)


def test_a_lesson_has_what_its_file_says(workshop):
    lesson = load(workshop)
    assert (lesson.concept, lesson.title, lesson.minutes) == ("caching/read_through", "Read-through", 6)
    assert lesson.guess.choices[lesson.guess.answer] == "When the entry expires"
    assert lesson.sources[0].year == 2022
    assert tuple(section.title for section in lesson.sections) == SECTIONS


def test_every_row_of_a_section_stands_on_its_counted_line(workshop):
    lesson = load(workshop)
    rows = lesson.path.read_text(encoding="utf-8").split("\n")
    for section in lesson.sections:
        assert rows[section.line - 1] == f"## {section.title}"
        markdown = section.markdown.split("\n")
        assert rows[section.line : section.line + len(markdown)] == markdown


def test_lab_links_name_concept_scene_and_step(workshop):
    line = load(workshop).links[0].line
    assert load(workshop).links == (
        LabLink("caching/read_through", "stale_read", 14, line),
        LabLink("caching/read_through", "stale_read", None, line),
        LabLink("consistency/quorum", "lost_write", 3, line + 1),
    )


def test_included_code_replaces_its_line_in_a_fence_that_it_cannot_end(workshop):
    lesson = load(workshop)
    rows = with_code(lesson.sections[2], lesson).split("\n")
    opening = "````python reference/caching/read_through.py#ReadThrough.get first_line=26"
    assert rows[rows.index(opening) + 1] == "async def get(self, key):"
    assert rows.count("````") == 1
    assert not any("{include" in row for row in rows)


def test_an_include_inside_a_fence_is_text(workshop):
    text = "```text\n{include: reference/x/y.py}\n```\n\n## What breaks"
    workshop.replace(workshop.lesson, "## What breaks", f"### Written so\n\n{text}")
    assert "pasted" in workshop.the_problem()[2]


def test_windows_line_ends_and_a_byte_order_mark_are_read(workshop):
    path = workshop.root / workshop.lesson
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(workshop).title == "Read-through"


def test_loading_a_lesson_with_a_fault_raises_the_first_one(workshop):
    line = workshop.replace(workshop.lesson, "level: mid", "level: junior")
    workshop.replace(workshop.lesson, "answer: 2", "answer: 9")
    with pytest.raises(ContentError) as caught:
        load(workshop)
    assert caught.value.place.endswith(f"lessons/caching/read_through.md:{line}")
    assert caught.value.exit_code == 2


def test_loading_a_lesson_that_is_not_there_says_so(workshop):
    with pytest.raises(ContentError, match="cannot be read"):
        load_lesson(workshop.root, "caching/nothing", workshop.package)

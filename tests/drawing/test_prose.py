import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.drawing.prose import Anchor, Heading, render
from sdtutor.drawing.spans import Span, plain, plain_text, width

LESSON = """\
# Cache-aside

You call `cache.get(key)` **first** [@nishtala2013]; on a miss you load. See
[run it](lab:stale_read@14) and [the docs](https://example.org).

## The problem

- A read that is late may store an old value, and nobody clears it for an hour.
  - inner
- Second.

3. Third
4. Fourth

> Quoted words.

```python reference/caching/cache_aside.py#CacheAside.get first_line=9
async def get(self, key):
    return await self.cache.get(key)
```

| Choice | Cost |
|---|--:|
| delete | 1 |
"""

PAGE = """\
Cache-aside
────────────────────────────────────────────

You call cache.get(key) first
[nishtala2013]; on a miss you load. See
▸ run it and the docs (https://example.org).

─ The problem ──────────────────────────────

• A read that is late may store an old
  value, and nobody clears it for an hour.
  ◦ inner
• Second.

3. Third
4. Fourth

│ Quoted words.

reference/caching/cache_aside.py  CacheAsid›
  9 │ async def get(self, key):
 10 │     return await self.cache.get(key)

Choice  Cost
──────  ────
delete     1"""


def text_of(markdown, columns=72):
    return "\n".join(line.rstrip() for line in plain_text(render(markdown, columns).lines).split("\n"))


def test_a_lesson_is_set_as_text():
    assert text_of(LESSON, 44) == PAGE


def test_headings_are_recorded_with_their_lines():
    page = render(LESSON)
    assert [(found.level, found.title) for found in page.headings] == [(1, "Cache-aside"), (2, "The problem")]
    assert all(found.title in plain(page.lines[found.line]) for found in page.headings)
    assert isinstance(page.headings[0], Heading)


def test_lab_links_are_anchors_at_the_line_of_their_mark():
    page = render("First.\n\nLong " + "words " * 20 + "[run it](lab:stale@3) and [that](lab:a/b:other).", 40)
    assert [anchor.target for anchor in page.anchors] == ["stale@3", "a/b:other"]
    for anchor, text in zip(page.anchors, ("▸ run", "▸ that"), strict=True):
        assert text in plain(page.lines[anchor.line])
        assert anchor.first == 2
        assert anchor.last == len(page.lines) - 1


def test_anchors_inside_of_lists_and_quotes_point_at_the_right_line():
    page = render("Intro.\n\n- one\n- two [run](lab:x@1)\n\n> said [so](lab:y)\n")
    assert [(anchor.line, anchor.target) for anchor in page.anchors] == [(3, "x@1"), (5, "y")]
    assert isinstance(page.anchors[0], Anchor)


def test_inline_marks_have_roles():
    spans = render("a `code` **bold** [x](lab:y) [@id2020] end").lines[0]
    assert Span("code", "code") in spans
    assert Span("bold", "strong") in spans
    assert Span("▸ x", "link") in spans
    assert Span("[id2020]", "dim") in spans


def test_a_citation_inside_code_stays_as_it_is():
    assert "[@id]" in text_of("see `[@id]`")


def test_code_has_line_numbers_and_long_lines_end_in_a_mark():
    rows = text_of("```python a.py#f first_line=99\nx = 1\n" + "y" * 90 + "\n```").split("\n")
    assert rows[0] == "a.py  f"
    assert rows[1] == " 99 │ x = 1"
    assert rows[2].startswith("100 │ yyy")
    assert rows[2].endswith("›")
    assert len(rows[2]) == 72


def test_a_diagram_too_wide_for_the_page_becomes_a_list():
    source = "```mermaid\nflowchart LR\n  A[First node] -->|x| B[Second node] --> C[Third node]\n```"
    assert "┌" in text_of(source)
    assert text_of(source, 30) == "First node ╌▸ Second node: x\nSecond node ╌▸ Third node"


def test_a_diagram_that_is_not_understood_shows_why_and_its_source():
    text = text_of("```mermaid\npie title x\n```")
    assert "not a kind of diagram" in text
    assert "  pie title x" in text


def test_other_fences_are_shown_as_they_are():
    assert text_of("```text\na  b\n```") == "  a  b"


def test_control_characters_never_reach_the_terminal():
    for markdown in (
        "a \x1b[31m b",
        "`\x1b`",
        "```\n\x1b\n```",
        "# \x1b",
        "|\x1b|\n|-|\n|\x1b|",
        "[a\x1b](lab:x)",
    ):
        assert "\x1b" not in text_of(markdown)


def test_raw_html_is_shown_as_text():
    assert text_of("a <b>c</b>") == "a <b>c</b>"


pieces = st.sampled_from(
    [
        "word ",
        "`code` ",
        "**b** ",
        "[l](lab:x) ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "## ",
        "|a|b|\n|-|-|\n|c|d|\n",
        "```python\nx = (\n```\n",
        "世界 ",
        "verylongword" * 8,
        "---\n",
        "\\\n",
        "    four\n",
        "[@c] ",
        "\x1b",
    ]
)


def test_a_heading_with_a_line_break_in_it_is_one_line():
    page = render("one\\\ntwo\n---\n", 40)
    assert [heading.title for heading in page.headings] == ["one two"]
    assert plain(page.lines[0]).startswith("─ one two ─")


@settings(deadline=None)
@given(st.lists(pieces, max_size=25).map("".join), st.integers(20, 90))
def test_any_markdown_keeps_to_the_width(markdown, columns):
    page = render(markdown, columns)
    assert all(width(row) <= columns for row in page.lines)
    assert all(span.text.isprintable() for row in page.lines for span in row)
    assert all("▸" in plain(page.lines[anchor.line]) for anchor in page.anchors)


@pytest.mark.parametrize("columns", [20, 40, 72])
def test_no_word_of_a_paragraph_is_lost(columns):
    words = "one two three four five six seven eight nine ten " * 4
    assert text_of(words, columns).split() == words.split()

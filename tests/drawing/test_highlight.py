from hypothesis import given
from hypothesis import strategies as st

from sdtutor.drawing.highlight import python
from sdtutor.drawing.spans import plain_text

SOURCE = 'async def get(self):\n    """Two\n    lines."""\n    return await self.cache.get("k")  # why\n'


def roles(source):
    return {span.text.strip(): span.role for row in python(source) for span in row if span.text.strip()}


def test_keywords_strings_comments_and_names_being_defined_have_roles():
    found = roles(SOURCE)
    assert found["async"] == found["return"] == "keyword"
    assert found["get"] == "title"
    assert found['"""Two'] == found['lines."""'] == found['"k"'] == "string"
    assert found["# why"] == "comment"


def test_match_is_a_keyword_only_where_it_begins_a_statement():
    assert roles("match kind:\n    case 1:\n        pass\n")["match"] == "keyword"
    assert roles("match = 1\n") == {"match = 1": "code"}


def test_a_piece_that_ends_in_a_bracket_keeps_the_roles_before_it():
    assert roles("return call(\n")["return"] == "keyword"


def test_an_indentation_that_python_refuses_is_no_error():
    assert plain_text(python("    a\n  b\n")) == "    a\n  b"


@given(st.text(st.sampled_from("abc def(){}[]:'\"\\#\n\t=1世\x1b"), max_size=80))
def test_any_text_is_shown_line_by_line_without_control_characters(source):
    rows = python(source)
    assert len(rows) == len(source.expandtabs(4).splitlines())
    assert all(span.text.isprintable() for row in rows for span in row)

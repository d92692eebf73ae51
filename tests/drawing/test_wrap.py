from hypothesis import given
from hypothesis import strategies as st

from sdtutor.drawing.spans import Span, plain, width
from sdtutor.drawing.wrap import merged, wrap


def test_words_keep_their_roles_and_stick_to_what_touches_them():
    rows = wrap([Span("call ("), Span("get", "code"), Span(") now")], 10)
    assert [plain(row) for row in rows] == ["call (get)", "now"]
    assert rows[0][1] == Span("get", "code")


def test_code_with_a_space_stays_one_span():
    assert wrap([Span("a b", "code")], 10) == ((Span("a b", "code"),),)


def test_a_forced_break_breaks():
    assert [plain(row) for row in wrap([Span("one"), Span("\n"), Span("two")], 20)] == ["one", "two"]


def test_an_overlong_word_is_broken_and_prefixes_stand_before_lines():
    rows = wrap([Span("abcdefgh")], 6, "- ", "  ")
    assert [plain(row) for row in rows] == ["- abcd", "  efgh"]


texts = st.lists(
    st.builds(Span, st.text(st.sampled_from("ab 世"), max_size=20), st.sampled_from(["plain", "code"]))
)


@given(texts, st.integers(2, 30))
def test_no_line_is_wider_and_no_character_is_lost(spans, columns):
    rows = wrap(spans, columns)
    assert all(width(row) <= columns for row in rows)
    before = "".join(span.text for span in spans).replace(" ", "")
    assert "".join(span.text for row in rows for span in row).replace(" ", "") == before


@given(texts)
def test_merging_keeps_the_text(spans):
    assert "".join(span.text for span in merged(spans)) == "".join(span.text for span in spans)

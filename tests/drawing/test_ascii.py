from hypothesis import given
from hypothesis import strategies as st

from sdtutor.drawing.ascii import ascii_text, to_ascii
from sdtutor.drawing.spans import cells, line


def test_strokes_arrows_and_marks_have_their_ascii_form():
    assert ascii_text("┌─┐│╎╌▸◂▲▼●·╳›⋯█") == "+-+||-><^v@.x>~#"


def test_roles_stay():
    assert to_ascii([line(("▸", "running"), " x")]) == (line((">", "running"), " x"),)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_every_text_becomes_ascii_and_printable(text):
    plain = ascii_text(text)
    assert plain.isascii()
    assert plain.isprintable()


@given(st.text(st.sampled_from("aé世│╌▸●·…ñ漢ö"), max_size=30))
def test_every_text_keeps_its_width(text):
    assert cells(ascii_text(text)) == cells(text)

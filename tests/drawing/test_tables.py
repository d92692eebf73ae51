from hypothesis import given
from hypothesis import strategies as st

from sdtutor.drawing.spans import plain_text, width
from sdtutor.drawing.tables import table

WIDE = """\
Choice           You gain             You pay
───────────────  ─────────────────  ─────────
Delete on write  no old value long   one miss
Write through    reads stay warm    2 ms more"""

NARROW = """\
Choice     You gain     You pay
─────────  ─────────  ─────────
Delete on  no old      one miss
write      value
           long

Write      reads      2 ms more
through    stay warm"""

ROWS = [
    ["Delete on write", "no old value long", "one miss"],
    ["Write through", "reads stay warm", "2 ms more"],
]


def drawn(columns):
    rows = table(["Choice", "You gain", "You pay"], ROWS, columns, ["left", "left", "right"])
    return "\n".join(line.rstrip() for line in plain_text(rows).split("\n"))


def test_a_table_takes_what_it_needs():
    assert drawn(80) == WIDE


def test_a_narrow_table_wraps_its_cells():
    assert drawn(31) == NARROW


def test_a_table_without_columns_is_empty():
    assert table([], [["x"]], 20) == ()


cells_of = st.text(st.sampled_from("abc d"), max_size=20)


@given(st.lists(cells_of, min_size=1, max_size=4), st.lists(st.lists(cells_of, max_size=5), max_size=4))
def test_a_table_keeps_to_its_width_and_loses_no_letter(header, rows):
    drawn_rows = table(header, rows, 30)
    assert all(width(row) <= 30 for row in drawn_rows)
    expected = sorted(
        "".join((*header, *(cell for row in rows for cell in row[: len(header)]))).replace(" ", "")
    )
    assert sorted(letter for letter in plain_text(drawn_rows) if letter not in " ─\n") == expected

"""Trees as lists."""

from hypothesis import given
from hypothesis import strategies as st

from sdtutor.drawing.tree import tree


def drawn(parents):
    return [f"{guide}{item}" for item, guide in tree(parents)]


def test_children_stand_below_their_parent_and_the_last_one_ends_its_line():
    assert drawn({1: 0, 2: 1, 3: 1, 4: 2, 5: 0, 6: 5}) == [
        "1",
        "├─ 2",
        "│  └─ 4",
        "└─ 3",
        "5",
        "└─ 6",
    ]


def test_below_a_last_child_no_line_goes_on():
    assert drawn({1: 0, 2: 1, 3: 2, 4: 2}) == ["1", "└─ 2", "   ├─ 3", "   └─ 4"]


def test_nothing_has_no_rows():
    assert drawn({}) == []


@given(st.lists(st.integers(0, 30), max_size=30))
def test_every_item_is_drawn_once_after_its_parent_one_level_deeper(picks):
    parents = {number: pick % number for number, pick in enumerate(picks, 1)}
    rows = tree(parents)
    assert sorted(item for item, _ in rows) == list(parents)
    depth = {item: len(guide) for item, guide in rows}
    place = {item: index for index, (item, _) in enumerate(rows)}
    for item, parent in parents.items():
        if parent:
            assert depth[item] == depth[parent] + 3
            assert place[item] > place[parent]
        else:
            assert depth[item] == 0

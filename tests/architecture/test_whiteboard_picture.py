from itertools import pairwise
from types import MappingProxyType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sdtutor.architecture.board.arrangement import Form, arrange
from sdtutor.architecture.board.bundles import bundles
from sdtutor.architecture.board.layering import edges, kinds_of, layered, layers
from sdtutor.architecture.board.ordering import ordered
from sdtutor.architecture.board.painting import paint
from sdtutor.architecture.board.picture import draw
from sdtutor.architecture.board.signs import card
from sdtutor.architecture.board.tracks import Bus, tangled, tracks
from sdtutor.architecture.board.words import in_words
from sdtutor.architecture.records import Box, Drawing, Link, Table
from sdtutor.drawing.ascii import to_ascii
from sdtutor.drawing.spans import plain_text, width

HEADS = "▸◂▲▼"


def drawing(*chains, **boxes):
    """A drawing from ``("client", "lb", "app")``; a name that begins with ``~`` is not waited for."""
    links = tuple(
        Link(one.lstrip("~"), other.lstrip("~"), waits=not other.startswith("~"))
        for chain in chains
        for one, other in pairwise(chain)
    )
    names = dict.fromkeys(name for link in links for name in (link.source, link.target))
    found = {name: boxes.get(name, Box(name, kind(name))) for name in names}
    return Drawing(MappingProxyType({**found, **boxes}), links)


def kind(name):
    kinds = {"client": "client", "lb": "load_balancer", "worker": "worker", "queue": "queue"}
    return kinds.get(name, "database" if name in ("db", "cache", "stats") else "service")


SHORTENER = drawing(
    ("client", "lb", "app", "cache"),
    ("app", "db"),
    ("app", "~queue", "worker", "stats"),
    app=Box("app", "service", 3),
    db=Box("db", "database", 1, 2, MappingProxyType({"primary": True, "async": True})),
)


def shown(what, columns, rows, marks=MappingProxyType({})):
    lines = draw(what, columns, rows, marks)
    assert len(lines) == rows
    assert {width(line) for line in lines} == {columns}
    return "\n".join(line.rstrip() for line in plain_text(lines).split("\n"))


def test_a_wide_pane_has_the_callers_left():
    assert shown(drawing(("client", "app", "db")), 44, 3) == WIDE


def test_a_narrow_pane_has_the_callers_on_top():
    assert shown(SHORTENER, 44, 18) == NARROW


def test_a_large_pane_shows_copies_settings_and_kinds():
    text = shown(SHORTENER, 110, 24)
    assert "app*3" in text
    assert "+2 replicas" in text
    assert "primary async" in text
    assert "load balancer" in text


def test_stores_are_round_and_code_is_square():
    text = shown(drawing(("app", "db")), 60, 9)
    assert "┌ app" in text
    assert "╭ db" in text


def test_what_does_not_wait_is_dashed_and_explained():
    waits, hands = drawing(("app", "worker")), drawing(("app", "~worker"))
    assert "╌" not in shown(waits, 60, 14)
    assert "╌▸ does not wait" in shown(hands, 60, 14)
    assert shown(hands, 60, 14).split("\n")[0:13] != shown(waits, 60, 14).split("\n")[0:13]


@pytest.mark.parametrize(
    ("mark", "sign", "word"),
    [
        ("single", "!", "single point"),
        ("hot 97%", "▲", "hot 97%"),
        ("dead", "╳", "dead"),
        ("new", "+", "new"),
        ("single, hot 9%", "!", "single point"),
    ],
)
def test_a_mark_is_a_sign_and_a_word(mark, sign, word):
    text = shown(drawing(("client", "db")), 90, 14, {"db": mark, "unknown": "dead"})
    assert f"╭{sign}db" in text
    assert word in text


def test_a_mark_shows_in_the_smallest_boxes_too():
    assert "(! db)" in shown(SHORTENER, 44, 18, {"db": "single"})


def test_calls_both_ways_are_one_line_with_two_heads():
    text = shown(drawing(("client", "gateway"), ("gateway", "client")), 60, 5)
    assert sum(map(text.count, HEADS)) == 2
    assert "◂" in text
    assert "▸" in text


def test_a_call_back_points_at_the_earlier_box():
    text = shown(drawing(("a", "b", "c"), ("c", "a")), 70, 9)
    assert text.count("▸") == 2
    assert text.count("◂") == 1


def test_a_worker_that_pulls_stands_behind_its_queue():
    pulls = drawing(("client", "app", "queue"), ("worker", "queue"), ("worker", "db"))
    assert layers(pulls) == (("client",), ("app",), ("queue",), ("worker",), ("db",))
    assert [edge.heads for edge in edges(pulls)] == ["end", "end", "start", "end"]


def test_layers_follow_the_longest_way_and_other_sources_stand_near_what_they_call():
    both = drawing(("client", "lb", "app", "db"), ("client", "db"), ("worker", "db"))
    assert layers(both) == (("client",), ("lb",), ("app", "worker"), ("db",))


def test_a_limit_moves_boxes_to_further_layers():
    fan = drawing(*(("app", f"s{number}") for number in range(5)))
    found = layered(kinds_of(fan), edges(fan), 2)
    assert [len(layer) for layer in found] == [1, 2, 2, 1]


def test_lines_share_a_way_only_where_every_source_calls_every_target():
    crossed = shown(drawing(("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")), 60, 12)
    assert sum(map(crossed.count, HEADS)) == 2
    part = shown(drawing(("a", "c"), ("a", "d"), ("b", "d")), 60, 12)
    assert sum(map(part.count, HEADS)) == 3


def test_labels_stand_on_their_lines():
    boxes = {name: Box(name, kind(name)) for name in ("app", "db", "queue")}
    labelled = Drawing(boxes, (Link("app", "db", "writes"), Link("app", "queue", "clicks")))
    for size in ((76, 14), (44, 18)):
        text = shown(labelled, *size)
        assert "writes" in text
        assert "clicks" in text


def test_a_long_name_keeps_its_count():
    name = "recommendation service"
    text = shown(drawing(("client", name), **{name: Box(name, "service", 12)}), 30, 9)
    assert "›*12" in text


def test_two_hundred_boxes_are_a_list_that_counts_what_it_hides():
    many = drawing(*((f"a{number}", f"b{number}", f"c{number}") for number in range(70)))
    rows = shown(many, 44, 18).split("\n")
    assert rows[0] == "a0 ─▸ b0 ─▸ c0"
    assert rows[-1] == "+53 more ›"


def test_a_list_says_each_line_once():
    rows = shown(SHORTENER, 60, 3).split("\n")
    assert rows[:2] == ["client ─▸ lb ─▸ app*3 ─▸ cache, db; ╌▸ queue ─▸ worker ─▸", "    stats"]


def test_an_escape_sequence_is_only_shown():
    evil = drawing(("a\x1b[31m", "b"))
    assert "\x1b" not in shown(evil, 60, 9)
    assert "\x1b" not in " ".join(in_words(evil))


def test_a_name_of_joined_characters_fills_its_box_exactly():
    name = "\N{RAT}\N{EMOJI MODIFIER FITZPATRICK TYPE-3}"
    assert "(\N{RAT})" in shown(
        drawing(("世界", "app", "lb"), ("lb", name), **{name: Box(name, "cache")}), 20, 8
    )


def test_few_lines_cross():
    pairs = [("a", "y"), ("b", "x"), ("c", "z")]
    order = ordered((("a", "b", "c"), ("x", "y", "z")), bundles(edges(drawing(*pairs))))
    assert [order.layers[1].index(end) for _, end in pairs] == [
        order.layers[0].index(one) for one, _ in pairs
    ]


def test_every_glyph_has_a_plain_one():
    rows = to_ascii(draw(SHORTENER, 76, 14, {"db": "single", "lb": "hot", "app": "dead", "queue": "new"}))
    text = plain_text(rows)
    assert text.isascii()
    assert "?" not in text


def test_words_say_who_calls_whom_and_what_is_known():
    links = (*SHORTENER.links, Link("app", "psp", "charge"), Link("app", "nowhere"))
    table = Table("links", ("code", "url"), ("code",), (("url",),))
    boxes = {**SHORTENER.boxes, "psp": Box("psp", "external"), "redis": Box("redis", "cache")}
    assert in_words(Drawing(boxes, links, (table,)), {"db": "single"}) == (
        "client calls lb (load balancer).",
        "lb calls app (3 of them).",
        "app calls cache (database) and db (2 replicas, primary async, database).",
        "app calls queue without waiting.",
        "app calls psp (external): charge.",
        "queue feeds worker.",
        "worker calls stats (database).",
        "redis (cache) stands alone.",
        "db is marked: single point.",
        "Table links has code and url; key code; index on url.",
    )


def test_nothing_drawn_is_an_empty_pane_and_one_sentence():
    assert shown(Drawing({}), 20, 3).strip() == ""
    assert in_words(Drawing({})) == ("Nothing is drawn.",)


@st.composite
def drawings(draws):
    names = draws(st.lists(st.text(max_size=9), unique=True, max_size=14))
    ends = st.sampled_from([*names, "unknown"])
    links = draws(st.lists(st.builds(Link, ends, ends, st.text(max_size=8), st.booleans()), max_size=24))
    kinds = st.sampled_from(["client", "service", "database", "queue", "worker"])
    boxes = {
        name: Box(name, draws(kinds), draws(st.integers(0, 10**6)), draws(st.integers(0, 9)))
        for name in names
    }
    return Drawing(boxes, tuple(links))


@settings(max_examples=80, deadline=None)
@given(drawings(), st.integers(0, 90), st.integers(0, 30), st.sampled_from(["", "single", "odd ✓", ","]))
def test_any_drawing_fills_any_pane_exactly(what, columns, rows, mark):
    lines = draw(what, columns, rows, dict.fromkeys(what.boxes, mark))
    assert len(lines) == rows
    assert all(width(line) == columns for line in lines)
    assert all(isinstance(sentence, str) for sentence in in_words(what))


@settings(max_examples=80, deadline=None)
@given(drawings())
def test_every_line_leads_to_a_later_layer_and_every_box_has_one(what):
    layer = {name: number for number, names in enumerate(layers(what)) for name in names}
    assert layer.keys() == what.boxes.keys()
    assert all(layer[edge.start] < layer[edge.end] for edge in edges(what))
    linked = {frozenset((link.source, link.target)) for link in what.links}
    known = {pair for pair in linked if len(pair) == 2 and pair <= what.boxes.keys()}
    assert {frozenset((edge.start, edge.end)) for edge in edges(what)} == known


ARMS = {
    **dict.fromkeys("─╌", ((-1, 0), (1, 0))),
    **dict.fromkeys("│╎", ((0, -1), (0, 1))),
    "┌": ((1, 0), (0, 1)),
    "┐": ((-1, 0), (0, 1)),
    "└": ((1, 0), (0, -1)),
    "┘": ((-1, 0), (0, -1)),
    "┬": ((-1, 0), (1, 0), (0, 1)),
    "┴": ((-1, 0), (1, 0), (0, -1)),
    "├": ((1, 0), (0, -1), (0, 1)),
    "┤": ((-1, 0), (0, -1), (0, 1)),
    "┼": ((-1, 0), (1, 0), (0, -1), (0, 1)),
}
POINTS = {"▸": (1, 0), "◂": (-1, 0), "▼": (0, 1), "▲": (0, -1)}


class Reader:
    """Reads a picture back: who calls whom, by following its strokes from cell to cell."""

    def __init__(self, rows, boxes, corners):
        self.corners = corners  # whether heads may stand on corners
        self.glyphs = {(x, y): glyph for y, row in enumerate(rows) for x, glyph in enumerate(row)}
        self.owner = {
            (x, y): name
            for name, rect in boxes.items()
            for x in range(rect.x, rect.right)
            for y in range(rect.y, rect.bottom)
        }

    def calls(self):
        seen, found = set(), set()
        for cell, glyph in self.glyphs.items():
            if cell not in self.owner and glyph in POINTS and cell not in seen:
                callers, called = self.stroke(cell, seen)
                found |= {(one, other) for one in callers for other in called}
        return found

    def stroke(self, start, seen):
        """The boxes that a stroke begins at, and those that it points at."""
        callers, called, left = set(), set(), [start]
        while left:
            cell = left.pop()
            if cell in seen:
                continue
            seen.add(cell)
            point = POINTS.get(self.glyphs[cell])
            if point:
                called.add(self.owner[cell[0] + point[0], cell[1] + point[1]])
            for step in self.arms(self.glyphs[cell]):
                there = self.beyond(cell, step)
                if there in self.owner:
                    if step != point:
                        callers.add(self.owner[there])
                elif self.meets(there, step):
                    left.append(there)
        return callers, called

    def beyond(self, cell, step):
        """The next cell in a direction; an upright stroke that is in the way passes over."""
        there = (cell[0] + step[0], cell[1] + step[1])
        while step[0] and there not in self.owner and self.glyphs.get(there) in tuple("│╎"):
            there = (there[0] + step[0], there[1])
        return there

    def arms(self, glyph):
        if glyph not in POINTS:
            return ARMS.get(glyph, ())
        x, y = POINTS[glyph]
        return ((-x, -y), (-y, -x), (y, x)) if self.corners else ((-x, -y),)

    def meets(self, cell, step):
        return (-step[0], -step[1]) in self.arms(self.glyphs.get(cell, " "))


FORMS = [
    Form(down, height, 20, air) for down in (True, False) for height in (1, 2, 3, 4) for air in (0, 1, 2)
]
FORMS = [form for form in FORMS if form.down or (form.air and form.height != 2)]
NAMES = "abcdefghij"
# Two lines that would change places in one channel.
SWAPPED = {(*pair, False) for pair in ("ab", "bc", "ad", "cd", "de", "bf", "ef", "eg")} | {("a", "f", True)}


@example(SWAPPED, Form(True, 1, 20, 0), None, (260, 160))
@example(SWAPPED, Form(True, 1, 20, 1), None, (260, 160))
@example({(*pair, True) for pair in ("be", "bg", "eg")}, Form(True, 1, 20, 0), None, (70, 5))
@settings(max_examples=150, deadline=None)
@given(
    st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.booleans()), max_size=16),
    st.sampled_from(FORMS),
    st.sampled_from([None, 2, 3]),
    st.sampled_from([(260, 160), (70, 40), (70, 12), (70, 8)]),
)
def test_following_the_strokes_finds_exactly_the_links(ends, form, most, size):
    pairs = {(one, other): waits for one, other, waits in sorted(ends) if one < other}
    # Some links lead back, so that heads stand at the earlier end too.
    links = tuple(Link(*(pair if waits else pair[::-1]), "", waits) for pair, waits in pairs.items())
    what = Drawing({name: Box(name, "service") for name in NAMES}, links)
    cards = {name: card(name, box) for name, box in what.boxes.items()}
    lines = edges(what)
    fans = bundles(lines)
    plan = arrange(ordered(layered(kinds_of(what), lines, most), fans), fans, cards, form, size)
    if plan is None:
        return
    rows = ["".join(span.text for span in row) for row in paint(plan, fans, cards, size)]
    assert Reader(rows, plan.boxes, not form.air).calls() == {(link.source, link.target) for link in links}


def test_lines_that_would_run_into_each_other_are_found():
    across = [Bus(0, (1,), (5,)), Bus(1, (5,), (1,))]
    assert tangled(across, tracks(across)) == (0, 1)
    moved = [Bus(0, (1,), (5,)), Bus(1, (5,), (2,))]
    assert tangled(moved, tracks(moved)) == ()


def test_a_turn_comes_before_those_that_it_would_cross():
    nested = [Bus(0, (1,), (5,)), Bus(1, (3,), (7,))]
    assert tracks(nested) == (1, 0)


WIDE = """\
┌ client ┐        ┌ app ┐       ╭ db ──────╮
│        ├───────▸│     ├──────▸│ database │
└────────┘        └─────┘       ╰──────────╯"""

NARROW = """\
                     [client]
                         │
                         ▼
                       [lb]
                         │
                         ▼
                      [app*3]
                        │ ╎
               ┌────────┤ └╌╌╌╌╌┐
               ▼        ▼       ▼
            (cache)   (db)   (queue)
                                │
                                ▼
                            [worker]
                                │
                                ▼
                             (stats)
╌▸ does not wait"""

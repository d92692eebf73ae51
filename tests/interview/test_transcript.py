"""A stored interview is read and written exactly; what is wrong is told with its line and what is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdtutor.errors import ContentError
from sdtutor.interview.records import Entry, Settings, Stored
from sdtutor.interview.texts import MAX_CHARACTERS, MAX_POINT, MAX_POINTS, clean, points_of
from sdtutor.interview.transcript import dump, load, parse

EXAMPLE = r"""sdtutor_interview: 1
problem: url_shortener
minutes: 45
level: senior
seed: 3
entries:
  - {at_s: 12, say: "How many new links a day, and how long do they live?"}
  - {at_s: 260, pad: "100M links / month * 500 B * 5 years"}
  - {at_s: 700, draw: "client -> lb -> app*3\napp -> cache\napp -> db(primary, replicas=2, async)"}
  - {at_s: 900, command: next}
"""


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "interview.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load(path)

    return read_text


def test_the_example_of_the_format_is_read(read):
    stored = read(EXAMPLE)
    assert stored.settings == Settings("url_shortener", 45, "senior", 3, 1.0)
    assert [(entry.at_s, entry.does) for entry in stored.entries] == [
        (12, "say"),
        (260, "pad"),
        (700, "draw"),
        (900, "command"),
    ]
    assert stored.entries[2].text.splitlines()[1] == "app -> cache"


def test_what_is_left_out_has_a_default(read):
    stored = read("sdtutor_interview: 1\nproblem: chat\n")
    assert stored == Stored(Settings("chat", 45, "mid", 0, 1.0), ())


@pytest.mark.parametrize(("clock", "read_as"), [("off", None), ("1.5", 1.5), ("1", 1.0)])
def test_the_clock_is_a_factor_or_off(read, clock, read_as):
    assert read(f"sdtutor_interview: 1\nproblem: chat\nclock: {clock}\n").settings.clock == read_as


def test_a_number_and_a_slash_before_a_command_are_taken_as_meant(read):
    entries = 'entries: [{at_s: 1, say: 302}, {at_s: 1.5, command: "/edit 1 Status 302"}]'
    assert [each.text for each in read(f"sdtutor_interview: 1\nproblem: chat\n{entries}\n").entries] == [
        "302",
        "edit 1 Status 302",
    ]


FAULTS = [
    ("seed: 3", "seed: three", 5, "whole number", "seed: 3"),
    ("seed: 3", "seeds: 3", 5, 'Unknown key "seeds"', '"seed"'),
    ("minutes: 45", "minutes: 40", 3, '"40"', "nearest is 45"),
    ("level: senior", "level: senor", 4, '"senor"', "nearest is senior"),
    ("seed: 3", "clock: fast", 5, "clock", "1.5"),
    ("problem: url_shortener", "problem: [a]", 2, "cannot be", "url_shortener"),
    ("problem: url_shortener\n", "", 1, '"problem" is missing', "url_shortener"),
    ("sdtutor_interview: 1", "sdtutor_interview: 2", 1, "Another format", "format 1"),
    ("sdtutor_interview: 1\n", "", 1, "not a stored interview", "begins with"),
    ("at_s: 260, pad", "at_s: 10, pad", 8, "before the entry above", "12 or later"),
    ("at_s: 260, pad", "at_s: -1, pad", 8, "no time", "0 to"),
    ("at_s: 260, pad", "at_s: .nan, pad", 8, "no time", "12"),
    ("at_s: 260, pad", "at_s: 1e400, pad", 8, "no time", "12"),
    ("at_s: 260, pad", "pad", 8, '"at_s" is missing', "12"),
    ("at_s: 260, pad", "at_s: 260, sya", 8, 'Unknown key "sya"', '"say"'),
    ("at_s: 260, pad", "at_s: 260, say: a, pad", 8, "exactly one", "say"),
    ('{at_s: 12, say: "How', '{at_s: 12}\n  - {at_s: 12, say: "How', 7, "does nothing", "say"),
    ('pad: "100M links / month * 500 B * 5 years"', 'pad: " "', 8, "needs a text", "pad"),
    ("command: next", "command: nxet", 10, '"/nxet"', "/next"),
    ("command: next", "command: next please", 10, "nothing after", "alone"),
    ("command: next", "command: edit x y", 10, "number", "/edit 3"),
    ("entries:", "entries: 4\nseed: 4", 6, "", ""),
]


@pytest.mark.parametrize(("old", "new", "line", "says", "hint"), FAULTS)
def test_a_fault_is_told_with_its_line_and_what_is_right(read, old, new, line, says, hint):
    assert EXAMPLE.count(old) == 1
    with pytest.raises(ContentError) as caught:
        read(EXAMPLE.replace(old, new))
    if says:
        assert caught.value.line == line
    assert says in caught.value.message
    assert hint in caught.value.hint


def test_a_file_that_is_not_there_not_text_or_too_large_is_told(read, tmp_path):
    with pytest.raises(ContentError, match="cannot be read"):
        load(tmp_path / "nosuch.yaml")
    with pytest.raises(ContentError, match="UTF-8"):
        read(b"sdtutor_interview: 1\nproblem: \xff\n")
    with pytest.raises(ContentError, match="larger"):
        read(EXAMPLE + "#" * 1024 * 1024)


def test_too_many_entries_and_too_long_ones_are_told(read):
    head = "sdtutor_interview: 1\nproblem: chat\nentries:\n"
    with pytest.raises(ContentError, match="2,001 entries"):
        read(head + "  - {at_s: 1, say: a}\n" * 2001)
    with pytest.raises(ContentError, match="characters") as caught:
        read(head + f"  - {{at_s: 1, say: {'a' * (MAX_CHARACTERS + 1)}}}\n")
    assert caught.value.line == 4


def test_what_a_terminal_obeys_is_refused_in_a_file(read):
    with pytest.raises(ContentError, match="escape sequence"):
        read(EXAMPLE.replace("How many", "\\e[31mHow many"))


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(clean).filter(bool)
points = st.tuples(st.sampled_from(["say", "pad", "draw", "dispute"]), texts)
commands = st.tuples(st.just("command"), st.sampled_from(["next", "back", "hint", "edit 1 new: text"]))
moments = st.floats(0, 5000).map(lambda at_s: round(at_s, 1))
interviews = st.builds(
    Stored,
    st.builds(
        Settings,
        st.just("chat"),
        st.sampled_from([10, 25, 45]),
        st.sampled_from(["mid", "senior"]),
        st.integers(-(10**6), 10**6),
        st.sampled_from([None, 1.0, 1.5]),
    ),
    st.lists(st.tuples(moments, points | commands), max_size=5).map(
        lambda rows: tuple(Entry(at_s, *does) for at_s, does in sorted(rows))
    ),
)


@given(interviews)
def test_what_is_written_is_read_back_the_same(stored):
    text = dump(stored)
    assert parse(text, "stored.yaml") == stored
    assert dump(parse(text, "stored.yaml")) == text


@given(st.text())
def test_a_clean_text_stays_as_it_is(text):
    assert clean(clean(text)) == clean(text)


def test_a_paste_becomes_points_of_readable_length():
    assert points_of("one\nline two\n\n \nthree") == ("one\nline two", "three")
    long = points_of("A sentence of some length. " * 400)
    assert all(len(point) <= MAX_POINT and point.endswith(".") for point in long)
    assert " ".join(long) == ("A sentence of some length. " * 400).strip()
    assert len(points_of("a\n\n" * 5000)) == MAX_POINTS
    assert all(len(point) <= MAX_POINT for point in points_of("x" * 1_000_000))

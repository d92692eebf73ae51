from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.drawing.ascii import to_ascii
from sdtutor.drawing.sequence import sequence
from sdtutor.drawing.sequence_records import Bar, Between, Breach, Diagram, Lane, Mark, Message, Note
from sdtutor.drawing.spans import plain, plain_text, width

LANES = (Lane("a", "reader A"), Lane("b", "writer B"), Lane("db", "database"))


def delivered(sender, receiver, text, sent, ended, asker=None):
    return Message(sender, receiver, text, sent, ended, "delivered", asker or sender)


LATE = Diagram(
    lanes=LANES,
    steps=7,
    messages=(
        delivered("a", "db", "get k", 1, 2),
        delivered("db", "a", "k = v1", 2, 6, "a"),
        delivered("b", "db", "put k = v2", 3, 4),
        delivered("db", "b", "stored", 4, 5, "b"),
        Message("a", "db", "log", 6, None, "flying", "a"),
    ),
    bars=(Bar("a", "get k", "v1", 1, 6, "q"), Bar("b", "set k = v2", "done", 3, 5, "p")),
    notes=(Note(0, "db", "k = v1"), Note(4, "db", "k = v2")),
    breaches=(Breach(6, "no_stale_read", "A read returned the old value."),),
)

PICTURE = """\
         reader A           writer B           database
 0           ┊                  ┊                  ┊ k = v1
 1  ◆q get k ▄                  ┊                  ┊
 2           █───── get k ──────┊─────────────────▸┊
 3           █    ◆p set k = v2 ▄               ╭╌╌┤
 4           █                  █── put k = v2 ─╎─▸┊ k = v2
 5           █          ◆p done ▀◂─── stored ───╎──┤
▸6     ◆q v1 ▀◂╌╌╌ k = v1 ╌╌╌╌╌╌┊╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╯  ┊
━━ ✗ BROKEN at step 6: no_stale_read ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
 7           ├╌╌╮               ┊                  ┊
             ┊  ╰╌╌╌ log ╌╌╌╌╌╌╌┊╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌⋯  ┊
 ◆p writer B  set k = v2 → done   steps 3 to 5
 ◆q reader A  get k → v1   steps 1 to 6"""


def text(diagram, columns=72, step=None):
    figure = sequence(diagram, columns)
    rows = figure.rows if step is None else figure.at(step)
    return plain_text((*figure.head, *rows, *figure.foot))


def test_what_the_network_holds_back_hangs_beside_its_sender_while_others_pass():
    assert text(LATE, step=6) == PICTURE


def test_in_ascii_every_row_is_as_wide_and_the_witness_is_still_another_shape():
    figure = sequence(LATE, 72)
    rows = to_ascii(figure.rows)
    assert [width(row) for row in rows] == [width(row) for row in figure.rows]
    assert all(span.text.isascii() and "?" not in span.text for row in rows for span in row)
    assert plain(rows[3])[13] == "#"
    assert plain(rows[4])[51] == ":"


def test_what_comes_after_the_step_is_dim_and_its_strokes_are_fainter():
    figure = sequence(LATE, 72)
    roles = {span.role for row in figure.at(3)[4:] for span in row if span.text.strip()}
    assert roles == {"dim", "rule"}
    assert {span.role for span in figure.at(3)[4] if "put" in span.text} == {"dim"}
    assert figure.at(3)[2] == figure.rows[2]


def test_messages_that_leave_together_part_from_one_arrow():
    fan = Diagram(
        LANES,
        3,
        (delivered("a", "db", "x", 1, 2), delivered("a", "b", "y", 1, 3)),
        (Bar("a", "go", "", 1, None),),
    )
    rows = text(fan).splitlines()
    assert "┣──┬" in rows[3]
    assert "┃  ╰╌" in rows[4]
    assert "▸┊" in rows[4]


def test_a_lane_that_messages_leave_on_both_sides_is_crossed():
    both = Diagram(LANES, 4, (delivered("b", "a", "done", 1, 2), delivered("b", "db", "copy", 1, 4)))
    assert "┼╌╌╮" in text(both).splitlines()[3]


def test_a_late_message_leaves_in_a_row_of_its_own_where_the_next_step_uses_that_side():
    busy = Diagram(
        LANES,
        3,
        (
            delivered("b", "db", "one", 0, 1),
            delivered("a", "db", "two", 0, 2),
            delivered("db", "b", "reply", 1, 3, "b"),
        ),
    )
    rows = text(busy).splitlines()
    apart = next(index for index, row in enumerate(rows) if "╭╌╌┤" in row)
    assert rows[apart].split()[0] == "┊"
    assert rows[apart + 1].startswith(" 2")
    assert "╎" in rows[apart + 1]


def test_a_dropped_message_ends_short_of_its_receiver():
    lost = Diagram(LANES, 2, (Message("a", "b", "get k", 1, 2, "dropped", "a"),))
    assert "✗  ┊" in text(lost)
    assert "▸" not in text(lost)


def test_a_reply_to_a_former_life_ends_beside_its_sender():
    gone = Diagram(
        LANES,
        4,
        (Message("db", "a", "k = v1", 1, 4, "lost", "a"),),
        marks=(Mark(3, "a", "crash", "crash"), Mark(4, "a", "restart", "restart")),
    )
    assert "✗╌╌╯" in text(gone).splitlines()[5]
    assert "k = v1" not in text(gone)


def test_a_lane_is_broken_off_while_its_member_is_down():
    down = Diagram(LANES, 4, marks=(Mark(1, "b", "crash", "crash"), Mark(3, "b", "restart", "restart")))
    column = text(down).splitlines()[0].index("writer") + 4
    assert [row[column] for row in text(down).splitlines()[1:]] == ["┊", "✗", " ", "○", "┊"]


def test_a_lane_that_never_comes_back_stays_broken_off():
    down = Diagram(LANES, 3, marks=(Mark(1, "b", "crash", "crash"),))
    column = text(down).splitlines()[0].index("writer") + 4
    assert [row[column] for row in text(down).splitlines()[1:]] == ["┊", "✗", " ", " "]


def test_a_cut_stands_between_its_two_ends():
    cut = Diagram(LANES, 1, links=(Between(1, "db", "a", "cut", True),))
    assert "├╌" in text(cut)
    assert "╌ ✗ cut ╌" in text(cut)


def test_a_call_that_returns_at_once_is_one_row():
    once = Diagram((Lane("a", "ring"),), 1, bars=(Bar("a", "get_node k", "s1", 1, 1),))
    assert "get_node k → s1 ●" in text(once)


def test_a_call_that_begins_while_another_runs_joins_its_bar():
    two = Diagram(LANES, 5, bars=(Bar("a", "one", "1", 1, 5), Bar("a", "two", "2", 2, 3)))
    bars = [row[len(row.split("┊")[0].rstrip()) - 1] for row in text(two).splitlines()[2:]]
    assert bars == ["┓", "┫", "┫", "┃", "┛"]


def test_only_the_row_of_the_promise_with_the_letters_is_heavy():
    both = replace(LATE, breaches=(*LATE.breaches, Breach(5, "other", "Another one.")))
    rows = [row for row in text(both).splitlines() if "BROKEN" in row]
    assert rows[0].startswith("── ✗ BROKEN at step 5: other ─")
    assert rows[1].startswith("━━ ✗ BROKEN at step 6: no_stale_read ━")


def test_lanes_that_do_not_fit_become_a_list_with_a_row_for_each_step():
    figure = sequence(LATE, 26)
    assert figure.head == ()
    assert [plain(row) for row in figure.at(4)] == [
        " 0",
        " 1  ◆q reader A get k",
        " 2  reader A ─▸ database ›",
        " 3  ◆p writer B set k = v2",
        "▸4  writer B ─▸ database ›",
        " 5  database ─▸ writer B ›",
        " 6  ✗ BROKEN: no_stale_re›",
        " 7",
    ]


def test_what_tells_of_a_broken_promise_is_cut_last():
    long = "withdraw alice 30"
    talk = tuple(delivered("b", "db", "put alice = 70 and more", step, step + 1) for step in range(1, 6))
    bars = (Bar("a", long, "done", 1, 6, "p"), Bar("b", long, "done", 2, 5, "q"))
    rows = text(Diagram(LANES, 6, talk, bars), 72)
    assert f"◆p {long} ▄" in rows
    assert f"◆q {long} ▄" in rows
    assert "= 70›─▸" in rows


def test_a_change_of_which_too_little_could_be_read_is_left_out():
    crowded = Diagram(LANES, 1, notes=(Note(1, "a", "orders = (1, 2, 3)"),))
    assert "orders = (1, 2, 3)" in text(crowded, 72)
    assert "ord" not in text(crowded, 30)


def test_where_messages_leave_no_room_for_a_text_there_is_none():
    fan = tuple(Message("a", "b", "x", 1, None, "flying", "a") for _ in range(6))
    assert "x" not in text(Diagram(LANES, 3, (delivered("a", "b", "yyy", 1, 2), *fan)), 30).splitlines()[3]


@pytest.mark.parametrize("members", range(3, 9))
def test_up_to_eight_members_stand_side_by_side_at_80_columns(members):
    lanes = tuple(Lane(f"n{index}", f"node {index}") for index in range(members))
    talk = tuple(
        delivered("n0", lane.name, "get k", index, index + 1) for index, lane in enumerate(lanes[1:])
    )
    figure = sequence(Diagram(lanes, members, talk), 80)
    assert all(lane.label in plain(figure.head[0]) for lane in lanes)
    assert all("get k" in plain(figure.rows[figure.steps[index + 1]]) for index in range(members - 1))


names = st.sampled_from([lane.name for lane in LANES])
texts = st.text(st.sampled_from("abc =世\x1b"), max_size=30)
narrow = st.text(st.sampled_from("abc ="), max_size=30)


@st.composite
def diagrams(draw):
    """Diagrams in which several things happen in one step, which no run has: the worst case of a row."""
    steps = draw(st.integers(1, 9))
    step = st.integers(1, steps)

    def span():
        begin = draw(step)
        end = draw(st.none() | st.integers(begin, steps))
        return begin, end

    messages = []
    for _ in range(draw(st.integers(0, 8))):
        sender, receiver = draw(st.permutations([lane.name for lane in LANES]))[:2]
        sent, ended = span()
        fate = draw(st.sampled_from(["delivered", "dropped", "lost"])) if ended is not None else "flying"
        ended = None if ended is None else min(steps, ended + 1)
        if ended == sent:
            ended, fate = None, "flying"
        messages.append(Message(sender, receiver, draw(texts), sent, ended, fate, draw(names)))
    bars = []
    for _ in range(draw(st.integers(0, 3))):
        begins, ends = span()
        bars.append(
            Bar(draw(names), draw(texts), draw(texts), begins, ends, draw(st.sampled_from(["", "p"])))
        )
    return Diagram(
        LANES,
        steps,
        tuple(messages),
        tuple(bars),
        tuple(
            Mark(draw(step), draw(names), draw(texts), draw(st.sampled_from(["crash", "restart", "timer"])))
            for _ in range(draw(st.integers(0, 3)))
        ),
        (Between(draw(step), "a", draw(st.sampled_from(["b", "db"])), draw(texts), draw(st.booleans())),),
        (Note(draw(step), draw(names), draw(texts)),),
        (Breach(draw(step), draw(texts), ""),),
    )


@settings(max_examples=100, deadline=None, derandomize=True)
@given(diagrams(), st.integers(1, 110))
def test_whatever_happens_each_step_has_a_row_that_fits_and_is_printable(diagram, columns):
    figure = sequence(diagram, columns)
    assert len(figure.steps) == diagram.steps + 1
    assert list(figure.steps) == sorted(set(figure.steps))
    for step in range(diagram.steps + 1):
        rows = figure.at(step)
        assert len(rows) == len(figure.rows)
        assert all(width(row) <= columns for row in (*figure.head, *rows, *figure.foot))
        assert all(span.text.isprintable() for row in rows for span in row)


@st.composite
def talks(draw):
    """Diagrams in which each step delivers at most one message, as in every run."""
    steps = draw(st.integers(2, 9))
    messages = []
    for ended in draw(st.lists(st.integers(2, steps), unique=True)):
        sender, receiver = draw(st.permutations([lane.name for lane in LANES]))[:2]
        sent = draw(st.integers(1, ended - 1))
        messages.append(delivered(sender, receiver, draw(narrow), sent, ended))
    for _ in range(draw(st.integers(0, 6))):
        sent = draw(st.integers(1, steps))
        messages.append(Message("b", draw(st.sampled_from(["a", "db"])), "x", sent, None, "flying", "b"))
    return Diagram(LANES, steps, tuple(messages))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(talks(), st.integers(40, 110))
def test_every_delivered_message_points_at_its_receiver_in_the_row_of_its_step(diagram, columns):
    figure = sequence(diagram, columns)
    lanes = [plain(figure.head[0]).index(lane.label) + len(lane.label) // 2 for lane in LANES]
    for message in diagram.messages:
        if message.fate == "delivered":
            row = plain(figure.rows[figure.steps[message.ended]])
            at = lanes[diagram.order[message.receiver]]
            is_right = diagram.order[message.receiver] > diagram.order[message.sender]
            head = row[at - 1] if is_right else row[at + 1]
            assert head == ("▸" if is_right else "◂")

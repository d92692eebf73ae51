"""The parts of the search by themselves: histories, integers, budgets, random runs."""

from dataclasses import replace

import pytest
from agreement import PLAIN, promise
from search_labs import example, talk
from test_search_agrees import lab_run

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.message import Outcome
from sdtutor.engine.search import breadth, chronicle, coding, letters, space
from sdtutor.engine.search.find import Budget, Reductions, find
from sdtutor.engine.search.judge import Judge
from sdtutor.engine.search.members import State
from sdtutor.engine.search.nodes import NodeMember, NodeState
from sdtutor.engine.search.symmetry import exchanges_of
from sdtutor.engine.search.walk import walk
from sdtutor.engine.thread import on_engine_thread

GET, SET, ADD = ("get", "k"), ("set", "k", 1), ("add", "k")
KEPT = promise(lambda *_: True)


def space_of(run, bounds=Bounds()):  # noqa: B008 - bounds never change
    return space.Space(run, bounds, with_history=True)


# Histories


def history(*rows):
    """The number of a history in a fresh chronicle, and the chronicle."""
    kept = chronicle.Chronicle()
    number = 0
    for row in rows:
        number = kept.after(number, kept.row(row))
    return kept, number


def call(name, *arguments):
    return ("call", name, name.partition(".")[0], "get", arguments)


def done(name, value=None):
    return ("return", name, Outcome(value))


def numbers(*histories):
    """The number of each history in one chronicle."""
    kept, found = chronicle.Chronicle(), []
    for rows in histories:
        number = 0
        for row in rows:
            number = kept.after(number, kept.row(row))
        found.append(number)
    return found


A, B = call("a.get#1"), call("b.get#1")


def test_the_order_within_calls_or_within_returns_makes_no_difference():
    one, other = numbers([(A,), (B,)], [(B,), (A,)])
    assert one == other
    ends = [(done("a.get#1"),), (done("b.get#1"),)]
    one, other = numbers([(A,), (B,), *ends], [(A,), (B,), *ends[::-1]])
    assert one == other


def test_what_returned_before_what_was_called_makes_a_difference():
    ends = [(done("a.get#1"),), (done("b.get#1"),)]
    together, apart = numbers([(A,), (B,), *ends], [(A,), ends[0], (B,), ends[1]])
    assert together != apart


def test_arguments_and_outcomes_make_a_difference_and_so_does_their_type():
    found = numbers(
        [(A,)], [(call("a.get#1", 1),)], [(call("a.get#1", True),)], [(A,), (done("a.get#1", 1),)],
        [(A,), (done("a.get#1", 1.0),)], [(A,), (("return", "a.get#1", Outcome(1, "Crashed")),)],
    )  # fmt: skip
    assert len(set(found)) == len(found)


def test_promises_see_which_returned_before_which_was_called():
    kept, number = history((A,), (done("a.get#1", 7),), (B,))
    first, second = kept.operations(number)
    assert (first.name, first.value, second.name) == ("a.get#1", 7, "b.get#1")
    assert first.called < first.returned < second.called
    assert second.outcome is None


def test_a_history_under_other_names_has_its_rows_in_order():
    kept, number = history((A, B), (done("b.get#1", 2),))
    names = {"a": "b", "b": "a"}
    renamed = kept.renamed(number, names)
    assert kept.renamed(renamed, names) == number
    assert [o.name for o in kept.operations(renamed) if o.value == 2] == ["a.get#1"]


def test_more_histories_than_numbers_are_refused(monkeypatch):
    monkeypatch.setattr(chronicle, "HISTORY_BITS", 1)
    with pytest.raises(OverflowError):
        history((A,), (B,), (done("a.get#1"),))


# Integers


def test_no_part_of_an_integer_reaches_into_another():
    code = coding.Coding(members=2, copies=2)
    last = State(1, (1 << coding.MEMBER_BITS) - 1)
    parts = [
        code.member(State(0, (1 << coding.MEMBER_BITS) - 1)),
        code.member(last),
        code.mode((1 << coding.MODE_BITS) - 1),
        code.history((1 << coding.HISTORY_BITS) - 1),
        3 * code.letter(0),
        3 * code.letter(1),
    ]
    assert sum(parts) == (1 << sum(part.bit_count() for part in parts)) - 1


@pytest.mark.parametrize("copies", range(6))
def test_a_letter_has_room_for_every_copy(copies):
    code = coding.Coding(members=1, copies=copies)
    assert (copies + 1) * code.letter(3) < code.letter(4)


def test_more_states_or_modes_than_numbers_are_refused():
    code = coding.Coding(members=1, copies=0)
    with pytest.raises(OverflowError):
        code.member(State(0, 1 << coding.MEMBER_BITS))
    with pytest.raises(OverflowError):
        code.mode(1 << coding.MODE_BITS)


def test_the_integer_of_a_state_is_the_same_on_every_way_to_it():
    """What a step adds up is what a state put together gives."""

    def check():
        states = space_of(
            talk((("set", "k", 1, 5), GET), (ADD,)), Bounds(timers=1, crashes=1, drops=1, cuts=1)
        )
        todo, seen = [states.start], {states.start.key}
        while todo:
            position = todo.pop()
            for step in states.moves(position):
                after = states.apply(position, step)
                mode = states.steps.modes[after.mode]
                assert after.key == states.position(after.members, after.letters, mode, after.history).key
                if after.key not in seen and len(seen) < 500:
                    seen.add(after.key)
                    todo.append(after)
        return len(seen)

    assert on_engine_thread(check) == 500


def test_letters_are_one_when_they_say_the_same():
    known = letters.Letters({"a": 0, "b": 1}, {"a": (), "b": ("get",)})
    letter = letters.Letter("a", "b", "get", 1, 1, False, (1,))
    first = known.number(letter)
    assert known.number(replace(letter)) == first
    others = [
        replace(letter, payload=(True,)), replace(letter, number=2), replace(letter, incarnation=2),
        replace(letter, operation="put"), letter.answered(Outcome(1)), letter.answered(Outcome(1, "Error")),
    ]  # fmt: skip
    assert len({first, *map(known.number, others)}) == 7
    assert known.harmless[first]
    assert not known.harmless[known.number(others[3])]


# Budgets


def big():
    return talk((ADD, ADD), (ADD, ADD), (ADD, ADD))


@pytest.mark.parametrize("most", [1, 10, 100, 1_000, 2_500])
def test_a_search_keeps_no_more_states_than_it_may(most):
    """On thin spaces too, where no step leads to many new states."""
    found = find(big(), KEPT, budget=Budget(states=most), reductions=PLAIN)
    most_moves = 3
    assert found.verdict == "budget"
    assert most <= found.states <= most + most_moves
    assert not found.complete
    assert found.events == ()


def test_a_limit_that_is_not_reached_changes_nothing():
    run = talk((GET, SET), (ADD,))
    whole = find(run, KEPT, reductions=PLAIN)
    assert find(run, KEPT, budget=Budget(states=whole.states + 1), reductions=PLAIN) == whole


def test_it_stops_when_it_is_told_to():
    asked = []

    def stop(states, depth):
        asked.append((states, depth))
        return False

    for reductions in (PLAIN, Reductions()):
        asked.clear()
        found = find(
            big(), promise(lambda *_: True, over=("store",)), budget=Budget(stop), reductions=reductions
        )
        assert found.verdict == "budget"
        assert len(asked) <= 2
        assert max(asked) <= (4, 1)


def test_it_is_asked_at_least_every_thousand_states():
    asked = []
    find(
        big(), KEPT, budget=Budget(lambda states, _: asked.append(states) or states < 9_000), reductions=PLAIN
    )
    steps = [after - before for before, after in zip([0, *asked], asked, strict=False)]
    assert max(steps) <= breadth.TICK + 3
    assert asked[-1] >= 9_000


def test_depth_is_how_far_the_farthest_state_is():
    assert find(talk(()), KEPT, reductions=PLAIN).depth == 0
    assert find(talk((GET,)), KEPT, reductions=PLAIN).depth == 3


def test_a_promise_that_is_broken_at_once_takes_no_event():
    for when in ("always", "at_rest"):
        found = find(talk((GET,)), promise(lambda *_: False, when))
        assert (found.verdict, found.events, found.shortest) == ("anomaly", (), True)


def test_a_way_that_a_proof_met_is_told_although_the_shortest_was_not_found():
    """With what may go first put first there are few states, and without it too many."""
    run = talk(*[(GET, GET, ("set", key, 1)) for key in "xyz"])
    asked = promise(lambda world, _: not all(world.stored("store", key) for key in "xyz"), over=("store",))
    whole = find(run, asked)
    assert whole.shortest
    limited = find(run, asked, budget=Budget(states=whole.states * 4 // 5))
    assert (limited.verdict, limited.shortest, limited.complete) == ("anomaly", False, False)
    assert len(limited.events) >= len(whole.events)


# Random runs


def late_break():
    return big(), promise(lambda world, _: world.stored("store", "k") != 2, over=("store",))


def limited(times):
    left = [times]

    def go_on(_taken, _depth):
        left[0] -= 1
        return left[0] >= 0

    return go_on


def test_random_runs_go_on_where_a_search_ended():
    run, asked = late_break()
    found = find(run, asked, budget=Budget(states=50, walk=lambda *_: True, seed=3), reductions=PLAIN)
    assert (found.verdict, found.shortest, found.complete) == ("anomaly", False, False)
    assert found.walked >= len(found.events) > 0


def test_random_runs_are_the_same_for_the_same_seed_and_others_for_another():
    run, asked = late_break()

    def events(seed):
        return find(
            run, asked, budget=Budget(states=50, walk=lambda *_: True, seed=seed), reductions=PLAIN
        ).events

    assert events(1) == events(1)
    assert len({events(seed) for seed in range(4)}) > 1


def test_random_runs_end_when_they_are_told_to():
    found = find(big(), KEPT, budget=Budget(states=50, walk=limited(3)), reductions=PLAIN)
    assert (found.verdict, found.events) == ("budget", ())
    assert found.walked > 0
    assert find(big(), KEPT, budget=Budget(states=50, walk=limited(0)), reductions=PLAIN).walked == 0


def test_random_runs_judge_what_must_hold_eventually():
    states = space_of(talk((GET,), calls=(example(GET),)), Bounds(calls=1))
    asked = promise(lambda _world, operations: len(operations) != 1, "eventually")
    path, _ = on_engine_thread(lambda: walk(states, Judge(states, asked), 0, limited(5)))
    assert len(path) == 3


def test_random_runs_meet_a_step_that_does_not_end():
    run = talk((GET, ("spin",)), calls=())
    found = find(run, KEPT, budget=Budget(states=1, walk=lambda *_: True), reductions=PLAIN)
    assert (found.promise, found.verdict) == ("terminates", "anomaly")


# Nodes and names


def test_code_runs_once_for_each_input_that_leads_somewhere():
    """The states of the world are many, and what one node can be told is little."""

    def runs():
        states = space_of(lab_run("caching/cache_aside", "textbook", readers=2, writers=2))
        search = breadth.Breadth(states, Judge(states, KEPT), [], None, 50_000)
        explored = search.search(lambda *_: True)
        return explored.states, sum(m.runs for m in states.steps.members if isinstance(m, NodeMember))

    found, ran = on_engine_thread(runs)
    assert found > 100 * ran


def test_a_node_is_told_again_what_it_was_told():
    def check():
        states = space_of(talk((GET, SET)))
        position = states.start
        while moves := states.moves(position):
            position = states.apply(position, moves[0])
        state = position.members[0]
        assert isinstance(state, NodeState)
        return [told.kind for told in state.inputs()]

    assert on_engine_thread(check) == ["start", "call", "reply", "reply"]


def test_names_are_exchanged_within_groups_and_never_with_none():
    exchanged = list(exchanges_of([("a", "b", "c"), ("x", "y")]))
    assert len(exchanged) == 6 * 2 - 1
    assert all(sorted(names) == sorted(names.values()) for names in exchanged)
    assert all({names[n] for n in "abc"} == set("abc") for names in exchanged)


FIGURES = {
    Reductions(False, False, False): 942,
    Reductions(False, True, False): 781,
    Reductions(True, False, False): 508,
    Reductions(True, True, False): 427,
}
"""States of the textbook's cache with two readers and a writer. They change when what is spared changes."""


@pytest.mark.parametrize("reductions", FIGURES)
def test_what_is_spared_is_known(reductions):
    run = lab_run("caching/cache_aside", "textbook", readers=2)
    asked = next(each for each in run.lab.invariants if each.name == "cache_agrees")
    found = find(run, replace(asked, holds=lambda *_: True, witness=None), Bounds(), reductions=reductions)
    assert (found.verdict, found.states) == ("none", FIGURES[reductions])

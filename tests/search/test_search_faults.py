"""Faults planted in the search: each is caught, and each guard is what keeps its fault away."""

from dataclasses import replace
from importlib import import_module

import pytest
from agreement import EVERY, PLAIN, agree, promise
from search_code import Even, Moody
from search_labs import lab_of, talk, worker
from test_search_agrees import clocks, lab_run, then

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.run import Run
from sdtutor.engine.search import breadth, find, identity, judge, letters, nodes, space, steps, symmetry
from sdtutor.engine.search.ample import Ample
from sdtutor.engine.search.find import Unconfirmed
from sdtutor.engine.search.symmetry import NotInterchangeable
from sdtutor.engine.thread import on_engine_thread

GET, SET, ADD, CAS = ("get", "k"), ("set", "k", 1), ("add", "k"), ("cas", "k")
BOTH = ("gather", (GET,), (("get", "j"),))


REFUTED = (AssertionError, Unconfirmed, StopIteration)
"""The comparison fails, or the run itself shows that it cannot go the way that was found."""


def answer(run, asked, bounds=Bounds(), reductions=EVERY):  # noqa: B008 - bounds never change
    """What a search says: verdict, length; that it was refuted by the run itself is an answer, too."""
    try:
        found = find.find(run, asked, bounds, reductions=reductions)
    except (Unconfirmed, StopIteration):
        return "refuted"
    return found.verdict, len(found.events)


def without_payload(letter):
    return (
        letter.sender,
        letter.receiver,
        letter.operation,
        letter.number,
        letter.incarnation,
        letter.is_reply,
    )


def finding(lab, name):
    """The run, the promise and the bounds of a planted verdict."""
    declared = import_module("sdtutor.labs." + lab.replace("/", ".")).LAB
    planted = next(each for each in declared.findings if each.name == name)
    asked = next(each for each in declared.invariants if each.name == planted.promise)
    return lab_run(lab, planted.variant, **planted.parameters), asked, planted.bounds, planted.shortest


@pytest.mark.parametrize(
    ("lab", "name", "wrong"),
    [
        ("messaging/idempotent_consumer", "forgets_in_order", ("anomaly", 24)),
        ("messaging/idempotent_consumer", "pays_twice_without_a_fault", ("none", 0)),
        ("consistency/quorum", "read_one", ("none", 0)),
    ],
)
def test_letters_without_payloads_give_a_wrong_answer_in_silence(lab, name, wrong, monkeypatch):
    run, asked, bounds, shortest = finding(lab, name)
    assert answer(run, asked, bounds) == ("anomaly", shortest)
    monkeypatch.setattr(letters, "identity", without_payload)
    assert answer(run, asked, bounds) == wrong


def test_letters_without_payloads_fail_the_comparison(monkeypatch):
    make = lambda: talk((GET,), (SET,))  # noqa: E731 - the same run twice
    agree(make())
    monkeypatch.setattr(letters, "identity", without_payload)
    with pytest.raises(REFUTED):
        agree(make())


def test_an_address_in_what_identifies_a_node_shows_in_the_number_of_states(monkeypatch):
    run = talk((("gather", (SET,), (("set", "j", 1),)), GET), (GET,))

    def states():
        return find.find(run, promise(lambda *_: True), reductions=PLAIN).states

    assert states() == states() == 78
    read, kept = identity._attributes, []

    def with_address(value):
        # Kept, so that no other object can have this address.
        kept.append(value)
        return [*read(value), id(value)]

    monkeypatch.setattr(identity, "_attributes", with_address)
    assert states() > 78


def declared_alike(run, *groups):
    """The same run, in which some nodes are declared interchangeable."""
    lab = run.lab
    cast = lambda variant, values: replace(lab.cast(variant, values), interchangeable=groups)  # noqa: E731
    return Run(replace(lab, cast=cast), run.variant, run.given, run.seed, run.name)


def explore_alike(run, bounds=Bounds(), asked=None):  # noqa: B008
    """Search under every exchange of names that is declared."""
    asked = asked or promise(lambda *_: True)

    def search():
        states = space.Space(run, bounds, with_history=True)
        names = symmetry.exchanges(states)
        assert names
        return breadth.Breadth(states, judge.Judge(states, asked), names, None, 5_000).search(lambda *_: True)

    return on_engine_thread(search)


@pytest.mark.parametrize(
    ("lab", "variant", "parameters", "group"),
    [
        ("consistency/quorum", "textbook", {}, ("a", "b", "c")),
        ("caching/cache_aside", "reference", {"readers": 2}, ("reader_1", "reader_2")),
        ("caching/cache_stampede", "reference", {"servers": 2}, ("server_1", "server_2")),
    ],
)
def test_nodes_that_the_code_tells_apart_are_not_interchangeable(lab, variant, parameters, group):
    run = declared_alike(lab_run(lab, variant, **parameters), group)
    assert set(group) <= {node.name for node in run.cast.nodes}
    with pytest.raises(NotInterchangeable):
        explore_alike(run)


def test_a_wrong_declaration_costs_time_and_no_answer():
    honest = lab_run("caching/cache_aside", "reference", readers=2)
    asked = next(each for each in honest.lab.invariants if each.name == "no_stale_read")
    wrong = declared_alike(honest, ("reader_1", "reader_2"))
    assert find.find(wrong, asked, Bounds()) == find.find(honest, asked, Bounds())


def unlike(**changes):
    """Two workers that do the same, of which the second is declared otherwise."""
    run = talk((GET,), (GET,), alike=True)
    first, second, *others = run.cast.members
    cast = replace(run.cast, members=(first, replace(second, **changes), *others))
    script = [call for calls in run.rules.script.values() for call in calls]
    return Run(lab_of(cast, script), "reference")


@pytest.mark.parametrize("changes", [{"calls": ()}, {"serves": ("ask",)}, {"safe": ("ask",)}])
def test_nodes_that_are_not_declared_alike_are_not_interchangeable(changes):
    explore_alike(unlike())
    with pytest.raises(NotInterchangeable, match="declared alike"):
        explore_alike(unlike(**changes))


def test_nodes_with_other_stories_or_links_are_not_interchangeable():
    with pytest.raises(NotInterchangeable, match="declared alike"):
        explore_alike(talk((GET,), (SET,), alike=True))
    run = talk((GET,), (GET,), alike=True)
    cast = replace(run.cast, links=run.cast.links[1:])
    with pytest.raises(NotInterchangeable, match="declared alike"):
        explore_alike(Run(lab_of(cast, []), "reference"))


def of_kinds(*kinds):
    """Two workers that are declared alike, of different classes."""
    run = talk((("mood", "k", "j"),), (("mood", "k", "j"),), alike=True)
    nodes_of = [replace(worker(name, kind=kind), calls=run.cast.members[0].calls) for name, kind in kinds]
    cast = replace(run.cast, members=(*nodes_of, run.cast.members[-1]))
    return Run(lab_of(cast, [call for calls in run.rules.script.values() for call in calls]), "reference")


def test_nodes_that_are_alike_until_later_are_not_interchangeable():
    explore_alike(of_kinds(("a", Even), ("b", Even)))
    explore_alike(of_kinds(("a", Moody), ("b", Moody)))
    run = of_kinds(("a", Even), ("b", Moody))
    with pytest.raises(NotInterchangeable, match="told apart"):
        explore_alike(run, asked=promise(lambda *_: True, over=("store",)))
    asked = promise(lambda world, _: world.stored("store", "mood") != "j", over=("store",))
    assert answer(run, asked) == answer(run, asked, reductions=PLAIN) == ("anomaly", 8)


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_images_that_lead_elsewhere_are_refused_before_they_do_anything_else(order):
    """Where one node has two states the other has one; on the way there they send the same."""
    run = of_kinds(("a", Even), ("b", Moody))

    def go(names):
        states = space.Space(run, Bounds(), with_history=True)
        exchange, known = symmetry.exchanges(states)[0], states.steps.letters.known
        for replies in names:
            position = states.start
            texts = [f"a>store.get#{n}" for n in (1, 2)] + [f"store>a.get.reply#{n}" for n in replies]
            for text in [None, *texts]:
                step = next(
                    step
                    for step in states.moves(position)
                    if (step.event[0] == "call" and step.event[1].node == "a" and text is None)
                    or (step.event[0] == "deliver" and known[step.event[1]].name == text)
                )
                exchange.delta(step, position.mode)
                position = states.apply(position, step)

    on_engine_thread(lambda: go([order]))
    with pytest.raises(NotInterchangeable, match="told apart by deliver"):
        on_engine_thread(lambda: go([order, order[::-1]]))


def test_services_are_not_interchangeable():
    run = talk((GET,), (GET,))
    with pytest.raises(NotInterchangeable, match="not a node"):
        explore_alike(declared_alike(run, ("a", "store")))


def test_a_promise_that_names_one_of_two_is_asked_without_exchanging_them():
    run = talk((ADD,), (ADD,), alike=True)
    asked = promise(lambda _world, operations: not any(o.node == "b" for o in operations))
    with pytest.raises(NotInterchangeable, match="tells nodes apart"):
        explore_alike(run, asked=asked)
    assert answer(run, asked) == answer(run, asked, reductions=PLAIN) == ("anomaly", 1)


def test_exchanges_that_nobody_checks_lose_what_happens_to_one(monkeypatch):
    monkeypatch.setattr(judge.Judge, "_holds_under_all_names", judge.Judge._holds)
    run = talk((ADD,), (ADD,), alike=True)
    asked = promise(
        lambda _world, operations: not any(o.node == "b" and o.called == 1 for o in operations[:1])
    )
    assert answer(run, asked) != answer(run, asked, reductions=PLAIN)


def test_the_image_of_a_long_run_is_found():
    run = talk((GET,), (GET,), alike=True)
    run.advance()
    call = run.steps[0].event
    for number in range(2, 402):
        run.apply(call)
        run.apply(replace(call, kind="deliver", target=f"a>store.get#{number}", operation="", arguments=()))
        run.apply(
            replace(call, kind="deliver", target=f"store>a.get.reply#{number}", operation="", arguments=())
        )
    assert find.find(run, promise(lambda *_: True, over=("store",))).verdict == "none"


# What may go first


def always_ample(search):
    return Ample(search._space, search._judge)


def test_a_letter_that_can_be_lost_does_not_arrive_first(monkeypatch):
    run = talk((GET, SET), (SET,))
    asked = promise(lambda world, _: world.view("a")["seen"] != (), "eventually", ("view",))
    run.apply(run.possible()[0])
    run = then(run, "deliver a>store.get#1")
    bounds = Bounds(drops=1)
    assert answer(run, asked, bounds) == answer(run, asked, bounds, PLAIN) == ("anomaly", 4)
    monkeypatch.setattr(find._Search, "_ample", always_ample)
    assert answer(run, asked, bounds) == ("none", 0)


def alone_unless(guard):
    """`Ample._is_alone` without one of its guards."""

    def is_alone(ample, state, position):
        left = ample._space.steps.modes[position.mode].left
        if guard != "timers" and left.timers:
            return False
        story = ample._judge.at_the_end and ample._space.next_call(state)
        if guard != "calls" and not state.busy and (left.calls or story):
            return False
        coming = [
            letter
            for letter in position.letters
            if ample._receivers[letter] == state.member
            and ample._known[letter].request in state.facts.awaited
        ]
        return guard == "replies" or len(coming) == len(state.facts.awaited)

    return is_alone


def half_read():
    """One reads two keys at once, another writes them one after the other; both have begun."""
    run = talk((BOTH,), (("set", "k", 9), ("set", "j", 9)), initial={"k": 1, "j": 2})
    for _ in range(2):
        run.apply(next(event for event in run.possible() if event.kind == "call"))
    return run


GUARDS = {
    "calls": (lambda: talk((GET,), (SET,)), Bounds()),
    "timers": (clocks, Bounds(timers=3)),
    "replies": (half_read, Bounds()),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_a_client_that_is_not_alone_does_not_go_first(guard, monkeypatch):
    make, bounds = GUARDS[guard]
    monkeypatch.setattr(Ample, "_is_alone", alone_unless("nothing"))
    agree(make(), bounds, reductions=(EVERY,))
    monkeypatch.setattr(Ample, "_is_alone", alone_unless(guard))
    with pytest.raises(REFUTED):
        agree(make(), bounds, reductions=(EVERY,), samples=3)


def test_the_shortest_way_to_a_state_is_not_sought_with_what_may_go_first(monkeypatch):
    """That a client has not yet read its reply is what a promise over the store can be about."""
    run = talk((GET,), (SET,))
    run.apply(run.possible()[0])
    run.apply(run.possible()[0])
    asked = promise(lambda world, _: world.stored("store", "k") is None, over=("store",))
    assert answer(run, asked) == ("anomaly", 2)
    monkeypatch.setattr(find._Search, "_shortest", lambda search: search._explore(search._ample()))
    assert answer(run, asked) == ("anomaly", 3)


# What states are


def test_states_without_what_the_clock_says_fail_the_comparison(monkeypatch):
    bounds = Bounds(timers=3)
    number = steps.Steps.mode_number
    monkeypatch.setattr(steps.Steps, "mode_number", lambda self, mode: number(self, mode._replace(now_us=0)))
    with pytest.raises(REFUTED):
        agree(clocks(), bounds, reductions=(PLAIN,))


def test_nodes_without_what_they_hold_fail_the_comparison(monkeypatch):
    make = lambda: talk((("gather", (GET,), (SET,)),), (SET,))  # noqa: E731
    monkeypatch.setattr(nodes, "_left_behind", lambda *_: "all the same")
    with pytest.raises(REFUTED):
        agree(make(), reductions=(PLAIN,))


def test_nodes_without_what_the_world_knows_of_them_fail_the_comparison(monkeypatch):
    run = talk((("ask", ADD, GET),), server=worker("server", serves=("ask",)))
    monkeypatch.setattr(nodes, "_left_behind", lambda *_: None)
    monkeypatch.setattr(nodes, "_known_besides", lambda facts: nodes._counts(facts))
    with pytest.raises(REFUTED):
        agree(run, Bounds(crashes=1), reductions=(PLAIN,))


def test_a_way_that_the_run_refutes_is_not_shown(monkeypatch):
    run = talk((GET,))
    monkeypatch.setattr(judge.Judge, "breaks", lambda *_: True)
    with pytest.raises(Unconfirmed):
        find.find(run, promise(lambda *_: True))

"""Saga: a shop, and the three services that an order needs. The learner decides what is lost, and when."""

from sdtutor.engine.lab import (
    Call,
    Fidelity,
    Finished,
    Goal,
    Invariant,
    Lab,
    Measure,
    Opening,
    Prediction,
    Scene,
)
from sdtutor.engine.operations import Operation
from sdtutor.engine.parameters import OneOf, Values
from sdtutor.engine.world import World
from sdtutor.labs.order_shop import PRICE, SERVICES, Done, Undo, cast, held
from sdtutor.reference.microservices import saga as reference
from sdtutor.textbook.microservices import saga as textbook

Operations = tuple[Operation, ...]


def script(_values: Values) -> tuple[Call, ...]:
    """Return the one order of the story."""
    return (Call("shop", "place_order", ("book",)),)


# What the run shows


def still(world: World) -> bool:
    """Tell whether nothing can happen any more unless somebody makes it: no message, no timer.

    A process that waits for a reply that is lost is still for ever; the world's own rest leaves it out.
    """
    return not world.in_flight and not any(m.up and m.timer for _, m in world.section("member"))


def starting(world: World) -> bool:
    """Tell whether the shop looks through its log."""
    return "start" in world.member("shop").waiting


def placed_or_open(world: World, operations: Operations, name: str) -> int:
    """Return for how many orders a service may hold something while nothing moves.

    That is an order that was placed. With a saga log also one that can go on from there, and one whose
    compensation is noted as outstanding.
    """
    if world.facts.get(("member", "log", "")) is None:
        return sum(o.value == "placed" for o in operations)
    rows = world.store("log").values()
    return sum(isinstance(row, Done) or name in (*row.names, *row.parked) for row in rows)


def no_orphans(world: World, operations: Operations) -> bool:
    """Tell whether, once nothing moves, each service holds something only for orders that may have it."""
    return not still(world) or all(
        held(world, name) <= placed_or_open(world, operations, name) for name in SERVICES
    )


def told_truth(world: World, operations: Operations) -> bool:
    """Tell whether nothing is held for an order whose customer was told that it is cancelled."""
    not_cancelled = sum(o.value != "cancelled" for o in operations)
    return all(held(world, name) <= not_cancelled for name in SERVICES)


def charged_once(world: World, operations: Operations) -> bool:
    """Tell whether there are at most as many charges as orders."""
    return held(world, "payment") <= len(operations)


def cancelled(_world: World, operations: Operations) -> bool:
    """Tell whether a customer was told that the order is cancelled."""
    return any(o.value == "cancelled" for o in operations)


def nothing_held(world: World, _operations: Operations) -> bool:
    """Tell whether no service holds anything."""
    return not any(held(world, name) for name in SERVICES)


def turned_back(world: World) -> tuple[str, ...]:
    """Return what is left to undo of the first order, by the log; empty before it turns back."""
    row = world.stored("log", "o1")
    return row.names if isinstance(row, Undo) else ()


def on_its_way(world: World, operation: str) -> bool:
    """Tell whether a request or its reply is in flight."""
    return any(message.operation == operation for message in world.in_flight)


def restarted(world: World) -> bool:
    """Tell whether the shop runs again after a crash."""
    return world.member("shop").up and world.member("shop").incarnation > 1


def compensations(finished: Finished) -> int:
    """Return how many compensations the shop sent."""
    asked = ("order.cancel", "inventory.release", "payment.refund")
    return sum(finished.world.counted("sent", f"shop>{operation}") for operation in asked)


# The story


def asks(receiver: str, operation: str, number: int = 1) -> tuple[str, str]:
    """Return the events of a request that the shop sends and of its reply."""
    return (
        f"deliver shop>{receiver}.{operation}#{number}",
        f"deliver {receiver}>shop.{operation}.reply#{number}",
    )


def logs(*numbers: int) -> tuple[str, ...]:
    """Return the events of some writes to the saga log."""
    return tuple(event for number in numbers for event in asks("log", "put", number))


CALL = ("call shop place_order book",)
CREATE, RESERVE, CHARGE = asks("order", "create"), asks("inventory", "reserve"), asks("payment", "charge")
CANCEL, RELEASE, REFUND = asks("order", "cancel"), asks("inventory", "release"), asks("payment", "refund")
BEGIN = (*CALL, *asks("log", "get"), *logs(1), *CREATE, *logs(2))
TO_CHARGE = (*BEGIN, *RESERVE, *logs(3))
BACK = (*REFUND, *logs(5), *RELEASE, *logs(6), *CANCEL, *logs(7))
DECLINED = {"fail_at": "payment"}
IN_DOUBT = {"fail_at": "payment", "failure": "lost_reply"}

SCENES = (
    Scene(
        "stock_stays",
        "The card is declined, the order is cancelled, and a book stays reserved.",
        "textbook",
        (*CALL, *CREATE, *RESERVE, *CHARGE, *CANCEL),
        breaks="no_orphans",
        parameters=DECLINED,
    ),
    Scene(
        "taken_back",
        "The card is declined: refund, release, cancel, newest first, and nothing is left.",
        "reference",
        (*TO_CHARGE, *CHARGE, *logs(4), *BACK),
        parameters=DECLINED,
    ),
    Scene(
        "endless_wait",
        "The card is charged, the reply never comes, and nothing ends the wait.",
        "textbook",
        (*CALL, *CREATE, *RESERVE, CHARGE[0]),
        breaks="no_orphans",
        parameters=IN_DOUBT,
    ),
    Scene(
        "in_doubt",
        "The card is charged, the reply never comes: after a second the payment is refunded too.",
        "reference",
        (*TO_CHARGE, CHARGE[0], "fire shop.timer#3", *logs(4), *BACK),
        parameters=IN_DOUBT,
    ),
    Scene(
        "late_charge",
        "The refund overtakes the charge: the charge comes late, and is turned away.",
        "reference",
        (*TO_CHARGE, "fire shop.timer#3", *logs(4), *BACK, CHARGE[0]),
    ),
    Scene(
        "crash_forgets",
        "The shop dies with a book reserved, comes back, and knows of nothing.",
        "textbook",
        (*CALL, *CREATE, *RESERVE[:1], "crash shop", "restart shop"),
        breaks="no_orphans",
        parameters=DECLINED,
    ),
    Scene(
        "crash_resumes",
        "The shop dies with a book reserved, reads its log, goes on, and takes all back.",
        "reference",
        (
            *BEGIN,
            RESERVE[0],
            "crash shop",
            "restart shop",
            *asks("log", "get", 2),
            *asks("log", "get", 3),
            *logs(3),
            *asks("inventory", "reserve", 2),
            *logs(4),
            *CHARGE,
            *logs(5),
            *REFUND,
            *logs(6),
            *RELEASE,
            *logs(7),
            *CANCEL,
            *logs(8),
            *asks("log", "get", 4),
        ),
        parameters=DECLINED,
    ),
)

FIND_WHAT_IS_LEFT = Goal(
    name="find_what_is_left",
    title="The payment is about to be refused. See what stays behind.",
    met=lambda world, operations: cancelled(world, operations) and not nothing_held(world, operations),
    hints=(
        "Press → until the customer has an answer. Watch which compensations leave the shop.",
        "Two steps were completed, so two compensations are due. Only one is ever sent.",
    ),
    coach=(
        (
            cancelled,
            'The customer hears "cancelled", and a book stays reserved. Look at release in order_saga:'
            " which data does it use? v runs the reference.",
        ),
        (
            lambda world, _operations: on_its_way(world, "cancel"),
            "First release, then cancel: that was the plan. cancel is on its way. Where is release?",
        ),
        (
            lambda world, _operations: on_its_way(world, "charge"),
            "An order is entered and a book reserved. The card will be declined. Go on with →.",
        ),
    ),
)

TAKE_ALL_BACK = Goal(
    name="take_all_back",
    title="Press v: the reference. Let it take back everything, the book included.",
    met=lambda world, operations: cancelled(world, operations) and nothing_held(world, operations),
    variant="reference",
    hints=("Press Space to play, or → step by step. Watch the order of the compensations.",),
    coach=(
        (
            cancelled,
            "Refund, release, cancel: newest first, and a refund although the card was declined:"
            " the shop does not trust a failure.",
        ),
        (
            lambda world, _operations: bool(turned_back(world)),
            "The log says what is left to undo. Only then does the next compensation leave.",
        ),
        (
            lambda world, _operations: on_its_way(world, "charge"),
            "The charge carries a key, o1/payment. Twice the same key is one charge.",
        ),
        (
            lambda _world, operations: bool(operations),
            "Each step is followed by a row in the saga log. That is the price: a write a step.",
        ),
        (
            lambda _world, _operations: True,
            "The same order, the same declined card. → places it; the log comes first.",
        ),
    ),
)

SURVIVE_A_CRASH = Goal(
    name="survive_a_crash",
    title="Crash the shop while a book is held, restart it, and leave nothing behind.",
    met=lambda world, operations: (
        restarted(world)
        and bool(world.store("log"))
        and still(world)
        and not starting(world)
        and nothing_held(world, operations)
    ),
    variant="reference",
    hints=(
        "Go back with ← until inventory shows held 1. x lists the faults: crash, then shop.",
        "x again: restart, shop. Then → until nothing moves.",
    ),
    coach=(
        (
            lambda world, operations: restarted(world) and still(world) and nothing_held(world, operations),
            "No caller waited any more, and all was taken back: the log knew where the saga stood.",
        ),
        (
            lambda world, _operations: restarted(world) and bool(turned_back(world)),
            "The new shop undoes what the old one did. The keys in the log are all it needs.",
        ),
        (
            lambda world, _operations: restarted(world),
            "A new process with an empty memory reads o1 from the log and goes on: → until nothing moves.",
        ),
        (
            lambda world, _operations: not world.member("shop").up,
            "The shop is down, and what is held stays held: a saga cannot hide that. x, restart, shop.",
        ),
        (
            lambda world, _operations: held(world, "inventory") > 0,
            "A book is held. This is the moment: x, crash, shop.",
        ),
        (
            lambda _world, _operations: True,
            "Stop where inventory shows held 1: ← goes back to it.",
        ),
    ),
)

LAB = Lab(
    sources={"reference": reference, "textbook": textbook},
    cast=cast,
    script=script,
    main_code={
        "textbook": ("SagaOrchestrator.execute", "order_saga"),
        "reference": (
            "SagaOrchestrator._run",
            "SagaOrchestrator._forward",
            "SagaOrchestrator._back",
            "SagaOrchestrator.resume",
            "order_saga",
        ),
    },
    defects=4,
    parameters=(
        OneOf("fail_at", "none", ("none", *SERVICES), "Which service fails, each time it is asked to act."),
        OneOf(
            "failure",
            "refuses",
            ("refuses", "lost_reply"),
            "How: it says no, or does its work and never answers.",
        ),
    ),
    faults=("drop", "duplicate", "crash", "cut"),
    invariants=(
        Invariant(
            name="no_orphans",
            promise="An order that was not placed leaves nothing behind, once nothing moves.",
            told="Nothing moves; something is held for an order not placed.",
            holds=no_orphans,
        ),
        Invariant(
            name="told_truth",
            promise='Who is told "cancelled" has nothing reserved and nothing charged.',
            told='A customer was told "cancelled", and something is held.',
            holds=told_truth,
        ),
        Invariant(
            name="charged_once",
            promise="An order is charged at most once.",
            told="There are more charges than orders.",
            holds=charged_once,
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=(*CALL, *CREATE, *RESERVE),
        sentence="The payment is about to be refused. See what stays behind.",
        parameters=DECLINED,
    ),
    goals=(FIND_WHAT_IS_LEFT, TAKE_ALL_BACK, SURVIVE_A_CRASH),
    scenes=SCENES,
    predictions=(
        Prediction(
            "what_customer_hears",
            "What will the customer be told?",
            "place_order",
            lambda _world: ("placed", "cancelled"),
        ),
    ),
    measures=(
        Measure(
            "reserved",
            "books",
            "Books that inventory holds back.",
            lambda finished: held(finished.world, "inventory"),
        ),
        Measure(
            "charged",
            "dollars",
            "Money that payment has taken and not given back.",
            lambda finished: PRICE * held(finished.world, "payment"),
        ),
        Measure("compensations", "requests", "Compensations that the shop sent.", compensations),
    ),
    fidelity=Fidelity(
        real="The orchestrator runs as it stands, on asyncio, with its tasks, timeouts and log.",
        simulated="The three services are small classes whose books are in memory: a crash empties them,"
        " as it would not empty a database.",
        editorial="One item costs 20 dollars, a call may take 1 second, a compensation has 3 attempts.",
    ),
)

"""The story of the saga: recorded runs, goals, and what the coach says."""

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Finding, Goal, Scene
from sdtutor.labs.microservices.saga.promises import (
    cancelled,
    nothing_held,
    on_its_way,
    restarted,
    starting,
    still,
    turned_back,
)
from sdtutor.labs.order_shop import held


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

LOST_REPLY = {"fail_at": "payment", "failure": "lost_reply"}
CRASH = Bounds(timers=1, crashes=1)

FINDINGS = (
    Finding("left_behind", "textbook", "no_orphans", 9, DECLINED),
    Finding("charged_anyway", "textbook", "no_orphans", 6, LOST_REPLY),
    Finding("charged_twice", "textbook", "charged_once", 8, bounds=Bounds(duplicates=1)),
    Finding("taken_back", "reference", "no_orphans", None, DECLINED),
    Finding("uncertain", "reference", "no_orphans", None, LOST_REPLY),
    Finding("once", "reference", "charged_once", None, bounds=Bounds(duplicates=1)),
    Finding("slow", "reference", "no_orphans", None),
    Finding("survives", "reference", "no_orphans", None, bounds=Bounds(crashes=1)),
    # A service whose books are in memory forgets that it has barred a late request.
    Finding("forgets_the_bar", "reference", "no_orphans", 16, bounds=CRASH),
)

FIND_WHAT_IS_LEFT = Goal(
    name="find_what_is_left",
    title="The payment is about to be refused. See what stays behind.",
    met=lambda world, operations: cancelled(world, operations) and not nothing_held(world, operations),
    par=4,
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
    par=17,
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
    par=23,
    bounds=Bounds(crashes=1),
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

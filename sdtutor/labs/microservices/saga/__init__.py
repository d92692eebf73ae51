"""Saga: a shop, and the three services that an order needs. The learner decides what is lost, and when."""

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Call, Fidelity, Invariant, Lab, Measure, Opening, Prediction
from sdtutor.engine.parameters import OneOf, Values
from sdtutor.labs.microservices.saga.promises import (
    charged_once,
    compensations,
    deceived,
    no_orphans,
    orphaned,
    overcharged,
    told_truth,
)
from sdtutor.labs.microservices.saga.skills import SKILLS
from sdtutor.labs.microservices.saga.story import (
    CALL,
    CREATE,
    DECLINED,
    FIND_WHAT_IS_LEFT,
    FINDINGS,
    RESERVE,
    SCENES,
    SURVIVE_A_CRASH,
    TAKE_ALL_BACK,
)
from sdtutor.labs.order_shop import PRICE, SERVICES, cast, held
from sdtutor.reference.microservices import saga as reference
from sdtutor.textbook.microservices import saga as textbook


def script(_values: Values) -> tuple[Call, ...]:
    """Return the one order of the story."""
    return (Call("shop", "place_order", ("book",)),)


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
    bounds=Bounds(timers=2),
    invariants=(
        Invariant(
            name="no_orphans",
            promise="An order that was not placed leaves nothing behind, once nothing moves.",
            told="Nothing moves; something is held for an order not placed.",
            holds=no_orphans,
            over=("operations", "store", "view", "member", "flight"),
            witness=orphaned,
        ),
        Invariant(
            name="told_truth",
            promise='Who is told "cancelled" has nothing reserved and nothing charged.',
            told='A customer was told "cancelled", and something is held.',
            holds=told_truth,
            over=("operations", "view"),
            witness=deceived,
        ),
        Invariant(
            name="charged_once",
            promise="An order is charged at most once.",
            told="There are more charges than orders.",
            holds=charged_once,
            over=("operations", "view"),
            witness=overcharged,
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
    findings=FINDINGS,
    predictions=(
        Prediction(
            "what_customer_hears",
            "What will the customer be told?",
            "place_order",
            lambda _world: ("placed", "cancelled"),
        ),
    ),
    skills=SKILLS,
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

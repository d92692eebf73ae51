"""Idempotent consumer: workers take deposits from a queue to an account, and the queue delivers again."""

from functools import partial

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import (
    Call,
    Cast,
    Fidelity,
    Invariant,
    Lab,
    Link,
    Measure,
    Node,
    Offered,
    Opening,
    Prediction,
    Service,
    Variant,
)
from sdtutor.engine.parameters import Values, Whole
from sdtutor.engine.services import queue_of
from sdtutor.engine.simulated import Ports
from sdtutor.labs.messaging.idempotent_consumer.promises import (
    AMOUNTS,
    SENT,
    at_most_once,
    nothing_lost,
    requests,
    sent,
    times_applied,
)
from sdtutor.labs.messaging.idempotent_consumer.skills import SKILLS
from sdtutor.labs.messaging.idempotent_consumer.story import (
    FINDINGS,
    PAY_ONCE,
    PAY_TWICE,
    PROCESSED,
    SCENES,
    TRY_THE_REFERENCE,
)
from sdtutor.reference.messaging import idempotent_consumer as reference
from sdtutor.textbook.messaging import idempotent_consumer as textbook

Consumer = textbook.Consumer | reference.Consumer

CONSUME = Offered("consume")


def workers(values: Values) -> tuple[str, ...]:
    """Return the names of the workers."""
    return tuple(f"worker_{number + 1}" for number in range(values["workers"]))


def cast(variant: Variant, values: Values) -> Cast:
    """Return the workers, the queue with its messages, and the database."""
    names = workers(values)
    nodes = [
        Node(
            name=name,
            label=f"worker {mark}",
            mark=mark,
            cell=(row, 0),
            build=partial(build, variant, values["window"]),
            calls=(CONSUME,),
        )
        for row, (name, mark) in enumerate(zip(names, "ABC", strict=False))
    ]
    code = reference if variant == "reference" else textbook
    messages = [code.Deposit(name, "ann", AMOUNTS[name]) for name in SENT[: values["messages"]]]
    queue = Service("queue", "queue", (0, 1), "queue", True, queue_of(*messages))
    database = Service("database", "database", (max(1, len(nodes) - 1), 1), "table", True, shows=("ann",))
    links = tuple(Link(node.name, service.name) for node in nodes for service in (queue, database))
    return Cast((*nodes, queue, database), links, interchangeable=(names,))


def build(variant: Variant, window: int, ports: Ports) -> Consumer:
    """Return one worker's Consumer over the shared queue and database."""
    queue, database = ports.queue("queue"), ports.table("database")
    if variant == "reference":
        return reference.Consumer(queue, database, window=window)
    return textbook.Consumer(queue, accounts=database, seen=database)


def script(values: Values) -> tuple[Call, ...]:
    """Return a call of each worker for each message, so that whatever comes back finds a worker."""
    return tuple(Call(name, "consume") for _ in range(values["messages"]) for name in workers(values))


LAB = Lab(
    sources={"reference": reference, "textbook": textbook},
    cast=cast,
    script=script,
    main_code={
        "textbook": ("Consumer.consume", "Consumer.apply"),
        "reference": ("Consumer.consume", "Consumer.apply", "Account.after"),
    },
    defects=3,
    parameters=(
        Whole("workers", 2, 1, 3, "workers", "How many processes take messages from the queue."),
        Whole(
            "messages", 1, 1, 3, "messages", "How many wait: d1, d2, and d1 sent again under another number."
        ),
        Whole("window", 3, 1, 9, "deposits", "How many deposits an account of the reference remembers."),
    ),
    faults=("drop", "duplicate", "crash"),
    invariants=(
        Invariant(
            name="at_most_once",
            promise="No deposit is in the balance twice.",
            told="A deposit is in the balance twice.",
            holds=at_most_once,
            over=("store",),
        ),
        Invariant(
            name="nothing_lost",
            promise="Every deposit that has left the queue is in the balance.",
            told="A deposit has left the queue, and is not in the balance.",
            holds=nothing_lost,
            over=("store",),
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=PROCESSED,
        sentence="Ann was sent one deposit of 10. Make her balance 20.",
    ),
    goals=(PAY_TWICE, PAY_ONCE, TRY_THE_REFERENCE),
    scenes=SCENES,
    predictions=(
        Prediction(
            "what_returns",
            "Which deposit will this call return?",
            "consume",
            lambda world: (*sorted(sent(world)), None),
        ),
    ),
    skills=SKILLS,
    measures=(
        Measure("times_applied", "times", "How often each deposit is in the balance.", times_applied),
        Measure("requests", "requests", "Requests that the workers sent to queue and database.", requests),
    ),
    bounds=Bounds(timers=1),
    findings=FINDINGS,
    fidelity=Fidelity(
        real="Consumer runs as it stands, on asyncio. Each worker is a process of its own.",
        simulated="Queue, database and network are machines of the tutor. A pull answers at once, empty or"
        " not; a real one can be told to wait. The queue loses nothing and keeps the order.",
        editorial="The 30 s that a message is held are the default of Amazon SQS. The deposits are of 10 and"
        " 500, so that the balance tells which of them are in it.",
    ),
)

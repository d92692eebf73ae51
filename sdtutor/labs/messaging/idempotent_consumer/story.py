"""The story of the idempotent consumer: recorded runs, goals, and what the coach says."""

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Finding, Goal, Scene
from sdtutor.labs.messaging.idempotent_consumer.promises import (
    at_most_once,
    delivered_again,
    found_no_note,
    has_arrived,
    in_queue,
    refused,
    remembered,
    twice_delivered_once_applied,
    waits_again,
    writing,
)


def asks(worker: int, service: str, operation: str, number: int = 1) -> tuple[str, str]:
    """Return the events of one request of a worker: there and back."""
    name = f"worker_{worker}"
    return (
        f"deliver {name}>{service}.{operation}#{number}",
        f"deliver {service}>{name}.{operation}.reply#{number}",
    )


def takes(worker: int, number: int = 1) -> tuple[str, ...]:
    """Return the events with which a worker begins: its n-th call, until a message is in its hand."""
    return (f"call worker_{worker} consume", *asks(worker, "queue", "pull", number))


def reads(worker: int) -> tuple[str, ...]:
    """Return the events with which a worker of the textbook looks for the id, then for the balance."""
    return (*asks(worker, "database", "get", 1), *asks(worker, "database", "get", 2))


def adds(worker: int, number: int = 1) -> tuple[str, ...]:
    """Return the events with which a worker of the reference reads the account and replaces it."""
    return (
        *asks(worker, "database", "get", number),
        *asks(worker, "database", "compare_and_set", number),
    )


PROCESSED = (*takes(1), *reads(1), "deliver worker_1>database.put#1")
TIME_IS_UP = ("fire queue.timer#1",)
AGAIN = (*takes(2), *reads(2), "deliver worker_2>database.put#1")
PUT, MARK, ACK = asks(1, "database", "put", 1), asks(1, "database", "put", 2), asks(1, "queue", "ack")

SCENES = (
    Scene(
        "slow_worker",
        "Worker A is slow to note what it has done. The queue delivers again, and Ann is paid twice.",
        "textbook",
        (*PROCESSED, *TIME_IS_UP, *AGAIN),
        breaks="at_most_once",
    ),
    Scene(
        "dead_worker",
        "Worker A dies between the money and the note.",
        "textbook",
        (*PROCESSED, "crash worker_1", *TIME_IS_UP, *AGAIN),
        breaks="at_most_once",
    ),
    Scene(
        "lost_ack",
        "The acknowledgement is lost, after the note. The second delivery finds the note.",
        "textbook",
        (
            *PROCESSED,
            PUT[1],
            *MARK,
            "drop worker_1>queue.ack#1",
            *TIME_IS_UP,
            *takes(2),
            *asks(2, "database", "get"),
            *asks(2, "queue", "ack"),
        ),
    ),
    Scene(
        "two_deposits",
        "Two deposits, two workers, one account: the second to write erases what the first has added.",
        "textbook",
        (
            *takes(1),
            *reads(1),
            *takes(2),
            *reads(2),
            *PUT,
            "deliver worker_2>database.put#1",
            *MARK,
            *ACK,
        ),
        breaks="nothing_lost",
        parameters={"messages": 2},
    ),
    Scene(
        "one_write",
        "The reference under the same delay: the second to write is refused, looks again, and finds d1.",
        "reference",
        (
            *takes(1),
            *asks(1, "database", "get"),
            *TIME_IS_UP,
            *takes(2),
            *adds(2),
            *asks(1, "database", "compare_and_set"),
            *asks(1, "database", "get", 2),
            *ACK,
            *asks(2, "queue", "ack"),
        ),
    ),
    Scene(
        "lost_reply",
        "The database has stored, and its answer is lost. The next worker finds the deposit done.",
        "reference",
        (
            *takes(1),
            *asks(1, "database", "get"),
            "deliver worker_1>database.compare_and_set#1",
            "drop database>worker_1.compare_and_set.reply#1",
            *TIME_IS_UP,
            *takes(2),
            *asks(2, "database", "get"),
            *asks(2, "queue", "ack"),
        ),
    ),
    Scene(
        "short_memory",
        "An account that remembers one deposit: the copy of d1 comes after d2, and is new again.",
        "reference",
        (
            *takes(1),
            *adds(1),
            *ACK,
            *takes(1, 2),
            *adds(1, 2),
            *asks(1, "queue", "ack", 2),
            *takes(1, 3),
            *adds(1, 3),
        ),
        breaks="at_most_once",
        parameters={"workers": 1, "messages": 3, "window": 1},
    ),
    Scene(
        "long_enough",
        "The same messages, and an account that remembers two: the copy is recognised.",
        "reference",
        (
            *takes(1),
            *adds(1),
            *ACK,
            *takes(1, 2),
            *adds(1, 2),
            *asks(1, "queue", "ack", 2),
            *takes(1, 3),
            *asks(1, "database", "get", 3),
            *asks(1, "queue", "ack", 3),
        ),
        parameters={"workers": 1, "messages": 3, "window": 2},
    ),
)

FINDINGS = (
    Finding("pays_twice_without_a_fault", "textbook", "at_most_once", 17),
    Finding("loses_one_of_two", "textbook", "nothing_lost", 20, {"messages": 2}, Bounds()),
    Finding(
        "pays_once_whatever_fails",
        "reference",
        "at_most_once",
        None,
        bounds=Bounds(timers=1, drops=1, duplicates=1),
    ),
    Finding("loses_nothing", "reference", "nothing_lost", None, {"messages": 2}),
    Finding("forgets_in_order", "reference", "at_most_once", 21, {"messages": 3, "window": 1}, Bounds()),
    Finding("forgets_while_it_waits", "reference", "at_most_once", 22, {"messages": 2, "window": 1}),
    Finding(
        "remembers_long_enough", "reference", "at_most_once", None, {"messages": 3, "window": 2}, Bounds()
    ),
)

PAY_TWICE = Goal(
    name="pay_twice",
    title="Ann was sent one deposit of 10. Make her balance 20.",
    met=lambda world, operations: not at_most_once(world, operations),
    hints=(
        "Nothing needs to fail. How long may worker A take before the queue gives the message away?",
        "Let the time of m1 run out while worker A has not noted d1 yet. Then let worker B take m1.",
        "Fire the queue's timer, start worker B, and deliver its messages until it has written.",
    ),
    par=9,
    coach=(
        (
            lambda world, operations: not at_most_once(world, operations),
            "Ann has 20, and every line did what it says. Between the money and the note there is a gap,"
            " and the queue does not know of it. Enter: the next task.",
        ),
        (
            found_no_note,
            "There is no note, so to worker B this is new work. It reads the balance, and will add 10.",
        ),
        (
            delivered_again,
            "Worker B holds the message too. It looks for the note d1, as it should. Has A written it?",
        ),
        (
            waits_again,
            "m1 waits again: the queue takes A for dead. Start worker B.",
        ),
        (
            remembered,
            "The note d1 is written, so this run is safe. Go back with ← to before it.",
        ),
        (
            has_arrived,
            "The 10 are in the balance; the note that says so is not. You are the network: what A is told"
            " or says can wait 30 s. Find the queue's timer.",
        ),
    ),
)

PAY_ONCE = Goal(
    name="pay_once",
    title="Same code: deliver d1 to both workers, and end with 10 and an empty queue.",
    met=twice_delivered_once_applied,
    hints=(
        "The note has to be written before worker B looks for it.",
        "Go back with ←. Let A write the note d1, then fire the timer before A's ack arrives.",
    ),
    par=13,
    coach=(
        (
            twice_delivered_once_applied,
            "Two deliveries, one effect. That is the case that tests try: the ack is late, the note is not."
            " Enter: the reference.",
        ),
        (
            lambda world, operations: not at_most_once(world, operations),
            "Paid twice. Go back with ← to before the timer, and let worker A go on.",
        ),
        (
            lambda world, operations: remembered(world, operations) and delivered_again(world, operations),
            "Worker B will find the note, skip the work and acknowledge. A's own ack then comes too late,"
            " by an old receipt, and does nothing.",
        ),
        (
            lambda world, operations: remembered(world, operations) and waits_again(world, operations),
            "The note is there, and m1 waits again. Start worker B.",
        ),
        (
            lambda world, _operations: not in_queue(world),
            "The queue is empty, and nobody was handed d1 twice. Go back with ← to before A's ack, and"
            " fire the timer.",
        ),
        (
            remembered,
            "The note is written. Now the queue's timer, before A's ack arrives.",
        ),
        (
            lambda world, operations: waits_again(world, operations) or delivered_again(world, operations),
            "The note is not written yet. Let A go on before B looks for it.",
        ),
        (
            has_arrived,
            "Let worker A go on until the note d1 is in the database.",
        ),
    ),
)

TRY_THE_REFERENCE = Goal(
    name="try_the_reference",
    title="Press v: the reference. Deliver d1 to both workers, and try to pay twice.",
    met=twice_delivered_once_applied,
    variant="reference",
    hints=(
        "Fire the timer while A's write is on its way, and let worker B be faster.",
        "Then deliver A's write. Watch what the database answers, and what A does next.",
    ),
    par=12,
    coach=(
        (
            twice_delivered_once_applied,
            "Whoever writes second is refused, and finds d1 in the row. With f sdtutor tries every order."
            " Enter goes on.",
        ),
        (
            refused,
            "The row is not what this worker has read, so nothing is stored. It will look again.",
        ),
        (
            lambda world, operations: has_arrived(world, operations) and not in_queue(world),
            "d1 is in the balance and out of the queue. Let the other worker come to its end.",
        ),
        (
            has_arrived,
            "Balance and id came in one write: there is no moment with one and without the other.",
        ),
        (
            waits_again,
            "m1 waits again, while A's write is still on its way. Start worker B.",
        ),
        (
            writing,
            "A's write names the row that it has read. Hold it, and let the queue's timer fire.",
        ),
        (
            lambda _world, _operations: True,
            "The id now lies in the same row as the balance. Play the order that paid twice.",
        ),
    ),
)

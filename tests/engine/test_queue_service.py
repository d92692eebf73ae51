"""The queue: each message until it is acknowledged, at least once, to one consumer at a time."""

from hypothesis import given, settings
from hypothesis import strategies as st
from small_labs import make_lab, played, values

from sdtutor.core.ports import Delivery
from sdtutor.engine.events import parse_event
from sdtutor.engine.lab import Call, Cast, Link, Node, Offered, Service
from sdtutor.engine.run import Run
from sdtutor.engine.services import PUBLISHED, Held, Waiting, answer, queue_of, when_expired


class Broker:
    """A queue by itself: answers at once, and expires what it is told to."""

    def __init__(self, *messages):
        self.entries, self.lives = queue_of(*messages), {}

    def ask(self, operation, *arguments):
        answered = answer("queue", dict(self.entries), operation, arguments)
        for write in answered.writes:
            self.write(write.key, write.value, write.ttl_us)
        return answered.reply

    def write(self, key, value, ttl_us=None):
        self.entries.pop(key, None) if value is None else self.entries.update({key: value})
        self.lives.pop(key, None)
        if ttl_us is not None:
            self.lives[key] = ttl_us

    def expire(self, key):
        self.write(key, when_expired(self.entries[key]))


def test_messages_are_handed_out_in_the_order_of_their_publishing_and_one_by_one():
    broker = Broker("a")
    broker.ask("publish", "b")
    assert broker.ask("pull", 30.0) == Delivery("m1.1", "a")
    assert broker.ask("pull", 30.0) == Delivery("m2.1", "b")
    assert broker.ask("pull", 30.0) is None
    assert broker.lives == {"m1": 30_000_000, "m2": 30_000_000}


def test_what_nobody_acknowledges_comes_back_to_its_place_under_a_new_receipt():
    broker = Broker("a", "b")
    broker.ask("pull", 30.0)
    broker.expire("m1")
    assert broker.ask("pull", 30.0) == Delivery("m1.2", "a", attempt=2)
    assert broker.ask("pull", 30.0) == Delivery("m2.1", "b")


def test_a_message_numbered_ten_waits_behind_the_ninth():
    broker = Broker(*range(1, 11))
    assert [broker.ask("pull", 1.0).message for _ in range(10)] == list(range(1, 11))


def test_an_acknowledged_message_is_gone_and_its_number_is_not_given_again():
    broker = Broker("a")
    receipt = broker.ask("pull", 30.0).receipt
    assert broker.ask("ack", receipt) is True
    assert broker.ask("ack", receipt) is False
    assert broker.lives == {}
    broker.ask("publish", "b")
    assert broker.ask("pull", 30.0).receipt == "m2.1"
    assert broker.ask("ack", receipt) is False


def test_only_the_latest_receipt_counts_even_before_the_next_delivery():
    broker = Broker("a")
    broker.ask("pull", 30.0)
    broker.expire("m1")
    broker.ask("pull", 30.0)
    assert broker.ask("ack", "m1.1") is False
    broker.expire("m1")
    assert broker.entries["m1"] == Waiting("a", "m1.2")
    assert broker.ask("ack", "m1.2") is True


def test_a_message_that_was_never_delivered_cannot_be_acknowledged():
    broker = Broker("a")
    assert [broker.ask("ack", receipt) for receipt in ("", "m1", "m1.1", PUBLISHED, "m9.1")] == [False] * 5


def test_a_refused_message_waits_again_at_once_and_only_for_who_holds_it():
    broker = Broker("a")
    receipt = broker.ask("pull", 30.0).receipt
    assert broker.ask("nack", receipt) is True
    assert broker.lives == {}
    assert broker.ask("nack", receipt) is False
    assert broker.ask("pull", 30.0).attempt == 2


def test_who_was_too_slow_cannot_give_back_what_another_holds():
    broker = Broker("a")
    late = broker.ask("pull", 30.0).receipt
    broker.expire("m1")
    held = broker.ask("pull", 30.0).receipt
    assert broker.ask("nack", late) is False
    assert broker.entries["m1"] == Held("a", held)
    assert broker.lives == {"m1": 30_000_000}


steps = st.lists(
    st.tuples(st.sampled_from(("publish", "pull", "ack", "nack", "expire")), st.integers(0, 9)), max_size=40
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(steps)
def test_every_message_is_in_the_queue_until_it_is_acknowledged_and_held_by_one_at_most(chosen):
    broker, given_out, acked = Broker(), [], set()
    for step, number in chosen:
        receipt = given_out[number % len(given_out)] if given_out else "m1.1"
        if step == "publish":
            broker.ask("publish", number)
        elif step == "pull" and (delivery := broker.ask("pull", 30.0)):
            assert delivery.receipt not in given_out
            given_out.append(delivery.receipt)
        elif step == "ack" and broker.ask("ack", receipt):
            acked.add(receipt.split(".")[0])
        elif step == "nack":
            broker.ask("nack", receipt)
        elif step == "expire" and broker.lives:
            broker.expire(sorted(broker.lives)[number % len(broker.lives)])
        there = {key for key in broker.entries if key != PUBLISHED}
        assert there | acked == {f"m{n + 1}" for n in range(broker.entries[PUBLISHED])}
        assert not there & acked
        assert broker.lives.keys() == {
            key for key, entry in broker.entries.items() if isinstance(entry, Held)
        }


class Worker:
    def __init__(self, queue):
        self.queue = queue

    async def publish(self, text):
        await self.queue.publish(text)

    async def pull(self, hold):
        return await self.queue.pull(hold=hold)

    async def ack(self, receipt):
        return await self.queue.ack(receipt)

    async def nack(self, receipt):
        return await self.queue.nack(receipt)


def queue_cast(_values):
    offers = tuple(Offered(name, ("value",)) for name in ("publish", "pull", "ack", "nack"))
    nodes = tuple(
        Node(name, name, name.upper(), (row, 0), lambda ports: Worker(ports.queue("queue")), calls=offers)
        for row, name in enumerate("ab")
    )
    queue = Service("queue", "queue", (0, 1), "queue", durable=True, initial=queue_of("x"))
    return Cast((*nodes, queue), tuple(Link(node.name, "queue") for node in nodes))


LAB = make_lab(queue_cast, [Call("a", "pull", (30.0,))], faults=("drop", "duplicate", "crash"))
PULL = ("call a pull 30.0", "deliver a>queue.pull#1")


def test_a_delivery_whose_reply_is_lost_is_made_again_after_its_time():
    run = played(LAB, *PULL, "drop queue>a.pull.reply#1", "fire queue.timer#1", "call b pull 30.0")
    assert run.world.now_us == 30_000_000
    assert run.world.stored("queue", "m1") == Waiting("x", "m1.1")
    assert run.steps[3].log == ("m1 waits again in queue",)
    run.advance()
    assert values(run) == [str(Delivery("m1.2", "x", 2))]


def test_messages_and_their_times_survive_a_crash_of_a_durable_queue():
    run = played(LAB, *PULL, "crash queue", "restart queue")
    assert run.world.stored("queue", "m1") == Held("x", "m1.1")
    assert "fire queue.timer#1" in map(str, run.possible())


def test_a_copied_pull_takes_another_message_that_nobody_receives():
    run = played(LAB, "call b publish y", "deliver b>queue.publish#1", "call a pull 30.0")
    run.apply(parse_event("duplicate a>queue.pull#1"))
    run.advance()
    assert values(run)[-1] == str(Delivery("m1.1", "x"))
    assert run.world.stored("queue", "m2") == Held("y", "m2.1")


def test_all_four_operations_reach_the_queue():
    run = Run(LAB, "reference")
    for call in (
        "a publish y",
        "a pull 5.0",
        "a nack m1.1",
        "a pull 5.0",
        "a ack m1.2",
        "a pull 5.0",
        "a pull 5.0",
    ):
        run.apply(parse_event(f"call {call}"))
        run.apply(run.rules.moves(run.world)[0])
        run.apply(run.rules.moves(run.world)[0])
    first, again, second = Delivery("m1.1", "x"), Delivery("m1.2", "x", 2), Delivery("m2.1", "y")
    assert values(run) == list(map(str, (None, first, True, again, True, second, None)))

"""Saga: all or nothing, whatever fails and wherever the process stops."""

import asyncio

import pytest

from sdtutor.core.ports import PeerError
from sdtutor.reference.microservices import saga as reference
from sdtutor.textbook.microservices import saga as textbook

ORDER = {"items": ("x",), "amount": 10}
UNDOES = {"create": "cancel", "reserve": "release", "charge": "refund"}


class Crash(Exception):
    """The process stops here."""


class World:
    """Three services with their ledgers, a log, and one thing that goes wrong.

    Args:
        lost: The operation whose reply never comes, though it took effect.
        refused: Operations that fail.
        crash_at: The number of the outside call, from 1, after which the process is gone.
    """

    def __init__(self, lost=None, refused=(), crash_at=0):
        self.lost, self.refused, self.crash_at = lost, refused, crash_at
        self.touched, self.calls, self.active, self.barred, self.rows = 0, [], {}, set(), {}

    def service(self, name):
        return Service(name, self)

    def touch(self):
        self.touched += 1
        if self.touched == self.crash_at:
            raise Crash

    async def get(self, key):
        row = self.rows.get(key)
        self.touch()
        return row

    async def put(self, key, row):
        self.rows[key] = row
        self.touch()

    def saga(self, timeout=0.01):
        services = [self.service(name) for name in ("order", "inventory", "payment")]
        return reference.order_saga(*services, self, timeout)


class Service:
    """Acts once for a key; an undo bars its key."""

    def __init__(self, name, world):
        self.name, self.world = name, world

    async def call(self, operation, *arguments):
        world, key = self.world, arguments[-1]
        world.calls.append(operation)
        if operation in world.refused:
            world.touch()
            raise PeerError(f"{operation} failed")
        if operation in UNDOES.values():
            world.active.pop(key, None)
            world.barred.add(key)
        elif key not in world.barred:
            world.active[key] = operation
        world.touch()
        if operation == world.lost:
            world.lost = None
            await asyncio.get_running_loop().create_future()
        return f"{self.name}-1"


def run(world, coroutine):
    try:
        return asyncio.run(coroutine)
    except Crash:
        world.crash_at = 0
        return None


def test_every_step_adds_to_the_data():
    world = World()
    result = run(world, world.saga().execute(ORDER))
    assert result.success
    assert dict(result.data) == {
        **ORDER,
        "order_id": "order-1",
        "reserved": True,
        "payment_id": "payment-1",
    }


def test_steps_are_compensated_newest_first_the_failed_one_included():
    world = World(refused=("charge",))
    result = run(world, world.saga().execute(ORDER))
    assert world.calls == ["create", "reserve", "charge", "refund", "release", "cancel"]
    assert result == reference.SagaResult(False, error="charge failed")
    assert world.active == {}


@pytest.mark.parametrize("lost", UNDOES)
def test_a_step_whose_reply_is_lost_is_compensated(lost):
    world = World(lost=lost)
    result = run(world, world.saga().execute(ORDER))
    assert "timed out" in result.error
    assert UNDOES[lost] in world.calls
    assert world.active == {}


def test_a_compensation_that_keeps_failing_is_parked_and_can_be_resumed():
    world = World(refused=("charge", "release"))
    result = run(world, world.saga().execute(ORDER))
    assert result.outstanding == ("inventory",)
    assert world.calls.count("release") == reference.ATTEMPTS
    assert "cancel" in world.calls
    assert list(world.active.values()) == ["reserve"]
    world.refused = ()
    assert run(world, world.saga().resume("saga")).outstanding == ()
    assert world.active == {}


@pytest.mark.parametrize("refused", [(), ("charge",), ("reserve",)])
def test_wherever_the_process_stops_a_resumed_saga_leaves_all_or_nothing(refused):
    whole = World(refused=refused)
    run(whole, whole.saga().execute(ORDER))
    for crash_at in range(1, whole.touched + 1):
        world = World(refused=refused, crash_at=crash_at)
        run(world, world.saga().execute(ORDER))
        result = run(world, world.saga().execute(ORDER))
        assert result.success == (not refused)
        assert sorted(world.active.values()) == ([] if refused else sorted(UNDOES))
        assert result == run(world, world.saga().resume("saga"))


def test_a_saga_that_has_ended_is_not_run_again():
    world = World()
    first = run(world, world.saga().execute(ORDER))
    calls = list(world.calls)
    assert run(world, world.saga().execute(ORDER)) == first
    assert world.calls == calls


def test_a_result_that_would_replace_a_field_fails_its_step():
    async def execute(key, data):
        return {"amount": 99}

    async def compensate(key, data):
        assert data["amount"] == 10

    world = World()
    saga = reference.SagaOrchestrator(world)
    saga.add_step("discount", execute, compensate)
    assert "replace amount" in run(world, saga.execute(ORDER)).error


def test_an_error_that_is_no_answer_of_a_step_is_not_swallowed():
    async def broken(key, data):
        raise NameError("data")

    world = World()
    saga = reference.SagaOrchestrator(world)
    saga.add_step("order", broken, broken)
    with pytest.raises(NameError):
        run(world, saga.execute(ORDER))


def test_two_steps_of_one_name_and_an_unknown_saga_are_refused():
    world = World()
    saga = world.saga()
    with pytest.raises(ValueError, match="order"):
        saga.add_step("order", None, None)
    with pytest.raises(LookupError, match="saga nobody"):
        run(world, saga.resume("nobody"))


def test_the_textbook_never_releases_the_reservation_and_does_not_say_so():
    world, shown = World(refused=("charge",)), []
    services = [world.service(name) for name in ("order", "inventory", "payment")]
    result = run(world, textbook.order_saga(*services, shown.append).execute(ORDER))
    assert world.calls == ["create", "reserve", "charge", "cancel"]
    assert [type(error) for error in shown] == [NameError]
    assert result == textbook.SagaResult(False, error="charge failed")

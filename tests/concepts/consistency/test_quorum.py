"""Quorum: what a write that returned promises, under any order of arrivals."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.core.ports import PeerError
from sdtutor.reference.consistency import quorum as reference
from sdtutor.textbook.consistency import quorum as textbook

Version, Versioned = reference.Version, reference.Versioned


class Wire:
    """A replica behind a network: a call waits until the test lets it arrive, if it is held."""

    def __init__(self, name, replica, held=False):
        self.name, self.replica, self.held = name, replica, held
        self.waiting, self.down = [], False

    async def call(self, operation, *arguments):
        if self.held:
            gate = asyncio.get_running_loop().create_future()
            self.waiting.append(gate)
            try:
                await gate
            finally:
                if gate in self.waiting:
                    self.waiting.remove(gate)
        if self.down:
            raise PeerError(f"{self.name} is down")
        return await getattr(self.replica, operation)(*arguments)


def wires(count, code=reference, **options):
    return [Wire(f"r{n}", code.Replica(), **options) for n in range(count)]


async def settle():
    for _ in range(20):
        await asyncio.sleep(0)


def holders(replicas, value):
    rows = [wire.replica.rows.get("k") for wire in replicas]
    return [wire.name for wire, row in zip(replicas, rows, strict=True) if row and row.value == value]


def test_a_replica_keeps_the_newest_version_whatever_comes_last():
    async def main():
        replica = reference.Replica()
        newer, older = Versioned(Version(2, "a"), "new"), Versioned(Version(1, "b"), "old")
        await replica.write("k", newer)
        await replica.write("k", older)
        return await replica.read("k")

    assert asyncio.run(main()).value == "new"
    assert Version(1, "a") < Version(1, "b") < Version(2, "a")


def test_a_write_waits_for_w_acknowledgements_and_no_more():
    async def main():
        replicas = wires(3, held=True)
        write = asyncio.create_task(reference.QuorumRegister(replicas).write("k", 1))
        await settle()
        for wire in replicas[:2]:
            wire.waiting.pop().set_result(None)
        await settle()
        replicas[0].waiting.pop().set_result(None)
        await settle()
        assert not write.done()
        replicas[1].waiting.pop().set_result(None)
        await settle()
        assert write.done()
        assert holders(replicas, 1) == ["r0", "r1"]
        for wire in replicas:
            for gate in wire.waiting:
                gate.set_result(None)
        await settle()
        assert holders(replicas, 1) == ["r0", "r1", "r2"]

    asyncio.run(main())


def test_the_textbook_returns_at_the_first_acknowledgement_and_never_asks_the_rest():
    async def main():
        replicas = wires(5, textbook, held=True)
        write = asyncio.create_task(textbook.QuorumRegister(replicas).write_quorum("k", 1))
        await settle()
        assert [len(wire.waiting) for wire in replicas] == [1, 1, 1, 0, 0]
        replicas[2].waiting.pop().set_result(None)
        await settle()
        assert write.done()
        assert [wire.name for wire in replicas if wire.replica.rows] == ["r2"]
        assert await textbook.QuorumRegister(wires(1, textbook)).read("k") is None
        for wire in replicas:
            for gate in wire.waiting:
                gate.set_result(None)
        await settle()

    asyncio.run(main())


def test_a_write_without_a_quorum_fails_as_soon_as_that_is_certain():
    async def main():
        replicas = wires(3)
        replicas[0].down = replicas[2].down = True
        replicas[1].held = True
        write = asyncio.create_task(reference.QuorumRegister(replicas).write("k", 1))
        await settle()
        assert write.done()
        with pytest.raises(reference.QuorumError, match="read has 0 replies of the 2"):
            await write
        assert replicas[1].waiting == [], "nobody waits for an answer of which nothing depends"

    asyncio.run(main())


def test_a_silent_majority_ends_with_the_timeout():
    async def main():
        replicas = wires(3)
        replicas[0].held = replicas[1].held = True
        register = reference.QuorumRegister(replicas, timeout=0.01)
        with pytest.raises(reference.QuorumError):
            await register.read("k")
        await settle()
        assert register.calls == set(), "nobody wants the answer to a read that has failed"

    asyncio.run(main())


def test_a_late_write_goes_on_and_a_late_read_does_not():
    async def main():
        replicas = wires(3)
        register = reference.QuorumRegister(replicas)
        replicas[2].held = True
        await register.read("k")
        await settle()
        assert register.calls == set()
        write = asyncio.create_task(register.write("k", 1))
        await settle()
        assert write.done()
        assert len(register.calls) == 1
        replicas[2].waiting.pop().set_result(None)
        await settle()
        assert register.calls == set()

    asyncio.run(main())


def test_a_writer_that_starts_late_writes_a_newer_version():
    async def main():
        replicas = wires(3)
        first = reference.QuorumRegister(replicas, name="first")
        for value in range(5):
            await first.write("k", value)
        await reference.QuorumRegister(replicas, name="late").write("k", "late")
        return await first.read("k"), replicas[0].replica.rows["k"].version

    assert asyncio.run(main()) == ("late", Version(6, "late"))


def test_a_read_repairs_what_it_returns_and_without_repair_goes_back_in_time():
    async def reads(repair):
        replicas = wires(3)
        await replicas[0].replica.write("k", Versioned(Version(1, "w"), "new"))
        register = reference.QuorumRegister(replicas)
        replicas[2].down = True
        first = await register.read("k", read_repair=repair)
        replicas[0].down, replicas[2].down = True, False
        return [first, await register.read("k", read_repair=repair)]

    assert asyncio.run(reads(True)) == ["new", "new"]
    assert asyncio.run(reads(False)) == ["new", None]


@pytest.mark.parametrize(("write", "read"), [(4, 1), (1, 4), (-1, 2)])
def test_a_quorum_that_cannot_be_is_refused(write, read):
    with pytest.raises(ValueError, match="impossible"):
        reference.QuorumRegister(wires(3), write, read)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_reads_never_go_back_and_see_every_write_that_returned(data):
    async def main():
        replicas = wires(3, held=True)
        done, seen = [], []

        async def writing():
            register = reference.QuorumRegister(replicas, name="writer", timeout=60)
            for value in (1, 2):
                await register.write("k", value)
                done.append(value)

        async def reading():
            register = reference.QuorumRegister(replicas, name="reader", timeout=60)
            for _ in range(3):
                before = done[-1] if done else 0
                value = await register.read("k") or 0
                assert value >= before
                seen.append(value)

        tasks = [asyncio.create_task(writing()), asyncio.create_task(reading())]
        await settle()
        while any(wire.waiting for wire in replicas):
            gates = [(wire, gate) for wire in replicas for gate in wire.waiting]
            wire, gate = data.draw(st.sampled_from(gates))
            wire.waiting.remove(gate)
            gate.set_result(None)
            await settle()
        await asyncio.gather(*tasks)
        assert seen == sorted(seen)

    asyncio.run(main())

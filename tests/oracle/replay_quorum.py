"""Three ways to write to replicas, in virtual milliseconds."""

import asyncio

import javascript
import virtual_time

from sdtutor.core.ports import PeerError
from sdtutor.reference.consistency import quorum as reference_code
from sdtutor.textbook.consistency import quorum as textbook_code

REST = 5000
TIMEOUT = 2000
KEY = VALUE = "d"


class SlowReplica:
    """A replica that answers late, refuses or never answers."""

    def __init__(self, name, given, log):
        self.name, self.log = name, log
        self.delay, self.fail = given.get("delay_ms", 0), given.get("fail", False)
        self.hang = given.get("hang", False)
        self.store = reference_code.Replica()
        self.contacted = self.wrote = False

    async def call(self, operation, *arguments):
        self.contacted = True
        loop = asyncio.get_running_loop()
        if self.hang:
            await loop.create_future()
        await virtual_time.elapse(self.delay)
        shown = [arguments[0], VALUE] if operation == "write" else [arguments[0]]
        self.log.append([loop.time(), self.name, operation, *shown, "fail" if self.fail else "ok"])
        if self.fail:
            raise PeerError(f"{self.name} down")
        if operation == "write":
            self.wrote = True
        if isinstance(arguments[-1], reference_code.Versioned) or operation == "read":
            return await getattr(self.store, operation)(*arguments)
        return None


class Scene:
    """The replicas of one case, and one write to them."""

    def __init__(self, given):
        self.log = []
        self.replicas = [SlowReplica(f"r{n}", one, self.log) for n, one in enumerate(given["replicas"])]
        self.settled = None
        self.acks = None

    def written(self):
        return [replica.name for replica in self.replicas if replica.wrote]

    def contacted(self):
        return [replica.name for replica in self.replicas if replica.contacted]

    async def write(self, call):
        try:
            await call
            outcome = {"ok": None}
        except (PeerError, reference_code.QuorumError) as error:
            outcome = {"error": error}
        self.settled = {**outcome, "at": asyncio.get_running_loop().time()}
        self.acks = self.written()

    def play(self, call):
        """Run the write and everything that it leaves behind; return failures nobody retrieved."""
        loop = virtual_time.VirtualLoop()
        task = loop.create_task(self.write(call))
        loop.run_until(REST)
        final, done = self.written(), task.done()
        loop.close()
        if done:
            task.result()
        return final, [str(failure) for failure in loop.failures()]


def textbook(given):
    scene = Scene(given)
    register = textbook_code.QuorumRegister(scene.replicas)
    final, unhandled = scene.play(getattr(register, f"write_{given['mode']}")(KEY, VALUE))
    return {
        **(scene.settled or {"never": True}),
        "acks_at_return": scene.acks,
        "contacted": scene.contacted(),
        "log": scene.log,
        "final": final,
        "unhandled": javascript.unhandled(given["mode"], unhandled),
    }


def textbook_agrees(expected, outcome):
    if "error" in expected and "error" in outcome:
        if not javascript.same_error(expected["error"], outcome["error"]):
            return False
        outcome = {**outcome, "error": expected["error"]}
    return javascript.same(expected, outcome)


def quorums(given):
    """Return W and R that promise what the mode is said to: all, a majority, one."""
    count = len(given["replicas"])
    write = {"consistent": count, "quorum": count // 2 + 1, "async": 1}[given["mode"]]
    return write, 1 if given["mode"] == "async" else count - write + 1


def verdict(settled):
    return next((word for word in ("ok", "error") if settled and word in settled), "never")


def reference(given):
    scene, (write, read) = Scene(given), quorums(given)
    register = reference_code.QuorumRegister(scene.replicas, write, read, timeout=TIMEOUT)
    final, unhandled = scene.play(register.write(KEY, VALUE))
    assert unhandled == []
    enough = len(scene.acks) >= write if verdict(scene.settled) == "ok" else None
    return {
        "outcome": verdict(scene.settled),
        "enough": enough,
        "contacted": scene.contacted(),
        "final": final,
    }


def observable(case):
    """Return what a user of the register can tell: the outcome, whether W acknowledged, who holds it."""
    expected, write = case["expected"], quorums(case["input"])[0]
    outcome = verdict(expected)
    return {
        "outcome": outcome,
        "enough": len(expected["acks_at_return"]) >= write if outcome == "ok" else None,
        "contacted": expected["contacted"],
        "final": expected["final"],
    }


def right(given):
    """Return what Gifford's rule promises, from who is alive alone."""
    write, read = quorums(given)
    names = [f"r{n}" for n in range(len(given["replicas"]))]
    live = [
        name
        for name, one in zip(names, given["replicas"], strict=True)
        if not one.get("fail") and not one.get("hang") and one.get("delay_ms", 0) < TIMEOUT
    ]
    done = len(live) >= max(write, read)
    return {
        "outcome": "ok" if done else "error",
        "enough": True if done else None,
        "contacted": names,
        "final": live if len(live) >= read else [],
    }


def defect(case):
    return {"quorum": "quorum-race", "async": "wa-unhandled", "consistent": "sc-strong-not-linear"}[
        case["input"]["mode"]
    ]


def holds(given, outcome):
    """A write that returned is found by every later read of n - W + 1 replicas."""
    write, read = quorums(given)
    overlap = len(given["replicas"]) - write + 1
    scene, found = Scene(given), []

    async def write_then_read():
        writer = reference_code.QuorumRegister(scene.replicas, write, read, "writer", TIMEOUT)
        await writer.write(KEY, VALUE)
        reader = reference_code.QuorumRegister(scene.replicas, write, overlap, "reader", TIMEOUT)
        found.append(await reader.read(KEY))

    _, unhandled = scene.play(write_then_read())
    assert unhandled == []
    alive = len(right(given)["final"]) >= max(overlap, write, read)
    assert found == ([VALUE] if alive else [])

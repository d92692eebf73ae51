"""Users, a primary and replicas that hear of writes later, in virtual milliseconds."""

import asyncio
from itertools import chain, repeat

import javascript
import virtual_time

from sdtutor.core.ports import PeerError
from sdtutor.reference.consistency import read_your_writes as reference_code
from sdtutor.textbook.consistency import read_your_writes as textbook_code

REST = 60_000
"""Long enough for a replica that fails to be told again and again: the reference tries each second."""

PATIENCE = 1000
WRITES = ("write", "append")


class SlowNode:
    """A copy that takes its time over writes, refuses them, or never answers; reads are immediate."""

    def __init__(self, name, given, copy, log):
        self.name, self.copy, self.log = name, copy, log
        self.delay = given.get("delay_ms", 0)
        self.heal(given.get("fail", False), given.get("hang", False))

    def heal(self, fail=False, hang=False):
        self.fail, self.hang = fail, hang

    async def call(self, operation, *arguments):
        loop = asyncio.get_running_loop()
        if operation not in WRITES:
            self.log.append([loop.time(), self.name, operation, arguments[0]])
            return await self._run(operation, *arguments)
        if self.hang:
            await loop.create_future()
        await virtual_time.elapse(self.delay)
        outcome = "fail" if self.fail else "ok"
        self.log.append([loop.time(), self.name, operation, *arguments[:2], outcome])
        if self.fail:
            raise PeerError(f"{self.name} down")
        return await self._run(operation, *arguments)

    async def _run(self, operation, *arguments):
        try:
            return await getattr(self.copy, operation)(*arguments)
        except reference_code.Behind as error:
            raise PeerError(str(error)) from error

    def rows(self):
        held = self.copy.rows.items()
        return {key: getattr(row, "value", row) for key, row in held}


class Scene:
    """The copies of one case, and who uses them."""

    def __init__(self, given):
        self.given, self.log, self.results = given, [], []
        picks = given.get("picks")
        self.picks = chain(picks, repeat(0)) if picks else repeat(0)

    def nodes(self, primary, replica):
        """Put a copy of each kind into the scene: the replicas first, as the primary must know them."""
        replicas = self.given["replicas"]
        self.replicas = [SlowNode(f"r{n}", one, replica(), self.log) for n, one in enumerate(replicas)]
        self.primary = SlowNode("primary", self.given["primary"], primary(self.replicas), self.log)

    def picked(self):
        return self.replicas[next(self.picks) % len(self.replicas)]

    async def play(self, write, read):
        for name, *arguments in self.given["ops"]:
            if name == "advance":
                await virtual_time.elapse(arguments[0])
            elif name == "heal":
                self.replicas[arguments[0]].heal()
            else:
                await self.use({"write": write, "read": read}[name](*arguments))

    async def use(self, call):
        result = {"never": True}
        self.results.append(result)
        try:
            outcome = {"ok": await call}
        except (PeerError, reference_code.Unavailable) as error:
            outcome = {"error": error}
        result.clear()
        result.update(outcome, at=asyncio.get_running_loop().time())

    def run(self, write, read):
        """Play the case and all that it leaves behind; return failures nobody retrieved."""
        loop = virtual_time.VirtualLoop()
        task = loop.create_task(self.play(write, read))
        loop.run_until(REST)
        final = {node.name: node.rows() for node in (*self.replicas, self.primary)}
        done = task.done()
        failures = [str(failure) for failure in loop.failures()]
        loop.close()
        if done:
            task.result()
        return final, failures


def textbook(given):
    scene = Scene(given)
    scene.nodes(lambda _replicas: textbook_code.Primary(), textbook_code.Replica)
    system = textbook_code.ReadYourWritesConsistency(scene.primary, scene.replicas, scene.picked)
    final, failures = scene.run(system.write, system.read)
    return {"results": scene.results, "log": scene.log, "unhandled": failures, "final": final}


def textbook_agrees(expected, outcome):
    """Compare all fields; an error by its type and, where it is the author's, its text."""
    results, traced = outcome.get("results", []), expected.get("results", [])
    if isinstance(traced, list) and len(results) == len(traced):
        pairs = zip(results, traced, strict=True)
        results = [
            {**ours, "error": theirs["error"]}
            if "error" in ours and "error" in theirs and javascript.same_error(theirs["error"], ours["error"])
            else ours
            for ours, theirs in pairs
        ]
    return javascript.same(expected, {**outcome, "results": results})


def uses(given):
    """Return the writes and reads of a case, each with the number of its result."""
    calls = [op for op in given["ops"] if op[0] in ("write", "read")]
    return list(enumerate(calls))


def own_reads(given, results):
    """Return of each read of what its user was told is stored whether it is that value, or a later one."""
    written, own, found = {}, {}, {}
    for number, (name, user, key, *value) in uses(given)[: len(results)]:
        values = written.setdefault(key, [])
        if name == "write" and "ok" in results[number]:
            own[user, key] = len(values)
            values.append(value[0])
        elif name == "read" and (user, key) in own:
            found[str(number)] = results[number].get("ok") in values[own[user, key] :]
    return found


def seen(given, results, final):
    """Return what a user of the reference can tell: how calls end, that own writes are read, all copies."""
    told = [
        [name, *(word for word in ("ok", "error") if word in results[number])]
        for number, (name, *_) in uses(given)[: len(results)]
    ]
    return {"told": told, "own": own_reads(given, results), "final": final}


def observable(case):
    return seen(case["input"], case["expected"]["results"], case["expected"]["final"])


def reference(given):
    scene, sessions = Scene(given), {}
    scene.nodes(reference_code.Primary, reference_code.Replica)

    def server():
        """Return a server with the picked replica as the nearest."""
        near = scene.picked()
        others = [replica for replica in scene.replicas if replica is not near]
        return Served(reference_code.ReadYourWritesConsistency(scene.primary, [near, *others]))

    def session(user):
        return sessions.setdefault(user, reference_code.Session())

    def write(user, key, value):
        system = reference_code.ReadYourWritesConsistency(scene.primary, scene.replicas)
        return session(user).write(Served(system), key, value)

    patience, reference_code.TIMEOUT = reference_code.TIMEOUT, PATIENCE
    try:
        final, failures = scene.run(write, lambda user, key: session(user).read(server(), key))
    finally:
        reference_code.TIMEOUT = patience
    assert failures == []
    return seen(given, scene.results, final)


class Served:
    """A server as its user sees it."""

    def __init__(self, system):
        self.system = system

    async def call(self, operation, *arguments):
        return await getattr(self.system, operation)(*arguments)


def right(given):
    """Return what must be seen, from who fails alone: own writes are read, copies that can catch up do."""
    told, own, rows, written = [], {}, {}, set()
    for number, (name, user, key, *value) in uses(given):
        if name == "write" and given["primary"].get("hang"):
            told.append([name])
            break
        fails = name == "write" and given["primary"].get("fail")
        told.append([name, "error" if fails else "ok"])
        if name == "write" and not fails:
            rows[key] = value[0]
            written.add((user, key))
        elif (user, key) in written:
            own[str(number)] = True
    healed = {op[1] for op in given["ops"] if op[0] == "heal"}
    final = {
        f"r{n}": {} if n not in healed and (one.get("fail") or one.get("hang")) else dict(rows)
        for n, one in enumerate(given["replicas"])
    }
    return {"told": told, "own": own, "final": {**final, "primary": rows}}


def defect(case):
    """Return why the seed shows something else: a forgotten write, or a replica that is never told again."""
    shown, ours = observable(case), right(case["input"])
    return "ryw-last-key" if shown["own"] != ours["own"] else "own: a replica is told once"


def holds(given, outcome):
    """Every own write is read, whichever replica is the nearest."""
    assert all(outcome["own"].values())
    for nearest in range(len(given["replicas"])):
        elsewhere = {**given, "picks": [nearest] * len(given["ops"])}
        assert reference(elsewhere)["own"] == outcome["own"]

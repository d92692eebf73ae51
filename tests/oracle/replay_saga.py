"""The saga orchestrator, and the order saga that the seed builds with it."""

import javascript
import virtual_time

from sdtutor.core.ports import PeerError
from sdtutor.reference.microservices import saga as reference_code
from sdtutor.textbook.microservices import saga as textbook_code

ATTEMPTS = 3


class LogTable:
    """The saga log: rows in memory."""

    def __init__(self):
        self.rows = {}

    async def get(self, key):
        return self.rows.get(key)

    async def put(self, key, row):
        self.rows[key] = row


def shown(result):
    """Return a saga's result in the form of the trace."""
    if result.success:
        return {"success": True, "data": javascript.plain(dict(result.data))}
    return {"success": False, "error": result.error}


# saga


class Scripted:
    """Steps that do as a case says, and write down what they saw."""

    def __init__(self, given):
        self.given, self.log, self.run = given, [], 0

    def do(self, step, data):
        self.log.append(["do", step["name"], dict(data)])
        if self.run in step.get("fail_on", ()):
            raise PeerError(f"{step['name']} failed")
        return step.get("returns")

    def undo(self, step, *argument):
        self.log.append(["undo", step["name"], *argument])
        if step.get("comp_fail"):
            raise PeerError(f"{step['name']} compensation failed")


def textbook_step(script, step):
    async def execute(data):
        return script.do(step, data)

    async def compensate(result):
        script.undo(step, result)

    return step["name"], execute, compensate


def reference_step(script, step):
    async def execute(key, data):
        return script.do(step, data)

    async def compensate(key, data):
        script.undo(step)

    return step["name"], execute, compensate


def textbook(given):
    script, errors = Scripted(given), []
    saga = textbook_code.SagaOrchestrator(errors.append)
    for step in given["steps"]:
        saga.add_step(*textbook_step(script, step))
    results = []
    for script.run, data in enumerate(given["runs"], 1):
        results.append(shown(virtual_time.run(saga.execute(data))))
    return {"results": results, "log": script.log, "comp_errors": len(errors)}


def run_reference(given):
    script, results = Scripted(given), []
    saga = reference_code.SagaOrchestrator(LogTable())
    for step in given["steps"]:
        saga.add_step(*reference_step(script, step))
    for script.run, data in enumerate(given["runs"], 1):
        results.append(virtual_time.run(saga.execute(data, f"run-{script.run}")))
    return results, script.log


def reference(given):
    results, log = run_reference(given)
    return {"results": [shown(result) for result in results], "log": log}


def observable(expected):
    """What a compensation is given differs in form: the reference's has the key and all data."""
    log = [entry[:2] if entry[0] == "undo" else entry for entry in expected["log"]]
    return {"results": expected["results"], "log": log}


def right(given):
    """Return the run of a saga that also compensates the failed step, and insists."""
    results, log = [], []
    for run, start in enumerate(given["runs"], 1):
        data, begun, error = dict(start), [], None
        for step in given["steps"]:
            log.append(["do", step["name"], dict(data)])
            begun.append(step)
            error = refusal(step, run, data)
            if error:
                break
            data.update(step.get("returns") or {})
        for step in reversed(begun if error else []):
            log.extend([["undo", step["name"]]] * (ATTEMPTS if step.get("comp_fail") else 1))
        ended = {"success": False, "error": error} if error else {"success": True, "data": data}
        results.append(ended)
    return {"results": results, "log": log}


def refusal(step, run, data):
    if run in step.get("fail_on", ()):
        return f"{step['name']} failed"
    taken = sorted(data.keys() & (step.get("returns") or {}).keys())
    return "result would replace " + ", ".join(taken) if taken else None


def defect(case):
    given = case["input"]
    outcome = right(given)
    if any("would replace" in result.get("error", "") for result in outcome["results"]):
        return "saga-not-durable"
    undone = {name for what, name, *_ in outcome["log"] if what == "undo"}
    if any(step.get("comp_fail") and step["name"] in undone for step in given["steps"]):
        return "saga-swallow"
    return "saga-failing-step"


def holds(given, outcome):
    """Every step that began is compensated, newest first, or the result says that it is not."""
    results, log = run_reference(given)
    stubborn = {step["name"] for step in given["steps"] if step.get("comp_fail")}
    entries = iter(log)
    entry = next(entries, None)
    for result in results:
        begun, undone = [], []
        while entry and entry[0] == "do" and entry[1] not in begun:
            begun.append(entry[1])
            entry = next(entries, None)
        while entry and entry[0] == "undo":
            undone.append(entry[1])
            entry = next(entries, None)
        assert list(dict.fromkeys(undone)) == ([] if result.success else begun[::-1])
        assert set(result.outstanding) == (stubborn & set(undone))


# order-saga


class Service:
    """One of the three services: writes its calls down, and refuses the one that is to fail."""

    def __init__(self, name, calls, fail):
        self.name, self.calls, self.fail = name, calls, fail

    async def call(self, operation, *arguments):
        called = f"{self.name}.{operation}"
        self.calls.append([called, *arguments])
        if called == self.fail:
            raise PeerError(f"{called} failed")
        return {"create": "o1", "charge": "p1"}.get(operation)


def order_data(given):
    return {key: tuple(value) if isinstance(value, list) else value for key, value in given["data"].items()}


def traced_call(call, given):
    """Return a call as the seed's services see it.

    The seed hands create the saga's data as one object. Ports carry frozen values: ours hands it the
    two fields of an order; fields that a case has beyond these stay with the saga.
    """
    name, *arguments = call
    if name == "order.create":
        arguments = [given["data"] | dict(zip(("items", "amount"), arguments, strict=True))]
    return javascript.plain([name, *arguments])


def traced_result(result):
    ended = shown(result)
    if "data" in ended:
        ended["data"] = {javascript.camel(key): value for key, value in ended["data"].items()}
    return ended


def textbook_order(given):
    calls, errors = [], []
    services = [Service(name, calls, given["fail"]) for name in ("order", "inventory", "payment")]
    saga = textbook_code.order_saga(*services, errors.append)
    result = virtual_time.run(saga.execute(order_data(given)))
    return {
        "calls": [traced_call(call, given) for call in calls],
        "result": traced_result(result),
        "comp_errors": [javascript.error_name(error) for error in errors],
    }


def run_reference_order(given):
    calls = []
    services = [Service(name, calls, given["fail"]) for name in ("order", "inventory", "payment")]
    saga = reference_code.order_saga(*services, LogTable())
    return virtual_time.run(saga.execute(order_data(given))), calls


def reference_order(given):
    result, calls = run_reference_order(given)
    return {
        "calls": order_calls(traced_call(call[:-1], given) for call in calls),
        "result": traced_result(result),
    }


def order_calls(calls):
    """Return calls without what names the thing to undo: the seed's ids, the reference's keys."""
    undo = ("order.cancel", "inventory.release", "payment.refund")
    return [call[:1] if call[0] in undo else call for call in calls]


def order_observable(expected):
    return {"calls": order_calls(expected["calls"]), "result": expected["result"]}


def right_order(given):
    data = given["data"]
    does = [["order.create", data], ["inventory.reserve", data["items"]], ["payment.charge", data["amount"]]]
    undoes = [["order.cancel"], ["inventory.release"], ["payment.refund"]]
    names = [call[0] for call in does]
    if given["fail"] not in names:
        added = {"orderId": "o1", "reserved": True, "paymentId": "p1"}
        return {"calls": does, "result": {"success": True, "data": {**data, **added}}}
    begun = names.index(given["fail"]) + 1
    result = {"success": False, "error": f"{given['fail']} failed"}
    return {"calls": does[:begun] + undoes[:begun][::-1], "result": result}


def order_defect(case):
    return "saga-data-scope" if case["input"]["fail"] == "payment.charge" else "saga-failing-step"


def order_holds(given, outcome):
    """Nothing stays reserved after a failure, and each call to a service carries its step's key."""
    result, calls = run_reference_order(given)
    assert result.outstanding == ()
    assert all(call[-1] == f"saga/{call[0].split('.')[0]}" for call in calls)
    reserved = [call[0] for call in calls if call[0].startswith("inventory.")]
    assert result.success or reserved in ([], ["inventory.reserve", "inventory.release"])

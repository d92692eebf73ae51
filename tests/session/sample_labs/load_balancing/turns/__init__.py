"""A balancer over the pool a:5, b:1, c:1: small enough for a test, real enough to run."""

from sdtutor.engine.lab import (
    Call,
    Cast,
    Fidelity,
    Finding,
    Goal,
    Invariant,
    Lab,
    Measure,
    Node,
    Offered,
    Opening,
    Scene,
)
from sdtutor.engine.parameters import Whole
from sdtutor.reference.load_balancing import weighted_round_robin as reference
from sdtutor.textbook.load_balancing import weighted_round_robin as textbook

SOURCES = {"reference": reference, "textbook": textbook}
WEIGHTS = {"a": 5, "b": 1, "c": 1}
CALL = "call balancer get_server"


def cast(variant, _values):
    source = SOURCES[variant]

    def build(_ports):
        servers = [source.Server(host, weight) for host, weight in WEIGHTS.items()]
        return source.WeightedRoundRobinBalancer(servers)

    def observe(_balancer):
        return {"servers": len(WEIGHTS)}

    return Cast((Node("balancer", "balancer", "B", (0, 0), build, observe, (Offered("get_server"),)),))


def picks(operations):
    return [operation.value for operation in operations if operation.done]


def no_burst(_world, operations):
    return picks(operations)[:3] != ["a", "a", "a"]


LAB = Lab(
    sources=SOURCES,
    cast=cast,
    script=lambda values: (Call("balancer", "get_server"),) * values["requests"],
    main_code=dict.fromkeys(SOURCES, ("WeightedRoundRobinBalancer.get_server",)),
    defects=3,
    parameters=(Whole("requests", 7, 1, 50, "requests", "How many arrive."),),
    invariants=(Invariant("no_burst", "No burst.", "Three in a row went to a.", no_burst),),
    opening=Opening("textbook", (CALL, CALL), "Send requests until three in a row go to one server."),
    goals=(
        Goal(
            "see_the_burst",
            "See the burst.",
            lambda w, o: not no_burst(w, o),
            hints=("Send one more.",),
            par=1,
        ),
    ),
    scenes=(
        Scene("burst", "Three in a row.", "textbook", (CALL,) * 3, breaks="no_burst"),
        Scene("smooth", "A cycle.", "reference", (CALL,) * 7),
    ),
    measures=(
        Measure("served", "requests", "How many were served.", lambda run: len(picks(run.operations))),
        Measure(
            "shares",
            "requests",
            "By server.",
            lambda run: tuple((host, float(picks(run.operations).count(host))) for host in WEIGHTS),
        ),
    ),
    findings=(
        Finding("burst", "textbook", "no_burst", 3),
        Finding("smooth", "reference", "no_burst", None),
    ),
    fidelity=Fidelity("The balancer.", "The requests.", "The weights."),
)

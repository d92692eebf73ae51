"""Weighted round robin: one balancer, a pool of servers, and the order in which they are chosen."""

from functools import partial

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import (
    Call,
    Cast,
    Fidelity,
    Invariant,
    Lab,
    Measure,
    Node,
    Offered,
    Opening,
    Prediction,
    Variant,
)
from sdtutor.engine.parameters import Spelled, Values
from sdtutor.labs.load_balancing.weighted_round_robin.pool import NODE, build, observe, parse_pool
from sdtutor.labs.load_balancing.weighted_round_robin.promises import (
    ahead,
    beyond_share,
    by_drained,
    drained_idle,
    exact_shares,
    hosts,
    longest_run,
    most_ahead,
    never_ahead,
    requests,
)
from sdtutor.labs.load_balancing.weighted_round_robin.skills import SKILLS
from sdtutor.labs.load_balancing.weighted_round_robin.story import (
    CALL,
    FINDINGS,
    RESTART_IT,
    SCENES,
    SEE_THE_BURST,
    SERVE_A_CYCLE,
)
from sdtutor.reference.load_balancing import weighted_round_robin as reference
from sdtutor.textbook.load_balancing import weighted_round_robin as textbook

PICK = Offered("get_server")


def cast(variant: Variant, values: Values) -> Cast:
    """Return the balancer, alone."""
    node = Node(
        name=NODE,
        label="balancer",
        mark="B",
        cell=(0, 0),
        build=partial(build, variant, values["servers"]),
        observe=partial(observe, values["servers"]),
        calls=(PICK,),
    )
    return Cast((node,))


def script(_values: Values) -> tuple[Call, ...]:
    """Return one request; the story repeats it."""
    return (Call(NODE, "get_server"),)


LAB = Lab(
    sources={"reference": reference, "textbook": textbook},
    cast=cast,
    script=script,
    repeats=True,
    main_code={
        "textbook": ("WeightedRoundRobinBalancer.get_server", "find_gcd"),
        "reference": ("WeightedRoundRobinBalancer.get_server", "WeightedRoundRobinBalancer._admit"),
    },
    defects=3,
    parameters=(
        Spelled(
            "servers",
            "a:5,b:1,c:1",
            "host:weight,host:weight",
            "The pool in order. Weights of 0, below 0 and with decimals are let through.",
            parse_pool,
        ),
    ),
    faults=("crash",),
    bounds=Bounds(rounds=14),
    invariants=(
        Invariant(
            name="never_ahead",
            promise="No server is ever a whole request ahead of its share.",
            told="A server got a whole request more than its share so far.",
            holds=never_ahead,
            over=("operations", "view"),
            witness=ahead,
        ),
        Invariant(
            name="exact_shares",
            promise="After each full cycle, every server has served exactly its share.",
            told="A full cycle has ended, and the shares are wrong.",
            holds=exact_shares,
            over=("operations", "view"),
            witness=beyond_share,
        ),
        Invariant(
            name="drained_idle",
            promise="A server whose weight is not above 0 serves nothing.",
            told="A server served whose weight is not above 0.",
            holds=drained_idle,
            over=("operations", "view"),
            witness=by_drained,
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=(CALL, CALL),
        sentence="Send requests until one server is a whole request ahead of its share.",
    ),
    goals=(SEE_THE_BURST, SERVE_A_CYCLE, RESTART_IT),
    scenes=SCENES,
    findings=FINDINGS,
    predictions=(Prediction("who_serves", "Who serves this request?", "get_server", hosts),),
    skills=SKILLS,
    measures=(
        Measure("requests", "requests", "Requests that each server served.", requests),
        Measure("longest_run", "requests", "Most requests in a row for one server.", longest_run),
        Measure("most_ahead", "requests", "Furthest that a server was ahead of its share.", most_ahead),
    ),
    fidelity=Fidelity(
        real="WeightedRoundRobinBalancer runs as it stands, and picks as nginx does with fixed weights.",
        simulated="There are no servers and no clients: a request is a call, and takes no time.",
        editorial="The weights 5, 1, 1 are those of the commit that brought the algorithm to nginx.",
    ),
)

"""Weighted round robin: the seed's, and what nginx answers instead."""

import math
from collections import Counter

import javascript
import pytest

from sdtutor.reference.load_balancing import weighted_round_robin as reference_code
from sdtutor.textbook.load_balancing import weighted_round_robin as textbook_code

LONGEST_SEARCH = 100_000
LONGEST_CYCLE = 20_000


class Hangs(Exception):
    """A pick took more than the protocol's number of iterations."""


class Pool(list):
    """Servers that count how often a pick looks at one."""

    looks = 0

    def __getitem__(self, index):
        self.looks += 1
        if self.looks > LONGEST_SEARCH:
            raise Hangs
        return super().__getitem__(index)


def weights_of(given):
    listed = given["weights"] if "weights" in given else [s.get("weight") for s in given["servers"]]
    return [javascript.number(weight) for weight in listed]


def servers(code, given):
    hosts = [s["host"] for s in given.get("servers", ())]
    weights = weights_of(given)
    hosts = hosts or [f"s{n}" for n in range(1, len(weights) + 1)]
    return [code.Server(host, weight) for host, weight in zip(hosts, weights, strict=True)]


def textbook(given):
    try:
        balancer = textbook_code.WeightedRoundRobinBalancer(servers(textbook_code, given))
    except (TypeError, RecursionError) as error:
        return {"error": error}
    balancer.servers = Pool(balancer.servers)
    outcome = {"gcd": balancer.gcd, "max_weight": balancer.max_weight, "picks": []}
    try:
        for _ in range(given["calls"]):
            balancer.servers.looks = 0
            outcome["picks"].append(balancer.get_server())
    except Hangs:
        return outcome | {"hang": True}
    return outcome | {"state": [balancer.current, balancer.current_weight]}


def textbook_agrees(expected, outcome):
    if "error" in outcome or "error" in expected:
        return outcome.keys() == {"error"} == expected.keys() and javascript.same_error(
            expected["error"], outcome["error"]
        )
    expected = {key: value for key, value in expected.items() if key != "hang"} | hang_of(expected)
    if expected.get("hang"):
        return outcome.get("hang") is True and all(
            javascript.same(javascript.number(value), outcome[key])
            for key, value in expected.items()
            if key in ("gcd", "max_weight")
        )
    numbers = {key: javascript.number(value) for key, value in expected.items()}
    return javascript.same(numbers, outcome)


def hang_of(expected):
    """Return where the trace says that a pick never returns: beside the picks, or among them."""
    marks = [expected, *[expected.get("picks")], *listed(expected.get("picks"))]
    found = any(isinstance(mark, dict) and mark.get("hang") for mark in marks)
    return {"hang": True} if found else {}


def listed(picks):
    return picks if isinstance(picks, list) else []


def observable(expected):
    if "error" in expected:
        return {"refused": True}
    return hang_of(expected) or {"picks": expected["picks"]}


def valid(weights):
    return bool(weights) and all(type(weight) is int and weight > 0 for weight in weights)


def right(given):
    """Return the smooth order by its closed form: who is furthest behind what it has earned."""
    weights = weights_of(given)
    if not valid(weights):
        return {"refused": True}
    names = [server.host for server in servers(textbook_code, given)]
    taken, picks = [0] * len(weights), []
    for turn in range(1, given["calls"] + 1):
        behind = [weight * turn - sum(weights) * n for weight, n in zip(weights, taken, strict=True)]
        index = behind.index(max(behind))
        taken[index] += 1
        picks.append(names[index])
    return {"picks": picks}


def reference(given):
    try:
        balancer = reference_code.WeightedRoundRobinBalancer(servers(reference_code, given))
    except ValueError:
        return {"refused": True}
    return {"picks": [balancer.get_server() for _ in range(given["calls"])]}


def defect(case):
    weights = weights_of(case["input"])
    if valid(weights):
        return "wrr-bursty"
    return "wrr-all-zero" if all(weight >= 0 for weight in weights) and 0 in weights else "wrr-hang"


def holds(given, outcome):
    """A full cycle serves each as often as its weight says; what cannot be served is refused."""
    weights = weights_of(given)
    if not valid(weights):
        with pytest.raises(ValueError, match=r"weight|pool"):
            reference_code.WeightedRoundRobinBalancer(servers(reference_code, given))
        return
    balancer = reference_code.WeightedRoundRobinBalancer(servers(reference_code, given))
    cycle = sum(weights) // math.gcd(*weights)
    turns = min(cycle, LONGEST_CYCLE)
    served = Counter(balancer.get_server() for _ in range(turns))
    for host, weight in zip(balancer.weights, weights, strict=True):
        assert abs(served[host] - weight * turns / sum(weights)) < (1e-9 if turns == cycle else len(weights))

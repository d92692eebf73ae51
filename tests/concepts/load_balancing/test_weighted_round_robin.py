"""Weighted round robin: shares, order, and weights that cannot be served."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdtutor.reference.load_balancing import weighted_round_robin as reference
from sdtutor.textbook.load_balancing import weighted_round_robin as textbook

WEIGHTS = st.lists(st.integers(1, 20), min_size=1, max_size=6)


def balancer(code, *weights):
    servers = [code.Server(host, weight) for host, weight in zip("abcdefgh", weights, strict=False)]
    return code.WeightedRoundRobinBalancer(servers)


def picks(code, weights, count):
    pool = balancer(code, *weights)
    return "".join(pool.get_server() for _ in range(count))


def test_the_order_is_that_of_nginx():
    assert picks(reference, (5, 1, 1), 14) == "aabacaa" * 2
    assert picks(reference, (1, 1, 1), 6) == "abcabc"


def test_the_textbook_serves_a_burst():
    assert picks(textbook, (5, 1, 1), 7) == "aaaaabc"


@given(WEIGHTS)
def test_a_full_cycle_serves_each_as_often_as_its_weight(weights):
    cycle = sum(weights) // math.gcd(*weights)
    expected = Counter({host: w // math.gcd(*weights) for host, w in zip("abcdef", weights, strict=False)})
    assert Counter(picks(reference, weights, cycle)) == expected
    assert Counter(picks(textbook, weights, cycle)) == expected


@given(WEIGHTS)
def test_what_servers_earn_and_pay_cancels_out(weights):
    pool = balancer(reference, *weights)
    for _ in range(sum(weights)):
        pool.get_server()
        assert sum(pool.current.values()) == 0
    assert set(pool.current.values()) == {0}


@pytest.mark.parametrize("weight", [0, -1, 0.5, 2.0, True, None, float("nan")])
def test_a_weight_that_is_no_share_is_refused_by_name(weight):
    with pytest.raises(ValueError, match=r"b has weight .* leave it out"):
        balancer(reference, 1, weight)


def test_an_empty_pool_and_a_host_that_stands_twice_are_refused():
    with pytest.raises(ValueError, match="no server"):
        reference.WeightedRoundRobinBalancer([])
    with pytest.raises(ValueError, match="a stands twice"):
        reference.WeightedRoundRobinBalancer([reference.Server("a", 1)] * 2)


def test_the_textbook_serves_a_pool_of_zeros_as_if_it_were_not_drained():
    assert picks(textbook, (0, 0), 4) == "abab"


def test_the_textbook_never_reaches_a_negative_weight():
    pool = balancer(textbook, -1)
    pool.servers = Impatient(pool.servers)
    with pytest.raises(TimeoutError):
        pool.get_server()


class Impatient(list):
    looks = 0

    def __getitem__(self, index):
        self.looks += 1
        if self.looks > 1000:
            raise TimeoutError
        return super().__getitem__(index)

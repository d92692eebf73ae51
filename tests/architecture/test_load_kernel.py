"""The kernel against formulas, against simpy, and against the law of conservation."""

import math
import random
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.architecture.load.jobs import (
    ACQUIRE,
    ANSWER,
    BRANCH,
    CALL,
    NOWHERE,
    RELEASE,
    RETURN,
    VISIT,
    Station,
    Step,
)
from sdtutor.architecture.load.kernel import Chances, Mix, Simulation

ANSWERED = Step(ANSWER, NOWHERE)


def poisson(rate, seed, mirrored=False):
    draw, now = random.Random(seed).random, 0.0
    while True:
        share = draw()
        now -= math.log(share or 1.0 if mirrored else 1.0 - share) / rate
        yield now, 0


def exponential(seed, mirrored=False):
    draw = random.Random(seed).random

    def service(mean):
        share = draw()
        return -math.log(share or 1.0 if mirrored else 1.0 - share) * mean

    return service


def only(program):
    return Mix([program], [1.0])


def never():
    return 1.0


def mean_wait(rate, servers, service, jobs=150_000):
    """The mean over two runs with mirrored draws (antithetic variates, Law 2015, section 11.3)."""
    waits = []
    for mirrored in (False, True):
        station = Station("station", servers)
        arrivals = islice(poisson(rate, 1, mirrored), jobs)
        chances = Chances(arrivals, service(2, mirrored), never)
        simulation = Simulation([station], only((Step(VISIT, station, 1.0), ANSWERED)), chances)
        simulation.run_until(math.inf)
        latencies = simulation.tallies[0].latencies
        assert len(latencies) == jobs
        waits.append(math.fsum(latencies) / jobs - 1.0)
    return math.fsum(waits) / 2


def constant(_seed, _mirrored):
    return lambda mean: mean


def erlang_c(servers, load):
    """Chance to wait in M/M/c (Erlang 1917; Kleinrock, "Queueing Systems" 1, 1975, equation 3.40)."""
    terms = [load**n / math.factorial(n) for n in range(servers)]
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    return last / (math.fsum(terms) + last)


@pytest.mark.parametrize("load", [0.5, 0.7, 0.8])
def test_waits_of_one_server_are_those_of_mm1(load):
    # Kleinrock 1975, section 3.2: W = rho / (1 - rho) service times.
    assert mean_wait(load, 1, exponential) == pytest.approx(load / (1 - load), rel=0.03)


@pytest.mark.parametrize(("servers", "load"), [(2, 1.4), (5, 4.0), (20, 16.0)])
def test_waits_of_several_servers_are_those_of_erlang_c(servers, load):
    expected = erlang_c(servers, load) / (servers - load)
    assert mean_wait(load, servers, exponential) == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("load", [0.5, 0.7, 0.85])
def test_waits_with_one_length_of_service_are_those_of_md1(load):
    # Pollaczek 1930 and Khinchine 1932: half the wait of M/M/1.
    assert mean_wait(load, 1, constant) == pytest.approx(load / (2 * (1 - load)), rel=0.03)


def test_busy_time_is_work_over_servers():
    station = Station("station", 3)
    chances = Chances(islice(poisson(2.0, 3), 50_000), exponential(4), never)
    simulation = Simulation([station], only((Step(VISIT, station, 1.0), ANSWERED)), chances)
    simulation.run_until(20_000)
    assert station.busy_seconds(20_000) / (3 * 20_000) == pytest.approx(2 / 3, rel=0.02)


@pytest.mark.parametrize("servers", [1, 4])
def test_every_job_takes_as_long_as_in_simpy(servers):
    import simpy

    draws = random.Random(7)
    arrivals = sorted(draws.uniform(0, 1000) for _ in range(3000))
    services = [draws.expovariate(3.2 / servers) for _ in arrivals]
    taken = []

    def job(world, resource, drawn):
        born = world.now
        with resource.request() as turn:
            yield turn
            yield world.timeout(next(drawn))
        taken.append(world.now - born)

    def source(world, resource, drawn):
        for at in arrivals:
            yield world.timeout(at - world.now)
            world.process(job(world, resource, drawn))

    world = simpy.Environment()
    world.process(source(world, simpy.Resource(world, servers), iter(services)))
    world.run()

    station, drawn = Station("station", servers), iter(services)
    chances = Chances(((at, 0) for at in arrivals), lambda _mean: next(drawn), never)
    simulation = Simulation([station], only((Step(VISIT, station, 1.0), ANSWERED)), chances)
    simulation.run_until(math.inf)
    assert simulation.tallies[0].latencies == pytest.approx(taken, abs=1e-9)


def one(program, stations, *, services, chances=(), patience=math.inf, until=math.inf, arrivals=(0.0,)):
    drawn, chance = iter(services), iter(chances)
    draws = Chances(((at, 0) for at in arrivals), lambda _mean: next(drawn), lambda: next(chance))
    simulation = Simulation(stations, only(program), draws, patience)
    simulation.run_until(until)
    return simulation


def test_a_thread_is_held_while_the_store_works():
    threads, store = Station("threads", 1), Station("store", 9)
    program = (Step(ACQUIRE, threads), Step(VISIT, store, 1.0), Step(RELEASE, threads), ANSWERED)
    simulation = one(program, [threads, store], services=[2, 2], arrivals=(0.0, 0.0))
    assert simulation.tallies[0].latencies == [2, 4]


def test_an_impatient_user_takes_no_service():
    station = Station("station", 1)
    simulation = one(
        (Step(VISIT, station, 1.0), ANSWERED), [station], services=[5], patience=3, arrivals=(0.0, 1.0)
    )
    assert simulation.tallies[0].dropped == 2
    assert station.busy_seconds(5) == 5


def test_a_full_queue_turns_away():
    station = Station("station", 1, places=1)
    simulation = one((Step(VISIT, station, 1.0), ANSWERED), [station], services=[1, 1], arrivals=(0.0,) * 3)
    assert (len(simulation.tallies[0].latencies), simulation.tallies[0].dropped) == (2, 1)


def test_a_call_to_a_dead_box_is_tried_again_after_its_timeout():
    station = Station("station", 1)
    station.dead = 0.5
    program = (Step(CALL, NOWHERE, 1.0, 0, 1), Step(VISIT, station, 1.0), Step(RETURN, NOWHERE), ANSWERED)
    simulation = one(program, [station], services=[0.25], chances=[0.1, 0.9], patience=9)
    assert simulation.tallies[0].latencies == [1.25]


def test_a_call_without_tries_left_fails_its_caller():
    station = Station("station", 1)
    station.dead = 1.0
    program = (Step(CALL, NOWHERE, 1.0, 0, 2), Step(VISIT, station, 1.0), Step(RETURN, NOWHERE), ANSWERED)
    simulation = one(program, [station], services=[], chances=[0.0] * 3, patience=9)
    assert simulation.tallies[0].dropped == 1


def test_a_call_that_failed_gives_back_what_it_held():
    threads, store = Station("threads", 1), Station("store", 1)
    store.dead = 1.0
    inside = (Step(ACQUIRE, threads), Step(VISIT, store, 1.0), Step(RELEASE, threads))
    program = (Step(CALL, NOWHERE, 1.0, 0, 1), *inside, Step(RETURN, NOWHERE), ANSWERED)
    simulation = one(program, [threads, store], services=[], chances=[0.0] * 2, patience=9)
    assert (simulation.now, simulation.tallies[0].dropped, threads.busy) == (2.0, 1, 0)


def test_what_a_call_may_fail_for_goes_on_without_it():
    cache, store = Station("cache", 1), Station("store", 1)
    cache.dead = 1.0
    program = (
        Step(CALL, NOWHERE, 0.5, 3),
        Step(VISIT, cache, 1.0),
        Step(RETURN, NOWHERE),
        Step(BRANCH, NOWHERE, 0.9, 1),
        Step(VISIT, store, 1.0),
        ANSWERED,
    )
    simulation = one(program, [cache, store], services=[0.25], chances=[0.0], patience=9)
    assert simulation.tallies[0].latencies == [0.75]


def test_work_behind_the_answer_waits_for_a_dead_box_to_come_back():
    queue, worker = Station("queue", 1), Station("worker", 1)
    worker.dead = 1.0
    program = (Step(VISIT, queue, 1.0), ANSWERED, Step(VISIT, worker, 1.0))
    simulation = one(program, [queue, worker], services=[1, 1], chances=[0.0], patience=3, until=50)
    assert simulation.behind(queue) == 1
    worker.dead = 0.0
    simulation.resize(worker, 1)
    simulation.run_until(60)
    assert (simulation.behind(queue), simulation.waiting()) == (0, 0)
    assert simulation.tallies[0].latencies == [1]


def test_a_crowd_that_is_turned_away_at_once_does_not_exhaust_the_stack():
    threads, store = Station("threads", 1), Station("store", 1, places=0)
    program = (Step(ACQUIRE, threads), Step(VISIT, store, 1.0), Step(RELEASE, threads), ANSWERED)
    busy = (Step(VISIT, store, 1.0), ANSWERED)
    arrivals = [(0.0, 0.7)] + [(0.1, 0.2)] * 5000
    lengths = iter([100.0] + [1.0] * 5000)
    simulation = Simulation(
        [threads, store],
        Mix([program, busy], [0.5, 1.0]),
        Chances(iter(arrivals), lambda _m: next(lengths), never),
    )
    simulation.run_until(math.inf)
    assert simulation.tallies[0].dropped == 5000


def mixed(stations):
    """Kinds of requests that do everything a program can do."""
    threads, cache, store, worker = stations
    called = (
        Step(ACQUIRE, threads),
        Step(CALL, NOWHERE, 0.3, 3, 1),
        Step(VISIT, cache, 0.01),
        Step(RETURN, NOWHERE),
        Step(BRANCH, NOWHERE, 0.7, 3),
        Step(CALL, NOWHERE, 1.0, 0, 2),
        Step(VISIT, store, 0.2),
        Step(RETURN, NOWHERE),
        Step(RELEASE, threads),
        ANSWERED,
    )
    behind = (Step(VISIT, store, 0.2), ANSWERED, Step(VISIT, worker, 0.5))
    return Mix([called, behind, None], [0.4, 0.8, 1.0])


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    rate=st.floats(0.5, 200),
    sizes=st.lists(st.integers(1, 5), min_size=4, max_size=4),
    places=st.sampled_from([0, 1, 7, math.inf]),
    kills=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from([0.0, 0.4, 1.0]), st.integers(1, 5)), max_size=5
    ),
)
def test_nothing_is_lost_and_nothing_appears(seed, rate, sizes, places, kills):
    stations = [Station(str(n), size, places) for n, size in enumerate(sizes)]
    draw = random.Random(seed)
    kinds = ((at, draw.random()) for at, _ in poisson(rate, seed))
    simulation = Simulation(stations, mixed(stations), Chances(kinds, exponential(seed), draw.random), 2.0)
    tallies = list(simulation.tallies)
    for number, (which, dead, servers) in enumerate([(0, 0.0, 1), *kills], 1):
        stations[which].dead = dead
        simulation.resize(stations[which], servers)
        tallies += simulation.begin_part(mixed(stations))
        simulation.run_until(number * 0.7)
        arrived = sum(tally.arrived for tally in tallies)
        done = sum(tally.dropped + len(tally.latencies) for tally in tallies)
        assert arrived == done + simulation.waiting()
        assert all(station.busy >= 0 for station in stations)

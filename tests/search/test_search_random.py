"""Random small protocols, within random bounds: the search and the enumeration agree on them, too."""

from agreement import PLAIN, agree
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from naive import enumerate_all
from search_labs import talk, worker

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.search.find import Reductions

KEYS = st.sampled_from(["k", "j"])
REQUESTS = st.one_of(
    st.tuples(st.just("get"), KEYS),
    st.tuples(st.just("set"), KEYS, st.integers(1, 2)),
    st.tuples(st.just("set"), KEYS, st.just(3), st.just(2)),
    st.tuples(st.just("claim"), KEYS, st.integers(1, 2)),
    st.tuples(st.just("cas"), KEYS),
    st.tuples(st.just("delete"), KEYS),
)
LOCAL = st.one_of(
    st.tuples(st.just("sleep"), st.sampled_from([1, 2])),
    st.tuples(st.just("note"), st.just("x")),
    st.just(("fail",)),
)
PARTS = st.lists(st.one_of(REQUESTS, LOCAL), min_size=1, max_size=2).map(tuple)
NESTED = st.one_of(
    st.tuples(st.just("gather"), PARTS, PARTS),
    st.tuples(st.just("first"), PARTS, PARTS),
    st.tuples(st.just("group"), PARTS, PARTS),
    st.builds(lambda seconds, part: ("within", seconds, *part), st.sampled_from([1, 2]), PARTS),
    st.builds(lambda part: ("behind", *part), PARTS),
    st.builds(lambda part: ("locked", *part), PARTS),
    st.builds(lambda part: ("ask", *part), PARTS),
)
PROGRAMS = st.lists(st.one_of(REQUESTS, LOCAL, NESTED), min_size=1, max_size=2).map(tuple)
BOUNDS = st.sampled_from(
    [
        Bounds(),
        Bounds(timers=1),
        Bounds(timers=2),
        Bounds(drops=1),
        Bounds(duplicates=1),
        Bounds(crashes=1),
        Bounds(cuts=1),
        Bounds(timers=1, drops=1),
        Bounds(timers=1, crashes=1),
    ]
)
ONE_OF = (PLAIN, Reductions(ample=False), Reductions(symmetry=False), Reductions())
MOST = 400


PROTOCOLS = (PROGRAMS, st.one_of(st.none(), PROGRAMS), BOUNDS, st.sampled_from(ONE_OF))


def compare(program, other, bounds, reductions):
    """Compare on two workers that run programs; without another program they are alike."""
    programs = (program, program) if other is None else (program, other)

    def run():
        return talk(
            *programs, server=worker("server", serves=("ask",)), alike=other is None, initial={"k": 1}
        )

    try:
        enumerate_all(run(), bounds, most=MOST)
    except AssertionError:
        assume(False)
    agree(run(), bounds, reductions=(reductions,))


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(*PROTOCOLS)
def test_random_protocols_show_the_search_what_they_show_every_schedule(program, other, bounds, reductions):
    compare(program, other, bounds, reductions)

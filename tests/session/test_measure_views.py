from sdtutor.engine.comparison import compare, other_variant
from sdtutor.engine.events import parse_event
from sdtutor.engine.measuring import Distribution
from sdtutor.engine.run import Run
from sdtutor.session.comparison_views import comparison_shown, comparison_summary
from sdtutor.session.executors import executor_for
from sdtutor.session.labs import LabShelf
from sdtutor.session.measure_views import Chart, Table, histogram, run_spreads, sweep_shown
from sdtutor.session.sweep_results import cells
from sdtutor.session.sweeps import Sweep, run_sweep

SHELF = LabShelf()
QUORUM, CACHE = "consistency/quorum", "caching/cache_aside"


def shown(sweep):
    with executor_for(sweep.runs, workers=0) as executor:
        return sweep_shown(cells(sweep, run_sweep(sweep, executor)), SHELF.load(sweep.lab).invariants)


def titled(found, title):
    return next(each for each in found if each.title == title)


def test_a_row_is_named_by_its_value_and_by_all_where_several_are_swept():
    one = shown(Sweep(QUORUM, "reference", axes=(("read_quorum", (1, 2)),)))
    assert titled(one, "copies, in replicas") == Table(
        "copies, in replicas", ("read quorum", "every run"), (("1", "3"), ("2", "3"))
    )
    both = shown(Sweep(QUORUM, "reference", axes=(("read_quorum", (1,)), ("replicas", (3, 4)))))
    rows = titled(both, "copies, in replicas").rows
    assert rows == (("read_quorum=1 replicas=3", "3"), ("read_quorum=1 replicas=4", "4"))
    none = titled(shown(Sweep(QUORUM, "reference")), "copies, in replicas")
    assert (none.head, none.rows) == (("every run",), (("3",),))


def test_percentiles_that_too_few_calls_cannot_tell_are_dashes_and_draw_no_chart():
    found = shown(Sweep(QUORUM, "reference", {"latency": "zones"}, (("read_quorum", (1, 2)),), seeds=2))
    table = titled(found, "read: from call to return")
    assert [row[1] for row in table.rows] == ["4", "4"]
    assert all(row[3:5] == ("-", "-") for row in table.rows)
    assert [each.title for each in found if isinstance(each, Chart)] == [
        "read: p50 by read quorum",
        "write: p50 by read quorum",
    ]


def test_values_of_an_operation_that_was_not_called_are_dashes():
    found = shown(Sweep(QUORUM, "reference", {"latency": "zones"}, steps=40, seeds=2))
    assert titled(found, "write: from call to return").rows[0][0] == "2"
    cut = shown(Sweep(QUORUM, "reference", axes=(("latency", ("off", "zones")),), seeds=2))
    assert titled(cut, "write: from call to return").rows[0] == ("off", "0", "-", "-", "-", "-")


def test_broken_promises_are_counted_under_their_names():
    found = shown(
        Sweep("load_balancing/weighted_round_robin", "textbook", axes=(("servers", ("a:1,b:1", "a:-1")),))
    )
    table = titled(found, "runs that break a promise")
    assert table.head[0] == "servers"
    at = table.head.index("terminates")
    assert [row[at] for row in table.rows] == ["0 of 1", "1 of 1"]


def test_the_bars_of_a_histogram_hold_every_call_and_say_their_bounds():
    chart = histogram(Distribution("get", (100, 250, 260, 990)))
    assert sum(count for _, count, _ in chart.bars) == 4
    assert chart.bars[0] == ("0.1 to 0.2 ms", 1, " 25%")
    assert {len(label) for label, _, _ in chart.bars} == {len("0.1 to 0.2 ms")}


def test_a_run_with_few_calls_shows_them_one_by_one_only():
    run = Run(SHELF.load(QUORUM), "reference", {"latency": "zones"}, 0, QUORUM)
    run.advance()
    assert run_spreads(run) == ()
    for _ in range(5):
        run.apply(parse_event("call reader read k"))
        run.advance()
    spread, chart = run_spreads(run)
    assert (spread.title, spread.rows[0][0]) == ("read: from call to return", "7")
    assert isinstance(chart, Chart)


def test_two_versions_stand_side_by_side_from_the_step_in_which_they_part():
    lab = SHELF.load(CACHE)
    run = Run(lab, "textbook", {}, 0, CACHE)
    scene = lab.scene("stale_read")
    run.apply_all(map(parse_event, scene.events))
    other, left_out = other_variant(run)
    found = compare(run, other)
    tables = comparison_shown(found)
    parted = titled(tables, "the step in which they part")
    assert parted.head == ("", "textbook", "reference")
    assert parted.rows[0][0] == "event"
    promises = {row[0]: row[1:] for row in titled(tables, "promises").rows}
    assert promises["no stale read"][0].startswith("BROKEN at step ")
    assert promises["no stale read"][1:] == ("HOLDS", "differs")
    first, *rest = comparison_summary(found, left_out)
    assert first.startswith("Equal up to step 2. Step 3 differs in ")
    assert all(said.startswith("Not possible in the reference: ") for said in rest)


def test_runs_are_told_apart_by_what_differs():
    def run(seed, **given):
        made = Run(SHELF.load(QUORUM), "reference", {"latency": "zones", **given}, seed, QUORUM)
        made.advance(3)
        return made

    def heads(one, other):
        return comparison_shown(compare(one, other))[0].head[1:3]

    assert heads(run(1), run(2)) == ("seed 1", "seed 2")
    assert heads(run(1), run(1, read_quorum=1)) == ("read_quorum=2", "read_quorum=1")
    assert heads(run(1), run(1)) == ("first", "second")
    shorter = run(1).branch(2)
    assert comparison_summary(compare(shorter, run(1))) == ("Equal up to step 2, where the first run ends.",)

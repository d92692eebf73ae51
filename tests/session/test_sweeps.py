import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing import active_children

import pytest

from sdtutor.errors import SdtutorError, UsageError
from sdtutor.session.executors import cores, executor_for
from sdtutor.session.labs import LabShelf
from sdtutor.session.sweep_job import SweepJob
from sdtutor.session.sweep_request import MOST_VALUES, read_axis, seeds_matter, suggested
from sdtutor.session.sweep_results import cells, sweep_records
from sdtutor.session.sweeps import RUNS_A_TASK, Sweep, run_sweep

QUORUM = "consistency/quorum"


@pytest.fixture(scope="module")
def quorum():
    return LabShelf().load(QUORUM)


def small(**options):
    """A sweep of six runs that have latencies."""
    axes = (("read_quorum", (1, 2, 3)),)
    return Sweep(QUORUM, "reference", {"latency": "zones"}, **{"axes": axes, "seeds": 2, **options})


class Backwards(Executor):
    """Runs what it was given from the last to the first, once `count` calls are there."""

    def __init__(self, count):
        self.count, self.calls = count, []

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        self.calls.append((future, fn, args))
        if len(self.calls) == self.count:
            for future_of, call, given in reversed(self.calls):
                future_of.set_result(call(*given))
        return future


def in_place(sweep, **options):
    with executor_for(sweep.runs, workers=0) as executor:
        return run_sweep(sweep, executor, **options)


def test_a_sweep_runs_every_setting_under_every_seed():
    sweep = small(axes=(("read_quorum", (1, 2)), ("write_quorum", (2, 3))), first_seed=7)
    assert [(dict(p.given)["read_quorum"], dict(p.given)["write_quorum"], p.seed) for p in sweep.points] == [
        (1, 2, 7),
        (1, 2, 8),
        (1, 3, 7),
        (1, 3, 8),
        (2, 2, 7),
        (2, 2, 8),
        (2, 3, 7),
        (2, 3, 8),
    ]
    assert sweep.runs == 8


def test_results_do_not_depend_on_the_executor_or_on_the_order_of_ends():
    sweep = small(seeds=5)
    tasks = -(-sweep.runs // RUNS_A_TASK)
    assert tasks == 3
    first = in_place(sweep)
    assert run_sweep(sweep, Backwards(tasks)) == first
    with executor_for(sweep.runs, workers=1) as executor:
        assert run_sweep(sweep, executor) == first
    assert len({kept.times for kept in first}) == sweep.runs


def test_progress_ends_with_all_runs_and_never_falls():
    told = []
    in_place(small(seeds=5), told=told.append)
    assert told == sorted(told)
    assert (told[-1], len(told)) == (15, 3)


def test_a_setting_has_the_calls_of_all_its_seeds(quorum):
    sweep = small(seeds=3)
    found = cells(sweep, in_place(sweep))
    assert [cell.name for cell in found] == ["1", "2", "3"]
    reads = [next(each for each in cell.latencies if each.operation == "read") for cell in found]
    assert [len(each.values_us) for each in reads] == [6, 6, 6]
    first, *rest = sweep_records(sweep, quorum, found)
    assert (first["type"], first["runs"], first["sweep"]) == ("sweep", 9, {"read_quorum": [1, 2, 3]})
    assert first["parameters"]["latency"] == "zones"
    assert [record["latency"]["read"]["p99"] for record in rest] == [None] * 3
    assert sum(count for _, _, count in rest[0]["latency"]["read"]["histogram"]) == 6
    assert rest[0]["measures"]["copies"] == {"unit": "replicas", "least": 3, "mean": 3.0, "most": 3}


def test_a_read_quorum_that_must_repair_is_slower_than_one_that_sees_a_write_quorum():
    def median(cell):
        return next(each for each in cell.latencies if each.operation == "read").percentile(50)

    sweep = small(seeds=20)
    one, two, three = map(median, cells(sweep, in_place(sweep)))
    assert two < three < one
    base = {"latency": "zones", "read_repair": "off"}
    off = Sweep(QUORUM, "reference", base, sweep.axes, seeds=20)
    one, two, three = map(median, cells(off, in_place(off)))
    assert one < two < three


def test_broken_promises_and_calls_without_an_end_are_counted():
    sweep = Sweep("load_balancing/weighted_round_robin", "textbook", {"servers": "a:-1"}, seeds=2)
    (cell,) = cells(sweep, in_place(sweep))
    assert (cell.name, cell.broken) == ("", (("terminates", 2),))
    late = Sweep(QUORUM, "reference", steps=1)
    (cell,) = cells(late, in_place(late))
    assert (cell.waiting, cell.failed, cell.latencies) == (1, 0, ())


def test_a_story_is_run_to_its_end_however_long_it_is():
    base = {"replicas": 5, "read_quorum": 1, "write_quorum": 5, "latency": "zones"}
    (kept,) = in_place(Sweep(QUORUM, "reference", base))
    assert kept.steps > 50
    assert (kept.waiting, len(kept.times)) == (0, 3)
    endless = Sweep("load_balancing/weighted_round_robin", "reference")
    assert in_place(endless)[0].steps == 50


def test_nothing_more_begins_once_it_is_cancelled():
    asked = []

    def cancelled():
        asked.append(True)
        return len(asked) > 3

    backwards = Backwards(99)
    assert run_sweep(small(seeds=100), backwards, cancelled=cancelled) is None
    assert len(backwards.calls) == 3
    assert all(future.cancelled() for future, *_ in backwards.calls)


def test_a_job_that_is_stopped_has_nothing_to_wait_for_and_leaves_no_process(quorum):
    before = set(active_children())
    job = SweepJob(small(seeds=2_000), quorum)
    deadline = time.monotonic() + 20
    while not job.done and time.monotonic() < deadline:
        time.sleep(0.01)
    assert 0 < job.done < job.sweep.runs
    assert set(active_children()) - before
    assert not job.ended
    job.stop()
    assert job.cells() == ()
    assert job.ended
    assert job.done < job.sweep.runs
    assert set(active_children()) <= before


def test_a_job_ends_with_cells_or_with_an_error(quorum):
    job = SweepJob(small(), quorum)
    assert len(job.cells()) == 3
    assert (job.done, job.ended) == (6, True)
    broken = SweepJob(small(package="sdtutor.nowhere"), quorum)
    with pytest.raises(UsageError, match="A worker lacks something: No module named"):
        broken.cells()


def test_a_worker_that_is_killed_ends_the_sweep_with_a_sentence():
    def kill(_done):
        for child in set(active_children()) - before:
            os.kill(child.pid, signal.SIGKILL)

    before = set(active_children())
    sweep = small(seeds=200)
    with (
        executor_for(sweep.runs, workers=1) as executor,
        pytest.raises(SdtutorError, match="worker of the sweep is gone"),
    ):
        run_sweep(sweep, executor, told=kill)
    assert set(active_children()) <= before


def test_workers_leave_ctrl_c_to_their_parent_and_the_parent_keeps_it():
    with executor_for(1, workers=1) as executor:
        blocked = executor.submit(signal.pthread_sigmask, signal.SIG_BLOCK, ()).result()
    assert signal.SIGINT in blocked
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_small_sweeps_start_no_process():
    with executor_for(10) as executor:
        assert isinstance(executor, ThreadPoolExecutor)
    assert cores() >= 1


def test_too_many_runs_unknown_versions_and_values_are_refused(quorum):
    with pytest.raises(UsageError, match="300,000 runs are too many"):
        small(seeds=100_000).check(quorum)
    with pytest.raises(UsageError, match="from 1 to 5"):
        small(axes=(("read_quorum", (1, 9)),)).check(quorum)
    with pytest.raises(UsageError, match="no other version"):
        Sweep(QUORUM, "other").check(quorum)


@pytest.mark.parametrize(
    ("text", "axis"),
    [
        ("read_quorum=1..3", ("read_quorum", (1, 2, 3))),
        ("read-quorum = 1,3..4,3", ("read_quorum", (1, 3, 4))),
        ("latency=off,zones", ("latency", ("off", "zones"))),
    ],
)
def test_values_are_written_as_lists_and_ranges(quorum, text, axis):
    assert read_axis(quorum, text) == axis


def test_values_with_commas_of_their_own_are_separated_by_semicolons():
    lab = LabShelf().load("load_balancing/weighted_round_robin")
    assert read_axis(lab, "servers=a:5,b:1; a:1,b:1") == ("servers", ("a:5,b:1", "a:1,b:1"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("read_quorum", "is not a sweep"),
        ("read_quorum=", "is not a sweep"),
        ("nosuch=1", 'no setting "nosuch"'),
        ("read_quorum=3..1", "is no range"),
        ("read_quorum=0..99999999", f"at most {MOST_VALUES:,}"),
        ("read_quorum=two", "whole numbers or ranges"),
        ("read_quorum=6", "from 1 to 5"),
        ("latency=moon", "one of off, zones, regions"),
    ],
)
def test_a_sweep_that_cannot_be_read_says_how_to_write_it(quorum, text, message):
    with pytest.raises(UsageError) as raised:
        read_axis(quorum, text)
    assert message in str(raised.value)


def test_proposed_values_can_be_swept():
    for name in LabShelf().names:
        lab = LabShelf().load(name)
        for parameter in lab.parameters:
            _, values = read_axis(lab, f"{parameter.name}={suggested(parameter, parameter.default)}")
            assert 1 <= len(values) <= 10


def test_seeds_matter_only_where_something_is_drawn(quorum):
    assert seeds_matter(quorum, small())
    assert not seeds_matter(quorum, Sweep(QUORUM, "reference"))
    assert seeds_matter(quorum, Sweep(QUORUM, "reference", axes=(("latency", ("off", "regions")),)))


PROGRAM = """
from sdtutor.session.executors import executor_for
from sdtutor.session.sweeps import Sweep, run_sweep

if __name__ == "__main__":
    print("main", flush=True)
    sweep = Sweep("consistency/quorum", "reference", {"latency": "zones"}, seeds=20_000)
    with executor_for(sweep.runs, 2) as executor:
        run_sweep(sweep, executor, lambda done: print("done", done, flush=True))
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_their_parent_however_it_ends_and_say_nothing(tmp_path, sent):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(program)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as parent:
        assert parent.stdout.readline() == "main\n"
        assert parent.stdout.readline().startswith("done")
        if sent == signal.SIGINT:
            os.killpg(parent.pid, sent)
        else:
            parent.kill()
        # Both streams end only when the last process that holds them has ended.
        out, err = parent.communicate(timeout=20)
    assert "main" not in out
    assert err.count("Traceback") == (1 if sent == signal.SIGINT else 0)

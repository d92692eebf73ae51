"""Sweeps on a Dask cluster of this machine; without the extra there is nothing to test."""

import time

import pytest

from sdtutor.errors import UsageError
from sdtutor.session.executors import executor_for
from sdtutor.session.sweeps import Sweep, run_sweep

distributed = pytest.importorskip("distributed")

QUORUM = "consistency/quorum"
SWEEP = Sweep(QUORUM, "reference", {"latency": "regions"}, (("read_quorum", (1, 2)),), 3, 6)


@pytest.fixture(scope="module")
def cluster():
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options) as running:
        yield running


def test_a_cluster_finds_what_this_process_finds(cluster):
    with executor_for(SWEEP.runs, workers=0) as executor:
        expected = run_sweep(SWEEP, executor)
    told = []
    with executor_for(SWEEP.runs, cluster=cluster.scheduler_address) as executor:
        assert run_sweep(SWEEP, executor, told.append) == expected
    assert told[-1] == SWEEP.runs


def test_a_cancelled_sweep_leaves_nothing_on_the_cluster(cluster):
    many = Sweep(QUORUM, "reference", {"latency": "zones"}, seeds=2_000)
    told = []
    with executor_for(many.runs, cluster=cluster.scheduler_address) as executor:
        assert run_sweep(many, executor, told.append, cancelled=lambda: bool(told)) is None
    assert told[-1] < many.runs
    # The scheduler hears of it by a message of its own, and lets what is being run end.
    with distributed.Client(cluster, set_as_default=False) as client:
        deadline = time.monotonic() + 10
        while left := client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)):
            assert time.monotonic() < deadline, left
            time.sleep(0.05)


def test_a_lab_that_the_workers_do_not_have_is_told(cluster):
    nowhere = Sweep(QUORUM, "reference", package="sdtutor.nowhere")
    with (
        executor_for(1, cluster=cluster.scheduler_address) as executor,
        pytest.raises(UsageError, match="A worker lacks something"),
    ):
        run_sweep(nowhere, executor)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x"])
def test_an_address_where_nobody_answers_is_wrong_usage(monkeypatch, address):
    monkeypatch.setattr("sdtutor.session.executors.CONNECT_SECONDS", 0.2)
    with pytest.raises(UsageError, match="No Dask scheduler answers"), executor_for(1, cluster=address):
        pass

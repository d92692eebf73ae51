import json
from typing import Any

import pytest
from calling import Call, loaded_after, program

from sdtutor.cli.lab_study import OTHER_VERSION, with_other_version
from sdtutor.cli.study_report import progress

SWEEP = ["lab", "quorum", "--sweep", "read_quorum=1..3", "--set", "latency=zones", "--seeds", "4"]


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in out.splitlines()]


def test_a_sweep_as_json_is_what_was_run_and_a_cell_for_each_setting(call: Call) -> None:
    said = call(*SWEEP, "--json")
    assert (said.code, said.err) == (0, "")
    first, *cells = records(said.out)
    assert (first["type"], first["runs"], first["seeds"]) == ("sweep", 12, {"first": 0, "count": 4})
    assert [cell["parameters"] for cell in cells] == [{"read_quorum": number} for number in (1, 2, 3)]
    assert all(cell["latency"]["read"]["count"] == 8 for cell in cells)


def test_a_sweep_is_the_same_wherever_it_runs(call: Call) -> None:
    assert call(*SWEEP, "--json", "--workers", "0").out == call(*SWEEP, "--json", "--workers", "2").out


def test_workers_that_are_spawned_do_not_run_the_program_again(call: Call) -> None:
    arguments = ["lab", "quorum", "--set", "latency=zones", "--seeds", "20", "--json"]
    done = program(*arguments, "--workers", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == call(*arguments, "--workers", "0").out


def test_a_sweep_in_words_has_a_table_and_a_chart_without_drawing_characters(call: Call) -> None:
    said = call(*SWEEP, "--plain", "--ascii")
    assert (said.code, said.err) == (0, "")
    assert "read_quorum = 1, 2, 3; 4 seeds each, from 0" in said.out
    assert "read quorum  calls  p50" in said.out
    assert "read: p50 by read quorum" in said.out
    assert "###" in said.out
    assert said.out.isascii()


def test_seeds_alone_show_how_the_calls_are_spread(call: Call) -> None:
    said = call("lab", "quorum", "--set", "latency=zones", "--seeds", "60", "--plain")
    assert "120 " in said.out
    assert "read: how the calls are spread" in said.out
    assert " to " in said.out
    assert "%" in said.out


def test_seeds_that_change_nothing_are_told_on_standard_error(call: Call) -> None:
    said = call("lab", "quorum", "--seeds", "3", "--json")
    assert said.code == 0
    assert "every seed gives the same run" in said.err
    assert records(said.out)[1]["latency"] == {}


def test_two_sweeps_are_every_combination(call: Call) -> None:
    said = call("lab", "quorum", "--sweep", "read_quorum=1,2", "--sweep", "write_quorum=2,3", "--json")
    assert [tuple(cell["parameters"].values()) for cell in records(said.out)[1:]] == [
        (1, 2),
        (1, 3),
        (2, 2),
        (2, 3),
    ]


def test_compare_alone_tells_where_the_other_version_parts(call: Call) -> None:
    said = call("lab", "cache_aside", "--compare", "--json")
    assert (said.code, said.err) == (0, "")
    (record,) = records(said.out)
    assert (record["one"]["variant"], record["other"]["variant"]) == ("reference", "textbook")
    assert record["parting"]["step"] == 3
    assert record["parting"]["differs"] == ["messages"]
    assert record["left_out"] == [
        "deliver reader_1>cache.compare_and_set#1",
        "deliver cache>reader_1.compare_and_set.reply#1",
    ]
    assert {row["name"] for row in record["invariants"]} >= {"no_stale_read", "terminates"}
    assert record["measures"]["database_reads"] == {"unit": "reads", "one": 1, "other": 1}


def test_a_run_is_compared_with_one_that_a_file_holds(call: Call, tmp_path: Any) -> None:
    file = tmp_path / "run.yaml"
    call("lab", "quorum", "--seed", "1", "--set", "latency=zones", "--record", str(file), "--json")
    again = call("lab", "quorum", "--seed", "1", "--set", "latency=zones", "--compare", str(file), "--plain")
    assert "The two runs are equal, step for step: " in again.text
    other = call("lab", "quorum", "--seed", "2", "--set", "latency=zones", "--compare", str(file), "--plain")
    assert "Equal up to step" in other.text
    assert "seed 2" in other.text
    assert "differs" in other.text
    wrong = call("lab", "saga", "--compare", str(file))
    assert (wrong.code, "is a run of consistency/quorum, not of microservices/saga" in wrong.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--sweep", "readers"], "is not a sweep"),
        (["--sweep", "nosuch=1"], 'There is no setting "nosuch"'),
        (["--sweep", "readers=1..9"], "from 1 to 3"),
        (["--sweep", "readers=1", "--compare"], "exclude each other"),
        (["--workers", "2"], "--workers says where a sweep runs"),
        (["--cluster", "tcp://nowhere:1"], "--cluster says where a sweep runs"),
        (["--seeds", "2", "--cluster", "tcp://x:1", "--workers", "1"], "A cluster has workers of its own"),
        (["--seeds", "200000"], "too many for one sweep"),
        (["--seeds", "2", "--record", "x"], "--record is about one run"),
        (["--compare", "--diagram"], "--diagram is about one run"),
        (["--compare", "/nosuch"], "/nosuch: The file cannot be read"),
    ],
)
def test_wrong_usage_says_what_and_what_to_do(arguments: list[str], message: str, call: Call) -> None:
    said = call("lab", "cache_aside", *arguments)
    assert said.code == 2
    assert message in said.err
    assert said.out == ""


def test_compare_names_the_other_version_only_where_no_file_follows() -> None:
    assert with_other_version([]) == []
    assert with_other_version(["x", "--compare"]) == ["x", "--compare", OTHER_VERSION]
    assert with_other_version(["--compare", "--json"]) == ["--compare", OTHER_VERSION, "--json"]
    assert with_other_version(["--compare", "run.yaml"]) == ["--compare", "run.yaml"]
    assert with_other_version(["--compare=run.yaml"]) == ["--compare=run.yaml"]


def test_progress_is_told_when_somebody_has_begun_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 10.0
    monkeypatch.setattr("sdtutor.cli.study_report.time.monotonic", lambda: now)
    said: list[str] = []
    told = progress(9, said.append)
    for done, moment in ((1, 10.2), (2, 10.4), (3, 11.0), (4, 11.5), (9, 20.0)):
        now = moment
        told(done)
    assert said == ["2 of 9 runs", "4 of 9 runs"]


def test_dask_is_imported_only_for_a_cluster() -> None:
    arguments = ["lab", "quorum", "--seeds", "2", "--workers", "0", "--json"]
    modules = loaded_after(f"from sdtutor.__main__ import main\nmain({arguments!r})")
    assert "sdtutor.session.sweeps" in modules
    assert not modules & {"dask", "distributed", "multiprocessing.context", "textual"}

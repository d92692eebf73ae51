import json
from pathlib import Path
from typing import Any

import pytest
from calling import Call

from sdtutor.cli.lab_request import read_settings, read_variant
from sdtutor.errors import UsageError


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in out.splitlines()]


def picks(out: str) -> str:
    return "".join(result["value"] for step in records(out)[1:-1] for result in step["results"])


@pytest.mark.parametrize(("variant", "order"), [("reference", "aabacaa"), ("textbook", "aaaaabc")])
def test_json_is_the_run_its_steps_and_the_verdict(variant: str, order: str, call: Call) -> None:
    settings = ["--set", "servers=a:5,b:1,c:1", "--steps", "7", "--variant", variant]
    said = call("lab", "weighted_round_robin", *settings, "--json")
    assert (said.code, said.err) == (0, "")
    assert [record["type"] for record in records(said.out)] == ["run", *["step"] * 7, "verdict"]
    assert picks(said.out) == order


def test_without_a_screen_the_reference_runs_to_rest(call: Call) -> None:
    first, *steps, verdict = records(call("lab", "cache_aside", "--json").out)
    assert first["variant"] == "reference"
    assert verdict["steps"] == len(steps) > 4
    assert {one["name"]: one["holds"] for one in verdict["invariants"]}["no_stale_read"]


def test_a_step_that_does_not_end_is_told_and_no_error(call: Call) -> None:
    said = call("lab", "weighted_round_robin", "--set", "servers=a:-1", "--variant", "flawed", "--plain")
    assert said.code == 0
    assert "BROKEN at step 1 terminates" in said.out
    assert "The last step did not end." in said.out


def test_plain_through_a_pipe_tells_every_step_and_sums_up(call: Call) -> None:
    said = call("lab", "saga", "--set", "fail_at=payment", "--plain")
    assert (said.code, said.err) == (0, "")
    assert not set("┌│─╌") & set(said.out)
    assert "fail_at payment" in said.text
    steps = [row for row in said.out.splitlines() if row.startswith("Step ")]
    assert steps[0].startswith("Step 1, t 0 ms: ")
    assert "Nothing else happens by itself." in said.out
    assert "HOLDS no_orphans: " in said.out
    assert "Results" in said.out
    assert "Measures" in said.out


def test_the_textbook_saga_never_releases_the_reservation(call: Call) -> None:
    said = call("lab", "saga", "--set", "fail_at=payment", "--plain", "--variant", "textbook")
    assert said.code == 0
    assert "BROKEN at step 9 no_orphans: " in said.out


def test_a_recorded_run_replays_to_the_same_digest(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "run.yaml"
    made = call(
        "lab", "cache_aside", "--variant", "textbook", "--steps", "6", "--record", str(file), "--json"
    )
    again = call("lab", "cache_aside", "--run", str(file), "--json")
    assert records(made.out) == records(again.out)
    assert records(call("lab", "--run", str(file), "--json").out) == records(made.out)
    more = records(call("lab", "--run", str(file), "--steps", "2", "--json").out)
    assert more[-1]["steps"] == 8


def test_an_impossible_event_is_told_with_its_line_and_what_is_possible(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "run.yaml"
    call("lab", "cache_aside", "--steps", "3", "--record", str(file), "--json")
    rows = file.read_text(encoding="utf-8").splitlines()
    rows[-1] = "  - deliver a>b.get#1"
    file.write_text("\n".join(rows), encoding="utf-8")
    said = call("lab", "--run", str(file), "--json")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"sdtutor: {file}:{len(rows)}: ")
    assert "deliver cache>reader_1" in said.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cach"], '"cach" could be several: caching, caching/cache_aside, caching/cache_stampede.'),
        (["nosuch"], 'There is no topic or lab "nosuch".'),
        (["cache_asid3"], "Did you mean caching/cache_aside"),
        (["cache_aside", "--set", "readers"], '"readers" is not a setting.'),
        (["cache_aside", "--set", "readers=9", "--json"], "from 1 to 3"),
        (["cache_aside", "--set", "nosuch=9", "--json"], "It can set: readers, writers, latency."),
        (["cache_aside", "--variant", "none"], 'There is no variant "none".'),
        (["cache_aside", "--steps", "-1"], "--steps"),
        (["cache_aside", "--run", "/nosuch"], "/nosuch: The file cannot be read"),
        (["cache_aside", "--json", "--record", "/nosuch/run.yaml"], "/nosuch/run.yaml cannot be written"),
        (["--json"], "Name a lab: "),
    ],
)
def test_wrong_usage_says_what_and_what_to_do(arguments: list[str], message: str, call: Call) -> None:
    said = call("lab", *arguments)
    assert said.code == 2
    assert message in said.err


@pytest.mark.parametrize("option", [["--set", "readers=2"], ["--variant", "textbook"], ["--seed", "3"]])
def test_options_that_a_run_file_decides_are_refused_beside_it(
    option: list[str], call: Call, tmp_path: Path
) -> None:
    file = tmp_path / "run.yaml"
    call("lab", "cache_aside", "--steps", "1", "--record", str(file), "--json")
    said = call("lab", "--run", str(file), *option)
    assert said.code == 2
    assert option[0] in said.err


def test_a_run_of_another_lab_is_refused(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "run.yaml"
    call("lab", "cache_aside", "--steps", "1", "--record", str(file), "--json")
    assert "is a run of caching/cache_aside, not of saga" in call("lab", "saga", "--run", str(file)).err
    file.write_text(file.read_text(encoding="utf-8").replace("cache_aside", "gone"), encoding="utf-8")
    assert 'There is no lab "caching/gone".' in call("lab", "--run", str(file)).err


def test_a_topic_with_one_lab_opens_it(call: Call) -> None:
    assert records(call("lab", "microservices", "--json").out)[0]["lab"] == "microservices/saga"


def test_a_topic_with_several_labs_offers_the_choice(call: Call) -> None:
    said = call("lab", "load_balancing", "--plain")
    assert said.code == 0
    assert "sdtutor lab load_balancing/weighted_round_robin" in said.out
    chosen = call("lab", "load_balancing", "--plain", given="1\nq\n")
    assert (chosen.code, chosen.err) == (0, "")
    assert "Which lab?" in chosen.out
    assert '"load_balancing" has several labs: ' in call("lab", "load_balancing", "--json").err


def test_settings_and_variants_are_read_forgivingly() -> None:
    assert read_settings(["fail-at = payment", "servers=a:5,b=1"]) == {
        "fail_at": "payment",
        "servers": "a:5,b=1",
    }
    assert [read_variant(text) for text in ("", "fixed", "Text", "flawed")] == [
        None,
        "reference",
        "textbook",
        "textbook",
    ]
    with pytest.raises(UsageError, match="could be several"):
        read_variant("f")

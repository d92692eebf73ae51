"""``sdtutor lab --find``, and f in a conversation."""

import json
from pathlib import Path

import pytest
from calling import Call, Terminal

from sdtutor.cli.answers import Answers
from sdtutor.cli.flows.lab import play_lab
from sdtutor.cli.plain import Plain
from sdtutor.session.tutor import Tutor

TEXTBOOK = ("lab", "cache_aside", "--variant", "textbook", "--set", "readers=1", "--set", "writers=1")


def found(out: str) -> dict[str, object]:
    record: dict[str, object] = json.loads(out.splitlines()[-1])
    assert record["type"] == "find"
    return record


def test_json_is_the_run_and_what_was_found(call: Call) -> None:
    said = call(*TEXTBOOK, "--find", "--json")
    assert (said.code, said.err) == (0, "")
    record = found(said.out)
    assert (record["verdict"], record["shortest"], record["complete"]) == ("anomaly", 15, True)
    assert json.loads(said.out.splitlines()[0])["type"] == "run"


def test_the_reference_is_proved(call: Call) -> None:
    said = call("lab", "cache_aside", "--find", "--json")
    record = found(said.out)
    assert (record["verdict"], record["shortest"], record["complete"]) == ("none", None, True)
    plain = call("lab", "cache_aside", "--find", "--plain")
    assert plain.code == 0
    assert "That is a proof for these bounds" in plain.text


def test_plain_tells_the_way_and_where_it_breaks(call: Call) -> None:
    said = call(*TEXTBOOK, "--find", "--plain", "--steps", "4")
    assert "Found: 11 events, and no way is shorter" in said.text
    assert "BROKEN at step 15: The write was acknowledged" in said.text
    assert "   4  " not in said.out
    assert "   5  database → reader A" in said.out


def test_a_goal_is_reached_not_broken(call: Call) -> None:
    said = call(*TEXTBOOK, "--find", "--promise", "make-it-lie", "--plain")
    assert "To reach: Make a read return v1" in said.text
    assert "REACHED at step 15: Make a read return v1" in said.text


def test_what_was_found_is_recorded_breaks_the_promise_again_and_can_be_searched_from(
    call: Call, tmp_path: Path
) -> None:
    path = str(tmp_path / "found.run")
    assert call(*TEXTBOOK, "--find", "--plain", "--record", path).code == 0
    verdict = json.loads(call("lab", "--run", path, "--json").out.splitlines()[-1])
    broken = {each["name"]: each["step"] for each in verdict["invariants"]}
    assert broken["no_stale_read"] == 15
    assert "no event is needed" in call("lab", "--run", path, "--find", "--plain").text


def test_a_search_from_a_file_begins_at_its_end(call: Call, tmp_path: Path) -> None:
    path = str(tmp_path / "four.run")
    call(*TEXTBOOK, "--steps", "4", "--record", path, "--plain")
    assert found(call("lab", "--run", path, "--find", "--json").out)["shortest"] == 11


def test_bounds_are_given_one_by_one_or_together(call: Call) -> None:
    said = call("lab", "cache_aside", "--find", "--json", "--allow", "calls=0,drops=1", "--allow", "timers=1")
    bounds = found(said.out)["bounds"]
    assert isinstance(bounds, dict)
    assert (bounds["calls"], bounds["drops"], bounds["timers"]) == (0, 1, 1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--find", "--promise", "nope"), 'no promise or goal "nope"'),
        (("--find", "--allow", "crash=1"), '"crash" cannot be allowed here'),
        (("--find", "--allow", "drops=many"), '"many" is not a number for drops'),
        (("--find", "--record", "/nowhere/at/all"), "cannot be written"),
        (("--find", "--diagram"), "--diagram draws a run that exists"),
        (("--find", "--seeds", "3"), "--find searches from one run"),
        (("--budget", "3"), "--budget is about a search"),
        (("--promise", "no_stale_read"), "--promise is about a search"),
        (("--allow", "drops=1"), "--allow is about a search"),
    ],
)
def test_wrong_usage_says_what_and_ends_with_2(options: tuple[str, ...], message: str, call: Call) -> None:
    said = call("lab", "cache_aside", "--plain", *options)
    assert said.code == 2
    assert message in said.err


def test_a_run_that_stands_at_a_step_that_does_not_end_is_refused(call: Call, tmp_path: Path) -> None:
    path = str(tmp_path / "stuck.run")
    stuck = ("lab", "weighted_round_robin", "--set", "servers=a:-1", "--variant", "textbook")
    assert "BROKEN at step 1" in call(*stuck, "--find", "--plain").text
    call(*stuck, "--steps", "1", "--plain", "--record", path)
    said = call("lab", "--run", path, "--find", "--plain")
    assert said.code == 2
    assert "does not end" in said.err


def played(*lines: str, variant: str = "") -> str:
    """Return what a person sees who types these lines at a terminal."""
    seen = Terminal()
    surface = Plain(Answers(Terminal("\n".join(lines) + "\n"), "terminal"), seen)
    with Tutor.open() as tutor:
        play_lab(tutor.start_lab("cache_aside", "reference" if variant else None), surface)
    return " ".join(seen.getvalue().split())


def test_f_in_a_conversation_leads_through_what_it_finds() -> None:
    seen = played("f", "", "", *[""] * 11, "q")
    assert "It gives up after 10 s" in seen
    assert "Found: 11 events, and no way is shorter" in seen
    assert "Enter walks through it, to step 15" in seen
    assert "BROKEN at step 15" in seen


def test_f_in_a_conversation_proves_that_there_is_none_and_takes_other_bounds() -> None:
    seen = played("f", "1", "drops=many", "calls=0", "q", variant="reference")
    assert '"many" is not a number for drops' in seen
    assert "None: no order of events does it" in seen
    assert "every message arrives, once, in any order" in seen

"""The seed's own code, run: the textbook repeats it, the reference repeats it or has a reason."""

import json
import os
from pathlib import Path

import javascript
import pytest
import systems

OURS = Path(__file__).parent / "golden"
FOLDER = Path(os.environ.get("SDTUTOR_GOLDEN") or OURS)
FILES = sorted(FOLDER.glob("*.json"))
TRACES = [json.loads(path.read_text("utf-8")) for path in FILES]
CASES = [
    pytest.param(trace["system"], case, id=f"{trace['system']}/{case['case']}")
    for trace in TRACES
    if trace["system"] in systems.SYSTEMS
    for case in trace["cases"]
    if case["kind"] not in javascript.SKIPPED.get(trace["system"], {})
]


def test_the_folder_of_traces_has_traces():
    assert CASES, f"{FOLDER} has no trace of a system that is replayed; see SDTUTOR_GOLDEN."


@pytest.mark.parametrize(("name", "case"), CASES)
def test_the_textbook_repeats_the_seed(name, case):
    system = systems.SYSTEMS[name]
    outcome = system.textbook(case["input"])
    assert system.agrees(case["expected"], outcome), f"{case['expected']}\n{outcome}"


@pytest.mark.parametrize(("name", "case"), CASES)
def test_the_reference_repeats_the_seed_or_corrects_it(name, case):
    check_reference(systems.SYSTEMS[name], case)


def check_reference(system, case):
    outcome = system.reference(case["input"])
    defect = system.differs(case)
    repeats = javascript.same(outcome, system.visible(case))
    assert repeats == (defect is None), f"{defect}\n{system.visible(case)}\n{outcome}"
    assert javascript.same(outcome, system.right(case["input"]))
    system.holds(case["input"], outcome)


def test_each_trace_is_replayed_or_listed():
    names = {trace["system"] for trace in TRACES}
    assert names <= systems.SYSTEMS.keys() | systems.NOT_YET.keys()
    assert not systems.SYSTEMS.keys() & systems.NOT_YET.keys()


def test_no_system_is_listed_as_missing_once_its_code_exists():
    assert not systems.implemented() & set(systems.NOT_YET.values())


def test_code_that_exists_is_found(tmp_path):
    module = tmp_path / "reference" / "caching" / "write_through.py"
    module.parent.mkdir(parents=True)
    module.write_text("class WriteThrough:\n    pass\n")
    assert systems.implemented(tmp_path) & set(systems.NOT_YET.values()) == {"WriteThrough"}


def a_case(name):
    return json.loads((OURS / f"{name}.json").read_text("utf-8"))["cases"][0]


@pytest.mark.parametrize("name", sorted(systems.SYSTEMS))
def test_a_wrong_trace_is_noticed(name):
    case = a_case(name)
    system = systems.SYSTEMS[name]
    field = sorted(case["expected"])[0]
    case["expected"][field] = "something else"
    assert not system.agrees(case["expected"], system.textbook(case["input"]))


def test_an_exempt_case_that_matches_after_all_is_noticed():
    case = a_case("weighted-round-robin")
    case["expected"] = {"picks": systems.SYSTEMS["weighted-round-robin"].right(case["input"])["picks"]}
    system = systems.SYSTEMS["weighted-round-robin"]
    always = systems.System(**{**vars(system), "right": lambda given: {"refused": True}})
    check_reference(system, case)
    with pytest.raises(AssertionError, match="wrr-bursty"):
        check_reference(always, case)


def test_a_difference_without_a_reason_is_noticed():
    case = a_case("cache-aside")
    system = systems.SYSTEMS["cache-aside"]
    lazy = systems.System(**{**vars(system), "right": lambda given: system.visible(case)})
    case["expected"]["results"][0] = {"ok": "never stored"}
    with pytest.raises(AssertionError):
        check_reference(lazy, case)


def test_true_is_not_one_and_nan_is_nan():
    assert not javascript.same({"a": True}, {"a": 1})
    assert javascript.same([float("nan"), 3.0], [float("nan"), 3])
    assert not javascript.same([1], [1, 2])


def test_a_text_is_indexed_by_utf_16_code_units():
    assert [ord(unit) for unit in javascript.units("a🚀")] == [0x61, 0xD83D, 0xDE80]
    assert javascript.text(javascript.units("a🚀\ud83d")) == "a🚀\ud83d"

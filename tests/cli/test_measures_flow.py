import pytest
from calling import Call, Terminal

from sdtutor.cli.answers import Answers
from sdtutor.cli.flows.lab import play_lab
from sdtutor.cli.plain import Plain
from sdtutor.session.tutor import Tutor


def played(*lines: str, lab: str = "quorum", **settings: str) -> str:
    """Return what a person sees who types these lines at a terminal."""
    seen = Terminal()
    surface = Plain(Answers(Terminal("\n".join(lines) + "\n"), "terminal"), seen)
    with Tutor.open() as tutor:
        play_lab(tutor.start_lab(lab, "reference", settings), surface)
    return " ".join(seen.getvalue().split())


def test_a_sweep_is_asked_for_and_told_in_tables() -> None:
    seen = played("p", "read_quorum=1..2", "5", "q", latency="zones")
    assert "read_quorum=1..5" in seen
    assert "how many seeds (Enter: 200): " in seen
    assert "Quorum: 10 runs of the reference" in seen
    assert "read_quorum = 1, 2; 5 seeds each, from 0" in seen
    assert "read: p50 by read quorum" in seen


def test_seeds_are_not_asked_for_where_they_change_nothing() -> None:
    seen = played("p", "read_quorum=1..2", "q")
    assert "how many seeds" not in seen
    assert "Quorum: 2 runs of the reference" in seen


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("p", "nosuch=1", "q"), 'There is no setting "nosuch" in this lab.'),
        (("p", "latency=zones", "none", "3", "q"), '"none" is not a number of seeds.'),
    ],
)
def test_what_cannot_be_swept_is_told_and_the_lab_goes_on(lines: tuple[str, ...], message: str) -> None:
    seen = played(*lines)
    assert message in seen
    assert seen.endswith("q quit:")


def test_the_other_version_is_told_beside_this_run() -> None:
    seen = played("", "", "", "", "o", "q", lab="cache_aside")
    assert "Equal up to step 2. Step 3 differs in messages." in seen
    assert "the step in which they part" in seen


def test_measures_of_a_run_with_latencies_have_a_row_for_each_call() -> None:
    seen = played(*[""] * 12, "m", "q", latency="zones")
    assert "latency, in ms: From call to return, of each call that returned." in seen
    assert "writer.write#1" in seen


def test_a_pipe_can_sweep_too(call: Call) -> None:
    said = call("lab", "quorum", "--plain", "--variant", "fixed", given="p\nread_quorum=1,2\nq\n")
    assert (said.code, said.err) == (0, "")
    assert "runs that break a promise" in said.out

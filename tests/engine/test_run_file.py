"""Run files: bad ones say where and what to do."""

import pytest
from small_labs import TALK, played

from sdtutor.engine.run_file import parse_run, read_run, write_run
from sdtutor.errors import RunFileError

GOOD = """sdtutor_run: 1
lab: tests/small
variant: reference
parameters: {clients: 1}
seed: 7
events: [call client_1 ask 3, deliver client_1>doubler.double#1]
"""


def test_a_run_file_is_read_as_the_design_writes_it():
    saved = parse_run(GOOD, "run.yaml")
    run = saved.replay(TALK)
    assert (len(run.steps), run.seed, run.values) == (2, 7, {"clients": 1})


def test_odd_values_survive_being_written():
    run = played(TALK, """call client_1 keep 'a: b #c' '"1"' 2.5""")
    assert parse_run(write_run(run), "run.yaml").events[0].arguments == ("a: b #c", "1", 2.5)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("sdtutor_run: 1", "sdtutor_run: 2", 1, "format"),
        ("seed: 7", "sead: 7", 5, "Unknown key"),
        ("variant: reference", "variant: other", 3, "variant"),
        ("seed: 7", "seed: {", 7, "YAML"),
        ("call client_1 ask 3", "explode", 6, "not an event"),
        ("call client_1 ask 3", "[1]", 6, "text"),
        ("#1]", "#2]", 6, "not possible"),
        ("{clients: 1}", "{clients: 9}", 0, "clients"),
        ("{clients: 1}", "[1]", 4, "mapping"),
        ("lab: tests/small\n", "", 0, "missing"),
    ],
)
def test_a_bad_run_file_names_the_line(old, new, line, says):
    assert old in GOOD
    with pytest.raises(RunFileError) as error:
        parse_run(GOOD.replace(old, new), "run.yaml").replay(TALK)
    assert error.value.line == line
    assert says in str(error.value)


def test_an_impossible_event_lists_what_is_possible_there():
    with pytest.raises(
        RunFileError, match=r"run.yaml:6: (?s:.*)Possible there: .*deliver client_1>doubler.double#1"
    ) as e:
        parse_run(GOOD.replace("#1]", "#2]"), "run.yaml").replay(TALK)
    assert "after step 1" in str(e.value)


def test_files_that_cannot_be_read_say_so(tmp_path):
    with pytest.raises(RunFileError, match="cannot be read"):
        read_run(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(RunFileError, match="UTF-8"):
        read_run(tmp_path / "bytes.yaml")
    (tmp_path / "big.yaml").write_bytes(b"#" * (5 * 1024 * 1024))
    with pytest.raises(RunFileError, match="larger"):
        read_run(tmp_path / "big.yaml")
    (tmp_path / "deep.yaml").write_text("[" * 5000)
    with pytest.raises(RunFileError):
        read_run(tmp_path / "deep.yaml")

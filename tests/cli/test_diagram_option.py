"""``sdtutor lab --diagram``, and the key of a conversation that draws the same."""

from pathlib import Path

import pytest
from calling import Call

from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.engine.run_file import write_run
from sdtutor.labs.caching.cache_aside import LAB


@pytest.fixture
def stale(tmp_path: Path) -> str:
    """A run file in which a read returns the old value."""
    scene = LAB.scene("stale_read")
    assert scene is not None
    run = Run(LAB, scene.variant, scene.parameters, 0, "caching/cache_aside")
    run.apply_all(map(parse_event, scene.events))
    path = tmp_path / "stale.yaml"
    path.write_text(write_run(run), encoding="utf-8")
    return str(path)


def test_a_run_is_told_and_then_drawn_in_letters(stale: str, call: Call) -> None:
    said = call("lab", "--run", stale, "--diagram", "--plain")
    assert (said.code, said.err) == (0, "")
    told, drawn = said.out.split("Space-time diagram")
    assert "Step 14, t 0 ms: cache → reader A" in told
    assert not set("┌│─╌┊▸◂━") & set(drawn)
    rows = drawn.splitlines()
    assert rows[2].split() == ["reader", "A", "writer", "B", "cache", "database"]
    assert rows[4].startswith("  1 ")
    assert "-- x BROKEN at step 14: no_stale_read --" in drawn
    assert "BROKEN at step 14 no_stale_read: The write was acknowledged;" in drawn
    assert max(map(len, rows)) < 80


def test_without_it_nothing_is_drawn(stale: str, call: Call) -> None:
    assert "Space-time" not in call("lab", "--run", stale, "--plain").out


def test_json_has_no_drawings(stale: str, call: Call) -> None:
    said = call("lab", "--run", stale, "--diagram", "--json")
    assert said.code == 2
    assert said.out == ""
    assert "--json prints no drawings" in said.err


def test_a_conversation_draws_the_run_so_far(call: Call) -> None:
    said = call("lab", "cache_aside", "--variant", "textbook", "--plain", given="d\nq\n")
    assert said.code == 0
    assert "\n>4 " in said.out
    assert "~- k = v1 ---" in said.out

"""A mock interview in lines, on a real terminal."""

import pytest
from real_terminal import RealTerminal

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize("way", ["--plain", "--inline"])
def test_ctrl_c_in_the_middle_keeps_everything_and_it_goes_on(tmp_path, way):
    first = RealTerminal(tmp_path, ["interview", "url", "--minutes", "10", way], rows=40)
    first.wait_for("1. [Requirements, 10 min left]")
    first.press(*"How many links?", "Enter")
    first.wait_for("A hundred million new links a month.", "2. [")
    first.press(*"/draw client -> app*3; app -> db", "Enter")
    first.wait_for("I see 3 boxes.", "3. [")
    first.press("Ctrl-C")
    assert first.end() == 130
    assert "goes on exactly here" in " ".join(first.text.split())
    assert first.left_behind() == []
    again = RealTerminal(tmp_path, ["continue", way], rows=40)
    again.wait_for("1. How many links?", "app -> db", "We go on.", "3. [")
    again.press(*"/end", "Enter")
    again.wait_for("Lay a strong answer beside yours?")
    again.press("y", "Enter")
    assert again.end() == 0

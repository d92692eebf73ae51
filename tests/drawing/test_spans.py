import subprocess
import sys

import pytest
from wcwidth import wcwidth

from sdtutor.drawing.spans import _NARROW, cells


def test_whatever_is_taken_for_one_column_has_one():
    narrow = [chr(code) for code in range(0x11000) if _NARROW.fullmatch(chr(code))]
    assert len(narrow) > 1_300
    assert [f"{ord(character):x}" for character in narrow if wcwidth(character) != 1] == []


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("k = v1", 6),
        ("▸ ● ░▓ ╌▸ › …", 13),
        ("größer – ≤ 3 µs", 15),
        ("日本", 4),
        ("e\N{COMBINING ACUTE ACCENT}", 1),
        ("a\N{ZERO WIDTH SPACE}b", 2),
        ("◽", 2),
        ("→\x1b", 1),
    ],
)
def test_a_text_takes_its_columns(text, columns):
    assert cells(text) == columns


def test_our_own_signs_need_no_table_of_widths():
    used = "import sys; from sdtutor.drawing.spans import cells; cells('reader A ╌▸ cache …')"
    code = f"{used}; print('wcwidth' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"

import time

import pytest

from sdtutor.drawing.mermaid import DiagramError, check, outline, render
from sdtutor.drawing.spans import plain_text, width
from sdtutor.errors import UsageError

FLOW = """\
flowchart LR
  C[Client] -->|get k| A(Cache-aside)
  A --> K[(Cache)]
  A -->|on a miss| D[(Database)]
"""

SEQUENCE = """\
sequenceDiagram
  participant A as Reader A
  participant C as Cache
  A->>C: get k
  alt hit
    C-->>A: v1
  else miss
    C-->>A: nothing
  end
"""

DRAWN = """\
┌────────┐get k ╭─────────────╮          ╭──────────╮
│ Client ├─────▸│ Cache-aside ├─────┬───▸│  Cache   │
└────────┘      ╰─────────────╯     │    ╰──────────╯
                                    │
                                    │on a miss
                                    │
                                    │    ╭──────────╮
                                    ╰───▸│ Database │
                                         ╰──────────╯"""


def test_a_flowchart_is_drawn():
    assert plain_text(render(FLOW)) == DRAWN


def test_arrow_heads_and_strokes_have_roles():
    roles = {span.text: span.role for row in render(FLOW) for span in row}
    assert roles["▸"] == "flight"
    assert "plain" in {role for text, role in roles.items() if "Client" in text}


def test_a_sequence_diagram_is_drawn_and_listed_with_what_stands_in_its_blocks():
    assert "Reader A" in plain_text(render(SEQUENCE))
    assert plain_text(outline(SEQUENCE)) == (
        "Reader A ╌▸ Cache: get k\nCache ╌▸ Reader A: v1\nCache ╌▸ Reader A: nothing"
    )


def test_an_outline_says_who_points_at_whom():
    assert plain_text(outline(FLOW)).split("\n")[0] == "Client ╌▸ Cache-aside: get k"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "not a kind of diagram"),
        ("pie title x", "not a kind of diagram"),
        ("flowchart LR\n  A", "no arrow"),
        ("flowchart LR\n  A[Client --> B(Server", "not the name of a node"),
        ("flowchart LR\n" + "\n".join(f"  n{i} --> n{i + 1}" for i in range(20)), "21 nodes"),
        ("flowchart LR\n" + "\n".join(f"  a{i % 5} --> b{i % 7}" for i in range(26)), "26 arrows"),
        ("flowchart LR\n" + "%% x\n" * 2000, "characters"),
        (
            "flowchart LR\n" + "\n".join(f"  a{i}[a very long label {i}] --> a{i + 1}" for i in range(8)),
            "columns",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_reason(source, message):
    with pytest.raises(DiagramError, match=message):
        render(source)
    assert any(message in text for _, text in check(source))


def test_an_open_bracket_is_reported_with_its_line():
    assert check("flowchart LR\n  A --> B\n  B --> C[Open")[0][0] == 3


def test_a_good_diagram_has_no_problem():
    assert check(FLOW) == check(SEQUENCE) == []


def test_a_label_that_the_drawing_loses_is_reported(monkeypatch):
    import termaid

    monkeypatch.setattr(termaid, "render", lambda source, **options: "┌──┐")
    with pytest.raises(DiagramError, match='lost "Client"'):
        render(FLOW, 75)


def test_escapes_and_breaks_never_reach_the_terminal():
    text = plain_text(render('flowchart LR\n  A["one<br/>two \x1b[31m"] --> B'))
    assert "\x1b" not in text
    assert "<br/>" not in text
    assert "one two" in text


def test_a_diagram_is_never_wider_than_asked():
    assert all(width(row) <= 50 for row in render("flowchart LR\n  A[One] --> B[Two] --> C[Three]", 50))


def test_a_diagram_error_is_a_usage_error():
    assert issubclass(DiagramError, UsageError)


def test_a_diagram_seen_before_costs_nothing():
    render(FLOW)
    start = time.perf_counter()
    render(FLOW)
    assert time.perf_counter() - start < 0.005

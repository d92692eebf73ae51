"""A drawing as a flowchart, and back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sdtutor.architecture.language.mermaid import to_mermaid
from sdtutor.architecture.language.reading import read_drawing

TEXT = """client -> lb -> app*3 -> cache(hit=90%, ms=1)
app -> db(primary, replicas=2, async) : reads "all" | 100% & <more>
app ~> api queue(kind=queue)*1 -> worker*2
s3*1
table links(code pk, url, owner) index(owner)
"""


def content(drawing):
    """Everything but the line numbers."""
    return (
        [(b.name, b.kind, b.instances, b.replicas, dict(b.settings)) for b in drawing.boxes.values()],
        [(a.source, a.target, a.label, a.waits) for a in drawing.links],
        [(t.name, t.columns, t.key, t.indexes) for t in drawing.tables],
    )


def test_a_flowchart_has_a_shape_for_each_kind_and_escapes_what_is_said():
    assert to_mermaid(read_drawing(TEXT)).splitlines() == [
        "flowchart LR",
        '    n1(["client"])',
        '    n2{{"lb"}}',
        '    n3["app*3"]',
        '    n4[("cache (hit=0.9, service=0.001)")]',
        '    n5[("db (primary, async, replicas=2)")]',
        '    n6[["api queue*1"]]',
        '    n7["worker*2"]',
        '    n8[("s3*1")]',
        "    n1 --> n2",
        "    n2 --> n3",
        "    n3 --> n4",
        '    n3 -->|"reads #quot;all#quot; #124; 100% #amp; #lt;more>"| n5',
        "    n3 -.-> n6",
        "    n6 --> n7",
        "    %% table links: code, url, owner; key code; index owner",
    ]


def test_reading_the_flowchart_gives_the_drawing_again():
    drawing = read_drawing(TEXT)
    again = read_drawing(to_mermaid(drawing))
    assert not again.mistakes
    assert content(again) == content(drawing)


NAMES = st.sampled_from(
    ["app", "n1", "n2", "A B", "end", "db x2", "s3", "é", "a.b-c", "graph", "table", "redis"]
)
BOXES = st.tuples(
    NAMES, st.sampled_from(["", "*1", "*3", "(hit=1%)", "(replicas=1, async)", "(kind=cache, ttl=1d)"])
)
LINES = st.tuples(
    BOXES,
    st.sampled_from(["->", "~>", "<->", ","]),
    BOXES,
    st.sampled_from(["", ' : "x', " : a#b;c", " : &lt;i> | `q`", " : # no", " : <br/>"]),
).map(lambda line: f"{''.join(line[0])} {line[1]} {''.join(line[2])}{line[3]}")


@given(st.lists(LINES, max_size=8).map("\n".join))
@settings(max_examples=300, deadline=None)
def test_every_drawing_comes_back_whole(text):
    drawing = read_drawing(text)
    again = read_drawing(to_mermaid(drawing))
    assert not again.mistakes
    assert content(again) == content(drawing)

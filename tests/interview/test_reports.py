"""Reports as JSON, Markdown, HTML and lines: complete, the same each time, and deaf to what is in them."""

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from sdtutor.architecture.load.network import FIDELITY
from sdtutor.drawing.spans import plain_text, width
from sdtutor.interview.records import Evidence, Fallacy, Report, Said, Score, Settings, Spent
from sdtutor.interview.reports.html import to_html
from sdtutor.interview.reports.lines import lines
from sdtutor.interview.reports.markdown import quoted, to_markdown
from sdtutor.interview.reports.record import report_record
from sdtutor.interview.reports.view import bar, present
from sdtutor.interview.scoring.rubric import DIMENSIONS, describe

HOSTILE = "</q><script>alert(1)</script> `x` **b** | [l](javascript:0)\n# h"


def _score(dimension):
    weight = 0 if dimension == "interface" else 15
    return Score(
        dimension,
        2.5,
        describe(dimension, 2.5),
        weight,
        (
            Evidence(f"{dimension}.a", dimension, False, True, True, "a claim", HOSTILE, (3, 7)),
            Evidence(f"{dimension}.b", dimension, True, False, True, "a measurement"),
            Evidence(f"{dimension}.c", dimension, True, True, False, "a <measured> thing", "40/s", (2,)),
            Evidence(f"{dimension}.d", dimension, False, True, True, "disputed", "so", (9,), disputed=True),
        ),
        1,
        "mid",
    )


REPORT = Report(
    settings=Settings("url_shortener", 25, "senior", 3),
    title="URL shortener",
    decision="lean",
    why="It asks for 55 %; for hire: 62.5 %, not 70 %.",
    percent=62.5,
    checked_met=9,
    scores=tuple(map(_score, DIMENSIONS)),
    drawing="client -> lb -> app*3\napp -> db(replicas=1) : ````<b>hi</b>\n# ```` </pre><script>a</script>",
    weak_points=("Without `lb` every request fails.",),
    single_points=("lb",),
    capacity={
        "offered_per_s": 12000.0,
        "p99_ms": 23.45678912,
        "bottleneck": "db",
        "saturates_at_per_s": float("inf"),
        "availability": 0.99912345,
    },
    follow_ups=("`lb` is gone: every request fails. Walk me through it.",),
    study=(("caching/cache_aside", "you did not say how the cache is filled"),),
    strong_adds=("Each server leases a block of numbers.",),
    one_sentence="Each server leases a block of numbers.",
    next_mock=("typeahead", "it turns on estimates"),
    spent=(Spent("requirements", 180, 200.4), Spent("estimation", 180, 300), Spent("close", 60, 30)),
    to_confirm=("depth.a",),
    quotes=(
        Said(1, 3, "requirements", "say", "How many?"),
        Said(2, 200, "estimation", "pad", "1"),
        Said(3, 500, "close", "say", HOSTILE),
    ),
    fallacies=(Fallacy("hash", "depth", "A hash collides.", HOSTILE, (4,)),),
)


def test_json_has_the_keys_that_were_promised():
    record = report_record(REPORT)
    promised = (
        "type problem level decision dimensions weak_points single_points_of_failure capacity follow_ups"
    )
    assert set(promised.split()) | {"study"} <= set(record)
    assert record["type"] == "report"
    assert list(record["dimensions"]) == list(DIMENSIONS)
    for each in record["dimensions"].values():
        assert {item["id"].split(".")[1] for item in each["checked"]} == {"b", "c"}
        assert {item["id"].split(".")[1] for item in each["claimed"]} == {"a", "d"}
        for item in each["checked"] + each["claimed"]:
            assert {"id", "says", "met", "quote", "points"} <= set(item)
    assert record["single_points_of_failure"] == ["lb"]


def test_json_knows_neither_infinity_nor_disputed_credit():
    text = json.dumps(report_record(REPORT), allow_nan=False)
    again = json.loads(text)
    assert again["capacity"]["saturates_at_per_s"] is None
    assert again["capacity"]["p99_ms"] == 23.4568
    disputed = again["dimensions"]["depth"]["claimed"][1]
    assert (disputed["met"], disputed["disputed"]) == (False, True)


@pytest.mark.parametrize("render", [to_html, to_markdown, lambda one: json.dumps(report_record(one))])
def test_the_same_report_gives_the_same_bytes(render):
    assert render(REPORT) == render(replace(REPORT))


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs


def test_a_label_of_an_arrow_stays_text_in_html():
    html = to_html(replace(REPORT, drawing="client -> lb : <b>hi</b>"))
    assert "&lt;b&gt;hi&lt;/b&gt;" in html
    assert "<b>" not in html


def test_html_has_no_script_and_loads_nothing():
    html = to_html(REPORT)
    parser = _Tags()
    parser.feed(html)
    assert "script" not in parser.tags
    assert not {"img", "link", "iframe", "a", "object"} & set(parser.tags)
    assert not any(name.startswith("on") or name in ("src", "href", "style") for name, _ in parser.attributes)
    assert "&lt;script&gt;alert(1)" in html
    assert "url(" not in html
    assert "@import" not in html
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


def test_markdown_shows_hostile_words_and_does_nothing_with_them():
    text = to_markdown(REPORT)
    outside = re.sub(r"(?ms)^(`{3,})\w+\n.*?^\1$", "", text)
    assert "<" not in outside
    assert "\\*\\*b\\*\\*" in outside
    assert "\n# h" not in text
    assert r"\[l\]\(javascript:0\)" in outside


def test_markdown_is_read_back_as_headings_tables_and_lists():
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(REPORT))
    kinds = [token.type for token in tokens]
    assert kinds.count("table_open") == 3
    assert "html_block" not in kinds
    assert [t.info for t in tokens if t.type == "fence"] == ["text", "mermaid"]
    inline = [child.type for token in tokens if token.children for child in token.children]
    assert "html_inline" not in inline
    assert "link_open" not in inline


@pytest.mark.parametrize("render", [to_html, to_markdown, lambda one: plain_text(lines(present(one), 70))])
def test_every_document_holds_what_matters(render):
    text = re.sub(r"</?code>|`", "", " ".join(render(REPORT).split()))
    for expected in (
        "lean, 62.5 %",
        "no company",
        "Single points of failure",
        "Each server leases a block",
        "sdtutor learn caching/cache_aside",
        "sdtutor interview typeahead",
        "Answers at senior on 0 of 7, at mid or above on 7 of 7",
        "A hash collides",
        "(3, 7)",
        "3:20",
        "lb is gone",
    ):
        assert expected in text


@pytest.mark.parametrize("columns", [30, 80, 120])
def test_lines_keep_to_their_width(columns):
    assert max(map(width, lines(present(REPORT), columns))) <= columns


def test_measured_evidence_comes_before_words_and_found_before_missing():
    row = present(REPORT).dimensions[0]
    assert [each.id[-1] for each in row.evidence] == ["c", "b", "a", "d"]
    assert [each.mark for each in row.evidence] == ["✓", "·", "✓", "✗"]


def test_times_say_what_was_over_and_where_nothing_was_said():
    assert [(row.taken, row.note) for row in present(REPORT).stages] == [
        ("3:20", ""),
        ("5:00", "over"),
        ("0:30", ""),
    ]
    silent = replace(REPORT, quotes=())
    assert {row.note for row in present(silent).stages} == {"nothing was said"}


def test_a_dimension_without_time_has_no_level():
    row = present(REPORT).dimensions[2]
    assert (row.level, row.word, row.fits) == ("-", "not assessed", "-")


def test_a_report_without_a_drawing_has_no_empty_part():
    bare = replace(REPORT, drawing="", single_points=(), weak_points=(), capacity={}, follow_ups=())
    assert "The drawing" not in to_markdown(bare)


def test_bars_and_quotes():
    assert [bar(level) for level in (0, 0.5, 4)] == ["····", "▌···", "████"]
    assert quoted("a\n- b | c") == r"a - b \| c"


def test_a_report_with_figures_says_what_their_simulation_leaves_out():
    for form in (to_markdown(REPORT), to_html(REPORT)):
        assert all(assumed in unescape(form) for assumed in FIDELITY)
    bare = to_markdown(replace(REPORT, capacity={}))
    assert not any(assumed in bare for assumed in FIDELITY)

"""Each rule of the format of interviews has a planted fault, which must be reported with line and remedy."""

import subprocess
import sys
from pathlib import Path

import pytest

from sdtutor.content import problems
from sdtutor.content.lexicon import load_lexicon
from sdtutor.content.problem_records import Pattern
from sdtutor.content.problems import list_problems, load_problem, problem_slugs, read_problem
from sdtutor.content.roots import content_root, interview_path
from sdtutor.errors import ContentError

FILE = "interviews/pastebin.yaml"
LEXICON = "interviews/lexicon.yaml"

# (text that is right, text that is wrong, lines from there to the report, message, hint)
FAULTS = {
    "unknown key": ("prompt: >", "promt: x\nprompt: >", 0, 'no key "promt"', '"prompt"'),
    "missing key": ("    category: limits\n", "", -4, '"category" is missing', "Add it"),
    "summary too long": ("summary: Keep", f"summary: {'Keep ' * 24}", 0, "longer than 120", "Shorten"),
    "unfilled": ("answer: A month.", "answer: 'FILL IN: A month.'", 0, "skeleton", "your own"),
    "taken id": ("- id: privacy", "- id: volume", 0, '"volume" is already taken in asks', "another"),
    "id taken in another list": ("- {id: remove,", "- {id: volume,", 0, "already taken in asks", "another"),
    "taken flow": ("{name: keep,", "{name: view,", 0, "already taken in flows", "another"),
    "bad id": ("- id: privacy", "- id: Private texts", 0, "lower-case", "stale_read"),
    "four asks": (
        "  - id: privacy\n    about: [[private | secret | guess]]\n"
        "    answer: Whoever has the link may read it.\n    hidden: false\n    category: features\n",
        "",
        None,
        '"asks" needs at least 5 entries; it has 4',
        "Add",
    ),
    "one hidden": (
        "every text.\n    hidden: true\n",
        "every text.\n    hidden: false\n",
        None,
        "Only 1 ask is hidden",
        "two or more",
    ),
    "one core number": (
        "    says: [[$cache, view | read]]\n  - id: storage",
        "    says: [[$cache, view | read]]\n    core: false\n  - id: storage",
        None,
        "Only 1 number is core",
        "mark them",
    ),
    "one core point for a dimension": (
        "    title: the price of a lagging copy\n",
        "    title: the price of a lagging copy\n    level: senior\n",
        None,
        'only 1 core point of level mid for "tradeoffs"',
        "core: true, level: mid",
    ),
    "high below low": ("high: 3.5", "high: 2.4", 0, "high is less than low, 2.5", "Exchange"),
    "wide range": ("high: 1300", "high: 13000", 0, "high is 13 times low", "at most 10"),
    "low of nothing": ("low: 100\n", "low: 0\n", 0, '"low" must be more than 0', "Correct"),
    "load far from the numbers": ("per_second: 3600", "per_second: 36000", 0, "12000 a second", "Correct"),
    "shares": ("share: 0.9}", "share: 0.5}", None, "add up to 0.6", "Make it 1"),
    "no such kind": (
        "stops: [[client], [service], [database]], share: 0.9}",
        "stops: [[client], [app], [database]], share: 0.9}",
        0,
        'not "app"',
        "Use one",
    ),
    "one stop": (
        "stops: [[client], [service], [database]], share: 0.9}",
        "stops: [[client]], share: 0.9}",
        0,
        '"stops" needs at least 2',
        "Add",
    ),
    "no such dimension": ("dimension: interface", "dimension: api", 0, 'not "api"', "Use one"),
    "no such stage": (
        "stage: design\n    dimension: tradeoffs",
        "stage: draw\n    dimension: tradeoffs",
        0,
        'not "draw"',
        "Use one",
    ),
    "no such point in a follow-up": (
        "points: [copies]",
        "points: [copis]",
        0,
        'no point "copis"',
        '"copies"',
    ),
    "no such point said": (
        "said: [cache_views]",
        "said: [cache_view]",
        0,
        'no point "cache_view"',
        '"cache_views"',
    ),
    "no such point unsaid": ("unsaid: [random_links]", "unsaid: [x]", 0, 'no point "x"', "The points are"),
    "no such point in a change": (
        "points: [one_machine]",
        "points: [volume]",
        0,
        'no point "volume"',
        "points are",
    ),
    "no such point in a failure": ("points: [failover]", "points: [fail]", 0, 'no point "fail"', "failover"),
    "box of no kind": (
        "about: cache, points: [cache_views]",
        "points: [cache_views]",
        0,
        "stands for nothing",
        "about",
    ),
    "box in a change": (
        "says: Ten times as many texts from Monday. What breaks first?",
        "says: 'A fuller `{box}`'",
        0,
        "stands for nothing here",
        "no box",
    ),
    "failure without a box": ('"`{box}` is gone.', '"It is gone.', 0, "names no {box}", "Write it"),
    "failure of no kind": ("about: database, says", "says", 0, '"about" is missing', "Add"),
    "unknown word": (
        "says: [[$cache, view | read]]",
        "says: [[$cahce, view | read]]",
        0,
        'no word "cahce"',
        '"cache"',
    ),
    "pattern without brackets": (
        "says: [[one | single, primary | database]]",
        "says: [one primary]",
        0,
        "must be a list of groups",
        "a comma between groups",
    ),
    "empty pattern": (
        "says: [[one | single, primary | database]]",
        "says: [[]]",
        0,
        "list of groups",
        "comma",
    ),
    "empty phrase": (
        "[[one | single, primary | database]]",
        "[[one || single, primary]]",
        0,
        '"" is not a phrase',
        "|",
    ),
    "group in a group": (
        "[[one | single, primary | database]]",
        "[[[one], primary]]",
        0,
        "must be a text",
        "|",
    ),
    "a sentence for a phrase": (
        "[[one | single, primary | database]]",
        f"[[{'one primary ' * 6}]]",
        0,
        "longer than 60",
        "two or three words",
    ),
    "no such key of a pattern": ("never: [cannot", "nevr: [cannot", 0, 'no key "nevr"', '"never"'),
    "never is a text": (
        "never: [cannot be the same]",
        "never: cannot",
        0,
        "must be a list of phrases",
        "brackets",
    ),
    "bad study": (
        "study: caching/read_through",
        "study: read_through",
        0,
        "must be topic/concept",
        "caching/",
    ),
    "no such lesson": (
        "study: consistency/stale_reads",
        "study: consistency/stale_read",
        None,
        'no lesson "consistency/stale_read"',
        "consistency/stale_reads",
    ),
    "no such lesson of the problem": (
        "study: [caching/read_through, ",
        "study: [caching/read_thru, ",
        0,
        'no lesson "caching/read_thru"',
        "caching/read_through",
    ),
    "alias": ("category: limits", "category: &a limits", 0, "anchors and aliases", "Write"),
    "escape": ("answer: A month.", 'answer: "A\\e[1m month."', 0, "terminal escape", "Remove"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_of_a_problem_is_reported_where_it_stands(workshop, name):
    right, wrong, below, message, hint = FAULTS[name]
    line = workshop.replace(FILE, right, wrong)
    found = [each for each in workshop.problems() if message in each[2]]
    assert len(found) == 1, workshop.problems()
    assert found[0][0] == FILE
    assert below is None or found[0][1] == line + below
    assert hint in found[0][3]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("words:", "wrods:", 'no key "wrods"'),
        ("  fail: [", "  Fail: [", '"Fail" cannot be a name'),
        ("[cache, redis | memcached]", "[]", '"cache" has no phrase'),
        ("[cache, redis | memcached]", "cache", "must be a list"),
        ("[cache, redis | memcached]", "[$fail]", 'no word "fail"'),
        ("[cache, redis | memcached]", "[{a: b}]", "must be a text"),
    ],
)
def test_a_fault_of_the_lexicon_is_reported_once_and_not_again_for_every_problem(
    workshop, right, wrong, message
):
    workshop.replace(LEXICON, right, wrong)
    assert {each[0] for each in workshop.problems()} == {LEXICON}
    assert any(message in each[2] for each in workshop.problems())


def test_problems_without_a_lexicon_are_told(workshop):
    (workshop.root / LEXICON).unlink()
    path, _, message, _ = workshop.the_problem()
    assert (path, "cannot be read" in message) == (LEXICON, True)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("interviews/notes.txt", "no place here"),
        ("interviews/deep/er.yaml", "no place here"),
        ("interviews/Bad-Name.yaml", "not a slug"),
    ],
)
def test_a_file_at_a_wrong_address_among_interviews_is_reported(workshop, name, message):
    workshop.write(name, "x")
    assert message in workshop.the_problem()[2]


@pytest.mark.parametrize("value", ["asks: 7", "[]", "7", "", "points: [7, x]", "asks: [[[[a]]]]", "a: b: c"])
def test_a_problem_of_any_shape_is_reported_and_no_traceback(workshop, value):
    workshop.write(FILE, f"{value}\n")
    assert {problem[0] for problem in workshop.problems()} == {FILE}
    assert list_problems(workshop.root)[0].title == "pastebin"


def test_a_problem_is_loaded_with_the_words_of_the_lexicon_in_the_place_of_their_names(workshop):
    problem = load_problem(workshop.root, "pastebin")
    assert (problem.slug, problem.title) == ("pastebin", "Pastebin")
    assert problem.points[0].says == (
        Pattern((("cache", "redis", "memcached"), ("view", "read", "text")), ()),
    )
    assert problem.points[1].says[0].never == ("cannot be the same",)
    assert (problem.points[0].core, problem.points[0].level, problem.points[1].study) == (True, "mid", "")
    assert [flow.per_second for flow in problem.flows] == [3240, 360]
    assert problem.failures[0].about == "cache"
    assert problem.changes[0].about is None
    assert problem.levels["staff"] == ("Says who removes what must not be there.",)
    assert problem.designs[0].drawing.split("\n")[0] == "client -> lb*2 -> app*8"


def test_everything_with_an_id_has_its_line(workshop):
    problem = load_problem(workshop.root, "pastebin")
    rows = problem.path.read_text(encoding="utf-8").split("\n")
    for point in problem.points:
        assert rows[problem.lines[point.id] - 1] == f"  - id: {point.id}"
    assert "name: keep" in rows[problem.lines["flow.keep"] - 1]
    assert rows[problem.lines["design.1"] - 1] == "  - title: The same in shards"
    assert rows[problem.lines["study.0"] - 1].startswith("study:")


def test_a_number_may_stand_for_a_phrase(workshop):
    workshop.replace(FILE, "[[one | single, primary | database]]", "[[301, 302 | 99.9]]")
    says = load_problem(workshop.root, "pastebin").numbers[0].says
    assert says == (Pattern((("301",), ("302", "99.9"))),)


def test_a_broken_problem_is_not_loaded(workshop):
    line = workshop.replace(FILE, "title: Pastebin", "title: 7")
    with pytest.raises(ContentError, match="must be a text") as caught:
        load_problem(workshop.root, "pastebin")
    assert caught.value.line == line
    with pytest.raises(ContentError, match="cannot be read"):
        load_problem(workshop.root, "nothing")


def test_problems_are_listed_without_the_lexicon_and_without_validation(workshop):
    workshop.replace(FILE, "asks:\n", "asks: [\n")
    (entry,) = list_problems(workshop.root)
    assert (entry.slug, entry.title) == ("pastebin", "Pastebin")
    assert entry.summary == "Keep a text for a while, and show it to whoever has the link."
    assert list_problems(workshop.root / "lessons") == ()


def test_every_problem_of_the_package_keeps_the_format():
    root = Path(__file__).parents[2]
    lexicon = load_lexicon(root)
    found = [
        problem
        for slug in problem_slugs(root)
        for problem in read_problem(interview_path(root, slug), lexicon)[1]
    ]
    assert [str(problem) for problem in found] == []


LISTING = """
import sys
from pathlib import Path
from sdtutor.content.problems import list_problems

list_problems(Path(sys.argv[1]))
assert "pydantic" not in sys.modules
"""


def test_listing_problems_imports_no_schema_library(workshop):
    subprocess.run([sys.executable, "-c", LISTING, str(workshop.root)], check=True)


def test_one_entry_is_found_without_opening_another_file(monkeypatch):
    root = content_root()
    slug = problem_slugs(root)[0]
    listed = next(each for each in list_problems(root) if each.slug == slug)
    opened = []
    real = problems.read_text
    monkeypatch.setattr(problems, "read_text", lambda path: opened.append(path) or real(path))
    assert problems.find_entry(root, slug) == listed
    assert opened == [listed.path]
    assert problems.find_entry(root, "no_such_problem") is None
    assert problems.find_entry(root, "lexicon") is None

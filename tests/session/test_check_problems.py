"""Each check of an interview problem against the parts that judge a candidate has a planted fault."""

import shutil
from pathlib import Path

import pytest

from sdtutor.session.check_problems import check_problems

SAMPLES = Path(__file__).parents[1] / "samples" / "good"
FILE = "interviews/pastebin.yaml"


@pytest.fixture
def root(tmp_path):
    shutil.copytree(SAMPLES, tmp_path / "content")
    return tmp_path / "content"


def plant(root, old, new, file=FILE):
    """Replace a text that must be there; return its line."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def found(root):
    return [(each.line, each.message, each.hint) for each in check_problems(root)]


# (text that is right, text that is wrong, lines from there to the report, message, hint)
FAULTS = {
    "a model that its pattern misses": (
        "model: A cache beside the database answers most views, since a text never changes.",
        "model: Redis answers most clicks.",
        -5,
        '"model" of "cache_views" is not recognised by its own "says"',
        "nothing of [view | read | text]",
    ),
    "a model that denies what it should say": (
        "model: A job deletes what has expired",
        "model: We do not expire or delete anything",
        -6,
        '"model" of "sweep" is not recognised',
        "denied",
    ),
    "a decision that its pattern misses": (
        "decides: A hundred writes a second fit one primary.",
        "decides: It fits.",
        -6,
        '"decides" of "writes" is not recognised',
        "nothing of [one | single] and [primary | database]",
    ),
    "an operation that its words miss": (
        "title: remove a text",
        "title: take back a text",
        0,
        '"title" of "remove" is not recognised by its own "words"',
        "nothing of [remove | delete]",
    ),
    "a misconception that meets a right sentence": (
        "says: [[$cache, only place | instead of a database]]",
        "says: [[$cache, answer]]",
        None,
        'misconception "cache_keeps" also finds itself',
        "narrower",
    ),
    "a prompt that makes a point": (
        "says: [[key | token, retry | repeat | twice]]",
        "says: [[key | token, retry | repeat | twice], [service, link]]",
        None,
        'Who repeats the prompt makes the point "retry"',
        "mechanism",
    ),
    "a drawing that cannot be read": (
        "client -> lb*2 -> app*8",
        "client -> lb(zoness=2) -> app*8",
        -2,
        'Line 1 of the drawing "A table and a cache"',
        "zones",
    ),
    "a flow without a way": (
        "      app -> db(primary, replicas=2, async)\n",
        "",
        None,
        'flow "view" has no way',
        "Draw it",
    ),
    "a single point of failure": (
        "client -> lb*2 -> app*8\n      app -> cache*2\n      app -> db",
        "client -> lb -> app*8\n      app -> cache*2\n      app -> db",
        -2,
        "`lb` is a single point of failure",
        "copy",
    ),
    "a weakness that the trade-off does not own up to": (
        "It is small; db loses the last second of texts when it dies.",
        "It is small.",
        None,
        "The rule async_durable finds: `db`",
        "name the box in the trade_off",
    ),
    "a design that breaks under the load": (
        "cache*2\n      app -> texts(kind=database, shards=4",
        "cache(instances=2, hit=0)\n      app -> texts(kind=database, rps=10, shards=1",
        None,
        "of 3,600 requests a second; `texts` saturates first",
        "instances",
    ),
    "a unit that the pad cannot read": ("unit: TB", "unit: TB per", -2, 'unit "TB per"', "Gbit/s"),
    "a line that the pad cannot calculate": (
        '"peak views: 1200/s * 3"',
        '"peak views: 1200/s + 3 GB"',
        None,
        'The pad cannot calculate "peak views: 1200/s + 3 GB"',
        "",
    ),
    "a line that is no figure and has no label": (
        '"peak views: 1200/s * 3"',
        '"40 GB * 3"',
        None,
        '"40 GB * 3" is 120 GB, which is no figure of the problem',
        "label",
    ),
    "a core number that a design does not find": (
        '"new texts: 10M / day"',
        '"new texts: 20M / day"',
        None,
        'core number "writes"',
        "new texts a second that comes to 100 to 130 1/s",
    ),
}


def test_the_good_sample_keeps_its_promises(root):
    assert found(root) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_of_a_problem_is_told_where_it_stands(root, name):
    right, wrong, below, message, hint = FAULTS[name]
    line = plant(root, right, wrong)
    told = [each for each in found(root) if message in each[1]]
    assert len(told) == 1, found(root)
    assert below is None or told[0][0] == line + below
    assert hint in told[0][2]


def test_a_problem_that_breaks_its_format_is_left_to_the_other_check(root):
    plant(root, "title: Pastebin", "title: 7")
    assert found(root) == []
    shutil.copy(SAMPLES / FILE, root / FILE)
    plant(root, "words:", "wrods:", "interviews/lexicon.yaml")
    assert found(root) == []


def test_it_is_told_which_problem_is_looked_at(root):
    told = []
    list(check_problems(root, told.append))
    assert told == ["interview pastebin"]

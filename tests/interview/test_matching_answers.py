"""The twelve kinds of answers to one problem, and what each of them earns.

Textbook, five paraphrases, right with negations in it, all denied, a list of keywords, keywords in prose, off
topic, fluent but wrong; and terse bullets, which must not be taken for a list.
"""

from pathlib import Path

import pytest
import yaml

from sdtutor.content.lexicon import load_lexicon
from sdtutor.content.problems import load_problem
from sdtutor.interview.matching.claims import claimed
from sdtutor.interview.matching.finding import find_any
from sdtutor.interview.matching.stuffing import TERMS, is_stuffed
from sdtutor.interview.matching.text import Text
from sdtutor.interview.records import Said

ROOT = Path(__file__).parents[2]
PROBLEM = load_problem(ROOT, "url_shortener")
LEXICON = load_lexicon(ROOT)
CORE = frozenset(point.id for point in PROBLEM.points if point.core)
ANSWERS = yaml.safe_load(Path(__file__).with_name("matching_answers.yaml").read_text(encoding="utf-8"))
PARAPHRASES = [f"paraphrase_{number}" for number in range(1, 6)]
LIST = ANSWERS["list"][0]


def text_of(lines):
    return Text.of([Said(number, 0.0, "design", "say", line) for number, line in enumerate(lines, start=1)])


def earned(lines):
    text = text_of(lines)
    found = claimed({point.id: point.says for point in PROBLEM.points}, text, is_stuffed(text, LEXICON))
    return frozenset(found)


def test_a_textbook_answer_earns_every_core_point():
    assert earned(ANSWERS["textbook"]) >= CORE


@pytest.mark.parametrize("answer", PARAPHRASES)
def test_other_words_earn_at_least_seven_tenths(answer):
    assert len(earned(ANSWERS[answer]) & CORE) >= 0.7 * len(CORE)


def test_negations_of_other_things_cost_at_most_one_point_in_four():
    assert len(earned(ANSWERS["negations"]) & CORE) >= 0.75 * len(CORE)


@pytest.mark.parametrize("answer", ["denied", "list", "stuffed", "off_topic"])
def test_what_says_nothing_earns_nothing(answer):
    assert earned(ANSWERS[answer]) == frozenset()


@pytest.mark.parametrize("lines", [[LIST], ANSWERS["stuffed"], LIST.split(", "), [LIST.replace(", ", " ")]])
def test_a_list_is_flagged_as_a_whole(lines):
    stuffing = is_stuffed(text_of(lines), LEXICON)
    assert stuffing.whole
    assert "only list terms" in stuffing.why


HONEST = ["textbook", "negations", "bullets", "off_topic", "wrong", *PARAPHRASES]


@pytest.mark.parametrize("answer", HONEST)
def test_an_honest_answer_is_not_flagged(answer):
    stuffing = is_stuffed(text_of(ANSWERS[answer]), LEXICON)
    assert (stuffing.sentences, stuffing.whole, stuffing.why) == (frozenset(), False, "")


DENSE = [
    "Reads go to the cache, misses read a replica, writes wait for the database, clicks are sent to a queue",
    "cache 12k/s, database 1.2k/s, queue 4k/s, two replicas, four shards of 3 TB",
    "The load balancer drops a dead app, the cache falls back to the database, the queue keeps the rest",
    "client -> cdn -> load balancer -> app -> cache -> database -> queue",
    "Should there be a cache, a queue, a CDN, a load balancer or sharding?",
]


@pytest.mark.parametrize("sentence", DENSE)
def test_a_sentence_that_says_what_happens_is_no_list(sentence):
    assert is_stuffed(text_of([sentence]), LEXICON).sentences == frozenset()


def test_a_fluent_wrong_answer_shows_its_misconceptions():
    wrong = {each.id for each in PROBLEM.misconceptions if find_any(each.says, text_of(ANSWERS["wrong"]))}
    assert "hash_unique" in wrong
    assert len(earned(ANSWERS["wrong"]) & CORE) <= 1


def test_terse_bullets_earn_what_they_say():
    assert earned(ANSWERS["bullets"]) >= {"counter_blocks", "cache_reads", "async_counts"}


def test_keywords_do_not_spoil_the_honest_half_of_an_answer():
    assert earned([*ANSWERS["textbook"], LIST]) >= CORE
    assert earned([*ANSWERS["textbook"], *ANSWERS["stuffed"]]) == frozenset()


def test_repeating_a_sentence_earns_no_more():
    once = ANSWERS["textbook"][:1]
    assert earned(once * 50) == earned(once) != frozenset()


def test_every_term_stands_in_the_lexicon():
    assert [term for term in TERMS if term not in LEXICON.words] == []

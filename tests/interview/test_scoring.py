"""Scoring whole interviews: stored ones, small ones made here, and what must never earn credit."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from sdtutor.content.lexicon import load_lexicon
from sdtutor.content.problems import load_problem, problem_slugs
from sdtutor.interview.examining import examined
from sdtutor.interview.interviewer import fold
from sdtutor.interview.records import Entry, Settings, Stored
from sdtutor.interview.reports.record import report_record
from sdtutor.interview.scoring.decision import ORDER
from sdtutor.interview.scoring.report import score
from sdtutor.interview.transcript import load

ROOT = Path(__file__).parents[2]
STORED = Path(__file__).parent / "transcripts"
PARAPHRASES = ("paraphrase_1", "paraphrase_2", "paraphrase_3")


@cache
def lexicon():
    return load_lexicon(ROOT)


@cache
def problem():
    return load_problem(ROOT, "url_shortener")


def stored(name):
    return load(STORED / "url_shortener" / f"{name}.yaml")


def report_of(interview):
    talk = fold(problem(), interview.settings, interview.entries)
    return score(talk, examined(talk), lexicon(), problem_slugs(ROOT))


@cache
def report(name):
    return report_of(stored(name))


def interview(*entries, **settings):
    """An interview from texts: `/x` is a command, `=x` a pad, `>x` a drawing, anything else is said."""
    does = {"/": "command", "=": "pad", ">": "draw"}
    return Stored(
        Settings("url_shortener", **settings),
        tuple(
            Entry(20.0 * at, does.get(each[0], "say"), each[1:] if each[0] in does else each)
            for at, each in enumerate(entries, 1)
        ),
    )


def met(found, item):
    return next(e.met for s in found.scores for e in s.evidence if e.id == item)


def evidence(found, item):
    return next(e for s in found.scores for e in s.evidence if e.id == item)


@pytest.mark.parametrize(
    ("name", "decisions"),
    [
        ("strong", {"strong_hire", "hire"}),
        *((each, {"strong_hire", "hire"}) for each in PARAPHRASES),
        ("weak", {"no"}),
        ("stuffed", {"not_enough", "no"}),
    ],
)
def test_stored_interviews_come_out_as_they_should(name, decisions):
    assert report(name).decision in decisions


@pytest.mark.parametrize("name", PARAPHRASES)
def test_other_words_score_within_half_a_level_in_every_dimension(name):
    pairs = zip(report("strong").scores, report(name).scores, strict=True)
    assert {a.dimension: (a.level, b.level) for a, b in pairs if abs(a.level - b.level) > 0.5} == {}


def test_an_empty_interview_earns_nothing():
    found = report_of(interview())
    assert found.decision == "not_enough"
    assert found.percent == 0
    assert not any(each.met for one in found.scores for each in one.evidence)


def test_stages_that_are_only_clicked_through_earn_nothing():
    found = report_of(interview(*["/next"] * 7))
    assert found.percent == 0


def test_boxes_earn_nothing_by_their_number():
    few = report_of(interview("> client -> app -> db"))
    many = report_of(interview("> client -> app -> db\na1, a2, a3, a4, a5 -> b1, b2, b3 -> c1, c2, c3, c4"))
    assert many.percent <= few.percent


def test_a_drawing_that_leads_nowhere_has_no_credit_for_what_it_lacks():
    found = report_of(interview("> cdn -> cache"))
    for item in ("no_waste", "no_single_point", "outage.survived", "load.met", "flow.redirect"):
        assert not met(found, item)


def test_denied_words_earn_nothing():
    said = (
        "We do not need a cache for the redirects.",
        "I would not use a counter with blocks leased per server.",
        "No queue for clicks.",
        "There is no alert on the error rate.",
    )
    found = report_of(interview(*said))
    assert [e.id for s in found.scores for e in s.evidence if e.met and not e.checked] == []


def test_a_question_is_answered_and_counts_once_asked():
    found = report_of(interview("How many links are created each month?"))
    item = evidence(found, "ask.volume")
    assert item.met
    assert item.points == (1,)
    assert item.quote == "How many links are created each month?"
    assert not met(found, "ask.lifetime")


def test_a_claim_carries_the_sentence_and_the_number_of_the_point():
    said = "Sure. Each app server leases a block of 1000 ids from a counter, so no coordination is needed."
    found = report_of(interview("Hello.", said))
    item = evidence(found, "point.counter_blocks")
    assert (item.met, item.checked, item.points) == (True, False, (2,))
    assert "leases a block" in item.quote


def test_a_disputed_claim_counts_as_unmet_and_stays_in_the_list():
    said = "Each app server leases a block of 1000 ids from a counter."
    entries = interview("/next", "/next", "/next", "/next", said)
    before = report_of(entries)
    disputed = Entry(500, "dispute", "point.counter_blocks")
    after = report_of(replace(entries, entries=(*entries.entries, disputed)))
    assert evidence(after, "point.counter_blocks").disputed
    assert {s.dimension: s.level for s in after.scores}["depth"] < {
        s.dimension: s.level for s in before.scores
    }["depth"]


def test_only_claims_can_be_disputed():
    entries = interview("How many links are created each month?")
    after = report_of(replace(entries, entries=(*entries.entries, Entry(500, "dispute", "ask.volume"))))
    assert not evidence(after, "ask.volume").disputed
    assert met(after, "ask.volume")


def test_a_misconception_costs_a_point_and_is_explained():
    right = (
        "The app server leases a block of 1000 ids from a counter.",
        "A click is put on a queue and a worker aggregates the counts.",
    )
    clean = report_of(interview(*right))
    wrong = report_of(interview(*right, "Also the md5 hash is always unique."))
    depth = [next(s for s in found.scores if s.dimension == "depth").level for found in (clean, wrong)]
    assert depth[1] < depth[0]
    assert clean.fallacies == ()
    assert [(each.id, each.points) for each in wrong.fallacies] == [("hash_unique", (3,))]
    assert "md5" in wrong.fallacies[0].quote


def test_a_list_of_keywords_is_seen_and_earns_no_claim():
    found = report("stuffed")
    assert found.stuffed
    assert [e.id for s in found.scores for e in s.evidence if e.met and not e.checked] == []


def test_one_endpoint_serves_one_operation():
    found = report_of(interview("GET /links/{code}/stats -> counts"))
    assert [met(found, f"operation.{each}") for each in ("create", "redirect", "stats")].count(True) == 1
    all_three = "POST /links {url} -> 201 {code}\nGET /{code} -> 302\nGET /links/{code}/stats -> counts"
    found = report_of(interview(all_three))
    assert all(met(found, f"operation.{each}") for each in ("create", "redirect", "stats"))


@pytest.mark.parametrize(
    "table",
    [
        "> client -> app -> db\ntable links: code key, url",
        "table links: code key, url",
        "links(code pk, url)",
    ],
)
def test_a_key_that_finds_the_row_counts_in_the_drawing_and_in_the_chat(table):
    assert met(report_of(interview(table)), "query.by_code")
    assert not met(report_of(interview(table.replace("code", "owner"))), "query.by_code")


def test_estimates_in_the_right_order_count_and_others_do_not():
    found = report_of(interview("=creates: 100M links / month", "=redirects: 40/s * 100"))
    assert met(found, "number.creates")
    assert met(found, "number.redirects")
    assert not met(found, "number.storage")
    assert not met(report_of(interview("=creates: 100M links / day")), "number.creates")


def test_a_figure_in_a_sentence_counts_as_one_on_the_pad():
    found = report_of(interview("That is about 40 new links per second, and 3 TB of storage in five years."))
    assert met(found, "number.creates")
    assert met(found, "number.storage")


def test_an_estimate_counts_as_used_when_it_comes_back():
    assert not met(report_of(interview("=redirects: 40/s * 100")), "estimate.used")
    back = report_of(interview("=redirects: 40/s * 100", "4k reads/s are what the cache is for."))
    assert met(back, "estimate.used")
    other = report_of(interview("=redirects: 40/s * 100", "9k reads/s are what the cache is for."))
    assert not met(other, "estimate.used")


def test_hints_cost_the_dimension_that_they_help():
    found = report_of(interview("/next", "/next", "/next", "/next", "/hint", "/hint"))
    assert sum(each.hints for each in found.scores) == 2


def test_ten_minutes_leave_three_dimensions_out():
    found = report_of(interview("> client -> app -> db", minutes=10))
    without = {each.dimension for each in found.scores if each.weight == 0}
    assert without == {"interface", "depth", "tradeoffs"}
    assert sum(each.weight for each in found.scores) == 100
    assert not {"depth", "interface"} & {
        e.dimension for s in found.scores for e in s.evidence if e.id in found.to_confirm
    }


def test_what_is_asked_of_seniors_is_a_bonus_at_mid():
    mid, senior = (report_of(interview(level=level)) for level in ("mid", "senior"))
    assert (evidence(mid, "point.viral").core, evidence(senior, "point.viral").core) == (False, True)
    assert len(mid.scores) == len(senior.scores)


def test_the_items_do_not_depend_on_the_answer():
    empty = report_of(interview(level="senior"))
    full = report("strong")
    assert [e.id for s in empty.scores for e in s.evidence] == [e.id for s in full.scores for e in s.evidence]


def test_the_weakest_box_is_asked_about_even_without_a_deep_dive():
    found = report_of(interview("> client -> lb -> app*3 -> db"))
    talk = fold(problem(), Settings("url_shortener"), interview("> client -> lb -> app*3 -> db").entries)
    assert any(f"`{examined(talk).weakest}`" in each for each in found.follow_ups)


def test_at_most_eight_claims_are_confirmed_and_all_of_them_are_met():
    found = report("strong")
    items = {e.id: e for s in found.scores for e in s.evidence}
    assert 0 < len(found.to_confirm) <= 8
    assert all(items[each].met and not items[each].checked for each in found.to_confirm)


def test_the_first_claim_to_confirm_moves_the_result_most():
    entries = stored("paraphrase_2")
    whole = report("paraphrase_2")

    def lost(item):
        disputed = Entry(entries.entries[-1].at_s, "dispute", item)
        return whole.percent - report_of(replace(entries, entries=(*entries.entries, disputed))).percent

    assert lost(whole.to_confirm[0]) >= lost(whole.to_confirm[-1])


def test_the_sentence_that_would_have_changed_this_does():
    weak = stored("weak")
    said = report("weak").one_sentence
    assert said
    entries = (*weak.entries[:-1], Entry(weak.entries[-2].at_s, "say", said), weak.entries[-1])
    better = report_of(replace(weak, entries=entries))
    assert ORDER.index(better.decision) >= ORDER.index(report("weak").decision)
    assert better.percent > report("weak").percent


def test_study_names_three_lessons_that_exist():
    for name in ("strong", "weak", "stuffed"):
        targets = [target for target, _ in report(name).study]
        assert len(set(targets)) == len(targets) == 3
        assert all((ROOT / "lessons" / f"{each}.md").is_file() for each in targets)


def test_the_next_mock_is_another_problem():
    assert report("weak").next_mock[0] in set(problem_slugs(ROOT)) - {"url_shortener"}
    talk = fold(problem(), Settings("url_shortener"), ())
    assert score(talk, examined(talk), lexicon(), ()).next_mock[0] == "url_shortener"


def test_the_same_interview_gives_the_same_report():
    assert report_record(report_of(stored("strong"))) == report_record(report("strong"))


def test_levels_that_fit_are_named_for_every_assessed_dimension():
    assert {each.fits for each in report("strong").scores} <= {"mid", "senior"}
    assert "senior" in {each.fits for each in report("strong").scores}
    assert "below" in {each.fits for each in report("weak").scores}


def test_every_operation_wants_an_endpoint_of_its_own():
    said = "POST /links {url} -> 201 {code}\nGET /{code} -> 302"
    found = report_of(interview(said))
    assert [met(found, f"operation.{each}") for each in ("create", "redirect", "stats")] == [
        True,
        True,
        False,
    ]


def test_a_figure_is_not_used_by_being_said_once():
    assert not met(report_of(interview("We get 40 new links per second.")), "estimate.used")
    assert not met(report_of(interview("9k reads/s at first.", "=redirects: 90/s * 100")), "estimate.used")


def test_a_figure_in_a_sentence_says_what_it_is():
    assert not met(report_of(interview("Backups take 3 TB somewhere else entirely.")), "number.codes")
    assert not met(report_of(interview("About 40 things happen per second.")), "number.creates")


def test_a_limit_on_latency_is_no_switch():
    assert not met(report_of(interview("I'd go for redirects in under 100ms.")), "switch")
    assert met(report_of(interview("Beyond 5k writes/s I would shard.")), "switch")


def test_a_column_of_a_table_claims_nothing():
    said = "table links: code key, url, expires_at; index expires_at"
    assert not met(report_of(interview(said)), "point.expiry")


def test_a_call_claims_nothing_but_an_interface():
    calls = [
        "/next",
        "rpc check(key, cost=1) -> allowed",
        "GET /expired {410} -> job deletes expired in batches",
    ]
    assert not met(report_of(interview(*calls)), "cost")
    assert not met(report_of(interview(*calls)), "point.expiry")
    said = "An expired link answers 410 and a job deletes expired links in batches."
    assert met(report_of(interview("/next", said)), "point.expiry")


def test_operations_are_scope_only_while_the_scope_is_set():
    said = "Users create a short link, a click is redirected, and they read the click counts."
    assert met(report_of(interview(said)), "scope.functional")
    assert not met(report_of(interview("/next", "/next", "/next", said)), "scope.functional")


DRAWN = "> client -> lb*2 -> app*20\napp -> cache*2\napp -> db(primary, replicas=2, async)"


@pytest.mark.parametrize(
    ("said", "item", "right"),
    [
        ("The app saturates first.", "prediction.first", True),
        ("The lb saturates first.", "prediction.first", False),
        ("The app saturates long after the db is full first.", "prediction.first", False),
        ("When the primary dies, creates fail for 30 s.", "prediction.failure", True),
        ("When the primary dies, creates fail for 10 minutes.", "prediction.failure", False),
        ("If the cache is lost, 12k reads/s hit the db.", "prediction.uncached", True),
        ("If the cache is lost, 200 reads/s hit the db.", "prediction.uncached", False),
    ],
)
def test_predictions_count_when_the_simulation_bears_them_out(said, item, right):
    found = report_of(interview("=peak redirects: 4000/s * 3", DRAWN, said))
    assert found.capacity["bottleneck"] == "app"
    assert met(found, item) == right


@pytest.mark.parametrize(
    ("drawing", "item", "right"),
    [
        (DRAWN, "load.met", True),
        (DRAWN.replace("app*20", "app*2"), "load.met", False),
        (DRAWN, "outage.survived", True),
        (DRAWN.replace("(primary, replicas=2, async)", ""), "outage.survived", False),
        (DRAWN, "no_waste", True),
        (DRAWN + "\nmetrics2(kind=cache)", "no_waste", False),
    ],
)
def test_the_drawing_is_measured_under_load_and_loss(drawing, item, right):
    found = report_of(interview("=peak redirects: 4000/s * 3", drawing))
    assert met(found, item) == right


def test_without_a_clock_no_stage_is_over_its_time():
    entries = [x for stage in range(7) for x in (f"Point {stage} that I make here.", "/next")]
    slow = interview(*entries)
    slow = replace(slow, entries=tuple(replace(each, at_s=6 * each.at_s) for each in slow.entries))
    assert not met(report_of(slow), "time")
    assert met(report_of(replace(slow, settings=replace(slow.settings, clock=None))), "time")
    assert met(report_of(interview(*entries)), "time")


def test_a_number_decides_where_it_stands():
    said = "One primary takes all that, no sharding."
    assert met(report_of(interview("/next", said)), "decides.creates")
    assert not met(report_of(interview("/next", "/next", said)), "decides.creates")
    assert met(
        report_of(interview("/next", "/next", "40 writes/s: one primary is enough.")), "decides.creates"
    )


def test_a_list_of_words_that_the_lexicon_does_not_know_earns_nothing_either():
    found = report_of(
        interview(
            "Counter blocks, snowflake ranges, id segments, pre-generated batches, key tickets.",
            "I would look at all of this in more depth once we have agreed on what the service has to do.",
        )
    )
    assert not met(found, "point.counter_blocks")


def test_features_may_be_listed_where_the_scope_is_set():
    listed = "Link creation, link opening, link analytics, custom aliases, api keys, link previews."
    rest = "I begin with the two that everybody needs, which are making a short link and following it later."
    found = report_of(interview(listed, rest, rest.replace("begin", "would go on then")))
    assert found.stuffed
    assert met(found, "scope.functional")


def test_keywords_beside_a_good_drawing_and_good_numbers_are_no_hire():
    design = problem().designs[0]
    keywords = [each for each in stored("stuffed").entries if each.does == "say"]
    drawn = Entry(800, "draw", design.drawing)
    pads = [Entry(800, "pad", each) for each in design.numbers]
    found = report_of(Stored(Settings("url_shortener"), (*keywords, drawn, *pads)))
    assert found.decision in ("no", "lean")
    assert {s.dimension: s.level for s in found.scores}["depth"] == 0


def test_a_scope_may_name_the_deeds_alone():
    scope = "Scope: shorten, follow, stats."
    assert met(report_of(interview(scope)), "scope.functional")
    assert not met(report_of(interview("Shorten, follow, stats.")), "scope.functional")
    assert not met(report_of(interview("/next", "/next", "/next", scope)), "scope.functional")


def test_a_gap_that_is_owned_up_to_is_not_what_was_said():
    told = "One viral link is a hot key, so every app keeps it in local memory for some seconds."
    assert met(report_of(interview(told)), "point.viral")
    for gap in ("I didn't cover", "With more time I would do", "Still missing:"):
        owned = f"{gap} the viral link that is a hot key, kept in local memory of every app."
        assert not met(report_of(interview(owned)), "point.viral")

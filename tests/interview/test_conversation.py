"""An interview is the fold of its entries: stages, clock, answers, follow-ups, hints, edits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from sdtutor.architecture.language.reading import read_drawing
from sdtutor.content.problems import load_problem
from sdtutor.content.roots import content_root
from sdtutor.interview.conversation import drawing_of
from sdtutor.interview.interviewer import advance, after, begin, fold, left_in_words
from sdtutor.interview.load_numbers import flows_for, own_load
from sdtutor.interview.records import Entry, Settings

PROBLEM = load_problem(content_root(), "url_shortener")
GOOD = "client -> lb*2 -> app*4\napp -> cache*2\napp -> db(primary, replicas=2, async)"
ALONE = "client -> lb*2 -> app*4\napp -> cache*2\napp -> storage(kind=database)"
ON_CACHE_LOSS = (
    "When the cache restarts empty, the database gets every read; we coalesce misses and shed the rest."
)
LONG = Settings("url_shortener", 45, "mid", 0, 1.0)
SHORT = replace(LONG, minutes=10)
FREE = replace(LONG, clock=None)


def talk(*lines, settings=FREE, step=10.0):
    """Fold lines as they are typed: ``/draw`` and ``/pad`` are entries of their own."""
    entries = []
    for number, line in enumerate(lines, 1):
        does, text = "say", line
        if line.startswith("/"):
            word, _, rest = line[1:].partition(" ")
            does, text = (word, rest) if word in ("pad", "draw") else ("command", line[1:])
        entries.append(Entry(number * step, does, text))
    return fold(PROBLEM, settings, entries)


def kinds(conversation):
    return [reply.kind for reply in conversation.replies]


def to_stage(name, *said):
    """Lines that lead to a stage, with something said or drawn first."""
    order = ["requirements", "estimation", "interface", "design", "deep_dive", "change", "close"]
    return (*said, *["/next"] * order.index(name))


def test_the_prompt_and_the_first_question_open_it():
    start = begin(PROBLEM, LONG)
    assert kinds(start) == ["prompt", "stage"]
    assert start.replies[0].text == PROBLEM.prompt.strip()
    assert start.stage.name == "requirements"


def test_points_are_numbered_over_everything_that_was_said_and_drawn():
    said = talk("We shorten links.", "/draw client -> app", "/next", "Codes are base 62.").said
    assert [(each.number, each.does, each.stage) for each in said] == [
        (1, "say", "requirements"),
        (2, "draw", "requirements"),
        (3, "say", "estimation"),
    ]


def test_several_questions_in_one_point_get_all_their_answers_and_the_same_ones_again():
    once = talk("How many new links a day, and how long do they live?")
    answers = [reply.text for reply in once.replies if reply.kind == "answer"]
    assert "A hundred million new links a month." in answers
    assert "Five years by default; a customer may set an earlier date." in answers
    twice = talk(*["How many new links a day, and how long do they live?"] * 2)
    assert [reply.text for reply in twice.replies if reply.kind == "answer"] == answers * 2
    assert twice.asks == once.asks


def test_what_the_problem_does_not_foresee_is_the_candidates_call_and_two_misses_name_categories():
    conversation = talk("Which colour is the logo?", "Does it rain there?", "Is it Tuesday?")
    assert kinds(conversation)[2:] == ["assume", "categories", "assume"]
    named = conversation.replies[3].text
    assert "retention" in named
    assert not any(ask.answer in named for ask in PROBLEM.asks)


def test_categories_leave_out_what_was_asked_already():
    conversation = talk("How long do links live?", "Which colour is the logo?", "Does it rain there?")
    assert "retention" not in conversation.replies[-1].text


def test_a_statement_gets_no_answer_and_a_question_that_is_answered_at_once_neither():
    assert kinds(talk("We keep links for five years.", "What colour is it? We paint it blue."))[2:] == []


def test_stages_go_forward_and_back_and_the_last_next_ends_it():
    conversation = talk("/back", "/next", "/back", settings=SHORT)
    assert conversation.stage.name == "requirements"
    assert "first stage" in conversation.replies[2].text
    assert kinds(conversation)[3:] == ["stage", "stage"]
    over = talk(*["/next"] * 5, settings=SHORT)
    assert over.is_over
    assert [each.stage for each in over.opened] == ["requirements", "estimation", "design", "change", "close"]
    assert after(over, Entry(999, "say", "More.")) == over
    assert after(over, Entry(999, "dispute", "point.viral")).disputed == ("point.viral",)


def test_time_is_counted_by_stage_over_all_visits():
    conversation = talk("/next", "/back", "Point.", "/next", step=10)
    assert conversation.taken("requirements") == 10 + 20
    assert conversation.taken("estimation") == 10
    assert sum(each.taken_s for each in conversation.spent) == 40


def test_a_stage_that_overruns_is_interrupted_once_with_the_next_question():
    conversation = talk(*["Point."] * 3, settings=LONG, step=200)
    interrupts = [reply for reply in conversation.replies if reply.kind == "interrupt"]
    assert [reply.at_s for reply in interrupts] == [390]
    assert "How big is this?" in interrupts[0].text
    assert conversation.stage.name == "requirements"


def test_an_overrun_counts_all_visits():
    conversation = talk("/next", "/back", "Point.", settings=LONG, step=200)
    interrupts = [reply.at_s for reply in conversation.replies if reply.kind == "interrupt"]
    assert interrupts == [400 + 190]


def test_a_stage_within_thirty_per_cent_is_not_interrupted():
    assert "interrupt" not in kinds(talk("Point.", "/next", settings=LONG, step=194))


def test_the_clock_factor_stretches_the_wall():
    slow = talk(*["Point."] * 2, settings=replace(LONG, clock=1.5), step=290)
    assert "interrupt" not in kinds(slow)
    assert slow.at_s == pytest.approx(580 / 1.5)


def test_without_a_clock_nothing_is_interrupted_and_nothing_ends():
    conversation = talk(*["Point."] * 4, settings=FREE, step=3000)
    assert kinds(conversation) == ["prompt", "stage"]
    assert not conversation.is_over
    assert "no clock" in left_in_words(conversation)


def test_the_entry_that_crosses_the_bell_counts_and_is_the_last():
    entries = [Entry(10, "say", "A."), Entry(605, "say", "B."), Entry(606, "say", "C.")]
    conversation = fold(PROBLEM, SHORT, entries)
    assert [each.text for each in conversation.said] == ["A.", "B."]
    assert conversation.ended_at == 605
    assert "bell" in conversation.told


def test_a_command_after_the_bell_does_not_take_the_last_word_away():
    conversation = fold(PROBLEM, SHORT, [Entry(605, "command", "time"), Entry(606, "say", "B.")])
    assert [each.text for each in conversation.said] == ["B."]


def test_the_clock_warns_before_the_bell():
    later = advance(begin(PROBLEM, SHORT), 481)
    assert "2 minutes left." in [reply.text for reply in later.replies]


@given(st.lists(st.floats(0, 900), max_size=6), st.lists(st.floats(0, 900), max_size=12))
@run(deadline=None, max_examples=40)
def test_ticks_between_the_entries_change_nothing(moments, ticks):
    """What a screen asks the clock in between is not part of the interview."""
    entries = [Entry(at_s, "command", "next") for at_s in sorted(moments)]
    plain = fold(PROBLEM, SHORT, entries)
    ticking = begin(PROBLEM, SHORT)
    for at_s, entry in sorted(
        [*((t, None) for t in ticks), *((e.at_s, e) for e in entries)], key=lambda x: x[0]
    ):
        if entry:
            ticking = after(ticking, entry)
        elif entries and at_s <= entries[-1].at_s:
            ticking = advance(ticking, at_s)
    assert ticking == plain


def test_a_drawing_replaces_the_last_one_and_a_plus_adds_to_it():
    conversation = talk("/draw client -> app", "/draw + app -> db", "Fine.", "/draw client -> app*2")
    assert conversation.drawing == "client -> app*2"
    assert drawing_of(conversation.said[:2]) == "client -> app\napp -> db"


def test_the_interviewer_says_what_he_sees_of_a_drawing_and_what_he_cannot_read():
    seen = talk("/draw client -> app*x").replies[-1]
    assert seen.kind == "draw"
    assert "Line 1" in seen.text
    assert "I see 2 boxes" in seen.text
    assert "database" in seen.text
    assert talk(f"/draw {GOOD}").replies[-1].text == "I see 5 boxes."


def test_the_deep_dive_begins_with_the_box_whose_loss_hurts_most():
    conversation = talk(*to_stage("deep_dive", f"/draw {ALONE}"))
    (asked,) = conversation.questions
    assert (asked.kind, asked.box) == ("weakest", "storage")
    assert "`storage`" in conversation.replies[-1].text


def test_a_box_that_is_drawn_in_the_deep_dive_is_asked_about_then():
    conversation = talk(*to_stage("deep_dive"), f"/draw {ALONE}", *["Well."] * 5)
    assert [each.kind for each in conversation.questions] == ["follow_up", "weakest", "follow_up"]


def test_another_follow_up_comes_when_the_last_has_its_answer():
    begun = talk(*to_stage("deep_dive", f"/draw {GOOD}"), "Why do you ask?", "One.", "Two.")
    assert len(begun.questions) == 1
    later = after(begun, Entry(5000, "say", "That is all I have."))
    assert [each.kind for each in later.questions] == ["weakest", "follow_up"]


def test_a_follow_up_depends_on_what_was_said():
    words = "A click puts an event on a queue and a worker aggregates the counts in the background."
    for seed in range(3):
        settings = replace(FREE, seed=seed)
        conversation = talk(
            *to_stage("deep_dive", f"/draw {GOOD}", words), *["Well."] * 40, settings=settings
        )
        asked = [each.id for each in conversation.questions if each.kind == "follow_up"]
        assert len(asked) == len(set(asked)) == 3
        assert "counts" not in asked
        assert "list_codes" not in asked


def test_the_seed_chooses_the_changed_constraint():
    chosen = {
        talk(*to_stage("change"), settings=replace(FREE, seed=seed)).questions[-1].id for seed in range(12)
    }
    assert chosen == {change.id for change in PROBLEM.changes}


def test_after_the_change_the_box_whose_loss_hurts_most_is_taken_away():
    short = ["/next", "/next", f"/draw {ALONE}", "/next"]
    conversation = talk(*short, *["We would scale out."] * 8, settings=replace(SHORT, clock=None))
    assert [each.kind for each in conversation.questions] == ["change", "failure"]
    last = conversation.questions[-1]
    assert (last.id, last.box) == ("lose_database", "storage")
    assert "`storage`" in last.text


def test_a_box_that_the_deep_dive_was_about_is_not_taken_away_again():
    conversation = talk(*to_stage("change", f"/draw {ALONE}"), *["We would scale out."] * 8)
    assert [each.kind for each in conversation.questions] == ["weakest", "change", "prediction", "failure"]
    assert [each.box for each in conversation.questions] == ["storage", "", "cache", "cache"]


def test_a_stage_that_is_entered_again_asks_nothing_new():
    once = talk(*to_stage("change"))
    again = after(after(once, Entry(900, "command", "back")), Entry(901, "command", "next"))
    assert again.stage.name == "change"
    assert again.questions == once.questions


def test_a_follow_up_is_left_out_once_one_of_its_unsaid_points_was_made():
    only = replace(PROBLEM.follow_ups[0], said=(), unsaid=("cache_loss",), about=None, points=("viral",))
    problem = replace(PROBLEM, follow_ups=(only,))
    lines = [Entry(n, "command", "next") for n in range(4)]
    assert fold(problem, FREE, lines).questions[0].id == only.id
    assert fold(problem, FREE, [Entry(0, "say", ON_CACHE_LOSS), *lines]).questions == ()


def test_without_a_drawing_a_kind_fails():
    last = talk(*to_stage("change"), *["We would scale out."] * 8).questions[-1]
    assert last.kind == "failure"
    assert "{box}" not in last.text


def test_hints_are_never_the_same_twice_and_say_what_they_cost():
    conversation = talk(*to_stage("change"), *["/hint"] * 8)
    texts = [hint.text for hint in conversation.hints]
    assert len(texts) == len(set(texts)) >= 4
    assert texts[0] == next(point.ask for point in PROBLEM.points if point.id == "cache_loss")
    told = [reply.text for reply in conversation.replies if reply.kind == "hint"]
    assert "half a level in: Failure" in told[0]
    assert "nothing more" in told[2]
    assert "no hint" in conversation.replies[-1].text


def test_a_hint_leaves_out_what_was_said():
    assert talk(*to_stage("change"), ON_CACHE_LOSS, "/hint").hints[0].id != "cache_loss"


def test_a_hint_about_requirements_names_a_category_and_no_answer():
    text = talk("/hint").replies[-1].text
    assert "Ask me about users." in text


def test_an_edit_replaces_a_point_and_what_followed_from_it():
    conversation = talk(ON_CACHE_LOSS, "/edit 1 We use Postgres.")
    assert conversation.said[0].text == "We use Postgres."
    assert "cache_loss" in talk(ON_CACHE_LOSS).made
    assert "cache_loss" not in conversation.made
    drawn = talk("/draw client -> app", "/draw + app -> db", "/edit 1 client -> web", "/edit 9 x")
    assert drawn.drawing == "client -> web\napp -> db"
    assert "no point 9" in drawn.replies[-1].text


def test_pause_and_resume_are_part_of_it():
    paused = talk("/pause")
    assert paused.paused
    assert not after(paused, Entry(11, "command", "resume")).paused
    assert not after(paused, Entry(11, "say", "On we go.")).paused


def test_help_names_every_command():
    text = talk("/help").replies[-1].text
    assert all(name in text for name in ("/next", "/edit", "/pad", "/draw", "//"))


def test_a_line_of_the_pad_gets_a_verdict_in_words_and_the_question_what_it_decides():
    right = talk("/pad creates: 100M links / 30 day")
    assert right.replies[-1].kind == "pad"
    assert right.replies[-1].about == "creates"
    assert "decide?" in right.replies[-1].text
    far = talk("/pad storage: 100M links / month * 500 kB * 5 year").replies[-1].text
    assert "off" in far
    assert "3 TB" not in far
    assert "bytes" in talk("/pad 3 B + 4 s").replies[-1].text


def test_a_number_that_was_found_is_no_hint_any_more():
    assert talk("/next", "/hint").hints[0].id == "creates"
    assert talk("/next", "/pad creates: 100M links / 30 day", "/hint").hints[0].id == "redirects"
    assert talk("/next", "That makes about 40 new links a second.", "/hint").hints[0].id == "redirects"


def rates(*lines):
    conversation = talk(*lines)
    drawing = read_drawing(conversation.drawing)
    own = own_load(PROBLEM, conversation.pads, drawing)
    flows = flows_for(PROBLEM, conversation.pads, drawing)
    assert sum(flow.per_second for flow in flows) == pytest.approx(own.per_second)
    return own


def test_the_largest_rate_of_requests_on_the_pad_is_the_load():
    own = rates(
        "/pad creates: 100M links / 30 day", "/pad peak redirects: 4000/s * 3", "/draw client(rps=9) -> app"
    )
    assert (own.per_second, own.source, own.number) == (12_000, "pad", 2)


def test_a_rate_of_a_part_or_a_wrong_one_is_not_the_load():
    own = rates("/pad creates: 100M links / 30 day", "/pad redirects: 900M / s")
    assert own.source == "problem"
    assert own.per_second == sum(flow.per_second for flow in PROBLEM.flows)
    assert "own figure" in own.says


def test_a_client_that_states_its_rate_is_the_load_where_the_pad_has_none():
    assert rates("/draw client(rps=5k) -> app").per_second == 5000
    assert rates("/draw client(rps=1) -> app").per_second == 12


def predicted(answer):
    """An interview in which the loss of a cache was to be predicted; its last point is the answer."""
    lines = to_stage("change", "/pad peak redirects: 4000/s * 3", f"/draw {GOOD}")
    return talk(*lines, *["We would scale out."] * 3, answer)


def test_before_a_box_is_taken_away_its_loss_is_to_be_predicted_and_the_truth_comes_after_the_walk():
    conversation = predicted("About 12k reads a second.")
    assert [each.kind for each in conversation.questions] == ["weakest", "change", "prediction", "failure"]
    asked, lost = conversation.questions[-2:]
    assert asked.box == lost.box == "cache"
    assert "reach `db`?" in asked.text
    assert "truth" not in kinds(conversation)
    (foretold,) = conversation.foretold
    assert (foretold.id, foretold.right, foretold.number) == ("without_cache", True, asked.after + 1)
    walked = after(conversation, Entry(900, "say", ON_CACHE_LOSS))
    assert walked.replies[-1].kind == "truth"
    assert walked.replies[-1].text.startswith("You foretold it well.")
    for at_s in range(901, 905):
        walked = after(walked, Entry(at_s, "say", ON_CACHE_LOSS))
    assert kinds(walked).count("truth") == 1


@pytest.mark.parametrize("answer", ["Half of it.", "About 12,000 seconds.", "100k requests/s"])
def test_a_prediction_that_is_far_off_or_of_another_unit_is_not_right(answer):
    conversation = predicted(answer)
    assert not conversation.foretold[0].right
    moved_on = after(conversation, Entry(900, "command", "next"))
    assert "The simulation says:" in moved_on.replies[-1].text


@pytest.mark.parametrize("answer", ["12000", "12,000/s", "It gets 9k reads/s, or 12k at worst."])
def test_a_prediction_may_be_a_bare_figure(answer):
    assert predicted(answer).foretold[0].right

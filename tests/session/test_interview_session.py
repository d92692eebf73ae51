"""A mock interview on any surface: what is typed, what is kept, going on after a pause or a kill -9."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sdtutor.content.roots import content_root
from sdtutor.errors import AmbiguousName, ContentError, UnknownName, UsageError
from sdtutor.interview.records import Settings, Stored
from sdtutor.interview.texts import MAX_CHARACTERS, MAX_POINTS
from sdtutor.interview.transcript import dump, load
from sdtutor.session.interview_keeping import Keeping
from sdtutor.session.interview_report import load_case
from sdtutor.session.interview_session import InterviewSession
from sdtutor.session.tutor import Tutor

GOOD = "client -> lb*2 -> app*4; app -> cache*2; app -> db(primary, replicas=2, async)"
CASE = load_case(content_root(), "url_shortener")


class Noted(Keeping):
    """Notes what is to be kept."""

    def __init__(self):
        self.saved, self.results = [], []

    def save(self, stored):
        self.saved.append(stored)

    def settle(self, report):
        self.results.append(report)


class Seconds:
    """A monotonic clock that only tests move."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Seconds()


@pytest.fixture
def held(clock):
    """An interview of ten minutes, and what was kept of it."""
    noted = Noted()
    settings = Settings("url_shortener", 10, "mid", 3, 1.0)
    return InterviewSession(CASE, Stored(settings, ()), noted, clock), noted.saved


@pytest.fixture
def tutor(tmp_path, clock):
    with Tutor.open(content_root(), {"SDTUTOR_HOME": str(tmp_path)}) as opened:
        opened.desk.monotonic = clock
        yield opened


def texts(replies):
    return " ".join(reply.text for reply in replies)


def test_every_entry_is_kept_before_its_reply_is_told(held, clock):
    session, kept = held
    clock.now += 12.34
    session.tell("How many new links a day?")
    clock.now += 1
    session.tell("/next")
    session.tell("/pad 100M links / month")
    session.tell(f"/draw {GOOD}")
    assert [(e.at_s, e.does) for e in kept[-1].entries] == [
        (12.4, "say"),
        (13.4, "command"),
        (13.4, "pad"),
        (13.4, "draw"),
    ]
    assert [len(each.entries) for each in kept] == [1, 2, 3, 4]
    assert kept[-1] == session.stored


def test_a_drawing_on_one_line_has_its_lines_and_a_table_keeps_its_index(held):
    session, _ = held
    session.tell("/draw client -> app; app -> db; table links: code key, url; index owner")
    assert session.view.drawing.splitlines() == [
        "client -> app",
        "app -> db",
        "table links: code key, url; index owner",
    ]
    session.draw("+ app ~> queue")
    assert session.view.drawing.endswith("\napp ~> queue")


def test_two_slashes_are_one_and_an_unknown_command_is_told_and_not_kept(held):
    session, kept = held
    session.tell("//links is the path")
    assert kept[-1].entries[-1].text == "/links is the path"
    assert "Did you mean /next" in texts(session.tell("/nxt"))
    assert "number of a point" in texts(session.tell("/edit"))
    assert "/pad 100M" in texts(session.tell("/pad"))
    assert "/draw client" in texts(session.tell("/draw  "))
    assert len(kept) == 1


@pytest.mark.parametrize("nothing", ["", "   ", "\n\n", "\x1b\x07"])
def test_an_empty_answer_is_told_and_not_kept(held, nothing):
    session, kept = held
    assert "nothing to send" in texts(session.tell(nothing))
    assert kept == []


def test_a_megabyte_that_is_pasted_becomes_some_points_with_a_notice(held):
    session, kept = held
    replies = session.tell("The cache is in front of the database. " * 26_000)
    assert f"first {MAX_CHARACTERS:,} were kept" in replies[-1].text
    assert 10 <= len(kept[-1].entries) <= MAX_POINTS
    assert sum(len(entry.text) for entry in kept[-1].entries) <= MAX_CHARACTERS
    assert "characters" in texts(session.draw("a -> b\n" * 100_000))


def test_what_a_terminal_obeys_is_not_kept(held):
    session, kept = held
    session.tell("red \x1b[31malert\x07 \u202eback")
    assert kept[-1].entries[-1].text == "red [31malert back"


def test_the_view_is_what_a_screen_shows(held, clock):
    session, _ = held
    session.tell("How many new links a day?")
    clock.now += 30
    view = session.view
    assert (view.title, view.stage, view.left_s, view.points) == ("URL shortener", "Requirements", 570.0, 1)
    assert [row.state for row in view.stages] == ["now", "ahead", "ahead", "ahead", "ahead"]
    assert view.stages[0].taken_s == 30
    assert "minutes left" in view.clock
    assert [(row.number, row.who) for row in view.chat] == [
        (0, "interviewer"),
        (0, "interviewer"),
        (1, "you"),
        (0, "interviewer"),
    ]


def test_the_clock_interrupts_warns_and_ends_it_with_the_last_word(held, clock):
    session, _ = held
    clock.now += 157
    assert [reply.kind for reply in session.tick()] == ["interrupt"]
    assert session.tick() == ()
    clock.now += 450
    assert [reply.text.split(".")[0] for reply in session.tick()] == ["2 minutes left", "Time"]
    assert not session.is_over
    session.tell("My last word.")
    assert session.is_over
    assert "over" in texts(session.tell("More."))


def test_a_pause_is_left_out_of_the_time(held, clock):
    session, _ = held
    clock.now += 10
    session.pause()
    assert session.view.is_paused
    clock.now += 5000
    assert session.tick() == ()
    assert session.view.left_s == 590
    session.resume()
    clock.now += 5
    session.tell("Back again.")
    assert session.stored.entries[-1].at_s == 15
    assert session.pause() != ()
    assert session.pause() == ()


def test_what_the_screen_ticks_is_what_a_replay_says(held, clock):
    session, _ = held
    for step, line in enumerate(
        ["How many users?", "/next", f"/draw {GOOD}", "/next", "/next", "Fine.", "/time"]
    ):
        clock.now += 37.77
        session.tick()
        clock.now += step * 1.013
        session.tell(line)
    again = InterviewSession(CASE, session.stored, Keeping(), clock)
    assert again.conversation == session.conversation


def test_a_preview_judges_a_drawing_and_keeps_nothing(held):
    session, kept = held
    view = session.preview("client -> app*2 -> db\napp*y")
    assert list(view.drawing.boxes) == ["client", "app", "db"]
    assert view.single_points == ("db",)
    assert len(view.mistakes) == 1
    assert all(path.boxes for path in view.paths)
    assert kept == []


def test_a_name_is_resolved_forgivingly(tutor):
    assert tutor.begin_interview("URL").settings.problem == "url_shortener"
    with pytest.raises(UnknownName, match="no interview"):
        tutor.begin_interview("nosuchthing")
    with pytest.raises(AmbiguousName):
        tutor.begin_interview("t")
    with pytest.raises(UsageError, match="30 minutes"):
        tutor.begin_interview("url", minutes=30)


def test_the_first_mock_is_short_and_the_next_one_is_another(tutor):
    first = tutor.begin_interview()
    assert (first.settings.problem, first.settings.minutes) == ("url_shortener", 10)
    assert tutor.paused_interview() is None
    first.tell("How many users?")
    second = tutor.begin_interview()
    assert second.settings.problem != "url_shortener"
    assert second.settings.minutes == 45


def test_an_interview_goes_on_exactly_where_it_was_left(tutor, clock):
    session = tutor.begin_interview("url", 45, "senior", 1.5, 7)
    for line in ("How many new links a day?", "/next", "Forty a second.", "/next", "/pause"):
        clock.now += 60
        session.tell(line)
    paused = tutor.paused_interview()
    assert (paused.title, paused.minutes, paused.stage) == ("URL shortener", 45, "API and data")
    assert paused.left_s == 45 * 60 - 300 / 1.5
    clock.now += 10_000
    again = tutor.resume_interview()
    assert again.conversation == session.conversation
    assert again.settings == session.settings
    again.resume()
    again.tell("POST /links")
    assert again.stored.entries[-1].at_s == 300
    assert tutor.resume_interview(paused.id).stored == again.stored
    with pytest.raises(UsageError, match="no interview to go on"):
        tutor.resume_interview("nosuch")


def test_the_list_says_what_was_taken(tutor):
    assert {row.state for row in tutor.interviews()} == {"new"}
    tutor.begin_interview("url").tell("Hello.")
    (row,) = (row for row in tutor.interviews() if row.slug == "url_shortener")
    assert row.state == "paused"


KILLED = """
import os, sys
from pathlib import Path
from sdtutor.session.tutor import Tutor
tutor = Tutor.open(Path(sys.argv[1]), {"SDTUTOR_HOME": sys.argv[2]})
seconds = iter(range(10_000))
tutor.desk.monotonic = lambda: next(seconds)
session = tutor.begin_interview("url", 45, seed=1)
drawing = "/draw client -> app*2 -> db"
for line in ("How many users?", "/next", "/next", "/next", drawing, "A cache comes later."):
    session.tell(line)
print("said", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_kill_9_in_the_fourth_stage_loses_nothing(tmp_path):
    command = [sys.executable, "-c", KILLED, str(content_root()), str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline().strip() == b"said"
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    with Tutor.open(content_root(), {"SDTUTOR_HOME": str(tmp_path)}) as tutor:
        view = tutor.resume_interview().view
    assert view.stage == "High-level design"
    assert view.drawing == "client -> app*2 -> db"
    assert view.chat[-1].text == "A cache comes later."


def test_a_transcript_that_names_no_problem_is_told_with_the_nearest(tutor, tmp_path):
    path = Path(tmp_path / "t.yaml")
    path.write_text(dump(Stored(Settings("url_shortner"), ())), encoding="utf-8")
    with pytest.raises(ContentError, match="url_shortner") as caught:
        tutor.score_transcript(path)
    assert "url_shortener" in caught.value.hint


STRONG = Path(__file__).parents[1] / "interview" / "transcripts" / "url_shortener" / "strong.yaml"


@pytest.fixture
def taken(clock):
    """A strong interview that is over, and what was kept of its result."""
    noted = Noted()
    session = InterviewSession(CASE, load(STRONG), noted, clock)
    assert session.is_over
    return session, noted.results


def test_the_report_is_kept_when_it_is_over_and_is_the_same_on_every_way(taken, tutor):
    session, results = taken
    session.prepare()
    report = session.report()
    assert results == [report]
    assert tutor.score_transcript(STRONG) == report


def test_a_report_before_the_end_is_not_kept(held):
    session, _ = held
    assert session.report().decision == "not_enough"


def test_a_disputed_claim_is_kept_and_counts_as_unmet(taken):
    session, _ = taken
    met = [e.id for score in session.report().scores for e in score.evidence if e.met and not e.checked]
    session.dispute(met[0])
    evidence = {e.id: e for score in session.report().scores for e in score.evidence}
    assert evidence[met[0]].disputed
    assert session.stored.entries[-1].does == "dispute"
    with pytest.raises(UsageError, match="no claim"):
        session.dispute("nosuch")


def test_past_interviews_have_their_scores_and_what_was_weak_in_all_of_them(tutor, clock):
    for _ in range(4):
        session = tutor.begin_interview("url", 10, seed=1)
        session.tell("We use a cache.")
        session.end()
        session.report()
    trend = tutor.past_interviews()
    assert [past.decision for past in trend.past] == ["not_enough"] * 4
    assert "requirements" in trend.weakest
    assert tutor.paused_interview() is None
    assert tutor.interviews()[0].state == "new"
    (row,) = (row for row in tutor.interviews() if row.slug == "url_shortener")
    assert (row.state, row.decision) == ("done", "not_enough")


def test_the_interview_that_ended_last_is_opened_again_with_the_same_report(tutor, clock):
    reports = {}
    for name in ("url_shortener", "chat"):
        session = tutor.begin_interview(name, 10, seed=1)
        session.tell("We use a cache.")
        session.end()
        reports[name] = session.report()
    tutor.begin_interview("url_shortener", 10).tell("This one goes on.")
    for name, meant in (("", "chat"), ("url_shortener", "url_shortener")):
        again = tutor.reopen_interview(name)
        assert again.is_over
        assert again.report() == reports[meant]
    first = tutor.past_interviews().past[0]
    assert tutor.reopen_interview(first.id).settings.problem == first.problem == "url_shortener"


def test_what_cannot_be_opened_again_is_told(tutor):
    with pytest.raises(UsageError, match="No interview has ended yet"):
        tutor.reopen_interview()
    key = tutor.desk.store.begin_interview("carrier_pigeon", 10, "mid", "")
    tutor.desk.store.end_interview(key, "lean", 50.0, {})
    with pytest.raises(UsageError, match='no problem "carrier_pigeon" any more'):
        tutor.reopen_interview(key)


def test_a_simulation_tells_how_far_it_is_and_can_be_stopped(held):
    session, _ = held
    session.tell("/draw client(rps=200) -> app*2 -> db(replicas=1)")
    told = []
    view = session.simulate(told.append)
    assert told[-1] == 1.0
    assert view.load.arrived == view.load.answered + view.load.dropped + view.load.waiting
    assert view.examination.outages
    assert "200 requests a second" in view.numbers
    assert session.simulate(cancelled=lambda: True) is None


def test_an_empty_whiteboard_is_simulated_without_a_load(held):
    assert held[0].simulate().load is None


def test_what_was_typed_and_not_sent_is_there_again_until_the_end(tutor):
    session = tutor.begin_interview("url", 10, seed=1)
    assert session.typed == ("", "")
    session.keep_typed("Half a sen", "client -> ")
    again = tutor.resume_interview()
    assert again.typed == ("Half a sen", "client -> ")
    assert again.view.points == 0
    assert tutor.paused_interview().left_s == 600
    again.end()
    again.report()
    assert again.typed == ("", "")
    assert tutor.begin_interview("url", 10).typed == ("", "")

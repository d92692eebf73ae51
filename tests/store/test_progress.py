"""The store keeps what it is told, counts an answer once, and forgets only what it is told to."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from sdtutor.errors import UsageError
from sdtutor.store.location import progress_path
from sdtutor.store.progress import Store
from sdtutor.store.records import Answer, Card, Draft, LastPlace

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ITEM = "caching/cache_aside#stale"


class Ticking:
    def __init__(self):
        self.now = START

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "home" / "progress.db", Ticking()) as opened:
        yield opened


def answer(item=ITEM, correct=1.0, at=START, uid="", **more):
    values = {"confidence": "sure", "seconds": 3.5, "hints": 0, **more}
    return Answer(item, item.split("#")[0], correct, at=at, uid=uid, **values)


def test_an_answer_its_card_and_its_draft_are_read_back_as_written(store):
    card, draft = (
        Card(ITEM, '{"step": 1}', START + timedelta(days=1)),
        Draft("quiz:caching", {"next": [2, None]}),
    )
    stored = store.record_answer(answer(), card, draft)
    assert store.answers() == (stored,)
    assert len(stored.uid) == 32
    assert store.card(ITEM) == card
    assert store.cards() == (card,)
    assert store.draft("quiz:caching") == draft


def test_an_answer_with_a_known_uid_is_kept_once(store):
    stored = store.record_answer(answer())
    store.record_answer(stored)
    assert store.answers() == (stored,)


def test_nothing_of_an_answer_is_kept_when_its_draft_cannot_be_written(store):
    with pytest.raises(TypeError):
        store.record_answer(answer(), Card(ITEM, "{}", START), Draft("quiz:caching", object()))
    assert store.answers() == ()
    assert store.cards() == ()


def test_answers_come_oldest_first_and_by_concept(store):
    late = store.record_answer(answer(at=START + timedelta(hours=1)))
    early = store.record_answer(answer())
    other = store.record_answer(answer(item="caching/write_back#loss", at=START - timedelta(days=1)))
    assert store.answers() == (other, early, late)
    assert store.answers("caching/cache_aside") == (early, late)


def test_a_moment_of_another_time_zone_is_the_same_moment(store):
    local = START.astimezone(tz=None)
    assert store.record_answer(answer(at=local)).at == START
    assert store.answers()[0].at == START


def test_a_moment_without_a_time_zone_is_refused(store):
    with pytest.raises(ValueError, match="time zone"):
        store.record_answer(answer(at=START.replace(tzinfo=None)))


def test_cards_come_by_due_date_and_the_last_write_wins(store):
    store.record_answer(answer(item="a/b#one"), Card("a/b#one", "{}", START + timedelta(days=9)))
    store.record_answer(answer(item="a/b#two"), Card("a/b#two", "{}", START + timedelta(days=5)))
    store.record_answer(answer(item="a/b#one"), Card("a/b#one", "{}", START + timedelta(days=1)))
    assert [card.item for card in store.cards()] == ["a/b#one", "a/b#two"]


def test_a_lesson_that_was_done_stays_done_when_it_is_read_again(store):
    store.save_place("a/b", 12)
    assert store.lessons()["a/b"].done_at is None
    store.save_place("a/b", 80, done=True)
    done = store.lessons()["a/b"].done_at
    store.save_place("a/b", 3)
    store.save_place("a/b", 80, done=True)
    assert store.lessons()["a/b"].done_at == done
    assert store.lessons()["a/b"].place == 80
    assert store.lessons()["a/b"].opened_at > done


def test_the_fewest_steps_to_a_goal_are_kept(store):
    for steps in (14, 9, 11):
        store.record_goal("caching/cache_aside", "stale_read", steps)
    (goal,) = store.goals()
    assert goal.steps == 9


def test_a_run_a_setting_and_the_last_place_are_replaced(store):
    assert (store.run("a/b"), store.setting("theme", "dark"), store.last()) == (None, "dark", None)
    for text in ("events: []", "events: [call]"):
        store.save_run("a/b", text)
        store.set_setting("theme", {"name": text})
        store.set_last(LastPlace("lab", "a/b", text))
    assert store.run("a/b").text == "events: [call]"
    assert store.setting("theme") == {"name": "events: [call]"}
    assert store.last() == LastPlace("lab", "a/b", "events: [call]")


def test_a_dropped_draft_is_gone_and_the_newest_draft_comes_first(store):
    for key in ("quiz:a/b", "quiz:c/d", "essay:c/d"):
        store.save_draft(Draft(key, [key]))
    store.drop_draft("quiz:c/d")
    store.drop_draft("quiz:c/d")
    assert [draft.key for draft in store.drafts()] == ["essay:c/d", "quiz:a/b"]


def test_a_value_that_could_not_be_imported_again_is_not_stored(store):
    with pytest.raises(UsageError, match=r"answers\.correct must be a number from 0 to 1, not 1\.5"):
        store.record_answer(answer(correct=1.5))
    with pytest.raises(UsageError, match=r"lessons\.place"):
        store.save_place("a/b", -1)
    with pytest.raises(UsageError, match=r"goals\.steps"):
        store.record_goal("a/b", "g", -1)


def fill(store):
    for concept in ("caching/cache_aside", "caching/cacheXaside"):
        item = f"{concept}#q"
        store.record_answer(answer(item=item), Card(item, "{}", START), Draft(f"quiz:{concept}", 1))
        store.save_place(concept, 1)
        store.record_goal(concept, "g", 3)
        store.save_run(concept, "events: []")
    store.set_last(LastPlace("quiz", "caching/cache_aside", ""))
    store.set_setting("theme", "dark")


def test_resetting_a_concept_leaves_all_others_as_they_were(store):
    fill(store)
    store.reset("caching/cache_aside")
    left = json.dumps(store.export()) + str(store.drafts())
    assert "cacheXaside" in left
    assert "cache_aside" not in left
    assert len(store.answers()) == len(store.cards()) == len(store.drafts()) == len(store.goals()) == 1


def test_a_reset_is_undone_by_importing_its_backup(store):
    fill(store)
    before = store.export()
    first = store.reset()
    assert store.answers() == store.drafts() == store.goals() == ()
    assert store.setting("theme") == "dark"
    second = store.reset()
    assert [first.name, second.name] == ["progress.backup-1.json", "progress.backup-2.json"]
    assert first.stat().st_mode & 0o777 == 0o600
    assert store.import_(json.loads(first.read_text())) > 0
    assert store.export() == before


def test_an_import_counts_what_it_changed_and_the_second_time_changes_nothing(store, tmp_path):
    fill(store)
    with Store.open(tmp_path / "other.db", Ticking()) as other:
        assert other.import_(store.export()) == 12
        assert other.import_(store.export()) == 0
        assert other.export() == store.export()


def test_a_bad_import_changes_nothing(store):
    fill(store)
    before = store.export()
    bad = json.loads(json.dumps(before))
    bad["goals"].append({"lab": "x/y", "goal": "g", "steps": "many", "at": "2026-01-01T00:00:00+00:00"})
    with pytest.raises(UsageError, match=r"goals\[2\]\.steps must be a whole number"):
        store.import_(bad)
    assert store.export() == before


def test_the_folder_of_the_environment_beats_the_platform(tmp_path):
    assert progress_path({"SDTUTOR_HOME": str(tmp_path)}) == tmp_path / "progress.db"
    assert progress_path({"SDTUTOR_HOME": ""}) == progress_path({})
    assert progress_path({}).parent.name == "sdtutor"
    assert progress_path({"SDTUTOR_HOME": "~/study"}).is_absolute()

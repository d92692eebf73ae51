"""The space-time diagram on the screen: what the learner presses, and what is then shown."""

from dataclasses import replace
from types import SimpleNamespace

from playing import play
from screen_text import screen_text

from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.labs.caching.cache_aside import LAB
from sdtutor.session.lab_opening import Keeping, resume_lab
from sdtutor.tui.diagram_screen import DiagramScreen
from sdtutor.tui.lab_screen import LabScreen

FIRST, *OTHERS = LAB.invariants
SHOWN = replace(
    LAB,
    invariants=(
        replace(FIRST, witness=lambda _world, _operations: ("writer_1.set#1", "reader_1.get#2")),
        *OTHERS,
    ),
)
LEARNER = SimpleNamespace(remember=lambda *_place: None)


def lab():
    run = Run(SHOWN, "textbook", {}, 0, "caching/cache_aside")
    run.apply_all(map(parse_event, LAB.scene("stale_read").events))
    return LabScreen(resume_lab(run, ("Caching", "Cache-aside"), Keeping()))


def pressed(*presses, size=(80, 24), ascii_only=False):
    """The texts after each of these groups of keys, the lab, and what was copied."""
    screen, texts = lab(), []

    async def steps(app, pilot):
        for keys in presses:
            await pilot.press(*keys.split())
            texts.append(screen_text(app))
        texts.append(type(app.screen))

    app = play(LEARNER, screen, steps, size=size, ascii_only=ascii_only)
    return texts, screen, app.clipboard


def test_a_broken_promise_offers_the_diagram():
    texts, _, _ = pressed("home")
    assert "d diagram how it came to this" in texts[0]


def test_d_shows_the_whole_story_at_80_columns_and_takes_it_away_again():
    texts, _, _ = pressed("d", "d")
    rows = texts[0].splitlines()
    assert len(rows) == 24
    assert "BROKEN at step 14" in rows[1]
    assert "reader A" in rows[3]
    assert rows[4].startswith("  0")
    assert "◆q v1 ▀◂" in texts[0]
    assert "━━ ✗ BROKEN at step 14: no_stale_read" in texts[0]
    assert "◆p writer B  set k = v2 → done   steps 5 to 9" in texts[0]
    assert "what changed" not in texts[0]
    assert texts[-1] is LabScreen


def test_the_arrows_step_the_run_and_the_mark_follows():
    texts, below, _ = pressed("d left left", "right")
    assert "\n▸12 " in texts[0]
    assert "step 12 of 14" in texts[0]
    assert "\n▸13 " in texts[1]
    assert below.session.view().step == 13
    assert below.session.view().branches == 1


def test_going_on_at_the_tip_draws_the_new_step():
    texts, below, _ = pressed("d right")
    assert below.session.view().step == 15
    assert "▸15 " in texts[0]


def test_it_scrolls_where_it_does_not_fit_and_its_lanes_stay():
    texts, _, _ = pressed("d", "home", "down", "pagedown", "end", size=(80, 18))
    assert "more rows, ↑↓" in texts[0]
    assert "▸14" in texts[0]
    assert "\n  0 " in texts[1]
    assert "\n  0 " not in texts[2]
    assert "\n  1 " in texts[2]
    assert "▸14" in texts[4]
    assert all("writer B" in text.splitlines()[3] for text in texts[:-1])


def test_where_there_is_room_events_are_chosen_beside_it():
    texts, below, _ = pressed("d", "down", "2", size=(120, 40))
    assert "─ what can happen next ─" in texts[0]
    assert " ▸ 1 cache → reader A" in texts[0]
    assert " ▸ 2 " in texts[1]
    assert below.session.run.steps[-1].event.kind == "fire"


def test_keys_that_do_nothing_are_not_offered():
    texts, _, _ = pressed("d", size=(80, 24))
    footer = texts[0].splitlines()[-1]
    assert "→ run" in footer
    assert "y copy" in footer
    assert "scroll" not in footer


def test_it_is_copied_as_text():
    texts, _, copied = pressed("d y")
    assert "Copied the diagram as text." in texts[0]
    assert copied.splitlines()[0].split() == ["reader", "A", "writer", "B", "cache", "database"]
    assert "◆q reader A  get k → v1   steps 12 to 14" in copied


def test_a_search_brings_its_row_into_sight():
    texts, _, _ = pressed("d", "/ m i s s enter", size=(80, 16))
    assert "miss" not in texts[0]
    assert "k: miss" in texts[1]


def test_in_ascii_nothing_else_is_drawn():
    texts, _, _ = pressed("d", ascii_only=True)
    assert texts[0].isascii()
    assert "*q v1 +<-" in texts[0]


def test_a_small_screen_gives_the_rows_to_the_diagram():
    texts, _, _ = pressed("d", size=(50, 12))
    assert "◆q reader A" not in texts[0]
    assert "▸14" in texts[0]


def test_what_the_screen_draws_is_made_once_for_a_step():
    below = lab()
    screen = DiagramScreen(below)
    assert screen._figure(80) is screen._figure(80)
    below.session.run_event()
    assert len(screen._figure(80).steps) == 16

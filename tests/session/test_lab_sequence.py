"""The diagram of real runs: every scene of every lab, and a run in which everything goes wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from sdtutor.drawing.sequence import sequence
from sdtutor.drawing.spans import plain, plain_text, width
from sdtutor.engine.events import parse_event
from sdtutor.engine.run import Run
from sdtutor.session.lab_sequence import diagram
from sdtutor.session.labs import LabShelf

SHELF = LabShelf()
LABS = {name: SHELF.load(name) for name in SHELF.names}
SCENES = [
    pytest.param(name, scene, id=f"{name} {scene.name}") for name, lab in LABS.items() for scene in lab.scenes
]


def played(lab, scene, *events):
    run = Run(lab, scene.variant, scene.parameters, 0, "tests/lab")
    run.apply_all(map(parse_event, (*scene.events, *events)))
    return run


def with_witness(lab, *names):
    """A lab whose first promise is shown broken by these operations."""
    first, *others = lab.invariants
    return replace(lab, invariants=(replace(first, witness=lambda _world, _operations: names), *others))


CACHE_ASIDE = LABS["caching/cache_aside"]
STALE = CACHE_ASIDE.scene("stale_read")
STALE_READ = """\
          reader A        writer B                   cache         database
  0           ┊               ┊                        ┊               ┊ k = v1
  1     get k ┓               ┊                        ┊               ┊
  2           ┣──── get k ────┊───────────────────────▸┊               ┊
  3           ┃◂── k: miss ───┊────────────────────────┤               ┊
  4           ┣──── get k ────┊────────────────────────┊──────────────▸┊
  5           ┃ ◆p set k = v2 ▄                        ┊            ╭╌╌┤
  6           ┃               █───── put k = v2 ───────┊────────────╎─▸┊ k = v2
  7           ┃               █◂────── stored ─────────┊────────────╎──┤
  8           ┃               █────── delete k ───────▸┊            ╎  ┊
  9           ┃       ◆p done ▀◂─ nothing to delete ───┤            ╎  ┊
 10           ┃◂╌╌ k = v1 ╌╌╌╌┊╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┊╌╌╌╌╌╌╌╌╌╌╌╌╯  ┊
 11           ┣─ set k = v1 ──┊───────────────────────▸┊ k = v1        ┊
 12  ◆q get k ▄               ┊                     ╭╌╌┤               ┊
 13           █──── get k ────┊─────────────────────╎─▸┊               ┊
▸14     ◆q v1 ▀◂── k = v1 ────┊─────────────────────╎──┤               ┊
━━ ✗ BROKEN at step 14: no_stale_read ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
              ┃  ⋯╌ stored ╌╌╌┊╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╯  ┊               ┊
 ◆p writer B  set k = v2 → done   steps 5 to 9
 ◆q reader A  get k → v1   steps 12 to 14"""


def test_the_stale_read_explains_itself_at_80_columns():
    run = played(CACHE_ASIDE, STALE)
    figure = sequence(diagram(run), 80)
    assert plain_text((*figure.head, *figure.at(14), *figure.foot)) == STALE_READ


def test_the_readme_shows_the_figure_as_it_is():
    readme = Path(__file__).parents[2] / "README.md"
    assert STALE_READ in readme.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "scene"), SCENES)
def test_every_scene_can_be_drawn_with_each_of_its_messages_and_calls(name, scene):
    run = played(LABS[name], scene)
    shown = diagram(run)
    ended = [moved for step in run.steps for moved in step.moved if moved.status == "delivered"]
    assert [lane.label for lane in shown.lanes] == [member.label for member in run.cast.members]
    assert sum(message.fate == "delivered" for message in shown.messages) == len(ended)
    assert sum(message.fate == "flying" for message in shown.messages) == len(run.world.in_flight)
    assert len(shown.bars) == len(run.operations)
    for columns in (80, 120):
        figure = sequence(shown, columns)
        assert all(width(row) <= columns for row in (*figure.head, *figure.rows, *figure.foot))
        for message in shown.messages:
            if message.fate == "delivered":
                assert set(plain(figure.rows[figure.steps[message.ended]])) & set("▸◂")


@pytest.mark.parametrize(("name", "scene"), [each for each in SCENES if each.values[1].breaks])
def test_a_promise_that_a_scene_breaks_stands_below_the_step_that_broke_it(name, scene):
    run = played(LABS[name], scene)
    (breach,) = (breach for breach in diagram(run).breaches if breach.name == scene.breaks)
    figure = sequence(diagram(run), 80)
    rows = [plain(row) for row in figure.rows]
    assert rows[figure.steps[breach.step] + 1][1:].startswith(("━ ✗ BROKEN", "─ ✗ BROKEN"))
    assert breach.told


def test_a_promise_that_holds_has_no_letters():
    shown = diagram(played(with_witness(CACHE_ASIDE, "writer_1.set#1"), CACHE_ASIDE.scene("other_order")))
    assert shown.breaches == ()
    assert shown.witness == ()


def test_the_witness_is_asked_of_the_step_that_broke_the_promise():
    seen = []

    def witness(_world, operations):
        seen.append([operation.name for operation in operations if operation.done])
        return ("reader_1.get#2",)

    first, *others = CACHE_ASIDE.invariants
    lab = replace(CACHE_ASIDE, invariants=(replace(first, witness=witness), *others))
    shown = diagram(played(lab, STALE, "deliver cache>reader_1.set.reply#1"))
    assert all(names == ["writer_1.set#1", "reader_1.get#2"] for names in seen)
    assert [bar.letter for bar in shown.bars] == ["", "", "p"]


def test_the_promise_with_a_witness_comes_first():
    first, second = CACHE_ASIDE.invariants
    lab = replace(
        CACHE_ASIDE,
        invariants=(
            replace(first, witness=None),
            replace(second, witness=lambda _world, _done: ("writer_1.set#1",)),
        ),
    )
    shown = diagram(played(lab, STALE, "deliver cache>reader_1.set.reply#1"))
    assert [(breach.name, breach.step) for breach in shown.breaches] == [
        ("cache_agrees", 15),
        ("no_stale_read", 14),
    ]
    assert [bar.letter for bar in shown.bars] == ["", "p", ""]


def test_faults_are_drawn_as_what_they_do():
    run = played(
        CACHE_ASIDE,
        STALE,
        "drop cache>reader_1.set.reply#1",
        "cut reader_1 database",
        "call reader_1 get z",
        "duplicate reader_1>cache.get#3",
        "deliver reader_1>cache.get#3",
        "crash cache",
        "crash reader_1",
        "restart reader_1",
        "restart cache",
        "deliver reader_1>cache.get#3+1",
        "heal reader_1 database",
    )
    figure = sequence(diagram(run), 100)
    rows = {step: plain(figure.rows[y]) for step, y in enumerate(figure.steps)}
    assert "✗╌╌ stored ╌" in rows[15]
    assert "╌ ✗ cut ╌" in rows[16]
    assert "╌ copy get z ╌" in rows[18]
    assert "✗ crash" in rows[20]
    assert "failed ✗" in rows[21]
    assert "○" in rows[22]
    assert "✗╌╌╯" in rows[22]
    assert "get z, copy" in rows[24]
    assert "╌ heal ╌" in rows[25]


def test_a_timer_says_what_it_ends():
    run = played(CACHE_ASIDE, STALE, "fire cache.timer#1")
    shown = diagram(run)
    assert [(mark.lane, mark.text) for mark in shown.marks] == [("cache", "k expires")]
    assert ("cache", "k gone") in [(note.lane, note.text) for note in shown.notes if note.step == 15]


def test_a_run_that_has_not_begun_shows_what_there_is():
    run = Run(CACHE_ASIDE, "textbook", {}, 0, "tests/lab")
    figure = sequence(diagram(run), 80)
    assert plain(figure.at(0)[0]).startswith("▸0 ")
    assert plain(figure.at(0)[0]).endswith("┊ k = v1")
    assert len(figure.rows) == 1

"""What the interviewer asks on his own account: follow-ups in the deep dive, a changed constraint, a failure.

The first follow-up is about the box whose loss hurts most in the measured drawing; the others depend on what
was said. Among equals the seed chooses.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sdtutor.content.problem_records import Change, FollowUp
from sdtutor.core.draws import uniform
from sdtutor.core.systems import Kind
from sdtutor.interview.conversation import Asked, Conversation
from sdtutor.interview.examining import examined
from sdtutor.interview.matching.finding import find_any
from sdtutor.interview.matching.text import Text
from sdtutor.interview.records import Minutes, Said
from sdtutor.interview.replies.answering import only_asks
from sdtutor.interview.replies.foretelling import ask_first, prediction_about, take_answer, tell_truth

if TYPE_CHECKING:
    from sdtutor.architecture.examination import Examination

T = TypeVar("T")

FOLLOW_UPS: dict[Minutes, int] = {45: 3, 25: 1, 10: 0}
"""How many of the problem's follow-ups there is time for. Editorial."""

_PATIENCE: dict[Minutes, int] = {45: 3, 25: 2, 10: 1}
_WORDS = 60
"""An answer has met one of its points, or has so many points, or so many words. Editorial."""


def heard(now: Conversation, said: Said) -> Conversation:
    """Return the moment with the problem's points that this one makes."""
    text = Text.of((said,))
    new = (
        point.id for point in now.problem.points if point.id not in now.made and find_any(point.says, text)
    )
    return replace(now, made=(*now.made, *new))


def open_stage(now: Conversation) -> Conversation:
    """Return the moment after the first question of the stage that was just opened, if it has one."""
    if now.stage.name == "deep_dive":
        return _deepen(now)
    if now.stage.name == "change":
        change = _drawn_lot(now.problem.changes, now.settings.seed, "change")
        return _ask(now, Asked("change", change.id, change.says.strip(), "", change.points, now.count))
    return tell_truth(now)


def react(now: Conversation, said: Said, made_before: Sequence[str]) -> Conversation:
    """Return the moment after the next question, if the last one has its answer.

    Args:
        now: The moment after a point that is not only a question.
        said: The point.
        made_before: The problem's points that had been made before it.
    """
    if not now.questions:
        return now
    last = now.questions[-1]
    if now.stage.name == "change" and last.kind == "prediction":
        return _lose(take_answer(now, said), last.box)
    if not _is_answered(now, made_before):
        return now
    if now.stage.name == "deep_dive":
        return _deepen(now)
    if now.stage.name == "change" and last.kind == "change":
        return _take_away(now)
    return tell_truth(now)


def _is_answered(now: Conversation, made_before: Sequence[str]) -> bool:
    last = now.questions[-1]
    since = [each for each in now.since(last.after) if not only_asks(each)]
    if any(point in last.points for point in now.made if point not in made_before):
        return True
    words = sum(len(each.text.split()) for each in since)
    return len(since) >= _PATIENCE[now.settings.minutes] or words >= _WORDS


def _deepen(now: Conversation) -> Conversation:
    """Ask about the box whose loss hurt most, as it was measured, once; then what the problem has to ask."""
    if not now.drawing or any(each.kind == "weakest" for each in now.questions):
        return _follow_up(now)
    found = examined(now)
    box = found.weakest
    if not box:
        return _follow_up(now)
    return _ask(now, Asked("weakest", box, _about_weakest(found), box, (), now.count))


def _about_weakest(found: "Examination") -> str:
    box = found.weakest
    outage = next((each for each in found.outages if each.box == box), None)
    if outage is not None:
        return f"Look at your `{box}`. {outage.says} Walk me through it: what do you do about it?"
    load = found.load
    if load is not None and load.bottleneck == box and load.saturates_at < float("inf"):
        at = f"{load.saturates_at:,.0f} requests a second; you have {load.offered:,.0f}"
        return f"Look at your `{box}`. It is full first, at {at}. What do you do when you get there?"
    return f"Look at your `{box}`. Why is it there, and what happens without it?"


def _follow_up(now: Conversation) -> Conversation:
    asked = [each.id for each in now.questions if each.kind == "follow_up"]
    fitting = [each for each in now.problem.follow_ups if each.id not in asked and _fits(now, each)]
    if not fitting or len(asked) >= FOLLOW_UPS[now.settings.minutes]:
        return now
    chosen = _drawn_lot(fitting, now.settings.seed, "follow_up", str(len(asked)))
    box = _box_of(now, chosen.about)
    text = chosen.ask.strip().replace("{box}", box)
    return _ask(now, Asked("follow_up", chosen.id, text, box, chosen.points, now.count))


def _fits(now: Conversation, follow_up: FollowUp) -> bool:
    """Whether a follow-up suits what was said and drawn, and still has something to find out."""
    return (
        all(point in now.made for point in follow_up.said)
        and not any(point in now.made for point in follow_up.unsaid)
        and (follow_up.about is None or bool(_box_of(now, follow_up.about)))
        and (not follow_up.points or not all(point in now.made for point in follow_up.points))
    )


def _take_away(now: Conversation) -> Conversation:
    """Take away the box whose loss hurt most of those the problem has a failure for and nobody talked about.

    What will happen is to be predicted first, where the simulation knows it.
    """
    talked = [each.box for each in now.questions if each.kind == "weakest"]
    kinds = _kinds(now)
    hurting = [each.box for each in examined(now).outages] if now.drawing else []
    ordered = (*(box for box in hurting if box not in talked), *talked, *kinds)
    box = next((box for box in ordered if _failures(now, kinds.get(box))), "")
    prediction = prediction_about(now, box) if box else None
    return ask_first(now, box, prediction) if prediction else _lose(now, box)


def _lose(now: Conversation, box: str) -> Conversation:
    """Say that a box is lost; a kind where nothing fitting is drawn."""
    failure = next(iter(_failures(now, _kinds(now).get(box))), now.problem.failures[0])
    named = box or str(failure.about).replace("_", " ")
    text = failure.says.strip().replace("{box}", named)
    return _ask(now, Asked("failure", failure.id, text, box, failure.points, now.count))


def _failures(now: Conversation, kind: Kind | None) -> list[Change]:
    return [each for each in now.problem.failures if kind is not None and each.about == kind]


def _kinds(now: Conversation) -> dict[str, Kind]:
    from sdtutor.architecture.language.reading import read_drawing

    return {name: box.kind for name, box in read_drawing(now.drawing).boxes.items()}


def _box_of(now: Conversation, kind: Kind | None) -> str:
    return next((name for name, found in _kinds(now).items() if found == kind), "")


def _ask(now: Conversation, asked: Asked) -> Conversation:
    kind = "follow_up" if asked.kind == "weakest" else asked.kind
    return replace(now, questions=(*now.questions, asked)).replying(kind, asked.text, asked.id)


def _drawn_lot(among: Sequence[T], seed: int, *names: str) -> T:
    return among[int(uniform(seed, *names) * len(among))]

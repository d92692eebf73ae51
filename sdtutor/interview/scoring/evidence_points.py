"""Evidence from the problem's rubric: words that match its points, less what a misconception takes away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sdtutor.content.problem_records import Misconception, Point
from sdtutor.content.records import Level
from sdtutor.interview.matching.finding import Match, find_any
from sdtutor.interview.records import Evidence, Fallacy
from sdtutor.interview.scoring.heard import Heard, seen

_TICKED: Final = "said aloud, and ticked"
"""Stands where the candidate's words would stand."""


def problem_points(heard: Heard) -> Iterator[Evidence]:
    """Yield the problem's points, claimed by words or ticks; what seniors must say is a bonus at mid."""
    matches = {point.id: heard.claims.get(point.id) for point in heard.problem.points}
    ticked = [] if heard.stuffing.whole else list(heard.conversation.ticked)
    for wrong, match in _voiced(heard):
        taken = _vetoed(wrong, match, heard.problem.points, matches) or _unticked(wrong, heard, ticked)
        matches.update(dict.fromkeys(taken))
        ticked = [name for name in ticked if name not in taken]
    for point in heard.problem.points:
        item = seen(_item(point, heard), matches[point.id])
        yield replace(item, met=True, quote=_TICKED) if not item.met and point.id in ticked else item


def fallacies(heard: Heard) -> tuple[Fallacy, ...]:
    """Return the misconceptions that were voiced."""
    return tuple(
        Fallacy(wrong.id, wrong.dimension, wrong.why, match.quote, (match.point,), wrong.study)
        for wrong, match in _voiced(heard)
    )


def _voiced(heard: Heard) -> Iterator[tuple[Misconception, Match]]:
    for wrong in heard.problem.misconceptions:
        match = find_any(wrong.says, heard.text)
        if match is not None:
            yield wrong, match


def _vetoed(
    wrong: Misconception, match: Match, points: Sequence[Point], matches: Mapping[str, Match | None]
) -> tuple[str, ...]:
    """Return the points of its dimension that a misconception takes away.

    Those that rest on the same sentence; where there is none, one that was made, so that it always costs.
    """
    made = {
        point.id: found
        for point in points
        if point.dimension == wrong.dimension and (found := matches[point.id])
    }
    same = tuple(
        name for name, found in made.items() if match.sentence <= found.last and found.sentence <= match.last
    )
    return same or tuple(made)[:1]


def _unticked(wrong: Misconception, heard: Heard, ticked: Sequence[str]) -> tuple[str, ...]:
    """Return the tick of its dimension that a misconception takes away where no words were credited."""
    own = [point.id for point in heard.problem.points if point.dimension == wrong.dimension]
    return tuple(name for name in own if name in ticked)[:1]


def is_core(point: Point, level: Level) -> bool:
    """Return whether a point is expected at a level; else it is a bonus."""
    return point.core and (point.level == "mid" or level == "senior")


def _item(point: Point, heard: Heard) -> Evidence:
    return Evidence(
        id=f"point.{point.id}",
        dimension=point.dimension,
        checked=False,
        met=False,
        core=is_core(point, heard.conversation.settings.level),
        says=point.title,
        study=point.study,
        model=point.model,
    )

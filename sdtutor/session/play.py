"""Opening labs: anew, where the learner stopped, from a file, or at the place that a text links to."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdtutor.engine.events import parse_event
from sdtutor.engine.lab import Lab, Scene, Variant
from sdtutor.engine.run import Run
from sdtutor.engine.run_file import parse_run, read_run
from sdtutor.errors import RunFileError, UsageError
from sdtutor.session.desk import Desk
from sdtutor.session.lab_goals import Goals
from sdtutor.session.lab_opening import Keeping, resume_lab, start_lab
from sdtutor.session.lab_session import LabSession

if TYPE_CHECKING:
    from sdtutor.content.records import LabLink


def play(
    desk: Desk,
    lab: str,
    variant: Variant | None,
    settings: Mapping[str, Any],
    seed: int,
    *,
    keep: bool = True,
) -> LabSession:
    """Return a lab that begins: as its opening has it, unless variant or settings differ.

    Args:
        desk: Where from.
        lab: ``topic/slug``.
        variant: Which code; None is the one of the opening.
        settings: Values of parameters.
        seed: From which latencies are drawn.
        keep: Whether goals and the run are kept.

    Raises:
        UsageError: No such variant, setting or value.
    """
    declared = desk.shelf.load(lab)
    opening = declared.opening
    given = settings or (opening.parameters if variant in (None, opening.variant) else {})
    run = Run(declared, variant or opening.variant, given, seed, lab)
    return start_lab(run, _titles(desk, lab), _keeping(desk, lab, keep))


def play_on(desk: Desk, lab: str) -> LabSession | None:
    """Return a lab where the learner stopped; None when nothing was kept, or it is not possible any more."""
    saved = desk.store.run(lab)
    if saved is None:
        return None
    try:
        run = parse_run(saved.text, desk.store.path).replay(desk.shelf.load(lab))
    except RunFileError:
        return None
    return resume_lab(run, _titles(desk, lab), _keeping(desk, lab, True))


def play_file(desk: Desk, path: Path, *, keep: bool = True) -> LabSession:
    """Return a lab with the run that a file holds.

    Raises:
        RunFileError: The file is not a run file, names no lab, or has an event that is not possible there.
    """
    saved = read_run(path)
    if saved.lab not in desk.shelf.names:
        hint = "sdtutor list labs shows those that exist."
        raise RunFileError(path, 0, f'There is no lab "{saved.lab}".', hint)
    run = saved.replay(desk.shelf.load(saved.lab))
    return resume_lab(run, _titles(desk, saved.lab), _keeping(desk, saved.lab, keep))


def play_scene(desk: Desk, link: "LabLink") -> LabSession:
    """Return a lab at the place that a text links to: a scene, and a step of it.

    Raises:
        UsageError: The lab has no such scene, or the scene no such step.
    """
    declared = desk.shelf.load(link.concept)
    scene, step = scene_step(declared, link)
    run = Run(declared, scene.variant, scene.parameters, 0, link.concept)
    run.apply_all(map(parse_event, scene.events))
    keeping = _keeping(desk, link.concept, True)
    goals = Goals(declared, keeping.met, keeping.record_goal)
    return LabSession(run, _titles(desk, link.concept), goals, keeping.save, step)


def scene_step(lab: Lab, link: "LabLink") -> tuple[Scene, int]:
    """Return the scene to which a link leads, and the step of it.

    Raises:
        UsageError: The lab has no such scene, or the scene no such step.
    """
    scene = lab.scene(link.scene)
    if scene is None:
        known = ", ".join(each.name for each in lab.scenes) or "none"
        raise UsageError(f'The lab {link.concept} has no scene "{link.scene}".', f"Its scenes: {known}.")
    last = len(scene.events)
    step = last if link.step is None else link.step
    if step > last:
        raise UsageError(f'The scene "{link.scene}" has {last} steps, not {step}.', "Name one of them.")
    return scene, step


def _titles(desk: Desk, lab: str) -> tuple[str, str]:
    return desk.topic_title(lab), desk.title(lab)


def _keeping(desk: Desk, lab: str, keep: bool) -> Keeping:
    """Return what keeps goals and runs of a lab; also keeps that it was opened."""
    if not keep:
        return Keeping()
    store = desk.store
    desk.remember("lab", lab)
    return Keeping(
        met=frozenset(goal.goal for goal in store.goals() if goal.lab == lab),
        record_goal=lambda goal, steps: store.record_goal(lab, goal, steps),
        save=lambda text: store.save_run(lab, text),
    )

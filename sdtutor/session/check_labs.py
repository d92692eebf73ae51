"""What must hold of a lab's declaration: names resolve, words fit, recorded runs do what they say."""

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sdtutor.drawing.spans import cells
from sdtutor.engine.events import parse_event
from sdtutor.engine.lab import Cast, Lab, Node, Opening, Scene, Variant
from sdtutor.engine.predictions.judging import faults_of
from sdtutor.engine.predictions.making import make
from sdtutor.engine.predictions.skill import Skill
from sdtutor.engine.run import Run
from sdtutor.errors import ContentError, UsageError
from sdtutor.session.check_findings import problems_of_findings
from sdtutor.session.lab_code import defined_names
from sdtutor.session.labs import LabShelf

SENTENCE_ROWS, SENTENCE_COLUMNS = 2, 76
"""Room for the goal of an opening on a screen of 80 columns."""

TITLE_COLUMNS = 30
"""Room for ``sender → receiver`` in the list of what can happen next, on a screen of 80 columns."""

Said = tuple[str, str]
"""Message and hint."""


class Declarations:
    """The labs of a shelf, each imported once.

    Args:
        shelf: The labs.
    """

    def __init__(self, shelf: LabShelf) -> None:
        self.shelf = shelf
        self._labs: dict[str, Lab | None] = {}
        self.problems: list[ContentError] = []

    def lab(self, name: str) -> Lab | None:
        """Return a declaration; None when it cannot be imported, which is noted as a problem."""
        if name not in self._labs:
            self._labs[name] = self._load(name)
        return self._labs[name]

    def _load(self, name: str) -> Lab | None:
        try:
            return self.shelf.load(name)
        except ContentError as error:
            self.problems.append(error)
        except (ImportError, SyntaxError, AttributeError, NameError, TypeError, ValueError) as error:
            said = f"The lab cannot be imported: {type(error).__name__}: {error}."
            problem = ContentError(self.shelf.path(name), 0, said, "Correct the module.")
            self.problems.append(problem)
        return None


def check_labs(labs: Declarations, told: Callable[[str], None] = lambda _what: None) -> list[ContentError]:
    """Return the problems of all labs of a shelf.

    Args:
        labs: The labs.
        told: Told the name of each.
    """
    found: list[ContentError] = []
    for name in labs.shelf.names:
        told(name)
        lab = labs.lab(name)
        if lab:
            path = labs.shelf.path(name)
            # A declaration that is wrong by itself is not worth searching in.
            said = list(problems_of(lab, name)) or list(problems_of_findings(lab, name))
            found += [ContentError(path, 0, message, hint) for message, hint in said]
    return [*labs.problems, *found]


def problems_of(lab: Lab, name: str) -> Iterator[Said]:
    """Yield message and hint for everything that is wrong with a lab.

    Args:
        lab: The declaration.
        name: ``topic/slug``.
    """
    yield from _names(lab)
    yield from _opening(lab, name)
    yield from _goals(lab)
    yield from _code(lab)
    for variant, parameters in _worlds(lab):
        yield from _cast(lab, variant, parameters)
    for scene in lab.scenes:
        yield from _scene(lab, name, scene)
    for skill in lab.skills:
        title = f'The skill "{skill.name}"'
        yield from ((f"{title}{said}", hint) for said, hint in _skill(lab, name, skill))


def _names(lab: Lab) -> Iterator[Said]:
    if not lab.invariants:
        yield "The lab promises nothing.", "Declare an invariant; the first stands on top of the screen."
    lists: Mapping[str, Iterable[Any]] = {
        "invariant": lab.invariants,
        "goal": lab.goals,
        "scene": lab.scenes,
        "measure": lab.measures,
        "prediction": lab.predictions,
        "skill": lab.skills,
        "parameter": lab.parameters,
    }
    for kind, things in lists.items():
        for name, times in Counter(thing.name for thing in things).items():
            if times > 1:
                yield f'{times} {kind}s are called "{name}".', "Give each its own name."


def _opening(lab: Lab, name: str) -> Iterator[Said]:
    opening = lab.opening
    rows = textwrap.wrap(opening.sentence, SENTENCE_COLUMNS)
    if not 1 <= len(rows) <= SENTENCE_ROWS:
        room = f"It has room for {SENTENCE_ROWS} rows of {SENTENCE_COLUMNS} columns."
        yield f"The opening sentence takes {len(rows)} rows.", room
    _, said = _replay(lab, name, opening.variant, opening.parameters, opening.events)
    yield from (_within("The opening", each) for each in said)


def _within(what: str, said: Said) -> Said:
    return f"{what}: {said[0]}", said[1]


def _goals(lab: Lab) -> Iterator[Said]:
    for goal in lab.goals:
        if not goal.hints:
            yield f'The goal "{goal.name}" has no hint.', "Write one at least, the last one the whole way."
        if goal.variant not in lab.sources:
            yield _no_variant(f'The goal "{goal.name}"', goal.variant, lab)


def _no_variant(what: str, variant: str, lab: Lab) -> Said:
    return f"{what} is about the {variant} version.", f"The lab has: {', '.join(lab.variants)}."


def _code(lab: Lab) -> Iterator[Said]:
    for variant in lab.variants:
        known = defined_names(lab, variant)
        if not lab.main_code.get(variant):
            yield f"main_code names no code of the {variant} version.", "Name what the code pane shows."
        for name in lab.main_code.get(variant, ()):
            if name not in known:
                hint = "It defines: " + ", ".join(sorted(known)) + "."
                yield f'The {variant} module does not define "{name}" of main_code.', hint


def _worlds(lab: Lab) -> list[tuple[Variant, Mapping[str, Any]]]:
    """Return each variant with its defaults, and whatever the opening and the scenes set, each once."""
    worlds: list[tuple[Variant, Mapping[str, Any]]] = [(variant, {}) for variant in lab.variants]
    stories: tuple[Opening | Scene, ...] = (lab.opening, *lab.scenes)
    for told in stories:
        world = (told.variant, told.parameters)
        if told.variant in lab.sources and world not in worlds:
            worlds.append(world)
    return worlds


def _cast(lab: Lab, variant: Variant, parameters: Mapping[str, Any]) -> Iterator[Said]:
    try:
        run = Run(lab, variant, parameters)
    except UsageError:
        # The opening or the scene that sets these parameters is reported with its own name.
        return
    run.close()
    cast = run.cast
    for check in (_members, _links):
        yield from check(cast)
    for call in lab.script(run.values):
        node = cast.member(call.node)
        offers = node.calls if isinstance(node, Node) else ()
        wanted = (call.operation, len(call.arguments))
        if wanted not in [(offer.operation, len(offer.arguments)) for offer in offers]:
            asked = f"{call.operation} with {wanted[1]} arguments on {call.node}"
            yield f"The script calls {asked}, which nobody offers.", "Correct it, or add it to calls."
    for node in cast.nodes:
        for offer in node.calls:
            if len(offer.example) != len(offer.arguments):
                hint = "Give one value for each argument."
                yield f"The example for {offer.operation} on {node.name} does not fit its arguments.", hint


def _members(cast: Cast) -> Iterator[Said]:
    keys: Mapping[str, Callable[[Any], Any]] = {
        "are called": lambda member: member.name,
        "are labelled": lambda member: member.label,
        "stand in cell": lambda member: member.cell,
    }
    for what, key in keys.items():
        for value, times in Counter(map(key, cast.members)).items():
            if times > 1:
                yield f"{times} members {what} {value}.", "Give each its own."
    for mark, times in Counter(node.mark for node in cast.nodes).items():
        if times > 1 or len(mark) != 1:
            yield f'{times} nodes have the mark "{mark}".', "Give each one letter of its own."


def _links(cast: Cast) -> Iterator[Said]:
    for link in cast.links:
        ends = [cast.member(name) for name in (link.one, link.other)]
        for name, member in zip((link.one, link.other), ends, strict=True):
            if member is None:
                known = ", ".join(member.name for member in cast.members)
                yield f'A link leads to "{name}", who is not there.', f"There are: {known}."
        title = " → ".join(member.label for member in ends if member)
        if cells(title) > TITLE_COLUMNS:
            hint = f"Together with the arrow, two linked labels have {TITLE_COLUMNS} columns."
            yield f'"{title}" does not fit its column.', hint


def _skill(lab: Lab, name: str, skill: Skill) -> Iterator[Said]:
    hint = "Correct its aims, its walk or its settings."
    try:
        question = make(lab, name, skill, 0)
    except UsageError as error:
        yield f": {error.message}", error.hint
        return
    if question is None:
        yield " has no question.", hint
    else:
        yield from ((f": {fault}.", hint) for fault in faults_of(question, lab))


def _scene(lab: Lab, name: str, scene: Scene) -> Iterator[Said]:
    title = f'The scene "{scene.name}"'
    run, said = _replay(lab, name, scene.variant, scene.parameters, scene.events)
    yield from (_within(title, each) for each in said)
    if run is None:
        return
    known = {verdict.invariant.name: verdict.holds for verdict in run.verdicts()}
    if scene.breaks is None:
        broken = ", ".join(invariant for invariant, holds in known.items() if not holds)
        if broken:
            yield f"{title} breaks {broken}, and says that all hold.", "Set breaks, or correct its events."
    elif scene.breaks not in known:
        hint = f"There are: {', '.join(known)}."
        yield f'{title} says it breaks "{scene.breaks}", which is no invariant.', hint
    elif known[scene.breaks]:
        yield f"{title} does not break {scene.breaks}, as it says.", "Correct its events, or breaks."


def _replay(
    lab: Lab, name: str, variant: Variant, parameters: Mapping[str, Any], events: Iterable[str]
) -> tuple[Run | None, list[Said]]:
    """Return the run of some events, or None and what is wrong with them."""
    if variant not in lab.sources:
        return None, [_no_variant("It", variant, lab)]
    try:
        run = Run(lab, variant, parameters, 0, name)
    except UsageError as error:
        return None, [(error.message, error.hint)]
    try:
        run.apply_all(map(parse_event, events))
    except UsageError as error:
        return None, [(error.message, error.hint)]
    finally:
        run.close()
    return run, []

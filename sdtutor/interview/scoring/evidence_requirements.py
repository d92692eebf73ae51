"""Evidence of scope: what was asked, which qualities have numbers, what is in and out."""

from collections.abc import Iterator

from sdtutor.content.problem_records import Operation, Pattern, StageName
from sdtutor.interview.matching import phrases
from sdtutor.interview.matching.finding import Match, find_all, find_any
from sdtutor.interview.records import Evidence, Reply, Said
from sdtutor.interview.scoring.heard import Heard, seen

OPERATIONS = 3
"""Operations that a scope names, where the problem has as many. Editorial."""

_EARLY: tuple[StageName, ...] = ("requirements", "estimation")


def requirements(heard: Heard) -> Iterator[Evidence]:
    """Yield questions that were answered, qualities with numbers, and the limits of the task."""
    yield from _asks(heard)
    yield from _qualities(heard)
    yield _functional(heard)
    yield seen(
        Evidence(
            "scope.out",
            "requirements",
            False,
            False,
            False,
            "put something out of scope",
            model="Accounts and billing are out of scope; I concentrate on what users do all day.",
        ),
        heard.claim(phrases.out_of_scope(heard.text), lists=True),
    )
    yield seen(
        Evidence("assumption", "requirements", True, False, False, "stated an assumption with a number"),
        heard.claim(phrases.assumptions(heard.text)),
    )


def _asks(heard: Heard) -> Iterator[Evidence]:
    asked = _asked_in(heard)
    for ask in heard.problem.asks:
        by = asked.get(ask.id)
        yield Evidence(
            id=f"ask.{ask.id}",
            dimension="requirements",
            checked=True,
            met=ask.id in heard.conversation.asks,
            core=ask.hidden,
            says=f"asked about {ask.id.replace('_', ' ')}: {ask.answer}",
            quote=by.text if by else "",
            points=(by.number,) if by else (),
            weight=1.0 if ask.hidden else 0.5,
        )


def _asked_in(heard: Heard) -> dict[str, Said]:
    """Return the point that asked, by id of what was asked."""
    found: dict[str, Said] = {}
    last: Said | None = None
    for turn in heard.conversation.turns:
        if isinstance(turn, Said):
            last = turn
        elif isinstance(turn, Reply) and last is not None and turn.kind == "answer":
            found.setdefault(turn.about, last)
    return found


def _qualities(heard: Heard) -> Iterator[Evidence]:
    found = [(name, match) for name, match in phrases.qualities(heard.text).items() if heard.claim([match])]
    for place, core in ((1, True), (2, False)):
        name, match = found[place - 1] if len(found) >= place else ("", None)
        yield seen(
            Evidence(
                id=f"quality.{place}",
                dimension="requirements",
                checked=True,
                met=False,
                core=core,
                says=f"{'a' if core else 'a second'} quality with a number" + (f": {name}" if name else ""),
            ),
            match,
        )


def _functional(heard: Heard) -> Evidence:
    found = [match for each in heard.problem.operations if (match := _named(heard, each))]
    wanted = min(OPERATIONS, len(heard.problem.operations))
    return Evidence(
        id="scope.functional",
        dimension="requirements",
        checked=False,
        met=len(found) >= wanted,
        core=True,
        says="named what users can do",
        quote=" ".join(dict.fromkeys(each.quote for each in found)),
        points=tuple(sorted({each.point for each in found})),
        model="Users " + ", ".join(each.title for each in heard.problem.operations[:OPERATIONS]) + ".",
    )


def _named(heard: Heard, operation: Operation) -> Match | None:
    """Return where an operation is part of the scope: before anything was designed.

    A sentence about the scope may name the deed alone: "Scope: transfer, balance, history".
    """
    whole = find_any(operation.words, heard.text)
    if whole is not None and whole.stage in _EARLY and (match := heard.claim([whole], lists=True)):
        return match
    scopes = {each.sentence for each in phrases.scopes(heard.text)}
    deeds = (Pattern((each.groups[0],), each.never) for each in operation.words)
    named = (match for deed in deeds for match in find_all(deed, heard.text) if match.sentence in scopes)
    return heard.claim(named, lists=True)

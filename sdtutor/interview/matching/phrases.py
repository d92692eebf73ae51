"""What good answers do whatever the problem is: assume, weigh, put a number to it, say what comes next.

Every detector returns the sentences that do it, in order. The wordings are editorial, made of how people
write in interviews; the tests hold some hundred of them, and as many that only look alike.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sdtutor.content.problem_records import Group, StageName
from sdtutor.interview.matching.finding import Match, group_places
from sdtutor.interview.matching.text import Sentence, Text
from sdtutor.interview.matching.wordings import (
    ASIDE,
    ASSUMING,
    CLOSING,
    COMPARING,
    COSTING,
    DURATION,
    EXPLAINING,
    FREE,
    GAP,
    GROWTH,
    NUMBER,
    OUT,
    PLANNING,
    QUALITIES,
    REASON,
    SCOPING,
    SKIPPING,
    SWITCHING,
    TARGET,
    WATCHED,
    WATCHING,
)

_SCOPED: Final[tuple[StageName, ...]] = ("requirements", "estimation")


def assumptions(text: Text) -> tuple[Match, ...]:
    """Return the sentences that assume something with a number."""
    return _where(text, lambda said: bool(ASSUMING.search(said) and re.search(NUMBER, said)))


def out_of_scope(text: Text) -> tuple[Match, ...]:
    """Return the sentences that put something out of scope; "search is out" does so only while it is set."""
    skipped = (each for each in _where(text, SKIPPING.search) if each.stage in _SCOPED)
    found = {match.sentence: match for match in (*skipped, *_where(text, OUT.search))}
    return tuple(found[place] for place in sorted(found))


def scopes(text: Text) -> tuple[Match, ...]:
    """Return the sentences that say what will be built, or what users do."""
    return tuple(each for each in _where(text, SCOPING.search) if each.stage in _SCOPED)


def qualities(text: Text) -> Mapping[str, Match]:
    """Return where a quality gets a number, by quality; one sentence may hold several.

    The qualities are latency, availability, durability, staleness, retention and throughput.
    """
    found: dict[str, Match] = {}
    for match, said in _statements(text):
        for quality, wording in QUALITIES.items():
            if quality not in found and wording.search(said):
                found[quality] = match
    return found


def alternatives(text: Text) -> tuple[Match, ...]:
    """Return the sentences that weigh one way against another and say why, there or in the next one."""
    return _where(text, _compared, then=_reasoned)


def _compared(said: str) -> "re.Match[str] | None":
    """Return a comparison; what only stands aside, "numbers (reads vs writes)", is none."""
    return COMPARING.search(ASIDE.sub("", said))


def _reasoned(said: str) -> bool:
    """Whether there is a reason; after a comparison a colon gives one, before it only a heading."""
    compared = _compared(said)
    return bool(REASON.search(said)) or (compared is not None and ":" in said[compared.end() :])


def switches(text: Text) -> tuple[Match, ...]:
    """Return the sentences that say at which number a choice would change."""
    return _where(
        text, lambda said: any(map(_is_amount, GROWTH.finditer(said))) and bool(SWITCHING.search(said))
    )


def _is_amount(found: "re.Match[str]") -> bool:
    """Whether this is an amount of load or data; times are, where they are latencies."""
    unit = found["unit"] or ""
    return not re.fullmatch(DURATION, unit) or (unit == "ms" and found[0][0] not in "<>")


def costs(text: Text) -> tuple[Match, ...]:
    """Return the sentences that name what a choice costs."""
    return _where(text, lambda said: bool(COSTING.search(FREE.sub("", said))))


def targets(text: Text) -> tuple[Match, ...]:
    """Return the sentences with an SLO, an RPO or an RTO and its number."""
    return _where(text, TARGET.search)


def detections(text: Text) -> tuple[Match, ...]:
    """Return the sentences that say how trouble is noticed, and by what."""
    return _where(text, lambda said: bool(WATCHING.search(said) and WATCHED.search(said)))


def plans(text: Text) -> tuple[Match, ...]:
    """Return the sentences that say what comes next."""
    return _where(text, PLANNING.search)


def closings(text: Text) -> tuple[Match, ...]:
    """Return the sentences that sum up or name gaps of the candidate's own."""
    return _where(text, CLOSING.search)


def gaps(text: Text) -> tuple[Match, ...]:
    """Return the sentences that say what the candidate did not do: what they name was not said."""
    return _where(text, GAP.search)


def questions(text: Text) -> tuple[Match, ...]:
    """Return the questions to the interviewer: those that the candidate does not answer at once."""
    return tuple(
        _match(place, sentence)
        for place, sentence in enumerate(text.sentences)
        if sentence.asks and not sentence.answered
    )


def reasons(text: Text, names: Mapping[str, Group]) -> Mapping[str, Match]:
    """Return, for each thing that is explained, the first sentence that says what it is there for.

    Args:
        text: What was said.
        names: Phrases for each thing: a box's name and other words for it.
    """
    explained = {match.sentence: match for match in _where(text, EXPLAINING.search)}
    found: dict[str, Match] = {}
    for name, group in names.items():
        homes = sorted(group_places(group, text) & explained.keys())
        if homes:
            found[name] = explained[homes[0]]
    return found


def _where(
    text: Text, does: Callable[[str], object], then: Callable[[str], object] | None = None
) -> tuple[Match, ...]:
    """Return the statements that do something and, there or in the next sentence of the point, another."""
    found = []
    for match, said in _statements(text):
        if not does(said):
            continue
        following = _following(text, match)
        if then is None or then(said):
            found.append(match)
        elif following and then(_plain(following.text)):
            found.append(
                Match(
                    match.point,
                    match.stage,
                    f"{match.quote} {following.text}",
                    match.sentence,
                    match.last + 1,
                )
            )
    return tuple(found)


def _following(text: Text, match: Match) -> Sentence | None:
    following = text.sentences[match.last + 1 : match.last + 2]
    return following[0] if following and following[0].point == match.point and not following[0].asks else None


def _statements(text: Text) -> Iterator[tuple[Match, str]]:
    for place, sentence in enumerate(text.sentences):
        if not sentence.asks:
            yield _match(place, sentence), _plain(sentence.text)


def _match(place: int, sentence: Sentence) -> Match:
    return Match(sentence.point, sentence.stage, sentence.text, place, place)


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")

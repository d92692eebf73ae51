"""What a candidate said, split into sentences and words, with an index of the word stems."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sdtutor.content.problem_records import StageName
from sdtutor.interview.matching.sentences import split_sentences, without_code_marks
from sdtutor.interview.matching.words import is_word, split, stem
from sdtutor.interview.records import Said

LONGEST_TEXT = 100_000
"""Characters that are read of everything that was said, more than an interview holds. Editorial."""

_REPEATABLE = 4
"""Words of a sentence from which on saying it again adds nothing."""

_ASKING = re.compile(
    r"(?:"
    r"how (?:many|much|often|long|big|large|fast|short|old|fresh|stale|available|soon|quickly|do|does|is|are"
    r"|should|would|will|can|global|important|strict|consistent)\b"
    r"|(?:do|does|did|is|are|should|shall|can|could|may|would|will|must) "
    r"(?:we|i|you|it|they|there|this|that|these|those|the|any|users?|people|customers?|clients?|links?|all)\b"
    r"|what(?:'s| is| are| about| kind| sort| scale| volume| latency)\b"
    r"|(?:which|who|where|when|why) (?:\w+ )?(?:do|does|is|are|should|can|will)\b"
    r"|any \w+ (?:requirements?|limits?|constraints?|needs?)\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:so|and|ok|okay|also|first|then|but|well)\b,?\s+", re.IGNORECASE)
_CLAUSE = re.compile(r"[:,>]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of what was said.

    Args:
        point: Number of the point that it is part of.
        stage: In which stage it was said.
        place: Its place in the point, from 0.
        text: As typed.
        words: As :func:`~sdtutor.interview.matching.words.split` gives them, marks included.
        begin: Where its words begin in the text's.
        asks: Whether it is a question.
        answered: Whether it is a question that the candidate answers with the next sentence.
    """

    point: int
    stage: StageName
    place: int
    text: str
    words: tuple[str, ...]
    begin: int
    asks: bool
    answered: bool = False

    @property
    def length(self) -> int:
        """How many words it has, marks left out."""
        return sum(map(is_word, self.words))


@dataclass(frozen=True, slots=True)
class Text:
    """Everything that was said, ready to be searched.

    Args:
        sentences: In order.
        words: Of all sentences, marks included.
        stems: What each word is compared by; a mark is itself.
        homes: For each word, the place of its sentence in `sentences`.
        places: For each stem, where its words stand. Sentences that repeat an earlier one are left out.
        unread: Characters that were too many and are not part of it.
    """

    sentences: tuple[Sentence, ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]
    homes: tuple[int, ...]
    places: Mapping[str, tuple[int, ...]] = field(repr=False)
    unread: int = 0

    @classmethod
    def of(cls, said: Sequence[Said]) -> "Text":
        """Return the text of these points; pads and drawings among them are left out."""
        sentences: list[Sentence] = []
        left, total, begin = LONGEST_TEXT, 0, 0
        for point in said:
            if point.does != "say":
                continue
            total += len(point.text)
            found = _sentences(point, point.text[:left], begin)
            left -= len(point.text[:left])
            begin += sum(len(sentence.words) for sentence in found)
            sentences += found
        return cls._indexed(sentences, max(0, total - LONGEST_TEXT))

    @classmethod
    def _indexed(cls, sentences: list[Sentence], unread: int) -> "Text":
        words = tuple(word for sentence in sentences for word in sentence.words)
        stems = tuple(map(stem, words))
        homes = tuple(home for home, sentence in enumerate(sentences) for _ in sentence.words)
        places: dict[str, list[int]] = {}
        seen: set[tuple[str, ...]] = set()
        for sentence in sentences:
            if len(sentence.words) >= _REPEATABLE and sentence.words in seen:
                continue
            seen.add(sentence.words)
            for place in range(sentence.begin, sentence.begin + len(sentence.words)):
                places.setdefault(stems[place], []).append(place)
        return cls(
            tuple(sentences), words, stems, homes, {key: tuple(at) for key, at in places.items()}, unread
        )


def _sentences(point: Said, text: str, begin: int) -> list[Sentence]:
    parts = list(split_sentences(text))
    asking = [is_asking(part) for part in parts]
    found: list[Sentence] = []
    for place, part in enumerate(parts):
        words = tuple(split(part))
        answered = asking[place] and place + 1 < len(parts) and not asking[place + 1]
        found.append(Sentence(point.number, point.stage, place, part, words, begin, asking[place], answered))
        begin += len(words)
    return found


def is_asking(sentence: str) -> bool:
    """Return whether a sentence is a question, with or without its mark.

    >>> is_asking("how many users do we have"), is_asking("When the primary dies, a replica takes over.")
    (True, False)
    """
    bare = without_code_marks(sentence).rstrip(" \"')")
    if bare.endswith("?"):
        return True
    bare = _LEADING.sub("", bare)
    return bool(_ASKING.match(bare)) and not _CLAUSE.search(bare) and not bare.endswith((".", ";", "!"))

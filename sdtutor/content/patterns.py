"""Reading what an author writes to recognise a sentence: phrases, groups of them, patterns of groups.

A group is one text, its phrases separated by ``|``. A pattern is a list of groups, or
``{all: [groups], never: [phrases]}``. ``$name`` stands for the phrases of a word of the lexicon.
"""

from collections.abc import Mapping
from typing import Any

from sdtutor.content.problem_records import Group, Pattern
from sdtutor.content.validation import nearest, unknown_key
from sdtutor.content.yaml_tree import Document, Place
from sdtutor.errors import ContentError

MAX_PHRASE = 60
"""Characters of a phrase; a longer one is a sentence that nobody else will write. Editorial."""

_KEYS = ("all", "never")


class PatternReader:
    """Reads the patterns of one document, and gathers what is wrong with them.

    Args:
        document: Where they stand.
        words: Phrases by name, for ``$name``.
    """

    def __init__(self, document: Document, words: Mapping[str, Group]) -> None:
        self.document = document
        self.words = words
        self.problems: list[ContentError] = []

    def patterns(self, value: tuple[Any, ...], place: Place) -> tuple[Pattern, ...]:
        """Return a list of patterns; wrong ones are reported and come without their wrong parts."""
        return tuple(self._pattern(each, (*place, index)) for index, each in enumerate(value))

    def phrases(self, value: tuple[Any, ...], place: Place) -> Group:
        """Return the phrases of a list of texts, each of which may hold several."""
        found = [phrase for index, each in enumerate(value) for phrase in self._group(each, (*place, index))]
        return tuple(dict.fromkeys(found))

    def _pattern(self, value: Any, place: Place) -> Pattern:
        if isinstance(value, dict):
            return self._with_never(value, place)
        return Pattern(self._groups(value, place))

    def _with_never(self, value: dict[str, Any], place: Place) -> Pattern:
        for key in value:
            if key not in _KEYS:
                self._report((*place, key), *unknown_key(key, _KEYS))
        never = value.get("never", ())
        if not isinstance(never, tuple):
            self._report((*place, "never"), '"never" must be a list of phrases.', "Put it in [brackets].")
            never = ()
        return Pattern(
            self._groups(value.get("all"), (*place, "all")), self.phrases(never, (*place, "never"))
        )

    def _groups(self, value: Any, place: Place) -> tuple[Group, ...]:
        if not isinstance(value, tuple) or not value:
            hint = "Write [one | uno, two | due]: a comma between groups, a | between phrases."
            self._report(place, "A pattern must be a list of groups.", hint)
            return ()
        return tuple(self._group(each, (*place, index)) for index, each in enumerate(value))

    def _group(self, value: Any, place: Place) -> Group:
        if type(value) not in (str, int, float):
            self._report(
                place, "A group must be a text.", "Write its phrases with | between them, or quote it."
            )
            return ()
        found: list[str] = []
        for phrase in str(value).split("|"):
            found += self._expanded(" ".join(phrase.split()), place)
        return tuple(dict.fromkeys(found))

    def _expanded(self, phrase: str, place: Place) -> Group:
        if phrase.startswith("$"):
            if phrase[1:] in self.words:
                return self.words[phrase[1:]]
            hint = nearest(phrase[1:], self.words, "It has")
            self._report(place, f'The lexicon has no word "{phrase[1:]}".', hint)
        elif not any(character.isalnum() for character in phrase):
            self._report(
                place, f'"{phrase}" is not a phrase.', "Write a word or a number on each side of every |."
            )
        elif len(phrase) > MAX_PHRASE:
            hint = "Keep the two or three words that carry the meaning; a group for each."
            self._report(place, f'"{phrase[:20]}…" is longer than {MAX_PHRASE} characters.', hint)
        else:
            return (phrase,)
        return ()

    def _report(self, place: Place, message: str, hint: str) -> None:
        self.problems.append(self.document.problem(place, message, hint))

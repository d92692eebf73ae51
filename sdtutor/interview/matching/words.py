"""Words of a text in the form in which they are compared.

``single-flight``, ``Single flight`` and ``singleFlight`` are the same two words, ``base62`` is ``base`` and
``62``, ``don't`` is ``do`` and ``not``, ``seven`` is ``7``. A word is compared by its stem (Snowball's
English stemmer, Porter 2001), after a few irregular forms of the field were made regular.
"""

import re
import threading
from collections.abc import Callable
from functools import cache, lru_cache

LONGEST_WORD = 40
"""Letters of a word that are looked at; nothing in English or in the field is longer."""

_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)
_SHORTENED = re.compile(r"['’](?:s|re|ll|ve|d|m)\b", re.IGNORECASE)
_CAMEL = re.compile(r"\b(?:[a-z]+(?:[A-Z]+[a-z]*)+\b|[A-Z]?[a-z]+(?:[A-Z]+[a-z]*)+(?=\())")
_INNER = re.compile(r"(?<=[a-z])(?=[A-Z])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_LARGE = re.compile(r"(?<=\d)(?:(?P<million>M|mn)|(?P<billion>B|bn))\b")
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?|~>|-+>|=>|→|⇒|[,:()]|(?<=\s)[-–—]+(?=\s)|—")
_ARROWS = frozenset({"~>", "=>", "→", "⇒"})

_TYPED = {
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "arent": ("are", "not"),
    "wont": ("will", "not"),
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "shouldnt": ("should", "not"),
    "wouldnt": ("would", "not"),
    "neednt": ("need", "not"),
    "ca": ("can",),
    "wo": ("will",),
}
_DIGITS = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = dict(
    zip(
        _DIGITS.split(),
        map(str, range(13)),
        strict=True,
    )
)
_REGULAR = {
    "lost": "lose",
    "loss": "lose",
    "losses": "lose",
    "wrote": "write",
    "written": "write",
    "sent": "send",
    "kept": "keep",
    "dead": "die",
    "died": "die",
    "dying": "die",
    "death": "die",
    "broke": "break",
    "broken": "break",
    "fell": "fall",
    "fallen": "fall",
    "gone": "go",
    "went": "go",
    "goes": "go",
    "chose": "choose",
    "chosen": "choose",
    "choice": "choose",
    "held": "hold",
    "made": "make",
    "paid": "pay",
    "sold": "sell",
    "seen": "see",
    "saw": "see",
    "took": "take",
    "taken": "take",
    "split": "split",
    "splitting": "split",
    "ran": "run",
    "built": "build",
    "found": "find",
    "caught": "catch",
    "shut": "shut",
    "retries": "retry",
    "expiry": "expire",
    "expiration": "expire",
    "removal": "remove",
    "recovery": "recover",
    "delivery": "deliver",
    "deliveries": "deliver",
    "failure": "fail",
    "failures": "fail",
    "lookups": "lookup",
    "indices": "index",
    "indexes": "index",
    "dbs": "db",
    "databases": "database",
    "hostname": "host",
    "hostnames": "host",
    "ids": "id",
    "urls": "url",
}


@lru_cache(maxsize=64_000)
def stem(word: str) -> str:
    """Return what a word is compared by.

    Args:
        word: Lower case, as :func:`split` gives it.

    >>> stem("caching") == stem("cached") == stem("caches"), stem("lost") == stem("loses")
    (True, True)
    """
    word = _REGULAR.get(word, word)
    if not word.isalpha() or len(word) < 3:
        return word
    british = re.sub(r"(?<=[a-z]{3})is(e[ds]?|ing|ers?|ations?)$", r"iz\1", word)
    british = re.sub(r"(?<=[a-z]{3})our(?=$|s$|al$|ed$|ing$|ite)", "or", british)
    with _STEMMING:
        found = _stemmer()(british)
    return found[:-1] if len(found) > 5 and found.endswith("i") else found


# The stemmer keeps the word it works on in itself, and a screen may score in a thread.
_STEMMING = threading.Lock()


@cache
def _stemmer() -> Callable[[str], str]:
    from snowballstemmer import stemmer  # type: ignore[import-untyped]

    stem_word: Callable[[str], str] = stemmer("english").stemWord
    return stem_word


def split(text: str) -> list[str]:
    """Return the words of a text in lower case, with the marks that end a clause between them.

    A mark is a comma, a colon, a bracket, ``-`` for any dash and ``>`` for any arrow.

    >>> split("Don't cache p99: createLink -> seven")
    ['do', 'not', 'cache', 'p', '99', ':', 'create', 'link', '>', '7']
    """
    plain = _SHORTENED.sub("", _CONTRACTED.sub(" not", text))
    plain = _LARGE.sub(lambda scale: f" {scale.lastgroup}", plain)
    plain = _CAMEL.sub(lambda name: _INNER.sub(" ", name[0]), _THOUSANDS.sub("", plain))
    found: list[str] = []
    for token in _TOKEN.findall(plain):
        found.extend(_forms(token))
    return found


def _forms(token: str) -> tuple[str, ...]:
    if not token[0].isalnum():
        return (
            (">",) if token in _ARROWS or token.endswith(">") else ("-",) if token[0] in "-–—" else (token,)
        )
    word = token[:LONGEST_WORD].lower()
    return _TYPED.get(word) or (_NUMBERS.get(word, word),)


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a list that is written with spaces between them."""
    return frozenset(listed.split())


def is_word(token: str) -> bool:
    """Return whether this is a word or a number, not a mark."""
    return token[0].isalnum()

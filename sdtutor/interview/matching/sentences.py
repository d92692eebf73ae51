"""Where one sentence ends and the next begins, in text that was typed in a hurry."""

import re
from collections.abc import Iterator

LONGEST = 80
"""Words of one sentence: longer ones are cut, so that a page without a full stop is not one sentence."""

_TABLE = re.compile(r"\s*table\s", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•·–]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z]\)\s+|#+\s+)")
_END = re.compile(r"(?<=[.!?;])[\"')\]]*\s+|(?<=[.!?;])$|\s+•\s+")
_CODE = re.compile(r"\w\([^()]*\)|\{[^{}]*\}|\[[^\[\]]*\]|\b[A-Z]{3,9}\s+/\S+(?:\s*\([^()]*\))?|[=<>(,]\s?\?")
_SHORT = re.compile(r"\b(?:e\.g|i\.e|etc|vs|ca|approx|incl|resp)\.$", re.IGNORECASE)


def split_sentences(text: str) -> Iterator[str]:
    r"""Yield the sentences of a text, without bullets, none of them empty.

    A sentence ends at ``.``, ``!``, ``?`` or ``;`` before a space, and at the end of a line; ``3.5``,
    ``e.g.`` and ``https://a.b/c?d`` stay whole. A line that begins with ``table`` is one sentence.

    >>> list(split_sentences("Reads: 4.5k/s, e.g. clicks; writes 40/s. Why?\n- cache first"))
    ['Reads: 4.5k/s, e.g. clicks;', 'writes 40/s.', 'Why?', 'cache first']
    """
    for line in text.splitlines():
        bare = _BULLET.sub("", line).strip()
        parts = [bare] if _TABLE.match(bare) else _parts(bare)
        for part in parts:
            yield from _cut(part)


def without_code_marks(line: str) -> str:
    """Return a line of the same length in which a question mark in code, ``WHERE id = ?``, is none."""
    return _CODE.sub(lambda code: code[0].replace("?", "_"), line)


def _parts(line: str) -> Iterator[str]:
    begin = 0
    for end in _END.finditer(without_code_marks(line)):
        part = line[begin : end.start()]
        if _SHORT.search(part):
            continue
        if part.strip():
            yield part.strip()
        begin = end.end()
    if line[begin:].strip():
        yield line[begin:].strip()


def _cut(sentence: str) -> Iterator[str]:
    if len(sentence) < 2 * LONGEST:
        yield sentence
        return
    words = sentence.split()
    if len(words) <= LONGEST:
        yield sentence
        return
    for begin in range(0, len(words), LONGEST):
        yield " ".join(words[begin : begin + LONGEST])

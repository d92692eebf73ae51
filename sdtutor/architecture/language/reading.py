"""The language of the whiteboard: lines of arrows with settings in parentheses, and Mermaid's flowcharts.

    client -> lb -> app*3 -> cache          a chain; three instances
    app -> db(primary, replicas=2, async)   settings
    a, b -> c, d                            side by side
    app ~> queue -> worker*2                nobody waits for ~>
    app --> db : writes                     a label; also -->|writes|
    redis(kind=cache, hit=90%)              kind= overrides what the name says
    A[Client] --> B[(Postgres)]             what Mermaid shows is the name
    table links: code key, url; index owner

Whatever cannot be read is listed as a mistake with its place; the rest still is read.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sdtutor.architecture.language.chains import Chain, read_chains
from sdtutor.architecture.language.joining import Joining
from sdtutor.architecture.language.tables import is_table, read_table
from sdtutor.architecture.records import Drawing

MOST_CHARACTERS = 20_000

_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"(?:^|\s)(?:#(?!\w{1,8};)|%%)")
_KEPT_TABLE = re.compile(r"^\s*%%(?=\s*table\s)")
_HEADER = re.compile(r"(?:flowchart|graph)\s+(?:LR|RL|TD|TB|BT)\s*;?", re.IGNORECASE)
_OF_MERMAID = re.compile(r"(?:subgraph|direction|classDef|class|style|linkStyle|click)\s.*|end\s*;?")
_FENCE = re.compile(r"(?:```|~~~|---).*")


@lru_cache(maxsize=64)
def read_drawing(text: str) -> Drawing:
    """Return what could be read of a drawing; never fails, in linear time.

    Args:
        text: Of any length; what follows the first 20,000 characters is left out, which is a mistake.

    >>> drawing = read_drawing("client -> app*3 -> db(replicas=2)")
    >>> [(box.name, box.kind, box.copies) for box in drawing.boxes.values()]
    [('client', 'client', 1), ('app', 'service', 3), ('db', 'database', 3)]
    """
    lines = _LINE_END.split(text[:MOST_CHARACTERS])
    joining = Joining()
    if len(text) > MOST_CHARACTERS:
        problem = f"Only the first {MOST_CHARACTERS:,} characters are read."
        joining.complain_at(len(lines))(1, problem, "Draw the parts that this problem needs.")
    chains = _read_lines(lines, joining)
    for number, chain in chains:
        joining.take_titles(chain, number)
    for number, chain in chains:
        joining.take_chain(chain, number)
    return joining.drawing()


def _read_lines(lines: Sequence[str], joining: Joining) -> list[tuple[int, Chain]]:
    """Return the chains with their lines; tables go straight into the drawing."""
    mermaid = any(_HEADER.fullmatch(line.strip()) for line in lines)
    chains: list[tuple[int, Chain]] = []
    for number, line in _meaningful(lines, mermaid):
        complain = joining.complain_at(number)
        if not is_table(line):
            chains += ((number, chain) for chain in read_chains(line, mermaid, complain))
        elif (table := read_table(line, number, complain)) is not None:
            joining.take_table(table, number)
    return chains


def _meaningful(lines: Sequence[str], mermaid: bool) -> Iterator[tuple[int, str]]:
    """Yield the lines that draw something, without comments, with their numbers from 1.

    A table behind ``%%`` counts: a flowchart has no other place for it.
    """
    for number, line in enumerate(lines, 1):
        bare = _KEPT_TABLE.sub(lambda found: " " * len(found[0]), line, count=1)
        comment = _COMMENT.search(bare)
        bare = bare[: comment.start()] if comment else bare
        word = bare.strip()
        skipped = not word or _FENCE.fullmatch(word) or _HEADER.fullmatch(word)
        if not skipped and not (mermaid and _OF_MERMAID.fullmatch(word)):
            yield number, bare

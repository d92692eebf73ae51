"""A report as a Markdown document that one can send to a friend."""

import re
from functools import singledispatch

from sdtutor.interview.records import Report
from sdtutor.interview.reports.blocks import Block, Grid, Heading, Item, Items, Paragraph, Verbatim, blocks
from sdtutor.interview.reports.view import present

_SIGNS = re.compile(r"([\\`*_\[\]()|~])")
_MARKS = {"": "", "✓": "[x] ", "·": "[ ] ", "✗": "✗ "}


def to_markdown(report: Report) -> str:
    """Return the report as Markdown; what the candidate typed has no effect as Markdown or HTML."""
    return "\n\n".join(map(_block, blocks(present(report)))) + "\n"


def quoted(text: str) -> str:
    r"""Return somebody's words as one line of Markdown that shows them and does nothing else.

    >>> quoted("use <b>*redis*</b>")
    'use &lt;b&gt;\\*redis\\*&lt;/b&gt;'
    """
    return _SIGNS.sub(r"\\\1", " ".join(text.split()).replace("&", "&amp;")).translate(_ANGLES)


_ANGLES = {ord("<"): "&lt;", ord(">"): "&gt;"}


def _plain(text: str) -> str:
    """Return our own text, in which backticks mean code."""
    return " ".join(text.split()).replace("&", "&amp;").translate(_ANGLES)


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(block)


@_block.register
def _(block: Heading) -> str:
    return f"{'#' * block.depth} {quoted(block.text)}"


@_block.register
def _(block: Paragraph) -> str:
    lead = f"**{_plain(block.lead)}**" if block.lead else ""
    return f"{lead} {_plain(block.text)}".strip()


@_block.register
def _(block: Items) -> str:
    return "\n".join(map(_item, block.items))


@_block.register
def _(block: Grid) -> str:
    rows = (block.header, ("---",) * len(block.header), *block.rows)
    return "\n".join(f"| {' | '.join(_plain(cell).replace('|', '&#124;') for cell in row)} |" for row in rows)


@_block.register
def _(block: Verbatim) -> str:
    return f"```{block.language}\n{block.text.replace('```', '')}\n```"


def _item(item: Item) -> str:
    code = f"`{item.code}`: " if item.code else ""
    quote = f" “{quoted(item.quote)}”" if item.quote else ""
    after = f" {item.after}" if item.after else ""
    return f"- {_MARKS[item.mark]}{code}{_plain(item.text)}{quote}{after}"

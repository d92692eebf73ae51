"""A report as one HTML file: no script, nothing loaded from elsewhere, light and dark, fit for paper."""

import re
from functools import singledispatch
from html import escape
from typing import Final

from sdtutor.interview.records import Report
from sdtutor.interview.reports.blocks import Block, Grid, Heading, Item, Items, Paragraph, Verbatim, blocks
from sdtutor.interview.reports.view import present

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d2026; --paper: #fdfdfb; --soft: #5d6470; --rule: #d6d8dc;
  --good: #1a6b3c; --bad: #a02c2c; --bar: #2b5d8a; --code: #f1f2f0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e5e1; --paper: #16181c; --soft: #9aa1ac;
  --rule: #373b43; --good: #6cc592; --bad: #e58a8a; --bar: #86b6e0; --code: #202329; } }
body { font: 16px/1.5 Georgia, "Times New Roman", serif; color: var(--ink); background: var(--paper);
  max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { font-family: system-ui, sans-serif; line-height: 1.25; break-after: avoid; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } h3 { font-size: 1rem; }
pre, code { font: 13px/1.25 ui-monospace, Menlo, Consolas, monospace; background: var(--code); }
pre { padding: .75rem; overflow-x: auto; break-inside: avoid; }
table { border-collapse: collapse; font: 14px/1.4 system-ui, sans-serif; width: 100%; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--rule); }
ul { padding-left: 0; list-style: none; }
li { margin: .3rem 0; padding-left: 1.4rem; position: relative; }
li > .mark { position: absolute; left: 0; }
.met .mark { color: var(--good); } .not .mark { color: var(--bad); }
.open { color: var(--soft); } q { font-style: italic; } .bar { color: var(--bar); font-family: monospace; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } li, tr { break-inside: avoid; } }
"""

_CLASSES: Final = {"✓": "met", "✗": "not", "·": "open", "": "item"}
_CODE: Final = re.compile(r"`([^`]+)`")
_BAR: Final = re.compile("[█▌·]{4}")


def to_html(report: Report) -> str:
    """Return the report as a document; what the candidate typed is shown and does nothing else."""
    view = present(report)
    body = "\n".join(filter(None, map(_block, blocks(view))))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(view.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    """Return our own text, in which backticks mean code."""
    return _CODE.sub(r"<code>\1</code>", escape(text))


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(block)


@_block.register
def _(block: Heading) -> str:
    return f"<h{block.depth}>{escape(block.text)}</h{block.depth}>"


@_block.register
def _(block: Paragraph) -> str:
    lead = f"<strong>{_text(block.lead)}</strong> " if block.lead else ""
    return f"<p>{lead}{_text(block.text)}</p>"


@_block.register
def _(block: Items) -> str:
    return "<ul>\n" + "\n".join(map(_item, block.items)) + "\n</ul>"


@_block.register
def _(block: Grid) -> str:
    head = "".join(f"<th>{_text(cell)}</th>" for cell in block.header)
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in block.rows)
    return f"<table>\n<tr>{head}</tr>\n{rows}\n</table>"


@_block.register
def _(block: Verbatim) -> str:
    """A picture as text; Mermaid would need a script."""
    return f"<pre>{escape(block.text)}</pre>" if block.language == "text" else ""


def _cell(text: str) -> str:
    return f'<td class="bar">{text}</td>' if _BAR.fullmatch(text) else f"<td>{_text(text)}</td>"


def _item(item: Item) -> str:
    code = f"<code>{escape(item.code)}</code>: " if item.code else ""
    quote = f" <q>{escape(' '.join(item.quote.split()))}</q>" if item.quote else ""
    after = f" {escape(item.after)}" if item.after else ""
    mark = f'<span class="mark">{item.mark or "•"}</span>'
    return f'<li class="{_CLASSES[item.mark]}">{mark}{code}{_text(item.text)}{quote}{after}</li>'

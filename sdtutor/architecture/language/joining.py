"""From what single lines say to one drawing: boxes that several lines name, arrows drawn twice, counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType
from typing import cast

from sdtutor.architecture.kinds import kind_of
from sdtutor.architecture.language.chains import Arrow, Chain, Mention
from sdtutor.architecture.language.roles import kind_by_place
from sdtutor.architecture.language.settings import Complain, quoted, write_setting
from sdtutor.architecture.records import Box, Drawing, Link, Mistake, Setting, Table
from sdtutor.core.systems import Kind

MOST_BOXES, MOST_LINKS, MOST_MISTAKES = 200, 500, 50


def fold(name: str) -> str:
    """Return what two names have in common when they mean the same box: small letters, single spaces."""
    return " ".join(name.casefold().split())


@dataclass(slots=True)
class _Gathered:
    """What is said of a box, with the lines that say it."""

    name: str
    line: int
    settings: dict[str, tuple[Setting, int]] = field(default_factory=dict)

    def box(self) -> Box:
        said = {name: value for name, (value, _) in self.settings.items()}
        kind = cast("Kind | None", said.pop("kind", None)) or kind_of(self.name)
        instances = cast("int | None", said.pop("instances", None))
        replicas = cast("int", said.pop("replicas", 0))
        if instances == 1:
            said["single"] = True
        return Box(self.name, kind, instances or 1, replicas, MappingProxyType(said), self.line)


class Joining:
    """Gathers the lines of a drawing: first the titles of all chains, then the chains."""

    def __init__(self) -> None:
        self._mistakes: list[Mistake] = []
        self._titles: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._boxes: dict[str, _Gathered] = {}
        self._links: dict[tuple[str, str], Link] = {}
        self._tables: dict[str, Table] = {}
        self._full = False

    def complain_at(self, line: int) -> Complain:
        """Return what takes the mistakes of a line."""

        def complain(column: int, message: str, hint: str) -> None:
            if len(self._mistakes) < MOST_MISTAKES:
                self._mistakes.append(Mistake(line, column, message, hint))

        return complain

    def take_titles(self, chain: Chain, line: int) -> None:
        """Take what Mermaid shows for the ids of a chain."""
        for mention in (m for group in chain.groups for m in group if m.title):
            known = self._titles.setdefault(fold(mention.id), mention.title)
            if fold(known) != fold(mention.title):
                problem = f"`{quoted(mention.id)}` is called `{quoted(known)}` and `{quoted(mention.title)}`."
                self.complain_at(line)(mention.column, problem, "Give the second box an id of its own.")
            first = self._ids.setdefault(fold(mention.title), mention.id)
            if fold(first) != fold(mention.id):
                problem = (
                    f"`{quoted(first)}` and `{quoted(mention.id)}` are both called `{quoted(mention.title)}`."
                )
                self.complain_at(line)(
                    mention.column, problem, "They are one box here; write `*2` for two of it."
                )

    def take_chain(self, chain: Chain, line: int) -> None:
        """Take the boxes and links of a chain."""
        groups = [self._names(group, line) for group in chain.groups]
        for arrow, (left, right) in zip(chain.arrows, pairwise(groups), strict=True):
            if arrow.onward:
                self._link_all(left, right, arrow, line)
            if arrow.back:
                self._link_all(right, left, arrow, line)

    def take_table(self, table: Table, line: int) -> None:
        """Take a table; the first of a name holds."""
        first = self._tables.setdefault(fold(table.name), table)
        if first is not table:
            problem = f"Table `{quoted(table.name)}` stands on line {first.line} already."
            self.complain_at(line)(1, problem, "Write all of its columns on one line.")

    def drawing(self) -> Drawing:
        """Return all of it."""
        links = tuple(self._links.values())
        told = {each.name for each in self._boxes.values() if "kind" in each.settings}
        boxes = {gathered.name: gathered.box() for gathered in self._boxes.values()}
        by_place = {name: kind_by_place(boxes, links, name) for name in boxes if name not in told}
        boxes |= {name: replace(boxes[name], kind=kind) for name, kind in by_place.items() if kind}
        mistakes = sorted(self._mistakes, key=lambda mistake: (mistake.line, mistake.column))
        tables = tuple(self._tables.values())
        return Drawing(MappingProxyType(boxes), links, tables, tuple(mistakes))

    def _names(self, group: Iterable[Mention], line: int) -> tuple[str, ...]:
        """Return the boxes of a list, each once, as they are called in the drawing."""
        found = (self._name(mention, line) for mention in group)
        return tuple(dict.fromkeys(name for name in found if name))

    def _name(self, mention: Mention, line: int) -> str:
        name = self._titles.get(fold(mention.id), mention.id)
        gathered = self._boxes.get(fold(name))
        if gathered is None:
            if len(self._boxes) == MOST_BOXES:
                self._stop(f"More than {MOST_BOXES} boxes are drawn; the others are left out.", line)
                return ""
            gathered = self._boxes[fold(name)] = _Gathered(name, line)
        said = mention.settings | ({} if mention.count is None else {"instances": mention.count})
        for setting, value in said.items():
            first, where = gathered.settings.setdefault(setting, (value, line))
            if first != value:
                problem = (
                    f"`{quoted(name)}` has {write_setting(setting, value)} here"
                    f" and {write_setting(setting, first)} on line {where}."
                )
                self.complain_at(line)(mention.column, problem, "The first one holds; delete one of the two.")
        return gathered.name

    def _link_all(self, sources: Iterable[str], targets: Iterable[str], arrow: Arrow, line: int) -> None:
        for source in sources:
            for target in targets:
                if source == target:
                    problem = f"An arrow leads from `{quoted(source)}` to itself."
                    self.complain_at(line)(1, problem, "It is left out; name the box that it should lead to.")
                elif not self._link(Link(source, target, arrow.label, arrow.waits, line)):
                    return

    def _link(self, link: Link) -> bool:
        """Take a link, and return whether there was room for it."""
        ends = (link.source, link.target)
        known = self._links.get(ends)
        if known is None and len(self._links) == MOST_LINKS:
            self._stop(f"More than {MOST_LINKS} arrows are drawn; the others are left out.", link.line)
            return False
        if known is not None:
            labels = dict.fromkeys(filter(None, (known.label, link.label)))
            link = Link(*ends, ", ".join(labels), known.waits or link.waits, known.line)
        self._links[ends] = link
        return True

    def _stop(self, message: str, line: int) -> None:
        if not self._full:
            self._full = True
            self.complain_at(line)(1, message, "Draw the parts that this problem needs.")

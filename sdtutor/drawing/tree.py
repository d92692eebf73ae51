"""A tree as a list: what stands before each row, so that rows and their parents are seen together."""

from collections.abc import Iterator, Mapping, Sequence


def tree(parents: Mapping[int, int]) -> tuple[tuple[int, str], ...]:
    """Return (item, guide) in the order of drawing: an item, then all that hangs below it.

    Args:
        parents: Parent of each item; one whose parent is no item is a root. Siblings keep their order.

    >>> for item, guide in tree({1: 0, 2: 1, 3: 2, 4: 1, 5: 0}):
    ...     print(f"{guide}{item}")
    1
    ├─ 2
    │  └─ 3
    └─ 4
    5
    """
    children: dict[int, list[int]] = {}
    for item, parent in parents.items():
        children.setdefault(parent, []).append(item)
    roots = [item for item, parent in parents.items() if parent not in parents]
    return tuple(row for root in roots for row in ((root, ""), *_below(children, root, "")))


def _below(children: Mapping[int, Sequence[int]], item: int, indent: str) -> Iterator[tuple[int, str]]:
    own = children.get(item, ())
    for child in own:
        is_last = child == own[-1]
        yield child, indent + ("└─ " if is_last else "├─ ")
        yield from _below(children, child, indent + ("   " if is_last else "│  "))

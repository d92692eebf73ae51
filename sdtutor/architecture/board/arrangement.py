"""A whole arrangement: where every box and every bend of a whiteboard is, before anything is painted.

Two directions share it: *along* is the way from callers to called, *across* the other one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sdtutor.architecture.board.bundles import Bundle
from sdtutor.architecture.board.ordering import Lane, Node, Order, Strand
from sdtutor.architecture.board.packing import Gaps
from sdtutor.architecture.board.placing import Across, bus, most_ports
from sdtutor.architecture.board.signs import Card, needed
from sdtutor.architecture.board.tracks import Bus, tangled, tracks
from sdtutor.drawing.layout import Rect
from sdtutor.drawing.spans import cells

_TURNS_SAVED = 3
"""Cells along that straighter lines may save; what lacks more is not straightened."""
_MARGIN = 2
"""The most cells before the first layer: a picture that grows does not jump."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to show boxes.

    Args:
        down: Whether the layers go down; else to the right.
        height: Least rows of a box: 1 is ``[app]``, 2 has its first row in the border, 3 and 4 are frames.
        widest: Columns that a box may take.
        air: Room around strokes: 2 much, 1 little, 0 none, where heads stand on the corners.
    """

    down: bool
    height: int
    widest: int
    air: int

    @property
    def rows(self) -> int:
        """Rows of details that a box shows at most."""
        return max(0, self.height - 2)


@dataclass(frozen=True, slots=True)
class Channel:
    """The space between two layers.

    Args:
        start: Its first cell, along.
        end: The first cell of the layer behind it.
        strands: What passes it.
        buses: The places of each strand, across.
        turns: The cell along at which each of them turns.
    """

    start: int
    end: int
    strands: tuple[Strand, ...]
    buses: tuple[Bus, ...]
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Places of everything.

    Args:
        form: How boxes are shown.
        boxes: On the screen, by name.
        lanes: Where bundles pass a layer: bundle, across, first cell along, first cell behind.
        channels: In order.
    """

    form: Form
    boxes: Mapping[str, Rect]
    lanes: tuple[tuple[int, int, int, int], ...]
    channels: tuple[Channel, ...]


def arrange(
    order: Order, fans: Sequence[Bundle], cards: Mapping[str, Card], form: Form, size: tuple[int, int]
) -> Arrangement | None:
    """Return an arrangement in this form, or None when it does not fit.

    Args:
        order: Nodes and strands.
        fans: The bundles.
        cards: What the boxes show, by name.
        form: How to show them.
        size: Columns and rows.
    """
    along, across = size[::-1] if form.down else size
    boxes = _sizes(order, cards, form)
    lengths = [
        max((boxes[node][0] for node in layer if isinstance(node, str)), default=1) for layer in order.layers
    ]
    if sum(lengths) + len(lengths) - 1 > along:
        return None
    beside = Across(order, {name: box[1] for name, box in boxes.items()}, _gaps(form), across)
    if not beside.fits:
        return None
    found = None
    for at in _candidates(beside):
        gaps = [
            _Gap(
                channel,
                fans,
                form,
                [bus(strand, at, beside.ports) for strand in channel],
                beside.covered(index, at),
            )
            for index, channel in enumerate(order.channels)
        ]
        spare = along - sum(lengths) - sum(gap.least for gap in gaps)
        if spare < -_TURNS_SAVED:
            break
        if spare >= 0 and not any(gap.is_tangled for gap in gaps):
            starts, channels = _laid(gaps, lengths, spare)
            found = Arrangement(form, *_placed(order, form.down, at, (starts, lengths, boxes)), channels)
    return found


def _candidates(beside: Across) -> Iterator[dict[Node, int]]:
    """Yield places, the better ones later: as wished, with fewer steps, and what untangles these."""
    loose = beside.places()
    yield loose
    for at in (loose, beside.straightened(loose)):
        yield beside.untangled(at)


def _laid(
    gaps: Sequence["_Gap"], lengths: Sequence[int], spare: int
) -> tuple[list[int], tuple[Channel, ...]]:
    """Return the first cell of each layer, and the channels behind all but the last."""
    extra = _shared([gap.wish for gap in gaps], spare)
    starts, channels = [min((spare - sum(extra)) // 2, _MARGIN)], []
    for gap, length, more in zip(gaps, lengths, extra, strict=False):
        channels.append(gap.laid(starts[-1] + length, more))
        starts.append(channels[-1].end)
    return starts, tuple(channels)


def _placed(
    order: Order,
    down: bool,
    at: Mapping[Node, int],
    measures: tuple[Sequence[int], Sequence[int], Mapping[str, tuple[int, int]]],
) -> tuple[dict[str, Rect], tuple[tuple[int, int, int, int], ...]]:
    """Return the boxes on the screen, and the lanes."""
    boxes: dict[str, Rect] = {}
    lanes: list[tuple[int, int, int, int]] = []
    starts, lengths, sizes = measures
    for layer, start, length in zip(order.layers, starts, lengths, strict=True):
        for node in layer:
            if isinstance(node, Lane):
                lanes.append((node.bundle, at[node], start, start + length))
            elif down:
                boxes[node] = Rect(at[node], start, sizes[node][1], length)
            else:
                boxes[node] = Rect(start, at[node], length, sizes[node][1])
    return boxes, tuple(lanes)


def _gaps(form: Form) -> Gaps:
    if form.down:
        return Gaps(3, 2) if form.air > 1 else Gaps(2, 1)
    return Gaps(1, 1) if form.air > 1 else Gaps(0, 0)


def _sizes(order: Order, cards: Mapping[str, Card], form: Form) -> dict[str, tuple[int, int]]:
    """Return how many cells each box takes along and across."""
    busy = most_ports(order)
    found = {}
    for name, card in cards.items():
        lines = busy[name]
        if form.down:
            found[name] = _height(card, form, 0), max(_width(card, form, form.height), 2 * lines + 1)
        else:
            height = _height(card, form, lines)
            found[name] = _width(card, form, height), height
    return found


def _height(card: Card, form: Form, lines: int) -> int:
    """Return the rows of a box; one that takes several lines at a side has a frame in every form."""
    if form.height < 3 and lines < 2:
        return form.height
    return 2 + max(1, min(form.rows, len(card.rows)), lines)


def _width(card: Card, form: Form, height: int) -> int:
    return min(form.widest, cells(card.compact()) if height == 1 else needed(card, max(1, height - 2)))


class _Gap:
    """The space that a channel needs, and what it would like.

    Args:
        strands: What passes it.
        fans: All bundles.
        form: How boxes are shown.
        buses: Where the strands touch nodes.
        covered: Cells across that boxes of the layer before it take.
    """

    def __init__(
        self,
        strands: tuple[Strand, ...],
        fans: Sequence[Bundle],
        form: Form,
        buses: Sequence[Bus],
        covered: Collection[int],
    ) -> None:
        self._strands = strands
        self._buses = tuple(buses)
        self._tracks = tracks(self._buses)
        self.is_tangled = bool(tangled(self._buses, self._tracks))
        self._step = 2 if form.air > 1 and not form.down else 1
        answers = any(fans[strand.bundle].heads != "end" for strand in strands)
        turning = [track for track, one in zip(self._tracks, self._buses, strict=True) if not one.is_straight]
        last = max(turning, default=-1)
        final = [one for track, one in zip(self._tracks, self._buses, strict=True) if track == last]
        self._lead, tail = _ends(
            form, answers, last < 0 or _on_corners(final, self._buses, covered if last == 0 else ())
        )
        span = last * self._step + 1 if turning else 0
        self.least = max(1 + int(answers), self._lead + span + tail)
        label = max((cells(text) for strand in strands for text in _labels(strand, fans)), default=0)
        self._is_labelled = bool(label)
        self.wish = 1 if form.down else max(4, label + 3 if label else 0)

    def laid(self, start: int, more: int) -> Channel:
        """Return the channel from this cell on, so many cells longer than it needs."""
        first = start + self._lead + (0 if self._is_labelled else more // 2)
        turns = tuple(first + track * self._step for track in self._tracks)
        return Channel(start, start + self.least + more, self._strands, self._buses, turns)


def _ends(form: Form, answers: bool, on_corners: bool) -> tuple[int, int]:
    """Return the cells before the first turn and behind the last: stubs, and heads where they need one."""
    if not form.down:
        return (2, 2) if form.air > 1 else (1, 1)
    return int(form.air > 1 or answers), int(form.air > 0 or not on_corners)


def _on_corners(last: Sequence[Bus], buses: Sequence[Bus], covered: Collection[int]) -> bool:
    """Tell whether heads may stand in the row of the last turns, and still belong to one line only.

    No other line may touch that row where it turns, and no box above it a head that is not its own.
    """
    turns = [one for one in last if not one.is_straight]
    others = any(
        turn.low - 1 <= place <= turn.high + 1
        for turn in turns
        for one in buses
        if one is not turn
        for place in one.after
    )
    below = any(place in covered and place not in turn.before for turn in turns for place in turn.after)
    return not others and not below


def _labels(strand: Strand, fans: Sequence[Bundle]) -> list[str]:
    """Return what is written into this channel: beside the ends that it reaches."""
    return [text for name, text in fans[strand.bundle].ends if name in strand.after]


def _shared(wishes: Sequence[int], spare: int) -> list[int]:
    """Return what each channel gets of the spare cells, in turns, none more than it wishes."""
    given = [0] * len(wishes)
    while spare:
        open_ones = [index for index, wish in enumerate(wishes) if given[index] < wish]
        if not open_ones:
            break
        for index in open_ones[:spare]:
            given[index] += 1
            spare -= 1
    return given

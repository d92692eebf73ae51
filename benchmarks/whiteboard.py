"""What a keystroke in the whiteboard costs: thirty boxes read and drawn again, with nothing kept."""

import time
from collections.abc import Iterator
from statistics import median

from benchmarks.figures import Figure
from sdtutor.architecture.board import picture
from sdtutor.architecture.language import reading

ROUNDS = 40
PANES = (44, 18), (76, 14), (70, 30), (118, 38)
BUDGET_S = 0.05
DRAWING = """\
client -> dns
client -> cdn -> images
client -> lb -> api gateway*3
api gateway -> auth*2, orders*4, catalog*4, cart*3, search api*2, reviews*2
auth -> users db(replicas=1)
orders -> orders db(shards=4, replicas=2, sync)
orders ~> kafka -> email worker*2, stock worker*2, index worker, fraud worker
stock worker -> stock db
index worker -> elasticsearch
search api -> elasticsearch
catalog -> catalog cache, catalog db(replicas=3, async)
cart -> redis
reviews -> reviews db : writes
orders -> payment*3 -> stripe : charge
payment -> ledger(primary, replicas=2, sync)
email worker -> mail provider
fraud worker -> features db
metrics -> api gateway
"""


def measure() -> Iterator[Figure]:
    """Yield the CPU time of a redraw, for the panes that a whiteboard has."""
    boxes = len(reading.read_drawing(DRAWING).boxes)
    for columns, rows in PANES:
        taken = sorted(_seconds(number, columns, rows) for number in range(ROUNDS))
        yield Figure(
            f"whiteboard, {boxes} boxes on {columns}x{rows}, a keystroke, CPU",
            f"{median(taken) * 1e3:.0f} ms",
            f"slowest of {ROUNDS}: {taken[-1] * 1e3:.0f} ms",
            None,
            f"{BUDGET_S * 1e3:.0f} ms",
        )


def _seconds(number: int, columns: int, rows: int) -> float:
    """Return the CPU time of reading and drawing a text that was not seen before."""
    text = f"{DRAWING}metrics -> box{number}\n"
    begin = time.process_time()
    picture.draw(reading.read_drawing(text), columns, rows)
    return time.process_time() - begin

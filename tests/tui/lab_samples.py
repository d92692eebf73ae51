"""The moments of the lab that the mocks of the design show, as a session would return them."""

from dataclasses import replace

from sdtutor.drawing.picture import Arrow, Box, Picture
from sdtutor.session.lab_views import (
    ChangeRow,
    CodeRow,
    EventRow,
    GoalView,
    LabView,
    PastRow,
    PromiseView,
    QuestionView,
    TaskRow,
)

CODE = """\
async def get(self, key):
    value = await self.cache.get(key)
    if value is None:
        value = await self.db.get(key)
        if value is not None:
            await self.cache.set(key, value, ttl=3600)
    return value

async def set(self, key, value):
    await self.db.set(key, value)
    await self.cache.delete(key)
"""


def code(marks: dict[int, tuple[str, str]]) -> tuple[CodeRow, ...]:
    """Return the code pane; marks map a line number to the letter of its node and its state."""
    rows = []
    for number, text in enumerate(CODE.splitlines(), 9):
        mark, state = marks.get(number, ("", ""))
        rows.append(CodeRow(number if text else 0, text, state, mark))
    return tuple(rows)


PROMISE = PromiseView(
    "no_stale_read",
    "HOLDS",
    "Once a write is acknowledged, no later read returns the old value.",
    broken=False,
)
BROKEN = PromiseView(
    "no_stale_read",
    "BROKEN at step 14",
    "The write was acknowledged, and the reader still gets v1, for up to an hour.",
    broken=True,
)
GOAL = GoalView(
    1, 3, "Make a read return v1 after the write of v2 was acknowledged.", False, "", (), more_hints=True
)


def picture(a: str, b: str, row: str, *arrows: Arrow) -> Picture:
    """Return the system: what reader and writer do, what the database holds, what is in flight."""
    return Picture(
        (
            Box("reader_1", "reader A", (a,), (0, 0), waiting=a == "waiting"),
            Box("writer_1", "writer B", (b,), (1, 0), waiting=b == "waiting"),
            Box("cache", "cache", ("k  -",), (0, 1), "service"),
            Box("database", "database", (f"k  {row}",), (1, 1), "service"),
        ),
        arrows,
    )


PAST = (
    PastRow(1, "reader A starts", "get k"),
    PastRow(2, "reader A → cache", "get k"),
    PastRow(3, "cache → reader A", "miss"),
    PastRow(4, "reader A → database", "get k"),
)

STEP_4 = LabView(
    lab="caching/cache_aside",
    topic="Caching",
    title="Cache-aside",
    badge="TEXTBOOK (flawed: 4 known defects)",
    short_badge="TEXTBOOK (flawed)",
    variant="textbook",
    step=4,
    last_step=4,
    time="4 ms",
    seed=7,
    branch=1,
    branches=1,
    promises=(PROMISE,),
    file="textbook/caching/cache_aside.py",
    code=code({12: ("A", "parked")}),
    focus=3,
    line=0,
    lines=0,
    picture=picture("waiting", "idle", "v1", Arrow(1, "database", "reader_1", "k = v1", moved=True)),
    events=(
        EventRow(
            "deliver database>reader_1.get.reply#1",
            "database → reader A",
            "reply k = v1",
            "sent at step 4",
            "deliver",
        ),
        EventRow("call writer_1 set k v2", "writer B starts", "set k = v2", "", "call"),
    ),
    cursor=0,
    changes=(
        ChangeRow("+", "database → reader A", "k = v1"),
        ChangeRow("=", "database", "no stored value changed"),
    ),
    past=PAST,
    tasks=(TaskRow("A", 'get("k")', "", "database"),),
    goal=GOAL,
    coach="v1 has left the database. You are the network: it can wait. Let writer B go first:"
    " ↓ chooses the other event, → runs it.",
    question=None,
    finished=False,
    next_up="",
)

STEP_7 = replace(
    STEP_4,
    step=7,
    last_step=7,
    time="7 ms",
    code=code({12: ("A", "parked"), 18: ("B", "ran"), 19: ("B", "running")}),
    focus=10,
    picture=picture(
        "waiting",
        "waiting",
        "v2",
        Arrow(1, "database", "reader_1", "k = v1"),
        Arrow(2, "writer_1", "cache", "delete k", moved=True),
    ),
    events=(
        STEP_4.events[0],
        EventRow(
            "deliver writer_1>cache.delete#1", "writer B → cache", "delete k", "sent at step 7", "deliver"
        ),
    ),
    cursor=1,
    changes=(
        ChangeRow("=", "writer B", 'got "stored", ran lines 18 to 19'),
        ChangeRow("+", "writer B → cache", "delete k"),
        ChangeRow("=", "cache", "k  empty"),
    ),
    past=(
        *PAST,
        PastRow(5, "writer B starts", "set k = v2"),
        PastRow(6, "writer B → database", "set k = v2"),
        PastRow(7, "database → writer B", "stored"),
    ),
    tasks=(TaskRow("A", 'get("k")', "value = None", "database"), TaskRow("B", 'set("k", "v2")', "", "cache")),
    coach="Writer B has stored v2 and is about to clear the cache. v1 is still on its way to reader A."
    " Which of the two should arrive first, if you want the cache to lie?",
)

ASKED = replace(
    STEP_7,
    step=12,
    last_step=12,
    question=QuestionView("What will the read return?", ("v1", "v2", "miss")),
    coach="",
)
GUESSED = replace(ASKED, question=replace(ASKED.question, chosen=0))
TOLD = replace(
    ASKED,
    step=14,
    last_step=14,
    promises=(BROKEN,),
    question=QuestionView("What will the read return?", ("v1", "v2", "miss"), 0, "v1: as you said."),
    goal=replace(GOAL, done=True),
    events=(),
    cursor=0,
    finished=True,
    coach="The cache lies. Now go back with ← to before the write, and let v1 arrive first.",
)

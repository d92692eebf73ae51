"""The story of weighted round robin: recorded runs, goals, and what the coach says."""

from functools import partial

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import Finding, Goal, Scene
from sdtutor.labs.load_balancing.weighted_round_robin.pool import NODE
from sdtutor.labs.load_balancing.weighted_round_robin.promises import (
    cycle_done,
    never_ahead,
    restarted,
    served,
)

CALL = f"call {NODE} get_server"
RESTART = (f"crash {NODE}", f"restart {NODE}")

SCENES = (
    Scene(
        "burst",
        "The heavy server serves five times in a row before anybody else is asked.",
        "textbook",
        (CALL,) * 5,
        breaks="never_ahead",
    ),
    Scene(
        "smooth",
        "Two full cycles of the smooth version: the light servers come between.",
        "reference",
        (CALL,) * 14,
    ),
    Scene(
        "restarts",
        "A balancer that begins again every two requests sends all of them to one server.",
        "reference",
        (CALL, CALL, *RESTART, CALL, CALL),
        breaks="never_ahead",
    ),
    Scene(
        "hang",
        "A negative weight: the threshold rises for ever, and no server is chosen.",
        "textbook",
        (CALL,),
        breaks="terminates",
        parameters={"servers": "a:-1"},
    ),
    Scene(
        "drained",
        "All weights are 0, and the pool that was drained goes on serving.",
        "textbook",
        (CALL, CALL),
        breaks="drained_idle",
        parameters={"servers": "a:0,b:0"},
    ),
    Scene(
        "starved",
        "Weights 0.1 and 0.3: the server that should get every fourth request gets none.",
        "textbook",
        (CALL,) * 4,
        breaks="exact_shares",
        parameters={"servers": "a:0.1,b:0.3"},
    ),
)

NEGATIVE = {"servers": "a:5,b:1,c:-1"}

FINDINGS = (
    Finding("burst", "textbook", "never_ahead", 4),
    Finding("smooth", "reference", "never_ahead", None),
    Finding("forgets", "reference", "never_ahead", 6, bounds=Bounds(rounds=14, crashes=1)),
    Finding("never_ends", "textbook", "terminates", 7, NEGATIVE, Bounds(rounds=7)),
    Finding("skips_it", "reference", "terminates", None, NEGATIVE, Bounds(rounds=7)),
)

SEE_THE_BURST = Goal(
    name="see_the_burst",
    title="Send requests until one server is a whole request ahead of its share.",
    met=lambda world, operations: not never_ahead(world, operations),
    par=2,
    hints=(
        "→ sends the next request. The threshold decides who takes part in this round.",
        "With weights 5, 1, 1 server a takes part alone until the threshold has fallen to 1.",
    ),
    coach=(
        (
            lambda world, operations: not never_ahead(world, operations),
            "A burst: one server queues while the others idle. The counts will be exact at the end of the"
            " cycle. Now v: the reference.",
        ),
        (
            partial(served, 3),
            "The threshold falls by one each round, and still only one server reaches it.",
        ),
        (
            lambda _world, _operations: True,
            "Only servers whose weight reaches the threshold take part. Guess who is next, then →.",
        ),
    ),
)

SERVE_A_CYCLE = Goal(
    name="serve_a_cycle",
    title="Press v: serve a full cycle of 7 with nobody a whole request ahead.",
    met=cycle_done,
    variant="reference",
    par=5,
    hints=("→ seven times. Watch the credits: they add up to 0 after every request.",),
    coach=(
        (restarted, "A new process has forgotten the credits. Go back with ← to before the crash."),
        (
            cycle_done,
            "After a full cycle all credits are 0 again, so the next one repeats it. Play it, and watch where"
            " the two meet.",
        ),
        (
            partial(served, 3),
            "Who waits earns; who serves falls into debt. Nobody can serve on credit for long.",
        ),
        (
            partial(served, 1),
            "Each server earned its weight. The richest served, and paid the sum of all weights.",
        ),
        (lambda _world, _operations: True, "Nobody has any credit yet. → sends the first request."),
    ),
)

RESTART_IT = Goal(
    name="restart_it",
    title="Make the smooth version burst as well: restart it at a bad moment.",
    met=lambda world, operations: restarted(world, operations) and not never_ahead(world, operations),
    variant="reference",
    par=4,
    bounds=Bounds(rounds=14, crashes=1),
    hints=(
        "x lists the faults. A crash forgets the credits; a restart begins with all of them at 0.",
        "Send two requests, crash and restart the balancer, and send two more.",
    ),
    coach=(
        (
            lambda world, operations: restarted(world, operations) and not never_ahead(world, operations),
            "Every new process begins with the heaviest server: reload 40 of them, and it gets 40 requests at"
            " once.",
        ),
        (lambda world, _operations: not world.member(NODE).up, "The credits are gone. x restarts it."),
        (restarted, "All credits are 0 again. → : who is served first?"),
        (
            partial(served, 1),
            "Who has served is in debt, and would have to wait. x: what becomes of a debt in a crash?",
        ),
    ),
)

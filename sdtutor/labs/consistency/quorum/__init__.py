"""Quorum: a writer, readers, and replicas of one value. The learner decides who hears of it, and when."""

from sdtutor.engine.checks.checked import holding, showing
from sdtutor.engine.lab import Fidelity, Invariant, Lab, Measure, Opening, Prediction
from sdtutor.engine.parameters import OneOf, Whole
from sdtutor.labs.consistency.quorum.promises import (
    copies,
    forward_reads,
    fresh_reads,
    on_w_replicas,
    one_copy,
    requests,
    too_few,
)
from sdtutor.labs.consistency.quorum.skills import SKILLS
from sdtutor.labs.consistency.quorum.story import (
    FINDINGS,
    GO_BACK_IN_TIME,
    HOLD_THE_PROMISE,
    MAKE_IT_STALE,
    SCENES,
    WRITE,
)
from sdtutor.labs.replica_set import FIRST, LATENCIES, cast, script
from sdtutor.reference.consistency import quorum as reference
from sdtutor.textbook.consistency import quorum as textbook

LAB = Lab(
    sources={"reference": reference, "textbook": textbook},
    cast=cast,
    script=script,
    main_code={
        "textbook": ("QuorumRegister.write_quorum", "QuorumRegister.read", "Replica.write"),
        "reference": (
            "QuorumRegister.write",
            "QuorumRegister.read",
            "QuorumRegister._newest",
            "QuorumRegister._store",
            "QuorumRegister._ask",
            "Replica.write",
        ),
    },
    defects=2,
    parameters=(
        Whole("readers", 1, 1, 2, "readers", "How many processes read."),
        Whole("replicas", 3, 3, 5, "replicas", "How many copies there are (n)."),
        Whole("write_quorum", 2, 1, 5, "replicas", "How many must have acknowledged a write (W); reference."),
        Whole("read_quorum", 2, 1, 5, "replicas", "How many must have answered a read (R); reference."),
        OneOf("read_repair", "on", ("on", "off"), "Whether a read spreads what it returns; reference."),
        Whole("nearest", 1, 1, 5, "", "Which replica a reader asks, from 1; textbook."),
        OneOf(
            "latency",
            "off",
            tuple(LATENCIES),
            "How far the replicas are: off takes no time, zones of one region, regions of two continents.",
        ),
    ),
    faults=("drop", "duplicate", "crash", "cut"),
    invariants=(
        Invariant(
            name="no_stale_read",
            promise="Once a write is acknowledged, no later read returns the old value.",
            told="The write was acknowledged; a later read got the old value.",
            holds=holding(fresh_reads),
            over=("operations",),
            witness=showing(fresh_reads),
        ),
        Invariant(
            name="never_back",
            promise="No read returns an older value than a read that ended before it.",
            told="A read returned v2, and a later one v1.",
            holds=holding(forward_reads),
            over=("operations",),
            witness=showing(forward_reads),
        ),
        Invariant(
            name="on_w_replicas",
            promise="An acknowledged write is on W replicas, or overwritten there.",
            told="A write was acknowledged, and fewer than W replicas hold it.",
            holds=on_w_replicas,
            over=("operations", "view", "member"),
            witness=too_few,
        ),
        Invariant(
            name="linearizable",
            promise="All reads and writes could have been made on a single copy.",
            told="No single copy could have answered all the reads like that.",
            holds=holding(one_copy),
            over=("operations",),
            witness=showing(one_copy),
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=WRITE,
        sentence="Have the write acknowledged, then make a read return v1.",
    ),
    goals=(MAKE_IT_STALE, HOLD_THE_PROMISE, GO_BACK_IN_TIME),
    scenes=SCENES,
    findings=FINDINGS,
    predictions=(
        Prediction("what_returns", "What will the read return?", "read", lambda _world: (FIRST, "v2")),
    ),
    skills=SKILLS,
    measures=(
        Measure("copies", "replicas", "Replicas that hold the last acknowledged write.", copies),
        Measure("requests", "requests", "Requests that the writer and the readers sent.", requests),
    ),
    fidelity=Fidelity(
        real="Register and replicas run as they stand, on asyncio, with their tasks and timeouts.",
        simulated="The network delivers when you say. A replica keeps its rows in memory: after a crash"
        " it has v1 again, as one that acknowledged before the disk did.",
        editorial="Three replicas, and 1 second until a read or write gives up. Latencies are drawn evenly"
        " between bounds: 0.5 to 2 ms there and back between zones; with regions, A is where the clients are,"
        " B and D are 60 to 70 ms away, C and E 75 to 80 ms. Real networks have longer tails.",
    ),
)

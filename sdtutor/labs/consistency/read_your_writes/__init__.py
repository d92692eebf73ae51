"""Read your writes: a user, two servers behind a balancer, a primary, and replicas that hear of it later."""

from sdtutor.engine.checks.checked import holding, showing
from sdtutor.engine.lab import Fidelity, Invariant, Lab, Measure, Opening, Prediction
from sdtutor.engine.parameters import OneOf, Whole
from sdtutor.labs.consistency.read_your_writes.members import FIRST, SECOND, cast, script
from sdtutor.labs.consistency.read_your_writes.promises import (
    forward_reads,
    own_writes,
    primary_reads,
    replica_reads,
    replicas_serve,
)
from sdtutor.labs.consistency.read_your_writes.skills import SKILLS
from sdtutor.labs.consistency.read_your_writes.story import (
    ANY_SERVER,
    FINDINGS,
    ONE_SERVER,
    READ_THE_PAST,
    SAVED,
    SCENES,
)
from sdtutor.reference.consistency import read_your_writes as reference
from sdtutor.textbook.consistency import read_your_writes as textbook

LAB = Lab(
    sources={"reference": reference, "textbook": textbook},
    cast=cast,
    script=script,
    main_code={
        "textbook": ("ReadYourWritesConsistency.read", "ReadYourWritesConsistency.write", "Replica.write"),
        "reference": (
            "ReadYourWritesConsistency.read",
            "Replica.read",
            "Session.read",
            "Session.write",
            "Primary.write",
            "Primary._ship",
            "Replica.append",
        ),
    },
    defects=4,
    parameters=(
        OneOf(
            "balancer",
            "turns",
            ("turns", "sticky"),
            "Whether the story calls both servers or one.",
        ),
        Whole("keys", 1, 1, 2, "keys", "How many keys Ada writes before she reads k."),
        Whole("replicas", 1, 1, 2, "replicas", "One for both servers, or one near each."),
        Whole("readers", 0, 0, 1, "readers", "Whether Bob reads k, twice."),
    ),
    faults=("drop", "duplicate", "crash", "cut"),
    invariants=(
        Invariant(
            name="read_your_writes",
            promise="Who was told that a write is stored reads it, or a later one.",
            told="Somebody was told: saved, and then read the old value.",
            holds=holding(own_writes),
            over=("operations", "member"),
            witness=showing(own_writes),
        ),
        Invariant(
            name="monotonic_reads",
            promise="Who has read a value does not read an older one afterwards.",
            told="Somebody read a value, and then an older one.",
            holds=holding(forward_reads),
            over=("operations", "member"),
            witness=showing(forward_reads),
        ),
        Invariant(
            name="replicas_serve",
            promise="The primary is spared reads that a replica is known to answer as well.",
            told="Its replicas had said they have it; the primary was asked.",
            holds=replicas_serve,
            over=("view",),
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=SAVED[:4],
        sentence="Ada has saved v2. Have her told so, then make her read v1.",
    ),
    goals=(READ_THE_PAST, ONE_SERVER, ANY_SERVER),
    scenes=SCENES,
    findings=FINDINGS,
    predictions=(
        Prediction("what_returns", "What will the read return?", "read", lambda _world: (FIRST, SECOND)),
    ),
    skills=SKILLS,
    measures=(
        Measure("primary_reads", "reads", "Reads that the servers sent to the primary.", primary_reads),
        Measure(
            "replica_reads",
            "reads",
            "Reads that the servers sent to replicas, refused or not.",
            replica_reads,
        ),
    ),
    fidelity=Fidelity(
        real="Servers, sessions, primary and replicas run as they stand, on asyncio, with their timeouts.",
        simulated="The network delivers when you say. Copies keep their rows in memory: after a crash they"
        " have v1 again, as from a backup. A browser that crashes loses its session and all promises.",
        editorial="Two servers, one replica or two, and a second until a copy that does not answer is given"
        " up.",
    ),
)

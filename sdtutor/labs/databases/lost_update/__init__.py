"""Lost update: tills that pay out of one account. The learner is the network."""

from functools import partial

from sdtutor.engine.bounds import Bounds
from sdtutor.engine.lab import (
    Call,
    Cast,
    Fidelity,
    Invariant,
    Lab,
    Link,
    Measure,
    Node,
    Offered,
    Opening,
    Prediction,
    Service,
    Variant,
)
from sdtutor.engine.parameters import OneOf, Values, Whole
from sdtutor.engine.simulated import Ports
from sdtutor.labs.databases.lost_update.promises import (
    ACCOUNT,
    OPENED_WITH,
    TILLS,
    missing,
    never_overdrawn,
    no_lost_update,
    requests,
    taken_once,
    who_lost,
    who_overdrew,
    who_took_twice,
)
from sdtutor.labs.databases.lost_update.skills import SKILLS
from sdtutor.labs.databases.lost_update.story import (
    ASK_A,
    FINDINGS,
    LOSE_AN_UPDATE,
    LOSE_ONE_IN_TURN,
    READ_A,
    SCENES,
    TRY_THE_REFERENCE,
)
from sdtutor.reference.databases import lost_update as reference
from sdtutor.textbook.databases import lost_update as textbook

Accounts = textbook.Accounts | reference.Accounts

AMOUNTS = {"small": (30, 20, 10), "large": (80, 70, 60)}


def cast(variant: Variant, values: Values) -> Cast:
    """Return the tills, each a process with an Accounts of its own, and the bank where the account is."""
    tills = TILLS[: values["tills"]]
    nodes = [
        Node(
            name=name,
            label=f"till {mark}",
            mark=mark,
            cell=(row, 0),
            build=partial(build, variant, name),
            calls=(Offered("withdraw", ("account", "amount"), (ACCOUNT, amount)),),
        )
        for row, (name, mark, amount) in enumerate(
            zip(tills, "ABC", AMOUNTS[values["amounts"]], strict=False)
        )
    ]
    row = reference.Row(OPENED_WITH) if variant == "reference" else OPENED_WITH
    bank = Service("bank", "bank", (0, 1), "table", True, {ACCOUNT: row}, (ACCOUNT,))
    return Cast((*nodes, bank), tuple(Link(node.name, bank.name) for node in nodes))


def build(variant: Variant, name: str, ports: Ports) -> Accounts:
    """Return one till's Accounts over the shared table."""
    bank = ports.table("bank")
    if variant == "reference":
        # A till that comes back counts from 1 again: it must not take old receipts for its own.
        client = name if ports.incarnation == 1 else f"{name}.{ports.incarnation}"
        return reference.Accounts(bank, client)
    return textbook.Accounts(bank)


def script(values: Values) -> tuple[Call, ...]:
    """Return one withdrawal at each till."""
    amounts = AMOUNTS[values["amounts"]]
    return tuple(
        Call(till, "withdraw", (ACCOUNT, amount))
        for till, amount in zip(TILLS[: values["tills"]], amounts, strict=False)
    )


LAB = Lab(
    sources={"reference": reference, "textbook": textbook},
    cast=cast,
    script=script,
    main_code={
        "textbook": ("Accounts._take", "Accounts.withdraw"),
        "reference": ("Accounts._take", "Row.after", "Accounts._attempt", "Accounts.withdraw"),
    },
    defects=4,
    parameters=(
        Whole("tills", 2, 2, 3, "tills", "How many tills pay out of the account."),
        OneOf(
            "amounts",
            "small",
            tuple(AMOUNTS),
            "What they pay out of 100: small is 30, 20 and 10, large is 80, 70 and 60.",
        ),
    ),
    faults=("drop", "duplicate", "crash"),
    invariants=(
        Invariant(
            name="no_lost_update",
            promise="All that a till has paid out was taken from the account.",
            told="Money was paid out that was not taken from the account.",
            holds=no_lost_update,
            over=("operations", "store"),
            witness=who_lost,
        ),
        Invariant(
            name="never_overdrawn",
            promise="The tills never pay out more than the account held.",
            told="The tills have paid out more than the account held.",
            holds=never_overdrawn,
            over=("operations",),
            witness=who_overdrew,
        ),
        Invariant(
            name="taken_once",
            promise="No withdrawal is taken twice, and none that was refused.",
            told="More has left the account than was paid, or may be.",
            holds=taken_once,
            over=("operations", "store"),
            witness=who_took_twice,
        ),
    ),
    opening=Opening(
        variant="textbook",
        events=(*ASK_A, *READ_A),
        sentence="Pay out 30 and 20, and let the account lose less than 50.",
    ),
    goals=(LOSE_AN_UPDATE, LOSE_ONE_IN_TURN, TRY_THE_REFERENCE),
    scenes=SCENES,
    predictions=(
        Prediction("is_it_paid", "Will the till pay out?", "withdraw", lambda _world: (True, False)),
    ),
    skills=SKILLS,
    measures=(
        Measure("missing", "dollars", "Paid out, and never taken from the account.", missing),
        Measure("requests", "requests", "Requests that the tills sent to the bank.", requests),
    ),
    bounds=Bounds(timers=1, duplicates=1),
    findings=FINDINGS,
    fidelity=Fidelity(
        real="Accounts runs as it stands, on asyncio, with its timeouts.",
        simulated="The bank is a table of the tutor: it does one request at a time, whole. A database with"
        " transactions that overlap can do worse, and can do better: see the lesson.",
        editorial="The account holds 100. An attempt may take 1 second, and there are 3.",
    ),
)

"""What the ring can be asked about: only what earlier lookups determine, as nobody hashes in their head."""

from collections.abc import Iterable

from sdtutor.core.units import count
from sdtutor.engine.lab import Call
from sdtutor.engine.predictions.kinds import about_call, when_calls_end
from sdtutor.engine.predictions.skill import Aim, Skill, Walk
from sdtutor.engine.run import Run
from sdtutor.labs.load_balancing.consistent_hashing.promises import shares_of
from sdtutor.labs.load_balancing.consistent_hashing.ring import NODE, user_keys

MOST_SERVERS = 5
KEYS = 4
"""Keys that are looked up on the way, from user:0."""

Seen = tuple[str, frozenset[str], str]
"""(key, the servers on the ring, who had the key)"""


def lookups(run: Run) -> list[Seen]:
    """Return every lookup so far."""
    return [
        (o.arguments[0], frozenset(shares_of(run.at(o.called))), o.value)
        for o in run.operations
        if o.operation == "get_node" and o.done
    ]


def determined(key: str, servers: Iterable[str], seen: Iterable[Seen]) -> str | None:
    """Return the server that must have a key; None when what was seen leaves it open.

    Who has a key comes first, going round from the key, among all who are on the ring. Of any two servers
    the one that comes first stays first, whoever joins or leaves.

    Args:
        key: The key.
        servers: Who is on the ring now.
        seen: The lookups so far.
    """
    before = {(had, other) for k, present, had in seen if k == key for other in present - {had}}
    grown = True
    while grown:
        further = {(a, d) for a, b in before for c, d in before if b == c} - before
        before |= further
        grown = bool(further)
    present = frozenset(servers)
    return next((s for s in present if all((s, other) in before for other in present - {s})), None)


def moves(run: Run) -> tuple[Call, ...]:
    """Return what may be called on the way: first lookups of all keys, then servers join or leave as well."""
    present, seen = shares_of(run.world), {key for key, _, _ in lookups(run)}
    calls = [Call(NODE, "get_node", (key,)) for key in user_keys(KEYS) if key not in seen]
    if calls:
        return tuple(calls)
    calls = [Call(NODE, "get_node", (key,)) for key in user_keys(KEYS)]
    names = [f"server{number}" for number in range(1, MOST_SERVERS + 1)]
    if len(present) > 2:
        calls += [Call(NODE, "remove_node", (name,)) for name in names if name in present]
    return (*calls, *(Call(NODE, "add_node", (name,)) for name in names if name not in present))


def after_a_change(run: Run) -> tuple[Call, ...]:
    """Return the lookups that can be told, of keys that were not looked up since the ring changed."""
    present, seen = frozenset(shares_of(run.world)), lookups(run)
    current = {key for key, servers, _ in seen if servers == present}
    known = dict.fromkeys(key for key, _, _ in seen if key not in current)
    return tuple(Call(NODE, "get_node", (key,)) for key in known if determined(key, present, seen))


def who_has(run: Run) -> tuple[Aim, ...]:
    """Return an aim for each key whose server is determined: who has it."""
    told = {call.arguments for call in after_a_change(run)}
    aims = about_call(
        "get_node",
        "Which server has this key?",
        lambda run: tuple(shares_of(run.world)),
        calls=after_a_change,
    )(run)
    return tuple(aim for aim in aims if aim.begin and aim.begin[0].arguments in told)


def how_many_leave(run: Run) -> tuple[Aim, ...]:
    """Return an aim for each server that could leave: how many of the keys looked up change their server."""
    present = shares_of(run.world)
    seen = lookups(run)
    keys = tuple(dict.fromkeys(key for key, _, _ in seen))
    if len(keys) < KEYS or len(present) < 3 or not all(determined(key, present, seen) for key in keys):
        return ()
    return tuple(
        _leaving(server, keys, {key: determined(key, present, seen) for key in keys}) for server in present
    )


def _leaving(server: str, keys: tuple[str, ...], before: dict[str, str | None]) -> Aim:
    def moved(run: Run, asked_at: int) -> int:
        after = {o.arguments[0]: o.value for o in run.operations if o.called > asked_at}
        return sum(after[key] != before[key] for key in keys)

    calls = (Call(NODE, "remove_node", (server,)), *(Call(NODE, "get_node", (key,)) for key in keys))
    lead = f"Next, {server} leaves. Then {', '.join(keys[:-1])} and {keys[-1]} are looked up again."
    question = f"How many of these {count(len(keys), 'key')} have another server than before?"
    return when_calls_end(lead, question, calls, moved, tuple(range(len(keys) + 1)))


WALK = Walk(14, calls=moves)

SKILLS = (
    Skill(
        "which_server",
        "Tell who has a key after servers joined and left",
        who_has,
        variants=("reference",),
        parameters=({"servers": 3}, {"servers": 4}),
        walk=WALK,
    ),
    Skill(
        "how_many_move",
        "Count the keys that a leaving server moves",
        how_many_leave,
        variants=("reference",),
        parameters=({"servers": 3}, {"servers": 4}),
        walk=WALK,
    ),
)

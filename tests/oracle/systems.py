"""Which of the seed's systems are replayed, what is compared, and where the reference differs."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import javascript
import replay_cache_aside
import replay_hashing
import replay_quorum
import replay_read_your_writes
import replay_saga
import replay_weighted_round_robin

import sdtutor

Outcome = dict[str, Any]


@dataclass(frozen=True)
class System:
    """How one system is replayed in both variants.

    Args:
        textbook: Input to outcome; all fields of the trace are compared.
        reference: Input to the observable outcome.
        observable: Trace to the part of it that a user of the reference could see.
        right: Input to the observable outcome that is right, found without the reference.
        defect: Case to the id of the defect (seed's list) for which trace and right differ; "own: ..."
            where the list has none.
        holds: The property that the reference has in every case, exempt or not.
        agrees: Compares trace and textbook outcome.
        whole: Whether observable takes the case, not its expected outcome.
    """

    textbook: Callable[[Outcome], Outcome]
    reference: Callable[[Outcome], Outcome]
    observable: Callable[[Outcome], Outcome]
    right: Callable[[Outcome], Outcome]
    defect: Callable[[Outcome], str]
    holds: Callable[[Outcome, Outcome], None]
    agrees: Callable[[Outcome, Outcome], bool] = javascript.same
    whole: bool = False

    def visible(self, case: Outcome) -> Outcome:
        """Return the part of a trace that is observable in the reference."""
        return self.observable(case if self.whole else case["expected"])

    def differs(self, case: Outcome) -> str | None:
        """Return the defect for which the reference does not repeat a case; None if it repeats it."""
        if javascript.same(self.right(case["input"]), self.visible(case)):
            return None
        return self.defect(case)


def everything(expected: Outcome) -> Outcome:
    """Return the whole trace."""
    return expected


SYSTEMS = {
    "weighted-round-robin": System(
        # gcd, max_weight, picks and state; a reference keeps neither gcd nor threshold.
        textbook=replay_weighted_round_robin.textbook,
        reference=replay_weighted_round_robin.reference,
        observable=replay_weighted_round_robin.observable,
        right=replay_weighted_round_robin.right,
        defect=replay_weighted_round_robin.defect,
        holds=replay_weighted_round_robin.holds,
        agrees=replay_weighted_round_robin.textbook_agrees,
    ),
    "hash31": System(
        textbook=replay_hashing.textbook_hash,
        reference=replay_hashing.reference_hash,
        observable=everything,
        right=replay_hashing.right_hash,
        defect=lambda case: "ch-weak-hash",
        holds=replay_hashing.hash_holds,
    ),
    "consistent-hash": System(
        textbook=replay_hashing.textbook_nodes,
        reference=replay_hashing.reference_nodes,
        observable=everything,
        right=replay_hashing.right_nodes,
        defect=replay_hashing.nodes_defect,
        holds=replay_hashing.nodes_hold,
    ),
    "hash-sharder": System(
        # The value of the hash is its own business: only where a key goes is observable.
        textbook=replay_hashing.textbook_shard,
        reference=replay_hashing.reference_shard,
        observable=replay_hashing.shard_observable,
        right=replay_hashing.right_shard,
        defect=replay_hashing.shard_defect,
        holds=replay_hashing.shard_holds,
    ),
    "cache-aside": System(
        # Results and database; calls and cache show the leases.
        textbook=replay_cache_aside.textbook,
        reference=replay_cache_aside.reference,
        observable=replay_cache_aside.observable,
        right=replay_cache_aside.right,
        defect=replay_cache_aside.defect,
        holds=replay_cache_aside.holds,
    ),
    "saga": System(
        # Results and the order of steps; not what a compensation is given, nor printed errors.
        textbook=replay_saga.textbook,
        reference=replay_saga.reference,
        observable=replay_saga.observable,
        right=replay_saga.right,
        defect=replay_saga.defect,
        holds=replay_saga.holds,
    ),
    "order-saga": System(
        # Calls and result; not ids and keys by which a compensation names what it undoes.
        textbook=replay_saga.textbook_order,
        reference=replay_saga.reference_order,
        observable=replay_saga.order_observable,
        right=replay_saga.right_order,
        defect=replay_saga.order_defect,
        holds=replay_saga.order_holds,
    ),
    "write-tradeoffs": System(
        # Outcome, whether W had acknowledged, who was asked, who holds the write at rest; not times:
        # a writer of the reference asks for the newest version first.
        textbook=replay_quorum.textbook,
        reference=replay_quorum.reference,
        observable=replay_quorum.observable,
        right=replay_quorum.right,
        defect=replay_quorum.defect,
        holds=replay_quorum.holds,
        agrees=replay_quorum.textbook_agrees,
        whole=True,
    ),
    "read-your-writes": System(
        # How writes end, own writes as they are read, and the copies at rest; not who was asked and when:
        # the primary ships its log, and a replica is asked before the primary.
        textbook=replay_read_your_writes.textbook,
        reference=replay_read_your_writes.reference,
        observable=replay_read_your_writes.observable,
        right=replay_read_your_writes.right,
        defect=replay_read_your_writes.defect,
        holds=replay_read_your_writes.holds,
        agrees=replay_read_your_writes.textbook_agrees,
        whole=True,
    ),
}
"""The systems that are replayed, by name."""

NOT_YET = {
    "api-gateway": "APIGateway",
    "api-response": "APIResponse",
    "auth-jwt": "AuthService",
    "auth-password": "AuthService",
    "cache-invalidation": "CacheInvalidation",
    "cqrs": "CQRSSystem",
    "dataloader": "create_loaders",
    "directory-sharder": "DirectorySharder",
    "event-store": "EventStore",
    "eventual-consistency": "EventualConsistency",
    "hateoas": "add_hateoas_links",
    "header-versioning": "versioning_middleware",
    "health-check": "HealthCheck",
    "least-connections": "LeastConnectionsBalancer",
    "message-queue": "MessageQueue",
    "metrics-middleware": "metrics_middleware",
    "partition-handler": "PartitionHandler",
    "pubsub": "PubSub",
    "range-sharder": "RangeSharder",
    "rate-limit-headers": "rate_limit_middleware",
    "rbac": "RBAC",
    "read-through": "ReadThrough",
    "replication-manager": "ReplicationManager",
    "request-logger": "request_logger",
    "round-robin": "RoundRobinBalancer",
    "sanitize": "sanitize",
    "service-client": "ServiceClient",
    "service-registry": "ServiceRegistry",
    "stateful-service": "StatefulService",
    "stateless-service": "StatelessService",
    "strong-consistency": "StrongConsistency",
    "validate": "validate",
    "write-behind": "WriteBehind",
    "write-through": "WriteThrough",
}
"""Systems without code yet, and the class or function that will be it."""


def implemented(root: Path = Path(sdtutor.__file__).parent) -> set[str]:
    """Return the names of all classes and functions at the top of reference and textbook modules."""
    names: set[str] = set()
    for folder in ("reference", "textbook"):
        for path in (root / folder).rglob("*.py"):
            body = ast.parse(path.read_text("utf-8")).body
            kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
            names |= {node.name for node in body if isinstance(node, kinds)}
    return names

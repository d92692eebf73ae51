"""All contracts."""

import cache_contracts
import effect_contracts
import port_contracts
import replica_contracts
from contracts import CONTRACTS

__all__ = ["CONTRACTS", "cache_contracts", "effect_contracts", "port_contracts", "replica_contracts"]

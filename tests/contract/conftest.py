"""Contracts tell what they compared when they fail, as tests do."""

import pytest

pytest.register_assert_rewrite(
    "contracts", "port_contracts", "cache_contracts", "replica_contracts", "effect_contracts"
)

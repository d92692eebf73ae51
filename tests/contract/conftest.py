"""Contracts tell what they compared when they fail, as tests do."""

import pytest

pytest.register_assert_rewrite("stages", "port_contracts", "state_contracts", "effect_contracts")

"""One suite of contracts, played in the engine's world and on plain asyncio; the code is the same file."""

import asyncio

import effect_contracts  # noqa: F401 - adds its contracts
import port_contracts  # noqa: F401
import pytest
import state_contracts  # noqa: F401
from stages import CONTRACTS, play_in_the_world, play_on_asyncio

EACH = pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
ORDERS = range(5)
"""0 is the default order; the others are drawn."""
SPEEDS = range(8)
"""0 gives every message one turn of the loop; the others are drawn."""


@EACH
def test_it_holds_in_the_world_whatever_arrives_first(contract):
    for seed in ORDERS:
        play_in_the_world(contract, seed)


@EACH
def test_it_holds_on_plain_asyncio_at_any_speed(contract):
    for seed in SPEEDS:
        play_on_asyncio(contract, seed)


@pytest.mark.parametrize(
    "contract", [c for c in CONTRACTS if not c.waits], ids=lambda contract: contract.name
)
def test_it_holds_on_the_loop_and_the_clock_that_asyncio_has(contract):
    play_on_asyncio(contract, 1, asyncio.new_event_loop)

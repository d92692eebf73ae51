"""One suite of contracts, played in the engine's world and on plain asyncio; the code is the same file."""

import ast
import asyncio
from pathlib import Path

import pytest
from contract_list import CONTRACTS
from in_the_world import play_in_the_world
from on_asyncio import play_on_asyncio

EACH = pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
PORTS = "sdtutor.core.ports"
REFERENCES = Path(__file__).parents[2] / "sdtutor" / "reference"
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


@EACH
def test_it_runs_the_code_that_it_is_about(contract):
    run = play_in_the_world(contract, 0)
    [path] = run.files.values()
    assert any(ran.file == path for step in run.steps for _, ran in step.ran)


def asynchronous(package):
    """Return the addresses of the modules of a package of topics that use ports."""
    return {
        path.relative_to(package).with_suffix("").as_posix()
        for path in package.glob("*/*.py")
        if PORTS in imported(ast.parse(path.read_text(encoding="utf-8")))
    }


def imported(tree):
    """Yield the names of all that a module imports, and of where from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names]
            module = getattr(node, "module", None)
            yield from [module, *(f"{module}.{name}" for name in names)] if module else names


def under_contract():
    return {contract.name.split(":")[0] for contract in CONTRACTS}


def test_every_reference_that_uses_ports_is_under_contract():
    assert asynchronous(REFERENCES) <= under_contract()


@pytest.mark.parametrize(
    "text",
    [
        "from sdtutor.core.ports import Table",
        "from sdtutor.core import ports",
        "import sdtutor.core.ports",
        "def f():\n    from sdtutor.core.ports import (\n        Table,\n    )",
    ],
)
def test_a_new_reference_that_uses_ports_is_seen(tmp_path, text):
    for name, code in (("outbox", text), ("sorting", "from sdtutor.core.draws import shuffled")):
        topic = tmp_path / "messaging"
        topic.mkdir(exist_ok=True)
        (topic / f"{name}.py").write_text(code, encoding="utf-8")
    assert asynchronous(tmp_path) == {"messaging/outbox"}
    assert not asynchronous(tmp_path) <= under_contract()

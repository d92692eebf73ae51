"""What the shop and its services can be asked about."""

from collections.abc import Mapping
from typing import Any

from sdtutor.engine.predictions.kinds import about_call, next_request, when_still
from sdtutor.engine.predictions.skill import Failure, Skill, Waiting, Walk, say_answer
from sdtutor.engine.run import Run
from sdtutor.labs.order_shop import SERVICES, held

SETTINGS: tuple[Mapping[str, Any], ...] = (
    {},
    *(
        {"fail_at": service, "failure": failure}
        for service in SERVICES
        for failure in ("refuses", "lost_reply")
    ),
)
ASKED = (
    "order.create",
    "inventory.reserve",
    "payment.charge",
    "payment.refund",
    "inventory.release",
    "order.cancel",
    None,
)
"""What the shop may ask of a service, and nothing."""

LEFT = (
    "inventory",
    "order",
    "payment",
    "none of them",
    "order and inventory",
    "order and payment",
    "inventory and payment",
    "order, inventory and payment",
)


def what_is_left(run: Run, _asked_at: int) -> str:
    """Return which services hold something."""
    holding = [name for name in SERVICES if held(run.world, name)]
    if len(holding) == len(SERVICES):
        return LEFT[-1]
    return " and ".join(holding) or "none of them"


def say_request(name: Any) -> str:
    """Return a request as people say it: ``refund, of payment``."""
    if name is None:
        return "nothing more"
    service, _, operation = name.partition(".")
    return f"{operation}, of {service}"


def endings(_run: Run) -> tuple[Any, ...]:
    """Return how an order may end."""
    return ("placed", "cancelled", Waiting(), Failure("Crashed"))


SKILLS = (
    Skill(
        "what_customer_hears",
        "Predict how a saga ends",
        about_call("place_order", "What will the customer be told?", endings),
        say=lambda value: "nothing: it waits for ever" if value == Waiting() else say_answer(value),
        parameters=SETTINGS,
        walk=Walk(10, faults=("drop",)),
    ),
    Skill(
        "what_comes_next",
        "Tell which step or compensation comes next",
        next_request("shop", "Which of these does the shop ask for next?", ASKED),
        say=say_request,
        parameters=SETTINGS,
        walk=Walk(24, faults=("drop",)),
    ),
    Skill(
        "what_is_left",
        "Predict what a saga leaves behind",
        when_still("Which services hold something for the order then?", what_is_left, lambda _run: LEFT),
        parameters=SETTINGS,
        walk=Walk(18, faults=("drop",)),
    ),
)

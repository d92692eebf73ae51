"""What the golden traces owe to the JavaScript engine, and how Python stands in for it.

The traces are of JavaScript code. Where its engine, not its author, decided what they show, the
difference is settled here and nowhere else.
"""

import math
import re
from collections.abc import Callable
from typing import Any

from sdtutor.core.ports import PeerError

SKIPPED = {
    "hash-sharder": {"js-types": "String() of arrays and objects has no counterpart"},
    "api-response": {"paginated-strings": "arithmetic on text has no counterpart"},
}
"""Kinds that only JavaScript can replay, by system, with the reason."""

ERRORS = {
    # A fake service throws a plain Error; over our ports that is a peer's refusal.
    "Error": (PeerError,),
    # A name that is not in scope.
    "ReferenceError": (NameError,),
    # A recursion without end.
    "RangeError": (RecursionError,),
    # A method of undefined; reduce() of an empty list.
    "TypeError": (TypeError, AttributeError, IndexError, ValueError),
}
"""Python's errors for JavaScript's, by the name in the trace."""


def number(value: Any) -> Any:
    """Return a traced number as Python's.

    A missing number is undefined, which arithmetic turns into NaN; NaN and infinities are spelled
    out in the traces; there is one number type, so 3.0 is the integer 3.
    """
    if value is None:
        return math.nan
    if isinstance(value, dict) and "$number" in value:
        return float(value["$number"].replace("Infinity", "inf"))
    return int(value) if isinstance(value, float) and value.is_integer() else value


def units(text: str) -> str:
    """Return a text as JavaScript indexes it: one character for each UTF-16 code unit."""
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2))


def text(code_units: str | None) -> str | None:
    """Return the text of code units; surrogates that stand alone stay as they are."""
    if code_units is None:
        return None
    return code_units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def index_of_nothing(call: Callable[[], Any]) -> Any:
    """Return a call's result; None when it divides by the length of an empty list.

    In JavaScript ``h % 0`` is NaN and ``list[NaN]`` undefined, which the traces write as null.
    """
    try:
        return call()
    except ZeroDivisionError:
        return None


def same_error(traced: Any, error: BaseException) -> bool:
    """Tell whether an error is the traced one; only the texts of plain errors are the author's."""
    if not isinstance(traced, dict):
        return True
    matches = isinstance(error, ERRORS[traced["type"]])
    return matches and (traced["type"] != "Error" or traced["message"] == str(error))


def error_name(error: BaseException) -> str:
    """Return the JavaScript name of an error."""
    return next((name for name, types in ERRORS.items() if isinstance(error, types)), "Error")


def camel(name: str) -> str:
    """Return a snake_case field in the spelling of the traces."""
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def unhandled(mode: str, reported: list[str]) -> list[str]:
    """Return the failures that JavaScript reports as unhandled.

    Promise.race and Promise.all count as handlers of every promise given to them. asyncio reports a
    task that lost the race and failed, since nobody asked for its result.
    """
    return [] if mode == "quorum" else reported


def plain(value: Any) -> Any:
    """Return a value as JSON has it: tuples are lists."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def same(left: Any, right: Any) -> bool:
    """Tell whether two values are one in JavaScript: true is not 1, NaN stands for NaN."""
    left, right = plain(left), plain(right)
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, float) and isinstance(right, float) and math.isnan(left):
        return math.isnan(right)
    return bool(left == right)

"""Values that may travel: they can be shared, compared and written down because nobody can change them."""

import dataclasses
import math
from collections.abc import Iterator
from typing import Any

from sdtutor.core.units import count

_ATOMS = (str, int, float, bool, bytes, type(None))


def check_frozen(value: Any) -> None:
    """Accept a value that may be sent to another process.

    Raises:
        TypeError: It, or something inside it, could be changed by its holder after it was sent.
    """
    if isinstance(value, _ATOMS):
        return
    if isinstance(value, tuple):
        for item in value:
            check_frozen(item)
        return
    if _is_frozen_dataclass(value):
        for field in dataclasses.fields(value):
            check_frozen(getattr(value, field.name))
        return
    kind = type(value).__name__
    raise TypeError(
        f"a {kind} cannot be sent, because its holder could change it afterwards. "
        "Send a str, a number, a tuple or a frozen dataclass."
    )


def _is_frozen_dataclass(value: Any) -> bool:
    parameters = getattr(type(value), "__dataclass_params__", None)
    return parameters is not None and parameters.frozen


def to_json(value: Any) -> Any:
    """Return a frozen value as JSON has it: the same on every supported Python.

    Floats keep 12 significant digits; NaN and infinities become their names; a frozen dataclass becomes an
    object with its fields and, under "type", its name; bytes become hexadecimal digits.
    """
    if isinstance(value, float):
        return float(f"{value:.12g}") if math.isfinite(value) else str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"type": type(value).__name__, **fields}
    return value


def say(value: Any) -> str:
    """Return a frozen value as a learner reads it: short, texts without quotes, None as ``empty``.

    Of a record, fields that hold their default are left out; a tuple of tuples is only counted.
    """
    if value is None:
        return "empty"
    if isinstance(value, tuple):
        if any(isinstance(item, tuple) for item in value):
            return count(len(value), "item")
        return "(" + ", ".join(say(item) for item in value) + ")"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return " ".join((type(value).__name__.lower(), *_said_fields(value)))
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)


def _said_fields(record: Any) -> Iterator[str]:
    """Yield the fields of a record: those that may be left out with their names, once there are many."""
    fields = dataclasses.fields(record)
    for field in fields:
        value = getattr(record, field.name)
        if value == field.default:
            continue
        optional = field.default is not dataclasses.MISSING
        is_record = dataclasses.is_dataclass(value)
        said = " ".join(_said_fields(value)) if is_record else say(value)
        yield f"{field.name} {said}" if optional and len(fields) > 2 else said

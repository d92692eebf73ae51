"""What a form says about a document, in sentences with file, line and remedy."""

import difflib
import typing
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from sdtutor.content.yaml_tree import Document, Place
from sdtutor.errors import ContentError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from sdtutor.content.forms import Form

    F = TypeVar("F", bound=Form)

_QUOTE = "Write a text; put it in quotes when it looks like a number or a list."
_SAYINGS: Mapping[str, tuple[str, str]] = {
    "missing": ("{key} is missing.", "Add it; docs/authoring.md shows where."),
    "string_type": ("{key} must be a text, not {what}.", _QUOTE),
    "int_type": ("{key} must be a whole number, not {what}.", "Write digits without quotes."),
    "float_type": ("{key} must be a number, not {what}.", "Write digits without quotes."),
    "bool_type": ("{key} must be true or false, not {what}.", "Write true or false without quotes."),
    "tuple_type": ("{key} must be a list, not {what}.", 'Write one entry a line, each after "- ".'),
    "dict_type": ("{key} must be a block of keys, not {what}.", "Write name: value, one a line, indented."),
    "model_type": ("{key} must be a block of keys, not {what}.", "Write name: value, one a line, indented."),
    "literal_error": ("{key} must be {expected}, not {what}.", "Use one of these values."),
    "too_short": (
        "{key} needs at least {min_length} entries; it has {actual_length}.",
        "Add the missing ones.",
    ),
    "too_long": ("{key} may have {max_length} entries; it has more.", "Keep the strongest ones."),
    "string_too_short": ("{key} is empty.", "Write it."),
    "string_too_long": ("{key} is longer than {max_length} characters.", "Shorten it."),
    "greater_than_equal": ("{key} must be at least {ge}, not {what}.", "Correct the number."),
    "greater_than": ("{key} must be more than {gt}, not {what}.", "Correct the number."),
    "less_than_equal": ("{key} must be at most {le}, not {what}.", "Correct the number."),
    "less_than": ("{key} must be less than {lt}, not {what}.", "Correct the number."),
    "finite_number": ("{key} must be a finite number.", "Correct the number."),
}
_PATTERNS: Mapping[str, tuple[str, str]] = {
    "url": ("{key} must be a web address, not {what}.", "Begin it with https://, or leave it out."),
    "id": (
        "{key} must be lower-case letters, digits and underscores, not {what}.",
        "For example: stale_read.",
    ),
    "slug": (
        "{key} must be lower-case letters, digits and underscores, not {what}.",
        "For example: caching.",
    ),
    "scene": ("{key} must be the name of a scene, not {what}.", "For example: stale_read."),
    "lab": ("{key} must be topic/concept, not {what}.", "For example: caching/cache_aside."),
    "requires": ("{key} must be topic/concept, not {what}.", "For example: caching/cache_aside."),
    "study": ("{key} must be topic/concept, not {what}.", "For example: caching/cache_aside."),
}
_ONE_LINE = ("{key} must be one line.", 'Remove the line break; ">" folds lines into one.')


def fill(
    form: "type[F]", value: Any, document: Document, place: Place = ()
) -> "tuple[F | None, list[ContentError]]":
    """Return a form filled with a value, or None, and everything that is wrong with it.

    Args:
        form: What the value must be.
        value: From the document.
        document: For the lines.
        place: Where in the document the value stands.
    """
    from pydantic import ValidationError

    try:
        return form.model_validate(value), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    return None, [_problem(form, each, document, place) for each in details if not _echoes(each, details)]


def _echoes(detail: "ErrorDetails", details: "list[ErrorDetails]") -> bool:
    """Tell whether a list is called too short only because pydantic does not count its wrong entries."""
    inside = detail["loc"]
    return detail["type"] == "too_short" and any(
        each["loc"][: len(inside)] == inside != each["loc"] for each in details
    )


def _problem(form: "type[Form]", detail: "ErrorDetails", document: Document, place: Place) -> ContentError:
    loc = detail["loc"]
    if detail["type"] == "extra_forbidden":
        message, hint = unknown_key(str(loc[-1]), _keys(form, loc[:-1]))
    else:
        facts = {
            **detail.get("ctx", {}),
            "key": _say_place((*place, *loc)),
            "what": _say_value(detail["input"]),
        }
        message, hint = (part.format_map(facts) for part in _saying(detail))
    return document.problem((*place, *loc), message, hint)


def _saying(detail: "ErrorDetails") -> tuple[str, str]:
    if detail["type"] != "string_pattern_mismatch":
        return _SAYINGS.get(
            detail["type"], ("{key}: " + detail["msg"].replace("{", "{{").replace("}", "}}"), "")
        )
    if "\n" in str(detail["input"]):
        return _ONE_LINE
    keys = [part for part in detail["loc"] if isinstance(part, str)]
    return _PATTERNS.get(keys[-1], ("{key} cannot be {what}.", "docs/authoring.md has the format."))


def unknown_key(key: str, known: Iterable[str]) -> tuple[str, str]:
    """Return message and hint for a key that the format does not have.

    >>> unknown_key("sumary", ["title", "summary"])
    ('There is no key "sumary" here.', 'Did you mean "summary"?')
    """
    return f'There is no key "{key}" here.', nearest(key, known, "The keys are")


def nearest(name: str, known: Iterable[str], listing: str = "There are") -> str:
    """Return a hint: the most similar known name, or all of them.

    Args:
        name: What somebody wrote.
        known: What exists.
        listing: How the list of all begins.
    """
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f'Did you mean "{close[0]}"?'
    return f"{listing}: {', '.join(names)}." if names else "There are none."


def _keys(form: "type[Form]", loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys of the form to which a location leads."""
    for part in loc:
        if isinstance(part, str):
            form = _inner_form(form.model_fields[part].annotation)
    return list(form.model_fields)


def _inner_form(annotation: Any) -> "type[Form]":
    from sdtutor.content.forms import Form

    while not (isinstance(annotation, type) and issubclass(annotation, Form)):
        annotation = typing.get_args(annotation)[0]
    return annotation


def _say_place(place: Place) -> str:
    """Return ``"title"`` or ``entry 2 of "goals"``.

    >>> _say_place(("sources", 1, "year")), _say_place(("goals", 1)), _say_place(())
    ('"year"', 'entry 2 of "goals"', 'the file')
    """
    if not place:
        return "the file"
    if isinstance(place[-1], int):
        return f"entry {place[-1] + 1} of {_say_place(place[:-1])}"
    return f'"{place[-1]}"'


def _say_value(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a block of keys"
    if isinstance(value, tuple):
        return "a list"
    text = str(value)
    return f'"{text}"' if len(text) <= 40 else f'"{text[:39]}…"'

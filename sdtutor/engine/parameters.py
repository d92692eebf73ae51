"""What the learner can set in a lab: typed, bounded, explained."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sdtutor.errors import UsageError

Values = Mapping[str, Any]
"""Value of each parameter by name."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds.

    Args:
        name: A slug.
        default: Used unless set.
        low: Smallest.
        high: Largest.
        unit: What is counted.
        help: What it does.
    """

    name: str
    default: int
    low: int
    high: int
    unit: str
    help: str

    def read(self, text: str) -> int:
        """Return the number that a text gives.

        Raises:
            ValueError: It is not a whole number within the bounds.
        """
        try:
            number = int(text)
        except ValueError:
            raise ValueError(f"a whole number of {self.unit} from {self.low} to {self.high}") from None
        if not self.low <= number <= self.high:
            raise ValueError(f"from {self.low} to {self.high} {self.unit}")
        return number


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    name: str
    default: str
    words: tuple[str, ...]
    help: str

    def read(self, text: str) -> str:
        """Return the word.

        Raises:
            ValueError: It is none of them.
        """
        if text not in self.words:
            raise ValueError("one of " + ", ".join(self.words))
        return text


@dataclass(frozen=True, slots=True)
class Spelled:
    """A value with a spelling of its own, such as ``a:5,b:1,c:1``.

    Args:
        name: A slug.
        default: As it is spelled.
        form: How it is spelled, for messages.
        help: What it does.
        parse: Returns a frozen value, or raises ValueError with what is expected.
    """

    name: str
    default: str
    form: str
    help: str
    parse: Callable[[str], Any]

    def read(self, text: str) -> Any:
        """Return the value that a text spells.

        Raises:
            ValueError: It is spelled another way.
        """
        try:
            return self.parse(text)
        except ValueError as error:
            raise ValueError(f"{self.form} ({error})" if str(error) else self.form) from None


Parameter = Whole | OneOf | Spelled


def read_values(parameters: tuple[Parameter, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value for every parameter: those given, the defaults of the others.

    Args:
        parameters: What can be set.
        given: Texts, or values that a run file holds, by name.

    Raises:
        UsageError: A name that does not exist, or a value out of bounds; says what is possible.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            names = ", ".join(known) or "nothing"
            raise UsageError(f'There is no setting "{name}" in this lab.', f"It can set: {names}.")
    values = {}
    for name, parameter in known.items():
        text = str(given.get(name, parameter.default))
        try:
            values[name] = parameter.read(text)
        except ValueError as error:
            raise UsageError(f'"{text}" is not a value for {name}.', f"It takes {error}.") from None
    return values

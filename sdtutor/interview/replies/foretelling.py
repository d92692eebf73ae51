"""Predictions: before a box is taken away, the candidate says what will happen; the simulation knows."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from sdtutor.errors import UsageError
from sdtutor.interview.conversation import Asked, Conversation, Foretold
from sdtutor.interview.examining import examined
from sdtutor.interview.records import Said

if TYPE_CHECKING:
    from sdtutor.architecture.predictions import Prediction

_DIMENSIONS = {"1/s": "1/s", "s": "s", "writes": "1"}


def prediction_about(now: Conversation, box: str, id_: str = "") -> "Prediction | None":
    """Return what can be asked about the loss of a box, before it is told; None when nothing can.

    Args:
        now: The interview.
        box: Of the whiteboard.
        id_: Only this prediction.
    """
    from sdtutor.architecture.language.reading import read_drawing
    from sdtutor.architecture.predictions import predict
    from sdtutor.interview.load_numbers import flows_for

    drawing = read_drawing(now.drawing)
    if box not in drawing.boxes:
        return None
    flows = flows_for(now.problem, now.pads, drawing)
    known = predict(drawing, flows, examined(now))
    about = (each for each in known if each.unit in _DIMENSIONS and each.ask.startswith(_beginnings(box)))
    return next((each for each in about if id_ in ("", each.id)), None)


def _beginnings(box: str) -> tuple[str, str]:
    return f"`{box}` is gone.", f"The primary of `{box}` dies."


def ask_first(now: Conversation, box: str, prediction: "Prediction") -> Conversation:
    """Return the moment after the candidate was asked to predict.

    Args:
        now: The moment before.
        box: The box that will be taken away.
        prediction: About its loss.
    """
    text = f"Before I tell you what happens: {prediction.ask}"
    asked = Asked("prediction", prediction.id, text, box, (), now.count)
    return replace(now, questions=(*now.questions, asked)).replying("prediction", text, prediction.id)


def take_answer(now: Conversation, said: Said) -> Conversation:
    """Return the moment with the candidate's prediction, held against the simulation but not yet told.

    Args:
        now: The moment after the answer; the last question is the prediction.
        said: The answer.
    """
    asked = now.questions[-1]
    prediction = prediction_about(now, asked.box, asked.id)
    if prediction is None:
        return now
    right = any(prediction.low <= value <= prediction.high for value in _values(said.text, prediction.unit))
    answer = Foretold(prediction.id, asked.box, said.number, right, prediction.why)
    return replace(now, foretold=(*now.foretold, answer))


def tell_truth(now: Conversation) -> Conversation:
    """Return the moment after the interviewer said what the simulation makes of the last prediction, once."""
    told = sum(reply.kind == "truth" for reply in now.replies)
    if told == len(now.foretold):
        return now
    last = now.foretold[-1]
    begin = "You foretold it well." if last.right else "The simulation says:"
    return now.replying("truth", f"{begin} {last.why}", last.id)


def _values(text: str, unit: str) -> list[float]:
    """Return the figures of an answer that are of this unit, or have none."""
    from sdtutor.interview.estimating.calculating import calculate
    from sdtutor.interview.estimating.spoken import estimates_in

    found = list(estimates_in(text))
    with suppress(UsageError):
        found.append(calculate(text.rstrip(". ")))
    return [each.value for each in found if each.dimension in (_DIMENSIONS[unit], "1")]

"""The interviewer: from one moment of an interview and one entry to the next moment.

Pure and deterministic: an interview is the fold of its entries, so a stored one is resumed and scored by
doing it again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sdtutor.content.problem_records import Problem
from sdtutor.core.units import count
from sdtutor.interview.commands import COMMANDS, Command, read_command
from sdtutor.interview.conversation import Conversation, Opened, drawing_of, drawn
from sdtutor.interview.records import Entry, Said, Settings
from sdtutor.interview.replies import aloud
from sdtutor.interview.stages import STAGES, Stage, neighbour

LAST_WARNING_S = 300.0
"""The clock warns when this much is left, or a fifth of a short interview. Editorial."""


def begin(problem: Problem, settings: Settings) -> Conversation:
    """Return the first moment: the prompt was read out, the first stage is open."""
    first = STAGES[settings.minutes][0]
    start = Conversation(problem, settings, (Opened(first.name, 0.0),))
    start = start.replying("prompt", problem.prompt.strip(), problem.slug)
    return start.replying("stage", first.question, first.name)


def fold(problem: Problem, settings: Settings, entries: Iterable[Entry]) -> Conversation:
    """Return the moment after all these entries."""
    now = begin(problem, settings)
    for entry in entries:
        now = after(now, entry)
    return now


def after(now: Conversation, entry: Entry) -> Conversation:
    """Return the moment after one entry; what comes after the end changes nothing, save a dispute.

    The entry that comes first after the bell still counts, and ends the interview.
    """
    if entry.does == "dispute":
        return replace(now, disputed=tuple(dict.fromkeys((*now.disputed, entry.text))))
    if now.is_over:
        return now
    now = advance(replace(now, paused=False), seconds(now.settings, entry.at_s))
    if entry.does == "command":
        return _COMMANDS[read_command(entry.text).name](now, read_command(entry.text))
    late = "bell" in now.told
    now = now.saying(entry.does, entry.text)
    now = _POINTS[entry.does](now, now.last_said())
    return _end(now) if late else now


def seconds(settings: Settings, wall_s: float) -> float:
    """Return seconds of the interview for seconds of the wall."""
    return wall_s / (settings.clock or 1.0)


def advance(now: Conversation, at_s: float) -> Conversation:
    """Return a later moment, with what the clock causes until then: interruptions, a warning, the bell.

    Args:
        now: The moment before.
        at_s: In seconds of the interview.
    """
    if now.is_over:
        return now
    later = replace(now, at_s=max(now.at_s, at_s))
    if now.settings.clock is None:
        return later
    for moment, name, kind, text in sorted(_due(later), key=lambda due: due[0]):
        later = replace(later, told=(*later.told, name)).replying(kind, text, name, moment)
    return later


def total_s(settings: Settings) -> float:
    """Return the length of an interview, in its own seconds."""
    return 60.0 * settings.minutes


def left_in_words(now: Conversation) -> str:
    """Return how much time is left, of all and of the stage."""
    if now.settings.clock is None:
        return f"There is no clock. {_minutes(now.at_s).capitalize()} so far."
    left = total_s(now.settings) - now.at_s
    if left <= 0:
        return "The time is up."
    stage = now.stage
    stage_left = stage.planned_s - now.taken(stage.name)
    said = (
        f"{_minutes(stage_left)} of them for this stage" if stage_left > 0 else "this stage is over its time"
    )
    return f"{_minutes(left).capitalize()} left, {said}."


def _minutes(seconds_left: float) -> str:
    if seconds_left < 90:
        return count(max(1, round(seconds_left)), "second")
    return count(round(seconds_left / 60), "minute")


def _due(now: Conversation) -> Iterable[tuple[float, str, str, str]]:
    """Yield moment, name, kind and text of what the clock should have caused by now and has not."""
    stage, total = now.stage, total_s(now.settings)
    before = now.taken(stage.name) - (now.at_s - now.opened[-1].at_s)
    overrun = now.opened[-1].at_s + max(0.0, stage.overrun_s - before)
    following = neighbour(now.settings.minutes, stage.name, 1)
    warning = total - min(LAST_WARNING_S, total / 5)
    due = [
        (warning, "warning", "notice", f"{_minutes(total - warning).capitalize()} left."),
        (
            total,
            "bell",
            "notice",
            "Time. What you send next is the last thing that counts; then comes the report.",
        ),
    ]
    if now.aloud:
        due.append((now.aloud[-1] + aloud.SECONDS, aloud.name_of(now), "aloud", aloud.listed(now)))
    if following:
        due.append((overrun, f"interrupt.{stage.name}", "interrupt", _interruption(stage, following)))
    return [each for each in due if each[0] <= now.at_s and each[1] not in now.told]


def _interruption(stage: Stage, following: Stage) -> str:
    return (
        f"Let me stop you: {stage.title} has had its time. /next takes us to {following.title}. "
        f"{following.question}"
    )


def _say(now: Conversation, said: Said) -> Conversation:
    from sdtutor.interview.replies.answering import answer, only_asks
    from sdtutor.interview.replies.probing import heard, react

    before = now.made
    now = heard(answer(now, said), said)
    return now if only_asks(said) else react(now, said, before)


def _calculate(now: Conversation, said: Said) -> Conversation:
    from sdtutor.interview.replies.padding import on_pad, pad_of

    return on_pad(now, pad_of(now.problem, said))


def _draw(now: Conversation, said: Said) -> Conversation:
    from sdtutor.interview.replies.probing import react
    from sdtutor.interview.replies.remarks import on_drawing

    now = on_drawing(replace(now, drawing=drawn(now.drawing, said.text)))
    return react(now, said, now.made)


def _next(now: Conversation, _: Command) -> Conversation:
    following = neighbour(now.settings.minutes, now.stage.name, 1)
    if following is None or "bell" in now.told:
        return _end(now)
    return _open(now, following)


def _back(now: Conversation, _: Command) -> Conversation:
    previous = neighbour(now.settings.minutes, now.stage.name, -1)
    if previous is None:
        return now.replying("notice", "This is the first stage.")
    back = replace(now, opened=(*now.opened, Opened(previous.name, now.at_s)))
    return back.replying("stage", f"Back to {previous.title}. What do you want to change?", previous.name)


def _open(now: Conversation, stage: Stage) -> Conversation:
    from sdtutor.interview.replies.probing import open_stage

    first = all(each.stage != stage.name for each in now.opened)
    now = replace(now, opened=(*now.opened, Opened(stage.name, now.at_s)))
    now = now.replying("stage", stage.question, stage.name)
    return open_stage(now) if first else now


def _end(now: Conversation, _: Command | None = None) -> Conversation:
    return replace(now, ended_at=now.at_s).replying("notice", "Thank you, that is all. Here is the report.")


def _hint(now: Conversation, _: Command) -> Conversation:
    from sdtutor.interview.replies.hints import hint

    return hint(now)


def _aloud(now: Conversation, _: Command) -> Conversation:
    return aloud.aloud(now)


def _time(now: Conversation, _: Command) -> Conversation:
    return now.replying("notice", left_in_words(now))


def _pause(now: Conversation, _: Command) -> Conversation:
    return replace(now, paused=True).replying("notice", "The clock stands. /resume lets it run again.")


def _resume(now: Conversation, _: Command) -> Conversation:
    return now.replying("notice", f"We go on. {left_in_words(now)}")


def _edit(now: Conversation, command: Command) -> Conversation:
    old = next((each for each in now.said if each.number == command.number), None)
    if old is None:
        return now.replying("notice", f"There is no point {command.number}; the last is {now.count}.")
    edited = now.replaced(old.number, command.text)
    return _read_again(edited, old).replying("notice", f"Point {old.number} is replaced.")


def _read_again(now: Conversation, old: Said) -> Conversation:
    """Return the moment with what follows from a point that was replaced, read again."""
    from sdtutor.interview.replies.probing import heard

    if old.does == "draw":
        return replace(now, drawing=drawing_of(now.said))
    if old.does == "pad":
        from sdtutor.interview.replies.padding import pad_of

        pads = (pad_of(now.problem, each) for each in now.said if each.does == "pad")
        return replace(now, pads=tuple(pads))
    now = replace(now, made=now.ticked)
    for said in now.said:
        now = heard(now, said) if said.does == "say" else now
    return now


def _help(now: Conversation, _: Command) -> Conversation:
    lines = [f"/{name}  {does}" for name, does in COMMANDS.items()]
    more = (
        "/pad 100M links / month * 500 B  calculates",
        "/draw client -> lb -> app*3; app -> db(replicas=2)  replaces the drawing; /draw + adds to it",
        "Anything else is a numbered point; // begins one with a slash.",
    )
    return now.replying("notice", "\n".join((*lines, *more)))


_POINTS: Mapping[str, Callable[[Conversation, Said], Conversation]] = {
    "say": _say,
    "pad": _calculate,
    "draw": _draw,
}

_COMMANDS: Mapping[str, Callable[[Conversation, Command], Conversation]] = {
    "next": _next,
    "back": _back,
    "hint": _hint,
    "aloud": _aloud,
    "tick": aloud.tick,
    "time": _time,
    "pause": _pause,
    "resume": _resume,
    "edit": _edit,
    "end": _end,
    "help": _help,
}

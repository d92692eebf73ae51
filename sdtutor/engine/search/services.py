"""Services as automata: their states are what they hold."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from sdtutor.engine.lab import Service
from sdtutor.engine.message import Outcome
from sdtutor.engine.search.identity import key_of
from sdtutor.engine.search.letters import Letter
from sdtutor.engine.search.members import Move, State, no_such_operation
from sdtutor.engine.services import OPERATIONS, Write, answer, when_expired

Expiries = tuple[tuple[int, str], ...]
"""(deadline in microseconds, key) of the entries that expire, in the order in which they do."""


@dataclass(eq=False, slots=True)
class ServiceState(State):
    """What a service holds.

    Args:
        expiries: When entries expire.
    """

    expiries: Expiries = ()


class ServiceMember:
    """One service.

    Args:
        service: Its declaration.
        place: Number of the member.
    """

    def __init__(self, service: Service, place: int) -> None:
        self._service = service
        self._place = place
        self._states: dict[Hashable, ServiceState] = {}

    def start(self) -> Move:
        """Return the state at step 0."""
        state = self._state(dict(self._service.initial), ())
        state.first = True
        return Move(state)

    def deliver(self, state: ServiceState, letter: Letter, now_us: int) -> Move:
        """Return what a request does, and the reply."""
        if letter.operation not in OPERATIONS[self._service.kind]:
            return Move(state, (no_such_operation(letter),))
        replied = answer(self._service.kind, state.entries, letter.operation, letter.payload)
        for write in replied.writes:
            state = self._written(state, write, now_us)
        return Move(state, (letter.answered(Outcome(replied.reply)),))

    def fire(self, state: ServiceState, now_us: int) -> Move:
        """Return what is left when the entry that expires first has done so."""
        key = state.expiries[0][1]
        # A key that was given nothing, for a while, expires too.
        left = when_expired(state.entries.get(key))
        return Move(self._written(state, Write(key, left), now_us))

    def crash(self, state: ServiceState) -> Move:
        """Return the service down: empty, unless it is durable."""
        kept = self._service.durable
        entries, expiries = (state.entries, state.expiries) if kept else ({}, ())
        return Move(self._state(entries, expiries, up=False, incarnation=state.incarnation))

    def restart(self, state: ServiceState, _now_us: int) -> Move:
        """Return the service up again, with what it kept."""
        return Move(self._state(state.entries, state.expiries, incarnation=state.incarnation + 1))

    def _written(self, state: ServiceState, write: Write, now_us: int) -> ServiceState:
        entries = dict(state.entries)
        if write.value is None:
            entries.pop(write.key, None)
        else:
            entries[write.key] = write.value
        expiries = [expiry for expiry in state.expiries if expiry[1] != write.key]
        if write.ttl_us is not None:
            expiries.append((now_us + write.ttl_us, write.key))
            expiries.sort(key=lambda expiry: expiry[0])
        return self._state(entries, tuple(expiries), incarnation=state.incarnation)

    def _state(
        self, entries: Mapping[str, Any], expiries: Expiries, *, up: bool = True, incarnation: int = 1
    ) -> ServiceState:
        held = tuple(sorted((key, key_of(value)) for key, value in entries.items()))
        key = (held, expiries, up, incarnation)
        state = self._states.get(key)
        if state is None:
            timer = expiries[0][0] if expiries and up else None
            state = ServiceState(
                self._place,
                len(self._states),
                up,
                incarnation,
                timer=timer,
                entries=entries,
                expiries=expiries,
            )
            self._states[key] = state
        return state

"""The stations of a drawing, in the scale of a run."""

import math
from collections.abc import Mapping
from typing import Literal

from sdtutor.architecture.load.jobs import Station
from sdtutor.architecture.load.kernel import Simulation

Part = Literal["work", "threads", "replicas"]
"""What of a box a station is: its processors (of a store: of the primaries), its threads, its replicas."""

ENDLESS = 1_000_000_000
"""Servers of what its provider scales."""


class Stations:
    """The stations of one run, each made when a program first names it.

    A scale model has one server for so many, and one request for so many; where a fraction of a server
    would be left, it has one that is slower by that fraction, so that the share of busy time stays.

    Args:
        one_for: How many requests one stands for, at least 1.
    """

    def __init__(self, one_for: float) -> None:
        self.one_for = one_for
        self._made: dict[tuple[str, Part], Station] = {}
        self._wanted: dict[Station, int] = {}
        self._slower: dict[Station, float] = {}

    def get(self, box: str, part: Part, servers: float, places: float = math.inf) -> Station:
        """Return the station of a part of a box; one that exists will have that many servers.

        Args:
            box: Its name.
            part: What of it.
            servers: How many there really are; infinite for no bound.
            places: How many may wait, really.
        """
        scaled = ENDLESS if servers >= ENDLESS else max(1, round(servers / self.one_for))
        station = self._made.get((box, part))
        if station is None:
            waiting = math.ceil(places / self.one_for) if math.isfinite(places) else math.inf
            station = self._made[box, part] = Station(f"{box} {part}", scaled, waiting)
        self._wanted[station] = scaled
        self._slower[station] = 1.0 if scaled == ENDLESS else scaled * self.one_for / servers
        return station

    def seconds(self, station: Station, real: float) -> float:
        """Return the service time in this scale for a real one, in seconds."""
        return real * self._slower[station]

    def settle(self, simulation: Simulation) -> None:
        """Give each station the number of servers that was last asked for."""
        for station, servers in self._wanted.items():
            if servers != station.servers:
                simulation.resize(station, servers)

    def entry(self, box: str) -> Station | None:
        """Return where a request comes to a box first; None when none does."""
        return self._made.get((box, "threads")) or self._made.get((box, "work"))

    @property
    def all(self) -> Mapping[tuple[str, Part], Station]:
        """Every station, by its box and its part."""
        return self._made

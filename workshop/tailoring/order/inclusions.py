"""Read which modules a cohort's day is to have besides, and what each of them follows."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.diagnostics import Location, Report
from workshop.tailoring.client_file.client import CohortSource
from workshop.tailoring.client_file.day_keys import Include
from workshop.tailoring.order.ordered_items import Inclusion
from workshop.tailoring.read_modules import ModuleReader


class InclusionReader:
    """Reads the inclusions of a client's cohorts; faults go into `report`.

    What a client includes for all its cohorts is read once, so that each fault in it is told once.
    """

    def __init__(self, modules: ModuleReader, report: Report) -> None:
        self._modules = modules
        self._report = report
        self._read: dict[Location, Inclusion | None] = {}

    def inclusions(self, wanted: CohortSource) -> Iterator[Inclusion]:
        """Yield what a cohort, or else the client, includes, without entries at fault."""
        for index, include in enumerate(wanted.modules.include):
            place = wanted.place("modules", "include", index)
            if place not in self._read:
                self._read[place] = self._inclusion(include, place)
            if inclusion := self._read[place]:
                yield inclusion

    def _inclusion(self, include: str | Include, place: Location) -> Inclusion | None:
        if isinstance(include, Include):
            return Inclusion(include.module, include.after, place)
        module = self._modules.module(include)
        if module and module.front.after:
            return Inclusion(include, module.front.after, place, own_place=True)
        if module:
            self._report.error(
                "include-after",
                f"Nothing says which module “{include}” is to follow",
                place,
                f"Write {{module: {include}, after: …}}.",
            )
        return None

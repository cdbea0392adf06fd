"""Read which modules a cohort's day is to have besides, and what each of them follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop.content.programme import Programme
from workshop.diagnostics import Location, Report
from workshop.tailoring.client_file.client import CohortSource
from workshop.tailoring.client_file.day_keys import Include
from workshop.tailoring.order.ordered_items import Inclusion
from workshop.tailoring.read_modules import ModuleReader


class InclusionReader:
    """Reads the inclusions of a client's cohorts; faults go into `report`.

    What a client includes for all its cohorts is read once, so that each fault in it is told once.
    """

    def __init__(self, modules: ModuleReader, programme: Programme, report: Report) -> None:
        self._modules = modules
        self._programme = programme
        self._report = report
        self._read: dict[Location, Inclusion | None] = {}

    def inclusions(self, wanted: CohortSource) -> Iterator[Inclusion]:
        """Yield what a cohort, or else the client, includes, without entries at fault."""
        for index, include in enumerate(wanted.modules.include):
            place = wanted.place("modules", "include", index)
            if place not in self._read:
                self._read[place] = self._inclusion(include, place, wanted)
            if inclusion := self._read[place]:
                yield inclusion

    def _inclusion(
        self, include: str | Include, place: Location, wanted: CohortSource
    ) -> Inclusion | None:
        if isinstance(include, Include):
            return Inclusion(include.module, include.after, place)
        module = self._modules.module(include)
        if module and module.front.after:
            return Inclusion(include, module.front.after, place, own_place=True)
        if module and include not in (wanted.order or ()):
            self._report.error(
                "include-after",
                f"Nothing says which module “{include}” is to follow",
                place,
                hint_for_place(include, self._in_day(wanted)),
            )
        return None

    def _in_day(self, wanted: CohortSource) -> list[str]:
        """Return the modules that the day has of its variant."""
        variants, changed = self._programme.file.variants, wanted.modules
        name = wanted.file.variant or wanted.client.variant or next(iter(variants))
        items = variants[name].items if name in variants else ()
        names = [item.module for item in items if item.module]
        return [changed.replace.get(name, name) for name in names if name not in changed.exclude]


def hint_for_place(name: str, in_day: Sequence[str]) -> str:
    """Return the entry that gives an included module a place, and the modules it could follow."""
    if not in_day:
        return f"Write `{{module: {name}, after: …}}`."
    # Before the last one, which closes the day.
    entry = f"{{module: {name}, after: {in_day[-2:][0]}}}"
    return f"Write `{entry}`, or which other it follows; this day has {', '.join(in_day)}."

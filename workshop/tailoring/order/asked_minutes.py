"""Read which modules of a cohort's day are to take exactly so many minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop.content.yaml.source import YamlSource
from workshop.diagnostics import Location, Report, nearest
from workshop.tailoring.client_file.client import CohortSource
from workshop.tailoring.order.ordered_items import ModuleItem, RunningItem


@dataclass(frozen=True)
class AskedMinutes:
    """Says how many minutes the client file gives to a module, and where."""

    minutes: int
    location: Location


def asked_minutes(
    wanted: CohortSource,
    items: Sequence[RunningItem],
    modules: Collection[str],
    report: Report,
) -> dict[str, AskedMinutes]:
    """Return the minutes that modules of a day are to take, by the names that it has for them.

    `modules` are the names of all there are; `unknown_names` reports others. A module that the
    cohort names and its day does not have is a warning: it may be back in it tomorrow.
    """
    in_day = [item.name for item in items if isinstance(item, ModuleItem)]
    asked: dict[str, AskedMinutes] = {}
    for name, minutes in {**wanted.client.minutes, **wanted.file.minutes}.items():
        module = name if name in in_day else wanted.modules.replace.get(name, name)
        place = wanted.place("minutes", name)
        if module in in_day:
            asked[module] = AskedMinutes(minutes, place)
        elif name in modules and wanted.sets("minutes", name):
            message = f"The day of “{wanted.slug}” has no “{name}” to take {minutes} minutes"
            report.warn("minutes-unused", message, place, nearest(name, in_day))
    return asked


def warn_of_unused_minutes(
    minutes: Iterable[str],
    source: YamlSource,
    days: Iterable[Mapping[str, AskedMinutes]],
    in_days: Collection[str],
    report: Report,
) -> None:
    """Warn of modules to which a client gives `minutes` for all its days, and none has them.

    `days` has what `asked_minutes` returned for each day, `in_days` the names of their modules.
    """
    used = {asked.location for day in days for asked in day.values()}
    for name in minutes:
        place = source.location("minutes", name)
        if place not in used and name not in in_days:
            message = f"No day of this client has “{name}”, which is to take so many minutes"
            report.warn("minutes-unused", message, place, nearest(name, in_days))

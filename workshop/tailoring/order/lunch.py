"""Begin lunch at the time that a client file gives, and tell where a day has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workshop.content.clock import clock
from workshop.content.programme import Variant
from workshop.diagnostics import Location, Report
from workshop.tailoring.client_file.client import ClientFile, CohortSource
from workshop.tailoring.client_file.day_keys import Break, OrderedBreak
from workshop.tailoring.order.breaks import breaks_called, new_break_line
from workshop.tailoring.order.ordered_items import ModuleItem, RunningItem

# The title of lunch and the items of each day of a client.
Days = Sequence[tuple[str, Sequence[RunningItem]]]


def lunch_of(variant: Variant) -> str:
    """Return the title of the variant's first pinned break, which is what `times` calls lunch."""
    pinned = (item.title for item in variant.items if item.title and item.at is not None)
    return next(pinned, "Lunch")


def with_lunch(
    items: Sequence[RunningItem], title: str, wanted: CohortSource, report: Report
) -> list[RunningItem]:
    """Begin lunch when the cohort's or the client's `times` say, unless its own pin is nearer."""
    own = wanted.file.times.lunch
    lunch = own if own is not None else wanted.client.times.lunch
    breaks = breaks_called(title, items)
    if lunch is None:
        return list(items)
    if not breaks:
        if own is not None:
            _report_no_lunch(title, items, wanted, report)
        return list(items)
    of_times, of_pin = 1 if own is None else 2, _pinned_by(title, wanted)
    if of_pin == of_times and breaks[0].at != lunch:
        report.error(
            "lunch-twice",
            f"“{title}” begins at {clock(lunch)} by `times`, at {clock(breaks[0].at or 0)} by its "
            "own `at`",
            wanted.place("times", "lunch"),
            "Take one of them out.",
        )
    if of_pin >= of_times:
        return list(items)
    return [replace(item, at=lunch) if item is breaks[0] else item for item in items]


def warn_of_unused_lunch(wanted: ClientFile, place: Location, days: Days, report: Report) -> None:
    """Warn of a lunch of the client's that none of its days has.

    `place` is where the client file sets it. `days` are the title of lunch and the items of each.
    """
    if wanted.times.lunch is None or any(breaks_called(title, items) for title, items in days):
        return
    for title, items in days[:1]:
        line = new_break_line(title, 45, _names(items), {})
        report.warn(
            "no-lunch",
            "`lunch` does nothing: no day of this client has a lunch that could be moved",
            place,
            f"Take it out, or make a lunch: `{line}`.",
        )


def _report_no_lunch(
    title: str, items: Sequence[RunningItem], wanted: CohortSource, report: Report
) -> None:
    line = new_break_line(title, 45, _names(items), {})
    report.error(
        "no-lunch",
        "This day has no lunch that could be pinned to a time",
        wanted.place("times", "lunch"),
        "Take `lunch` out, choose a variant that has one, or say which module it follows: "
        f"`{line}`.",
    )


def _pinned_by(title: str, wanted: CohortSource) -> int:
    """Return 2 if the cohort's `breaks` or `order` pin a break, 1 if the client's do, else 0."""
    for level, settings in ((2, wanted.file), (1, wanted.client)):
        setting = settings.breaks.get(title)
        times = [setting.at] if isinstance(setting, Break) else []
        times += [
            entry.at
            for entry in settings.order or ()
            if isinstance(entry, OrderedBreak) and entry.title == title
        ]
        if any(at is not None for at in times):
            return level
    return 0


def _names(items: Sequence[RunningItem]) -> list[str | None]:
    """Return the names of a day's modules, None for a break."""
    return [item.name if isinstance(item, ModuleItem) else None for item in items]

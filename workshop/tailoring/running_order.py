"""Decide a cohort's running order: its breaks, its lunch, its modules and those it includes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workshop.content.programme import ProgrammeItem, Variant
from workshop.diagnostics import Location, Report, nearest
from workshop.tailoring.client import CohortSource


@dataclass(frozen=True)
class ModuleItem:
    """Names a module in the running order."""

    name: str


@dataclass(frozen=True)
class BreakItem:
    """Describes a break and its minutes; `at` pins it to a time (minutes after midnight)."""

    title: str
    minutes: int
    at: int | None


RunningItem = ModuleItem | BreakItem


@dataclass(frozen=True)
class Inclusion:
    """Says which module is added after which, and where the client file asks for it.

    `own_place` says that `after` comes from the module's own file and not from the client's.
    """

    module: str
    after: str
    location: Location
    own_place: bool = False


def make_running_order(
    variant: Variant, wanted: CohortSource, inclusions: Sequence[Inclusion], report: Report
) -> tuple[RunningItem, ...]:
    """Return the breaks and modules of a cohort's day in order.

    Faults go into `report`: breaks, a lunch or modules to follow that the day does not have, and
    modules that it has more than once.
    """
    items = _with_lunch(_with_breaks(variant, wanted, report), wanted, report)
    return _with_modules(items, wanted, inclusions, report)


def _with_breaks(variant: Variant, wanted: CohortSource, report: Report) -> list[ProgrammeItem]:
    """Return the variant's items; its breaks have the minutes that the cohort or client sets."""
    titles = {item.title for item in variant.items if item.title}
    for title in wanted.file.breaks:
        if title not in titles:
            report.error(
                "unknown-break",
                f"This day has no break called “{title}”",
                wanted.place("breaks", title, key=True),
                nearest(title, titles),
            )
    minutes = {**wanted.client.breaks, **wanted.file.breaks}
    return [
        item.model_copy(update={"minutes": minutes[item.title]})
        if item.title and item.title in minutes
        else item
        for item in variant.items
    ]


def _with_lunch(
    items: list[ProgrammeItem], wanted: CohortSource, report: Report
) -> list[ProgrammeItem]:
    """Move the first pinned break, which is lunch, to the time the cohort or the client sets."""
    own = wanted.file.times.lunch
    lunch = own if own is not None else wanted.client.times.lunch
    if lunch is None:
        return items
    for index, item in enumerate(items):
        if item.at is not None:
            return [*items[:index], item.model_copy(update={"at": lunch}), *items[index + 1 :]]
    if own is not None:
        report.error(
            "no-lunch",
            "This day has no lunch that could be pinned to a time",
            wanted.place("times", "lunch"),
            "Take `lunch` out, or choose a variant that has one.",
        )
    return items


def _with_modules(
    items: list[ProgrammeItem],
    wanted: CohortSource,
    inclusions: Sequence[Inclusion],
    report: Report,
) -> tuple[RunningItem, ...]:
    modules = wanted.modules
    followers: dict[str, list[Inclusion]] = {}
    for inclusion in inclusions:
        after = modules.replace.get(inclusion.after, inclusion.after)
        followers.setdefault(after, []).append(inclusion)
    order: list[RunningItem] = []
    for item in items:
        if item.title is not None:
            order.append(BreakItem(item.title, item.minutes or 0, item.at))
        elif item.module is not None and item.module not in modules.exclude:
            name = modules.replace.get(item.module, item.module)
            order += [ModuleItem(name), *_following(name, followers)]
    names = [item.name for item in order if isinstance(item, ModuleItem)]
    for left_over in (inclusion for rest in followers.values() for inclusion in rest):
        report.error(
            "include-after",
            f"“{left_over.module}” is to follow “{left_over.after}”, "
            f"which the day of “{wanted.slug}” does not have",
            left_over.location,
            _another_place(left_over, names, wanted),
        )
    _check_once(names, wanted, inclusions, report)
    return tuple(order)


def _another_place(left_over: Inclusion, names: Sequence[str], wanted: CohortSource) -> str:
    hint = nearest(left_over.after, names) or ""
    if left_over.own_place:
        in_day = ", ".join(names)
        hint = f"Write {{module: {left_over.module}, after: …}}; this day has {in_day}."
    if len(wanted.client.cohorts) > 1 and not wanted.sets("modules", "include"):
        hint += f" Or include it under the cohorts whose day has “{left_over.after}”."
    return hint


def _following(name: str, followers: dict[str, list[Inclusion]]) -> Iterator[ModuleItem]:
    """Take the modules that follow a module out of `followers`, each with its own followers."""
    for inclusion in followers.pop(name, ()):
        yield ModuleItem(inclusion.module)
        yield from _following(inclusion.module, followers)


def _check_once(
    names: Sequence[str],
    wanted: CohortSource,
    inclusions: Sequence[Inclusion],
    report: Report,
) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            places = [inclusion.location for inclusion in inclusions if inclusion.module == name]
            place = places[-1] if places else wanted.place("modules", key=True)
            hint = "Include, replace and exclude so that each module comes once."
            if len(places) > 1:
                hint = "It is included more than once: take the others out."
            elif places:
                hint = "Take it out of `include`; or exclude it as well, to move it."
            report.error(
                "module-twice",
                f"The day of “{wanted.slug}” has the module “{name}” more than once",
                place,
                hint,
            )

"""A cohort's settings over the client's over the programme's: one delivery, all decided."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workshop.content.programme import Programme, ProgrammeItem, Variant
from workshop.content.yaml.files import FileModel, YamlSource
from workshop.diagnostics import Location, Report, nearest
from workshop.tailoring.client import ClientFile, CohortFile, Modules, Paper
from workshop.tailoring.roster import Roster

# Where neither roster nor headcount is given, groupings are shown for a group of this size.
USUAL_HEADCOUNT = 12


@dataclass(frozen=True)
class ModuleItem:
    """A module in the running order."""

    name: str


@dataclass(frozen=True)
class BreakItem:
    """A break of so many minutes; `at` pins it to a clock time (minutes after midnight)."""

    title: str
    minutes: int
    at: int | None


RunningItem = ModuleItem | BreakItem


@dataclass(frozen=True)
class Inclusion:
    """A module that is added, the one it follows, and where the client file says so.

    `own_place` says that the module's file names the one it follows, and not the client's.
    """

    module: str
    after: str
    location: Location
    own_place: bool = False


@dataclass(frozen=True)
class Cohort:
    """One delivery for a client. Times are minutes after midnight.

    `roster` is None where nobody is named; the kit is then made for a group of `headcount`, with
    blanks for the names. `spares` are the nameless packs wanted besides those of the roster.
    """

    slug: str
    date: datetime.date | None
    venue: str | None
    trainer: str | None
    paper: Paper
    language: str
    variant: str
    pace: str
    start: int
    finish: int
    items: tuple[RunningItem, ...]
    roster: Roster | None
    headcount: int
    location: Location
    spares: int = 0


@dataclass(frozen=True)
class CohortSource:
    """What a client file says of one cohort, and where it says it."""

    slug: str
    file: CohortFile
    client: ClientFile
    source: YamlSource

    def place(self, *keys: str | int, key: bool = False) -> Location:
        """Return where the cohort, or else the client, sets the value at `keys`."""
        path = ("cohorts", self.slug, *keys) if self.sets(*keys) else keys
        return self.source.location(*path, key=key)

    def sets(self, *keys: str | int) -> bool:
        """Whether it is the cohort, and not the client, that sets the value at `keys`."""
        inside: object = self.file
        for key in keys:
            if not isinstance(inside, FileModel):
                break
            if key not in inside.model_fields_set:
                return False
            inside = getattr(inside, str(key))
        return True

    @property
    def modules(self) -> Modules:
        """Modules in, out and replaced: each as the cohort says it, or else the client."""
        own = self.file.modules
        said = {key: getattr(own, key) for key in own.model_fields_set}
        return self.client.modules.model_copy(update=said)


def cohort_sources(client: ClientFile, source: YamlSource) -> tuple[CohortSource, ...]:
    """Return the client's cohorts, or one that says nothing where the client has none yet."""
    cohorts = client.cohorts or {"session": CohortFile()}
    return tuple(CohortSource(slug, file, client, source) for slug, file in cohorts.items())


def make_cohort(
    wanted: CohortSource,
    programme: Programme,
    inclusions: Sequence[Inclusion],
    roster: Roster | None,
    report: Report,
) -> Cohort | None:
    """Decide everything about a delivery; what its day does not have goes into `report`.

    None for an unknown variant, which is for whoever checks the client file's names to report.
    """
    file, client = wanted.file, wanted.client
    variants = programme.file.variants
    name = file.variant or client.variant or next(iter(variants))
    variant = variants.get(name)
    if variant is None:
        return None
    items = _with_lunch(_with_breaks(variant, wanted, report), wanted, report)
    return Cohort(
        slug=wanted.slug,
        date=file.date,
        venue=file.venue,
        trainer=file.trainer,
        paper=file.paper or client.paper or "A4",
        language=file.language or client.language or "en-GB",
        variant=name,
        pace=variant.pace,
        start=_first(file.times.start, client.times.start, variant.start),
        finish=_first(file.times.finish, client.times.finish, variant.finish),
        items=_running_order(items, wanted, inclusions, report),
        roster=roster,
        headcount=len(roster.participants) if roster else file.headcount or USUAL_HEADCOUNT,
        location=wanted.place(),
        spares=client.spares or 0 if file.spares is None else file.spares,
    )


def _first(*times: int | None) -> int:
    return next(time for time in times if time is not None)


def _with_breaks(variant: Variant, wanted: CohortSource, report: Report) -> list[ProgrammeItem]:
    """Give the variant's breaks the minutes the client and the cohort set."""
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
    """Pin the first pinned break to the time the cohort or the client sets."""
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


def _running_order(
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
    for left_over in (inclusion for each in followers.values() for inclusion in each):
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
        known = ", ".join(names)
        hint = f"Write {{module: {left_over.module}, after: …}}; this day has {known}."
    if len(wanted.client.cohorts) > 1 and not wanted.sets("modules", "include"):
        hint += f" Or include it under the cohorts whose day has “{left_over.after}”."
    return hint


def _following(name: str, followers: dict[str, list[Inclusion]]) -> Iterator[ModuleItem]:
    """Take out of `followers` what comes after a module, and after that, and so on."""
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
            included = [one.location for one in inclusions if one.module == name]
            place = included[-1] if included else wanted.place("modules", key=True)
            hint = "Include, replace and exclude so that each module comes once."
            if len(included) > 1:
                hint = "It is included more than once: take the others out."
            elif included:
                hint = "Take it out of `include`; or exclude it as well, to move it."
            report.error(
                "module-twice",
                f"The day of “{wanted.slug}” has the module “{name}” more than once",
                place,
                hint,
            )

"""Decide a delivery: the cohort's settings come before the client's and the programme's."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workshop.content.clock import Opening, clock
from workshop.content.programme import Programme, Variant
from workshop.diagnostics import Location, Report, nearest
from workshop.in_a_row import in_a_row
from workshop.tailoring.client_file.client import CohortSource, Paper
from workshop.tailoring.client_file.day_keys import DayKeys
from workshop.tailoring.direction import direction_of
from workshop.tailoring.order.asked_minutes import AskedMinutes, asked_minutes
from workshop.tailoring.order.lunch import lunch_of
from workshop.tailoring.order.ordered_items import BreakItem, Inclusion, KnownNames, RunningItem
from workshop.tailoring.order.running_order import make_running_order
from workshop.tailoring.order.wishes import wishes_of
from workshop.tailoring.people.roster import Roster
from workshop.workspace.overlay import library_root

# A cohort without a roster and a headcount is planned for a group of this size.
USUAL_HEADCOUNT = 12
# So many people at most form a group, where a client does not want smaller or larger ones.
USUAL_GROUP = 5
_WHOLE_DAY = 24 * 60


@dataclass(frozen=True)
class Trainer:
    """Names a trainer and the modules that are theirs to lead; none where that is not said."""

    name: str
    leads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cohort:
    """Describes one delivery for a client. Times are minutes after the midnight before it starts.

    `roster` is None if no names are given; the kit is then made for a group of `headcount`, with
    blanks for the names. `spares` is how many packs without a name are wanted besides the roster's.
    `timezone` is None where neither cohort nor client names one, `doors` where it is not said when
    people may come in. `day_keys` are what the
    client file says of the day, for proposing what it could say instead. `changes`
    says where in the client file modules are put into the day or taken out of it, by their names.
    `day_set_at` is where the programme sets the day, None where the client file does. `minutes` are
    those that the client file gives to modules of the day, by their names. `group_size` is how many
    people at most form a group, in exercises for groups.
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
    group_size: int = USUAL_GROUP
    timezone: str | None = None
    doors: Opening | None = None
    trainers: tuple[Trainer, ...] = ()
    day_keys: DayKeys = field(default=DayKeys(), repr=False, compare=False)
    changes: Mapping[str, Location] = field(default_factory=dict)
    day_set_at: Location | None = None
    minutes: Mapping[str, AskedMinutes] = field(default_factory=dict)

    @property
    def day_place(self) -> Location:
        """Where a fault of the day stands: in the programme, if the client file changes nothing."""
        return self.day_set_at or self.location


def make_cohort(
    wanted: CohortSource,
    programme: Programme,
    inclusions: Sequence[Inclusion],
    roster: Roster | None,
    modules: Collection[str],
    report: Report,
) -> Cohort | None:
    """Decide everything about a delivery; the faults of its running order go into `report`.

    `modules` are the names of all there are. Return None for an unknown variant, which
    `unknown_names` reports.
    """
    file, client = wanted.file, wanted.client
    variants = programme.file.variants
    name = file.variant or client.variant or next(iter(variants))
    variant = variants.get(name)
    if variant is None:
        return None
    start = _first(file.times.start, client.times.start, variant.start)
    finish = _over_night(start, _first(file.times.finish, client.times.finish, variant.finish))
    trainers = _trainers(wanted, report)
    names = KnownNames(modules, programme.break_names)
    items = tuple(
        _in_the_night(item, start, finish)
        for item in make_running_order(variant, wanted, inclusions, names, report)
    )
    _check_leads(trainers, items, modules, wanted, report)
    return Cohort(
        slug=wanted.slug,
        date=file.date,
        venue=file.venue,
        trainer=in_a_row([trainer.name for trainer in trainers]) or None,
        paper=file.paper or client.paper or "A4",
        language=file.language or client.language or "en-GB",
        variant=name,
        pace=variant.pace,
        start=start,
        finish=finish,
        items=items,
        roster=roster,
        headcount=len(roster.participants) if roster else file.headcount or USUAL_HEADCOUNT,
        location=wanted.place(),
        spares=client.spares or 0 if file.spares is None else file.spares,
        group_size=file.group_size or client.group_size or USUAL_GROUP,
        timezone=file.timezone or client.timezone,
        doors=_doors(wanted, start, report),
        trainers=trainers,
        day_keys=_day_keys(wanted, variant, variants.values()),
        changes=_changes(wanted, inclusions),
        day_set_at=_set_at(wanted, programme, name),
        minutes=asked_minutes(wanted, items, modules, report),
    )


def _doors(wanted: CohortSource, start: int, report: Report) -> Opening | None:
    """Return when people may come in; a time after the start of the day goes into `report`."""
    own = wanted.file.times.doors
    doors = wanted.client.times.doors if own is None else own
    if doors is not None and doors.at > start:
        before = replace(doors, at=max(0, start - 30))
        report.error(
            "doors-late",
            f"The doors open at {clock(doors.at)}, and the day starts at {clock(start)}",
            wanted.place("times", "doors"),
            f'Write a time before that, such as `doors: "{before}"`.',
        )
        return None
    return doors


def _day_keys(wanted: CohortSource, variant: Variant, variants: Iterable[Variant]) -> DayKeys:
    """Collect what the client file says of a day, at the place where a line about it belongs."""
    under = wanted.slug if wanted.client.cohorts else None
    own = wanted.file if under else wanted.client
    return DayKeys(
        under=under,
        times=own.times,
        breaks=own.breaks,
        modules=own.modules,
        minutes=own.minutes,
        all_breaks={**wanted.client.breaks, **wanted.file.breaks},
        all_modules=wanted.modules,
        is_ordered=wanted.order is not None,
        from_variant=frozenset(item.module for item in variant.items if item.module),
        pauses=frozenset(item.title for item in variant.items if item.title),
        lunch=lunch_of(variant),
        doors=wanted.client.times.doors if own.times.doors is None else own.times.doors,
        file=wanted.place().path,
        wishes=wishes_of(wanted, variant, variants),
    )


def _trainers(wanted: CohortSource, report: Report) -> tuple[Trainer, ...]:
    named = wanted.file.trainers
    if isinstance(named, dict):
        return tuple(Trainer(name, tuple(leads)) for name, leads in named.items())
    for index, name in enumerate(named):
        if name in named[:index]:
            place = wanted.place("trainers", index)
            report.error("trainer-twice", f"“{name}” is named twice", place, "Name each once.")
    names = named or ([wanted.file.trainer] if wanted.file.trainer else [])
    return tuple(Trainer(name) for name in names)


def _check_leads(
    trainers: Sequence[Trainer],
    items: Sequence[RunningItem],
    modules: Collection[str],
    wanted: CohortSource,
    report: Report,
) -> None:
    """Report modules that somebody is to lead and the day does not have.

    A module that there is may well be left out of a day, and back in it tomorrow: that is no error.
    """
    in_day = [item.name for item in items if not isinstance(item, BreakItem)]
    for trainer in trainers:
        for index, name in enumerate(trainer.leads):
            if name not in in_day:
                tell, hint = report.error, nearest(name, in_day)
                if name in modules:
                    tell, hint = report.warn, f"Take it out of the list of “{trainer.name}”."
                tell(
                    "leads-unknown",
                    f"“{trainer.name}” is to lead “{name}”, which the day of “{wanted.slug}” "
                    "does not have",
                    wanted.place("trainers", trainer.name, index),
                    hint,
                )


def _set_at(wanted: CohortSource, programme: Programme, variant: str) -> Location | None:
    """Return where a programme of the user's own sets a day that the client leaves as it is."""
    is_library = programme.source.path.parent == library_root() / "modules"
    if is_library or _changes_day(wanted):
        return None
    return programme.source.location("variants", variant)


def _changes_day(wanted: CohortSource) -> bool:
    """Tell whether the client file says more of a day than which of the programme's it is."""
    keys = ("times", "breaks", "modules", "minutes", "order")
    levels = (wanted.file.model_fields_set, wanted.client.model_fields_set)
    return any(key in level for key in keys for level in levels)


def _changes(wanted: CohortSource, inclusions: Sequence[Inclusion]) -> dict[str, Location]:
    modules = wanted.modules
    excluded = {
        name: wanted.place("modules", "exclude", index)
        for index, name in enumerate(modules.exclude)
    }
    replaced = {
        name: wanted.place("modules", "replace", old)
        for old, new in modules.replace.items()
        for name in (old, new)
    }
    ordered = {
        entry: wanted.place("order", index)
        for index, entry in enumerate(wanted.order or ())
        if isinstance(entry, str)
    }
    return {**excluded, **replaced, **ordered, **{one.module: one.location for one in inclusions}}


def _first(*times: int | None) -> int:
    return next(time for time in times if time is not None)


def _over_night(start: int, finish: int) -> int:
    """Return when a day finishes, counted from the midnight before it: perhaps on the next day."""
    return finish + _WHOLE_DAY if finish < start else finish


def _in_the_night(item: RunningItem, start: int, finish: int) -> RunningItem:
    """Pin a break to the next day, where its time is after midnight on a day that lasts so long."""
    if isinstance(item, BreakItem) and item.at is not None and item.at < start:
        next_day = item.at + _WHOLE_DAY
        return replace(item, at=next_day) if next_day + item.minutes <= finish else item
    return item


def check_directions(cohorts: Sequence[Cohort], place: Location, report: Report) -> None:
    """Warn of what does not turn round in a language that is written from right to left."""
    for language in dict.fromkeys(cohort.language for cohort in cohorts):
        if direction_of(language) == "rtl":
            report.warn(
                "right-to-left",
                f"Pages in “{language}” are read and bound from the right, but drawings do not "
                "turn round, and words in them are not joined",
                place,
                "Look through the pages before you print them.",
            )

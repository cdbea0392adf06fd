"""Decide a delivery: the cohort's settings come before the client's and the programme's."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale

from workshop.content.programme import Programme
from workshop.diagnostics import Location, Report
from workshop.tailoring.client import CohortSource, Paper
from workshop.tailoring.people.roster import Roster
from workshop.tailoring.running_order import Inclusion, RunningItem, make_running_order

# A cohort without a roster and a headcount is planned for a group of this size.
USUAL_HEADCOUNT = 12


@dataclass(frozen=True)
class Cohort:
    """Describes one delivery for a client. Times are minutes after midnight.

    `roster` is None if no names are given; the kit is then made for a group of `headcount`, with
    blanks for the names. `spares` is how many packs without a name are wanted besides the roster's.
    `timezone` is None where neither cohort nor client names one.
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
    timezone: str | None = None


def make_cohort(
    wanted: CohortSource,
    programme: Programme,
    inclusions: Sequence[Inclusion],
    roster: Roster | None,
    report: Report,
) -> Cohort | None:
    """Decide everything about a delivery; the faults of its running order go into `report`.

    Return None for an unknown variant, which `unknown_names` reports.
    """
    file, client = wanted.file, wanted.client
    variants = programme.file.variants
    name = file.variant or client.variant or next(iter(variants))
    variant = variants.get(name)
    if variant is None:
        return None
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
        items=make_running_order(variant, wanted, inclusions, report),
        roster=roster,
        headcount=len(roster.participants) if roster else file.headcount or USUAL_HEADCOUNT,
        location=wanted.place(),
        spares=client.spares or 0 if file.spares is None else file.spares,
        timezone=file.timezone or client.timezone,
    )


def _first(*times: int | None) -> int:
    return next(time for time in times if time is not None)


def check_directions(cohorts: Sequence[Cohort], place: Location, report: Report) -> None:
    """Warn of what does not turn round in a language that is written from right to left."""
    for language in dict.fromkeys(cohort.language for cohort in cohorts):
        if Locale.parse(language, sep="-").character_order == "right-to-left":
            report.warn(
                "right-to-left",
                f"Texts in “{language}” run from right to left, but pages do not turn round: their "
                "margins, numbers and times stand on the left, and they are bound there",
                place,
                "Look through the pages before you print them.",
            )

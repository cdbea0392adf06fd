"""Report exercises of the same day that share an id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workshop.content.module import Module
from workshop.diagnostics import Location, Report


def check_exercise_ids(days: Iterable[Iterable[Module]], report: Report) -> None:
    """Report each exercise whose id an earlier exercise of the same day has, once for all days.

    Modules of different days may share an id: one may replace the other for one of the cohorts.
    """
    pairs = dict.fromkeys(pair for day in days for pair in _pairs(day))
    for exercise, place, earlier in pairs:
        report.error(
            "duplicate-id",
            f"The exercise “{exercise}” is also in {earlier}",
            place,
            "An exercise has one number in every document, so its id must be its own.",
        )


def _pairs(day: Iterable[Module]) -> Iterator[tuple[str, Location, Location]]:
    seen: dict[str, Location] = {}
    for module in day:
        for exercise in module.exercises:
            place = exercise.block.location
            if exercise.id in seen:
                yield exercise.id, place, seen[exercise.id]
            seen[exercise.id] = place

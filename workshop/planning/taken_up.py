"""Find what a day's modules take up from others, and what of it is still to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workshop.content.module import Module
from workshop.diagnostics import Location
from workshop.planning.day import Day, PlannedModule
from workshop.planning.titles import NO_TERMS, title_as_told
from workshop.tailoring.tailored import Tailored


@dataclass(frozen=True)
class TakenUp:
    """Says that a module, or one of its exercises, takes up what another gives, and where."""

    by: str
    name: str
    place: Location


def taken_up(
    module: Module,
    planned: PlannedModule | None = None,
    own_terms: Mapping[str, str] = NO_TERMS,
) -> Iterator[TakenUp]:
    """Yield what a module builds on; of its exercises those that the day prints, or all.

    `own_terms` are the client's words for terms that may stand in titles.
    """
    title = title_as_told(module.front.title, own_terms)
    for index, name in enumerate(module.front.builds_on):
        yield TakenUp(title, name, module.source.location("builds-on", index))
    printed = None if planned is None else {exercise.exercise.id for exercise in planned.exercises}
    for exercise in module.exercises:
        if printed is None or exercise.id in printed:
            for name in exercise.builds_on:
                title = title_as_told(exercise.title, own_terms)
                yield TakenUp(title, name, exercise.block.location)


def sources(tailored: Tailored, day: Day | None = None) -> Mapping[str, Module]:
    """Return the module of each exercise's id, and each module by its own name.

    Of modules with exercises of the same id, the one that `day` has counts.
    """
    modules = {**tailored.left_out, **tailored.modules}
    by_part = {part: module for module in modules.values() for part in module.part_ids}
    # Where the day has a module in place of another, with an exercise of the same id, that counts.
    by_part |= {part: module for module in tailored.modules.values() for part in module.part_ids}
    for planned in day.modules if day else ():
        by_part |= dict.fromkeys(planned.module.part_ids, planned.module)
    return {**by_part, **modules}


def names_of(module: Module) -> frozenset[str]:
    """Return the names by which texts speak of a module and of its parts."""
    return frozenset((module.name, *module.part_ids))


def later_sources(
    planned: PlannedModule, day: Day, by_name: Mapping[str, Module]
) -> tuple[Module, ...]:
    """Return the modules that come later in the day although a module builds on them, in order."""
    needed = {
        by_name[need.name].name
        for need in taken_up(planned.module, planned)
        if need.name in by_name
    }
    return tuple(
        other.module
        for other in day.modules
        if other.number > planned.number and other.module.name in needed
    )


def still_to_come(tailored: Tailored, day: Day) -> Mapping[str, frozenset[str]]:
    """Return for each module the names of what it builds on and the day has only later.

    A module that builds on one part of another was written to come behind the whole of it.
    """
    by_name = sources(tailored, day)
    return {
        planned.module.name: frozenset().union(*map(names_of, later))
        for planned in day.modules
        if (later := later_sources(planned, day, by_name))
    }

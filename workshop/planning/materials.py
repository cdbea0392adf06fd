"""Modules' materials into the quantities a cohort needs, for one module and for the whole day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.planning.day import Day, PlannedModule
from workshop.planning.groupings import groupings

_KIND_OF = {"pair": "pairs", "trio": "trios", "group": "groups"}


@dataclass(frozen=True)
class Need:
    """So many of a thing for one module. `quantity` is without the `spare` ones.

    `exercise` is the id of the exercise it is for, or None for the whole module.
    """

    item: str
    quantity: int
    spare: int
    reusable: bool
    printed: bool
    exercise: str | None


@dataclass(frozen=True)
class KitItem:
    """So many of a thing for the whole day, and the numbers of the modules that call for it.

    `quantity` is without the `spare` ones. `printed` says that the kit's own documents have it.
    """

    item: str
    quantity: int
    spare: int
    printed: bool
    modules: tuple[int, ...]


def count_of(each: str, headcount: int) -> int:
    """Return how many there are of `person`, `pair`, `trio`, `group` or `room` in a cohort."""
    if each in _KIND_OF:
        return len(groupings(headcount, _KIND_OF[each]))
    return headcount if each == "person" else 1


def needs_of(module: PlannedModule, headcount: int) -> tuple[Need, ...]:
    """Return what a module calls for; exercises that do not run on the day need nothing."""
    running = {
        part.part.exercise.id for part in module.parts if part.part.exercise and part.minutes
    }
    return tuple(
        Need(
            item=material.item,
            quantity=material.count * count_of(material.each, headcount),
            spare=material.spare,
            reusable=material.reusable,
            printed=material.printed,
            exercise=material.exercise,
        )
        for material in module.module.front.materials
        if material.exercise is None or material.exercise in running
    )


def kit_list(day: Day) -> tuple[KitItem, ...]:
    """Return what the whole day needs, each item once, in the order in which it is first needed.

    What is used again counts once, for the module that needs most; what is used up adds up. The
    spare ones are the most that any module asks for.
    """
    asked: dict[str, list[tuple[int, Need]]] = {}
    for module in day.modules:
        for need in needs_of(module, day.cohort.headcount):
            asked.setdefault(need.item, []).append((module.number, need))
    return tuple(_kit_item(item, needs) for item, needs in asked.items())


def _kit_item(item: str, asked: Sequence[tuple[int, Need]]) -> KitItem:
    needs = [need for _, need in asked]
    quantities = [need.quantity for need in needs]
    again = all(need.reusable for need in needs)
    return KitItem(
        item=item,
        quantity=max(quantities) if again else sum(quantities),
        spare=max(need.spare for need in needs),
        printed=all(need.printed for need in needs),
        modules=tuple(dict.fromkeys(number for number, _ in asked)),
    )

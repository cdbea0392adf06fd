"""Count the materials a cohort needs, for one module and for the whole day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from workshop.content.module import Module
from workshop.planning.day import Day, PlannedModule
from workshop.planning.groupings import Seating
from workshop.planning.kit_contents import CARD_SHEETS

_KIND_OF = {"pair": "pairs", "trio": "trios", "group": "groups"}


@dataclass(frozen=True)
class Need:
    """Says how many of an item one module needs. `quantity` does not include the `spare` ones.

    `part` is the id of the exercise or input that needs the item, or None for the whole module.
    """

    item: str
    quantity: int
    spare: int
    reusable: bool
    printed: bool
    part: str | None


@dataclass(frozen=True)
class KitItem:
    """Says how many of an item the whole day needs, and which modules (by number) call for it.

    `quantity` does not include the `spare` ones. `printed` says that the kit's own documents
    contain the item.
    """

    item: str
    quantity: int
    spare: int
    printed: bool
    modules: tuple[int, ...]


def count_of(each: str, seating: Seating) -> int:
    """Return how many of `each` (`person`, `pair`, `trio`, `group`, `room`) a cohort has."""
    groups = groups_for(each, seating)
    if groups is not None:
        return len(groups)
    return seating.headcount if each == "person" else 1


def groups_for(each: str, seating: Seating) -> tuple[int, ...] | None:
    """Return the sizes of the groups that get something `each`; None for a person, or the room."""
    return seating.groups(_KIND_OF[each]) if each in _KIND_OF else None


def spare_sets(module: Module, exercise: str) -> int:
    """Return how many sets of cards to spare a module's materials list for one of its exercises."""
    materials = (one for one in module.front.materials if one.part == exercise)
    return max((one.spare for one in materials if one.printed == CARD_SHEETS), default=0)


def needs_of(
    module: PlannedModule, seating: Seating, documents: Collection[str]
) -> tuple[Need, ...]:
    """Return the materials a module calls for, without those of exercises that do not run.

    `documents` are those that the client gets. What another document would contain is left out: the
    texts do without it.
    """
    return tuple(
        Need(
            item=material.item,
            quantity=material.count * count_of(material.each, seating),
            spare=material.spare,
            reusable=material.reusable,
            printed=bool(material.printed),
            part=material.part,
        )
        for material in module.module.front.materials
        if (material.part is None or material.part in module.running)
        and (isinstance(material.printed, bool) or material.printed in documents)
    )


def kit_list(day: Day, documents: Collection[str]) -> tuple[KitItem, ...]:
    """Return the items the whole day needs, each once, in the order in which they are needed first.

    Of a reusable item, the day needs as many as the module that needs most; of other items, the
    sum. The spare ones are the most that any module asks for.
    """
    numbered: dict[str, list[tuple[int, Need]]] = {}
    for module in day.modules:
        for need in needs_of(module, day.seating, documents):
            numbered.setdefault(need.item, []).append((module.number, need))
    return tuple(_kit_item(item, needs) for item, needs in numbered.items())


def _kit_item(item: str, numbered: Sequence[tuple[int, Need]]) -> KitItem:
    needs = [need for _, need in numbered]
    quantities = [need.quantity for need in needs]
    reusable = all(need.reusable for need in needs)
    return KitItem(
        item=item,
        quantity=max(quantities) if reusable else sum(quantities),
        spare=max(need.spare for need in needs),
        printed=all(need.printed for need in needs),
        modules=tuple(dict.fromkeys(number for number, _ in numbered)),
    )

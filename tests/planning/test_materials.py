"""Quantities for the people in the room, for a module and for the day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.planning.days import day_of
from workshop.planning.groupings import Seating
from workshop.planning.materials import KitItem, Need, count_of, kit_list, needs_of, spare_sets

CHART = "{item: Flip chart, each: room, count: 1, reusable: true}"
CARDS = "{item: Role cards, for: talk, each: trio, count: 1, spare: 1, printed: true}"
SHEETS = "{item: Sheet, each: group, count: 2, spare: 2}"
PENS = "{item: Pen, each: person, count: 1, spare: 3, reusable: true}"
TALK = ("talk", 20, 0)
LECTURE = ("lecture", 10, 10)


@pytest.mark.parametrize(
    ("each", "headcount", "count"),
    [
        ("person", 14, 14),
        ("pair", 14, 7),
        ("pair", 15, 7),  # one of them is a trio
        ("trio", 14, 5),  # four trios and a pair
        ("group", 14, 3),
        ("group", 9, 2),
        ("room", 14, 1),
        ("person", 0, 0),
        ("room", 0, 1),
    ],
)
def test_what_is_counted_is_in_the_room(each: str, headcount: int, count: int) -> None:
    assert count_of(each, Seating(headcount)) == count


def test_a_module_needs_its_materials_for_the_headcount(tmp_path: Path) -> None:
    day = day_of(tmp_path, {"one": ([LECTURE, TALK], [CARDS, SHEETS])}, headcount=14)
    assert needs_of(day.modules[0], day.seating, ()) == (
        Need("Role cards", 5, 1, reusable=False, printed=True, part="talk"),
        Need("Sheet", 6, 2, reusable=False, printed=False, part=None),
    )


def test_the_cards_of_an_exercise_are_printed_with_those_to_spare(tmp_path: Path) -> None:
    cards = CARDS.replace("printed: true", "printed: exercises").replace("spare: 1", "spare: 3")
    day = day_of(tmp_path, {"one": ([LECTURE, TALK], [cards, SHEETS])}, headcount=14)
    [planned] = day.modules
    assert spare_sets(planned.module, "talk") == 3
    assert spare_sets(planned.module, "lecture") == 0


def test_an_exercise_that_the_day_leaves_out_needs_nothing(tmp_path: Path) -> None:
    modules = {"one": ([LECTURE, TALK], [CARDS, PENS])}
    day = day_of(tmp_path, modules, headcount=9, pace="minimum")
    assert [need.item for need in needs_of(day.modules[0], day.seating, ())] == ["Pen"]
    assert [item.item for item in kit_list(day, ())] == ["Pen"]


def test_over_the_day_what_is_used_again_counts_once(tmp_path: Path) -> None:
    modules = {
        "one": ([LECTURE, TALK], [CHART, SHEETS, PENS]),
        "two": ([LECTURE], ["{item: Sheet, each: room, count: 1, spare: 5}", CHART]),
        "three": ([LECTURE], ["{item: Pen, each: group, count: 1, reusable: true}"]),
    }
    day = day_of(tmp_path, modules, headcount=9)
    assert kit_list(day, ()) == (
        KitItem("Flip chart", 1, 0, printed=False, modules=(1, 2)),
        KitItem("Sheet", 5, 5, printed=False, modules=(1, 2)),
        KitItem("Pen", 9, 3, printed=False, modules=(1, 3)),
    )


def test_what_one_module_uses_up_twice_is_needed_twice(tmp_path: Path) -> None:
    again = "{item: Sheet, for: talk, each: pair, count: 1}"
    day = day_of(tmp_path, {"one": ([LECTURE, TALK], [SHEETS, again])}, headcount=10)
    assert kit_list(day, ()) == (KitItem("Sheet", 4 + 5, 2, printed=False, modules=(1,)),)


def test_what_comes_out_of_a_document_is_needed_only_where_there_is_that_document(
    tmp_path: Path,
) -> None:
    cards = CARDS.replace("printed: true", "printed: exercises")
    day = day_of(tmp_path, {"one": ([LECTURE, TALK], [cards, PENS])}, headcount=14)
    assert [(item.item, item.printed) for item in kit_list(day, ["exercises"])] == [
        ("Role cards", True),
        ("Pen", False),
    ]
    assert [item.item for item in kit_list(day, ["agenda"])] == ["Pen"]

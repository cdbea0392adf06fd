"""Running late: what gives, what never does, and a clock that adds up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workshop
from tests.conftest import READINGS, REPOSITORY
from tests.planning.days import Part, day_of
from workshop.content.clock import clock
from workshop.planning.day import Day
from workshop.planning.running_late import LATE, Recovery, recover, recoveries, reserve

PARTS: dict[str, list[Part]] = {
    "first": [("lecture", 6, 6), ("rewrite", 10, 0), ("interview", 24, 20), ("mine", 5, 0)],
    "second": [("lecture", 5, 3), ("chair", 20, 0)],
    "third": [("lecture", 15, 10)],
    "last": [("goodbye", 10, 0), ("dates", 10, 5)],
}


@pytest.fixture
def day(tmp_path: Path) -> Day:
    """Two stretches: first and second, then third and last."""
    return day_of(tmp_path, without_materials(PARTS), breaks={"second": 15})


def without_materials(parts: Mapping[str, list[Part]]) -> dict[str, tuple[list[Part], list[str]]]:
    return {name: (own, []) for name, own in parts.items()}


def cuts_in(recovery: Recovery) -> list[str]:
    return [
        f"{cut.part.timed_part.exercise.title if cut.part.timed_part.exercise else 'Lecture'}"
        f" {cut.part.minutes}-{cut.minutes}"
        for cut in recovery.cuts
    ]


def times(recovery: Recovery) -> list[str]:
    return [f"{clock(line.start)} {line.entry.title} {line.minutes}" for line in recovery.lines]


def test_what_can_be_skipped_goes_first_and_the_break_is_as_planned(day: Day) -> None:
    recovery = recover(day, day.modules[0], 10)
    assert cuts_in(recovery) == ["Rewrite 10-0"]
    assert times(recovery) == [
        "09:10 First 35",
        "09:45 Second 25",
        "10:10 Break after second 15",
        "10:25 Third 15",
        "10:40 Last 20",
    ]
    assert recovery.over == 0


def test_a_part_is_shortened_where_skipping_one_would_take_too_much(day: Day) -> None:
    assert cuts_in(recover(day, day.modules[0], 4)) == ["Mine 5-0"]
    assert cuts_in(recover(day, day.modules[0], 3)) == ["Mine 5-0"]
    assert cuts_in(recover(day, day.modules[0], 2)) == ["Interview 24-22"]
    assert cuts_in(recover(day, day.modules[0], 12)) == ["Rewrite 10-0", "Interview 24-22"]


def test_later_modules_of_the_stretch_give_before_the_break_is_late(day: Day) -> None:
    recovery = recover(day, day.modules[0], 30)
    assert cuts_in(recovery) == ["Rewrite 10-0", "Chair 20-0"]
    assert times(recovery)[2] == "10:10 Break after second 15"


def test_what_a_stretch_cannot_give_is_made_up_after_the_break(day: Day) -> None:
    recovery = recover(day, day.modules[1], 26)
    assert cuts_in(recovery) == ["Lecture 5-3", "Chair 20-0", "Lecture 15-11"]
    assert times(recovery) == [
        "10:11 Second 3",
        "10:14 Break after second 15",
        "10:29 Third 11",
        "10:40 Last 20",
    ]


def test_what_cannot_be_made_up_makes_the_day_longer_and_cuts_nothing_of_the_close(
    day: Day,
) -> None:
    recovery = recover(day, day.modules[2], 20)
    assert cuts_in(recovery) == ["Lecture 15-10"]
    assert times(recovery) == ["10:45 Third 10", "10:55 Last 20"]
    assert (recovery.over, recovery.instead) == (15, None)
    assert recover(day, day.modules[3], 10).over == 10


def test_time_in_hand_lets_nothing_begin_early(day: Day) -> None:
    recovery = recover(day, day.modules[1], 15)
    assert cuts_in(recovery) == ["Chair 20-0"]
    assert times(recovery)[:2] == ["10:00 Second 5", "10:10 Break after second 15"]


def test_a_day_that_ends_late_could_do_without_a_module(tmp_path: Path) -> None:
    lengths = {"one": 20, "two": 20, "three": 25, "four": 15, "five": 20}
    fixed: dict[str, list[Part]] = {
        name: [("lecture", minutes, minutes)] for name, minutes in lengths.items()
    }
    day = day_of(tmp_path, without_materials(fixed), breaks={"two": 10})
    recovery = recover(day, day.modules[0], 20)
    assert (recovery.over, recovery.cuts) == (20, ())
    way = recovery.instead
    assert way
    assert way.moved == day.modules[1]
    assert (way.over, [line.entry.title for line in way.lines]) == (
        0,
        ["One", "Break after two", "Three", "Four", "Five"],
    )
    movable = recover(day, day.modules[0], 20, {"three"}).instead
    assert movable
    assert movable.moved == day.modules[2]
    assert times(movable)[2:4] == ["10:00 Break after two 10", "10:15 Four 15"]


def test_rounds_are_shortened_to_whole_minutes() -> None:
    [cohort] = workshop.plan(
        workshop.load(REPOSITORY, "acme", READINGS), ["leeds-february"]
    ).cohorts
    coaching = next(
        planned for planned in cohort.day.modules if planned.module.name == "coaching-trios"
    )
    [cut] = [candidate for candidate in recover(cohort.day, coaching, 5).cuts if candidate.rounds]
    assert cut.rounds
    assert cut.rounds.setup + 3 * cut.rounds.each == cut.minutes < cut.part.minutes


def test_the_sample_day_catches_up_before_each_break_where_it_can() -> None:
    [cohort] = workshop.plan(
        workshop.load(REPOSITORY, "acme", READINGS), ["leeds-february"]
    ).cohorts
    probing = next(planned for planned in cohort.day.modules if planned.module.name == "probing")
    for recovery in recoveries(cohort.day, probing):
        lunch = next(line for line in recovery.lines if line.entry.title == "Lunch")
        assert clock(lunch.start) == "12:15"
        assert recovery.cuts


minutes = st.integers(1, 15)
part = st.builds(
    lambda name, ideal, least: (name, ideal, min(ideal, least)),
    st.sampled_from(["lecture", "exercise"]),
    minutes,
    st.integers(0, 15),
)
modules = st.lists(st.lists(part, min_size=1, max_size=4), min_size=1, max_size=6)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(modules, st.data())
def test_the_new_clock_adds_up(
    tmp_path_factory: pytest.TempPathFactory, written: list[list[Part]], data: st.DataObject
) -> None:
    named: dict[str, tuple[list[Part], list[str]]] = {}
    for number, parts in enumerate(written):
        # A module has at least a minute, and every exercise a name of its own.
        own = [("lecture", 1, 1)]
        own += [
            (kind if kind == "lecture" else f"e{number}-{index}", ideal, least)
            for index, (kind, ideal, least) in enumerate(parts)
        ]
        named[f"m{number}"] = (own, [])
    breaks = {name: 10 for name in list(named)[:-1] if data.draw(st.booleans())}
    day = day_of(tmp_path_factory.getbasetemp(), named, breaks=breaks | _needed(named, breaks))
    module = data.draw(st.sampled_from(day.modules))
    late = data.draw(st.sampled_from(LATE) | st.integers(1, 60))
    recovery = recover(day, module, late, {"m1"})
    for way in filter(None, [recovery, recovery.instead]):
        adds_up(day, module.start + late, way)
    assert recovery.over == max(0, late - reserve(day, module))
    assert not recovery.instead or recovery.instead.over == 0
    stretch = next(
        stretch
        for stretch in day.schedule.stretches()
        if module.module.name in [entry.module for entry in stretch]
    )
    behind = [entry.module for entry in stretch if entry.start >= module.start]
    in_stretch = sum(
        part.minutes
        if part.timed_part.timed.droppable
        else part.minutes - part.timed_part.timed.minimum
        for planned in day.modules[:-1]
        if planned.module.name in behind
        for part in planned.parts
    )
    after = [line for line in recovery.lines if line.entry.module is None]
    if after and in_stretch >= late:
        assert after[0].start == after[0].entry.start


def _needed(
    named: dict[str, tuple[list[Part], list[str]]], breaks: dict[str, int]
) -> dict[str, int]:
    """Return breaks for all modules where the day would have too long a stretch without them."""
    total = sum(part[1] for parts, _ in named.values() for part in parts)
    return {} if total <= 90 else {name: breaks.get(name, 5) for name in list(named)[:-1]}


def adds_up(day: Day, begin: int, recovery: Recovery) -> None:
    planned = {entry.start: entry for entry in day.schedule.entries}
    now = begin
    for line in recovery.lines:
        assert line.start == max(now, line.entry.start)
        assert line.entry == planned[line.entry.start]
        cuts = [cut for cut in recovery.cuts if cut.module.module.name == line.entry.module]
        assert line.minutes + sum(cut.less for cut in cuts) == line.entry.minutes
        now = line.finish
    gone = [recovery.moved.start] if recovery.moved else []
    behind = [entry.start for entry in day.schedule.entries if entry.start >= begin - recovery.late]
    assert sorted([*gone, *(line.entry.start for line in recovery.lines)]) == behind
    assert recovery.over == max(0, now - day.schedule.finish)
    last = recovery.lines[-1]
    assert (last.entry, last.minutes) == (planned[day.modules[-1].start], day.modules[-1].minutes)
    for cut in recovery.cuts:
        timed = cut.part.timed_part.timed
        assert 0 <= cut.minutes < cut.part.minutes
        assert timed.minimum <= cut.minutes
        # A part that can be skipped is skipped, or keeps a useful length.
        assert not timed.droppable or cut.minutes in (0, timed.ideal)

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from workshop.content.module import Module, read_module
from workshop.diagnostics import Location, Report
from workshop.planning.day import Day, plan_day
from workshop.planning.minutes.schedule import ScheduleEntry
from workshop.tailoring.cohort import Cohort
from workshop.tailoring.order.ordered_items import BreakItem, ModuleItem

HEAD = """\
---
title: {name}
summary: About it.
minutes: {{min: {least}, ideal: {ideal}, max: {most}}}
outcomes: [You have done it.]
suits: [all]
---
"""
INPUT = "\n::: input {title=Talk minutes=5 min=5}\n:::\n"
ASK = """
::: exercise {#ask title=Ask kind=trios rounds=3 round-minutes=6 setup-minutes=2 min=11}
::: purpose
To ask.
:::

1. {2 min} Form trios.
2. {4 min each round} Ask.
3. {2 min each round} Report.
:::
"""
WRITE = """
::: exercise {#write title=Write kind=individual minutes=10 min=0}
::: purpose
To write.
:::

1. {7 min} Write.
2. {3 min} Read it out.
:::
"""
TELL = """
::: exercise {#tell title=Tell kind=pairs minutes=5 min=5}
::: purpose
To tell.
:::

1. {5 min} Tell.
:::
"""


@pytest.fixture
def modules(tmp_path: Path) -> dict[str, Module]:
    """Two modules: "asking" from 16 to 60 minutes, "writing" from 5 to 40."""
    texts = {
        "asking": HEAD.format(name="Asking", least=16, ideal=25, most=60) + INPUT + ASK,
        "writing": HEAD.format(name="Writing", least=5, ideal=15, most=40) + WRITE + TELL,
    }
    modules: dict[str, Module] = {}
    for name, text in texts.items():
        path = tmp_path / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        report = Report()
        module = read_module(path, ["all"], report)
        assert module, report.diagnostics
        modules[name] = module
    return modules


COHORT = Cohort(
    slug="autumn",
    date=None,
    venue=None,
    trainer=None,
    paper="A4",
    language="en-GB",
    variant="short",
    pace="ideal",
    start=9 * 60,
    finish=9 * 60 + 50,
    items=(ModuleItem("asking"), BreakItem("Tea", 10, None), ModuleItem("writing")),
    roster=None,
    headcount=14,
    location=Location(Path("client.yaml"), 4, 3),
)


def planned(modules: dict[str, Module], cohort: Cohort = COHORT) -> Day:
    report = Report()
    day = plan_day(cohort, modules, report)
    assert day, report.diagnostics
    return day


def test_modules_are_numbered_and_breaks_are_not(modules: dict[str, Module]) -> None:
    day = planned(modules)
    assert [
        (planned.number, planned.module.name, planned.start, planned.minutes)
        for planned in day.modules
    ] == [
        (1, "asking", 540, 25),
        (2, "writing", 575, 15),
    ]
    assert day.schedule.entries[1] == ScheduleEntry(565, 10, "Tea", None)
    assert day.cohort is COHORT


def test_exercises_are_numbered_within_their_module(modules: dict[str, Module]) -> None:
    day = planned(modules)
    numbers = [(planned.number, planned.exercise.id) for planned in day.modules[0].exercises]
    numbers += [(planned.number, planned.exercise.id) for planned in day.modules[1].exercises]
    assert numbers == [("1.1", "ask"), ("2.1", "write"), ("2.2", "tell")]
    exercise = day.exercise("tell")
    assert exercise
    assert exercise.number == "2.2"
    assert day.exercise("sing") is None


def test_at_its_ideal_an_exercise_has_the_minutes_of_its_file(modules: dict[str, Module]) -> None:
    ask = planned(modules).exercise("ask")
    assert ask
    assert (ask.minutes, ask.setup_minutes, ask.round_minutes) == (20, 2, 6)
    assert ask.steps == (2, 4, 2)
    assert not ask.own_time


def test_groups_are_those_of_the_people_who_come(modules: dict[str, Module]) -> None:
    day = planned(modules)
    groups = {
        planned.exercise.id: planned.groups for each in day.modules for planned in each.exercises
    }
    assert groups == {"ask": (3, 3, 3, 3, 2), "write": (), "tell": (2,) * 7}
    day = planned(modules, replace(COHORT, headcount=5))
    assert [planned.groups for planned in day.modules[0].exercises] == [(3, 2)]


@pytest.mark.parametrize("more", [0, 1, 7, 20, 35])
def test_what_is_printed_adds_up_whatever_the_day_gives(
    modules: dict[str, Module], more: int
) -> None:
    day = planned(modules, replace(COHORT, finish=COHORT.finish + more))
    assert sum(module.minutes for module in day.modules) + 10 == 50 + more
    for module in day.modules:
        assert sum(part.minutes for part in module.parts) == module.minutes
    ask, tell = day.exercise("ask"), day.exercise("tell")
    assert ask
    assert tell
    set_up, *each_round = ask.steps
    assert set_up + 3 * sum(each_round) == ask.minutes
    assert (set_up, sum(each_round)) == (ask.setup_minutes, ask.round_minutes)
    assert tell.steps == (tell.minutes,)


def test_an_exercise_the_day_has_no_room_for_has_no_number(modules: dict[str, Module]) -> None:
    day = planned(modules, replace(COHORT, finish=9 * 60 + 31, pace="minimum"))
    assert [(planned.number, planned.exercise.id) for planned in day.modules[1].exercises] == [
        ("2.1", "tell")
    ]
    assert [part.minutes for part in day.modules[1].parts] == [0, 5]
    assert day.exercise("write") is None


def test_an_exercise_left_for_ones_own_time_keeps_its_number_and_minutes(
    modules: dict[str, Module], tmp_path: Path
) -> None:
    path = tmp_path / "writing.md"
    path.write_text(path.read_text().replace("min=0", "min=0 if-cut=own-time"))
    later = read_module(path, ["all"], Report())
    assert later
    day = planned(modules | {"writing": later}, replace(COHORT, finish=571, pace="minimum"))
    write, tell = day.modules[1].exercises
    assert (write.number, write.own_time, write.minutes, write.steps) == ("2.1", True, 10, (7, 3))
    assert (tell.number, tell.own_time, tell.minutes) == ("2.2", False, 5)
    assert day.modules[1].minutes == 5


def test_the_shortest_day_gives_every_module_its_minimum(modules: dict[str, Module]) -> None:
    # The last module closes the day: it keeps its minutes while the others still can give.
    items = (*COHORT.items, BreakItem("Tea", 10, None), ModuleItem("closing"))
    closing = {"closing": replace(modules["asking"], name="closing")}
    short = replace(COHORT, items=items, pace="minimum", finish=9 * 60 + 16 + 10 + 5 + 10 + 16)
    assert [module.minutes for module in planned(modules | closing, short).modules] == [16, 5, 16]
    roomy = replace(short, finish=short.finish + 9)
    given = [module.minutes for module in planned(modules | closing, roomy).modules]
    assert sum(given) == 16 + 5 + 16 + 9
    assert given[2] == 16


def test_a_day_that_cannot_be_says_where_and_who_could_give(modules: dict[str, Module]) -> None:
    report = Report()
    assert plan_day(replace(COHORT, finish=9 * 60 + 20), modules, report) is None
    [fault] = report.errors
    assert fault.location == COHORT.location
    lines = [proposal.lines for proposal in fault.proposals]
    assert ("modules: {exclude: [asking]}",) in lines

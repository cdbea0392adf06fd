"""All papers of a kit say the same groups, however many people come: those of the plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import workshop
from tests.composing.conftest import html_of, visible_text
from tests.conftest import READINGS, Workspace
from workshop.composing.compose_plan import compose_kits
from workshop.planning.groupings import describe, together
from workshop.planning.make_plan import Plan
from workshop.planning.materials import groups_for, needs_of

# The plan for a headcount, and the HTML of each of its papers.
Composed = tuple[Plan, dict[str, str]]
HEADCOUNTS = (1, 2, 3, 13, 37, 90)
PAPERS = ("participant-workbook", "exercises", "slides", "facilitator-guide", "kit-list")
_EXERCISE = re.compile(
    r'<section class="exercise[ \w-]*"[^>]* id="exercise-([\w-]+)">(.*?)<div class="purpose">',
    re.DOTALL,
)
_SLIDE = re.compile(
    r'<section class="slide slide-exercise[^"]*" id="exercise-([\w-]+)">(.*?)<h2', re.DOTALL
)
_LED = re.compile(
    r'<section class="led[^"]*" id="guide-exercise-([\w-]+)"[^>]*>.*?"led-facts">(.*?)</tr>',
    re.DOTALL,
)
# What a text says of groups when it has not asked how many there are.
TYPED = re.compile(r"\b(?:form|sit in) (?:trios|pairs|threes|groups)\b|in pairs, rewrite", re.I)


def plan_for(workspace: Workspace, headcount: int) -> Plan:
    workspace.client(f"name: Linden\ncohorts:\n  day: {{headcount: {headcount}}}\n", "linden")
    return workshop.plan(workshop.load(workspace.root, "linden", READINGS), (), PAPERS)


@pytest.fixture(scope="module")
def composed() -> dict[int, Composed]:
    """What was composed for each headcount, for all tests."""
    return {}


@pytest.fixture
def papers_for(workspace: Workspace, composed: dict[int, Composed]) -> Callable[[int], Composed]:
    """Plan the day for a headcount, and compose its papers."""

    def made(headcount: int) -> Composed:
        if headcount not in composed:
            plan = plan_for(workspace, headcount)
            [kit] = compose_kits(plan, READINGS)
            html = {copy.job.document.name: html_of(copy) for copy in kit.copies}
            composed[headcount] = plan, html
        return composed[headcount]

    return made


def told(form: re.Pattern[str], html: str) -> Iterator[tuple[str, str]]:
    for exercise, head in form.findall(html):
        yield exercise, visible_text(">" + head)


@pytest.mark.parametrize("headcount", HEADCOUNTS)
def test_every_paper_says_the_groups_of_the_plan(
    papers_for: Callable[[int], Composed], headcount: int
) -> None:
    plan, html = papers_for(headcount)
    day = plan.cohorts[0].day
    assert not [warning for warning in plan.warnings if warning.code == "too-few"]
    exercises = {one.exercise.id: one for module in day.modules for one in module.exercises}
    for paper in ("participant-workbook", "exercises"):
        seen = dict(told(_EXERCISE, html[paper]))
        assert seen.keys() == exercises.keys()
        for name, words in seen.items():
            assert together(exercises[name].groups, exercises[name].exercise.kind) in words
    grouped = {name: one for name, one in exercises.items() if one.groups}
    for form, paper in ((_SLIDE, "slides"), (_LED, "facilitator-guide")):
        seen = dict(told(form, html[paper]))
        for name, one in grouped.items():
            assert together(one.groups, one.exercise.kind) in seen[name]
            assert describe(one.groups) in seen[name]


@pytest.mark.parametrize("headcount", HEADCOUNTS)
def test_things_are_counted_by_the_same_groups(
    papers_for: Callable[[int], Composed], headcount: int
) -> None:
    plan, html = papers_for(headcount)
    day = plan.cohorts[0].day
    kinds = {"pair": "pairs", "trio": "trios", "group": "groups"}
    rows = visible_text(">" + html["kit-list"])
    for module in day.modules:
        running = {one.exercise.id: one for one in module.exercises}
        by_item = {material.item: material for material in module.module.front.materials}
        for need in needs_of(module, day.seating, PAPERS):
            material = by_item[need.item]
            if (
                need.part in running
                and kinds.get(material.each) == running[need.part].exercise.kind
            ):
                groups = running[need.part].groups
                assert need.quantity == material.count * len(groups)
                if "{{" not in need.item:
                    assert f"{need.item} {need.quantity} " in rows
    for each, count in re.findall(r"one set for each ([\w ]+): (\d+) sets?", html["exercises"]):
        assert int(count) in {
            headcount,
            *(len(groups_for(kind, day.seating) or ()) for kind in kinds),
        }
        if headcount < 4:
            # There is one pair, one trio or one person, and no other group.
            assert each == ("person", "pair", "trio")[headcount - 1] or each == "person"


@pytest.mark.parametrize("headcount", [1, 2, 3])
def test_few_people_are_not_told_to_form_several_groups(
    papers_for: Callable[[int], Composed], headcount: int
) -> None:
    _, html = papers_for(headcount)
    for paper in ("participant-workbook", "exercises", "slides"):
        assert not TYPED.search(visible_text(">" + html[paper])), paper
    workbook = visible_text(">" + html["participant-workbook"])
    assert ("Interview the trainer" in workbook) == (headcount == 1)
    assert ("Choose one of the rivals" in workbook) == (headcount < 3)


def test_modules_say_groups_by_the_plan_and_never_by_heart() -> None:
    modules = Path(workshop.__file__).parent.parent / "modules"
    steps = re.compile(r"^\d+\. \{\d+ min[^}]*\} (.*)$", re.M)
    for path in sorted(modules.glob("*.md")):
        for step in steps.findall(path.read_text("utf-8")):
            assert not re.match(r"(?:Form|Sit in) (?:trios|pairs|groups of)", step), (path, step)

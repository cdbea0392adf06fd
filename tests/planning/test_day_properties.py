"""What reading a module promises to planning: any minutes from min to max can be shared out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.content.module import Module, read_module
from workshop.diagnostics import Location, Report
from workshop.planning.day import PlannedModule, plan_day
from workshop.tailoring.cohort import Cohort
from workshop.tailoring.order.ordered_items import ModuleItem

START = 9 * 60


def read(folder: Path, parts: str, least: int, ideal: int) -> Module | None:
    path = folder / "any.md"
    path.write_text(
        f"---\ntitle: Any\nsummary: Any.\noutcomes: [Any.]\nsuits: [all]\n"
        f"minutes: {{min: {least}, ideal: {ideal}, max: {ideal + 20}}}\n---\n{parts}",
        encoding="utf-8",
    )
    return read_module(path, {"all"}, Report())


def planned(module: Module, minutes: int) -> PlannedModule:
    cohort = Cohort(
        slug="any",
        date=None,
        venue=None,
        trainer=None,
        paper="A4",
        language="en-GB",
        variant="any",
        pace="ideal",
        start=START,
        finish=START + minutes,
        items=(ModuleItem("any"),),
        roster=None,
        headcount=12,
        location=Location(Path("client.yaml")),
    )
    report = Report()
    day = plan_day(cohort, {"any": module}, report)
    assert day, list(report)
    return day.modules[0]


def exercise(identifier: str, rounds: int, each: int, setup: int, least: int) -> str:
    setup_step = f"1. {{{setup} min}} Begin.\n" if setup else ""
    return (
        f"\n::: exercise {{#{identifier} title=Any kind=trios rounds={rounds} "
        f"round-minutes={each} setup-minutes={setup} min={least}}}\n::: purpose\nAny.\n:::\n\n"
        f"{setup_step}1. {{{each} min each round}} Go.\n:::\n"
    )


@st.composite
def rounds(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Rounds, minutes of each, of the set-up, and any minimum, sound or not."""
    count, each, setup = (draw(st.integers(least, 6)) for least in (1, 1, 0))
    return count, each, setup, draw(st.integers(0, count * each + setup))


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(st.lists(rounds(), min_size=1, max_size=3), st.data())
def test_what_is_read_without_fault_has_a_minute_for_every_round(
    tmp_path_factory: pytest.TempPathFactory,
    exercises: list[tuple[int, int, int, int]],
    data: st.DataObject,
) -> None:
    parts = "::: input {title=Any minutes=3 min=1}\n:::\n" + "".join(
        exercise(f"exercise-{index}", *times) for index, times in enumerate(exercises)
    )
    least = 1 + sum(minimum for *_, minimum in exercises)
    ideal = 3 + sum(count * each + setup for count, each, setup, _ in exercises)
    module = read(tmp_path_factory.getbasetemp(), parts, least, ideal)
    too_short = any(0 < minimum < setup + count for count, _, setup, minimum in exercises)
    assert (module is None) is too_short
    if module is None:
        return
    minutes = data.draw(st.integers(least, ideal + 20).filter(lambda total: total <= 90))
    day = planned(module, minutes)
    assert sum(part.minutes for part in day.parts) == minutes
    for part in day.parts:
        assert not part.exercise or part.exercise.round_minutes >= 1
        assert not part.timed_part.exercise or bool(part.exercise) is bool(part.minutes)


def test_an_exercise_with_rounds_may_be_dropped(tmp_path: Path) -> None:
    parts = "::: input {title=Any minutes=4 min=4}\n:::\n" + exercise("swap", 3, 4, 2, 0)
    module = read(tmp_path, parts, 4, 18)
    assert module
    assert planned(module, 4).exercises == ()
    assert [exercise.round_minutes for exercise in planned(module, 18).exercises] == [4]


def test_left_for_ones_own_time_it_keeps_its_ideal_minutes(tmp_path: Path) -> None:
    later = exercise("swap", 3, 4, 2, 0).replace("min=0", "min=0 if-cut=own-time")
    module = read(tmp_path, "::: input {title=Any minutes=4 min=4}\n:::\n" + later, 4, 18)
    assert module
    [left] = planned(module, 4).exercises
    assert (left.own_time, left.minutes, left.steps) == (True, 14, (2, 4))

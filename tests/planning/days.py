"""Planned days of modules written in a line each, for tests of what follows from a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from workshop.content.module import read_module
from workshop.diagnostics import Location, Report
from workshop.planning.day import Day, plan_day
from workshop.tailoring.cohort import Cohort
from workshop.tailoring.order.ordered_items import BreakItem, ModuleItem

START = 9 * 60
# A part: the name of an exercise (or "lecture", for an input), its ideal minutes and its least.
Part = tuple[str, int, int]


def day_of(
    folder: Path,
    modules: Mapping[str, tuple[Sequence[Part], Sequence[str]]],
    headcount: int = 12,
    pace: str = "ideal",
    breaks: Mapping[str, int] | None = None,
) -> Day:
    """Plan a day of modules, each with its parts and materials, at their ideals or minimums.

    `breaks` gives the minutes of a break after the module it names.
    """
    report = Report()
    read = {}
    items: list[ModuleItem | BreakItem] = []
    minutes = 0
    for name, (parts, materials) in modules.items():
        path = folder / f"{name}.md"
        path.write_text(_module(name, parts, materials), encoding="utf-8")
        module = read_module(path, {"all"}, report)
        assert module, [str(fault) for fault in report]
        read[name] = module
        items.append(ModuleItem(name))
        minutes += module.minutes.minimum if pace == "minimum" else module.minutes.ideal
        if breaks and name in breaks:
            items.append(BreakItem(f"Break after {name}", breaks[name], None))
            minutes += breaks[name]
    cohort = Cohort(
        slug="any",
        date=None,
        venue=None,
        trainer=None,
        paper="A4",
        language="en-GB",
        variant="any",
        pace=pace,
        start=START,
        finish=START + minutes,
        items=tuple(items),
        roster=None,
        headcount=headcount,
        location=Location(Path("client.yaml")),
    )
    day = plan_day(cohort, read, report)
    assert day, [str(fault) for fault in report]
    return day


def _module(name: str, parts: Sequence[Part], materials: Sequence[str]) -> str:
    least, ideal = sum(part[2] for part in parts), sum(part[1] for part in parts)
    listed = "".join(f"\n  - {material}" for material in materials) or " []"
    return (
        f"---\ntitle: {name.title()}\nsummary: Any.\noutcomes: [Any.]\nsuits: [all]\n"
        f"minutes: {{min: {least}, ideal: {ideal}, max: {ideal}}}\n"
        f"materials:{listed}\n---\n" + "".join(_part(*part) for part in parts)
    )


def _part(name: str, ideal: int, least: int) -> str:
    if name == "lecture":
        return f"\n::: input {{title=Lecture minutes={ideal} min={least}}}\n:::\n"
    return (
        f"\n::: exercise {{#{name} title={name.title()} kind=trios minutes={ideal} min={least}}}\n"
        f"::: purpose\nAny.\n:::\n\n1. {{{ideal} min}} Go.\n:::\n"
    )

"""Find what texts take up from earlier modules and the day has only later, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workshop.content.block_tree import Text, walk
from workshop.content.module import Module
from workshop.diagnostics import Location, Report, nearest
from workshop.planning.day import Day, PlannedModule
from workshop.planning.titles import title_as_told
from workshop.tailoring.tailored import Tailored

_OTHER_WORDS = r"""ref\(\s*["']{name}["']\s*,\s*else=(?:"([^"]*)"|'([^']*)')"""
_ASKS = r"""has\(\s*["']{name}["']\s*\)"""


@dataclass(frozen=True)
class _TakenUp:
    """Says that a module, or one of its exercises, takes up what another gives, and where."""

    by: str
    name: str
    place: Location


def check_builds_on(tailored: Tailored, report: Report) -> None:
    """Report names behind `builds-on` that no module and no exercise has."""
    known = _homes(tailored)
    for module in tailored.modules.values():
        for need in _needs(module):
            if need.name not in known:
                report.error(
                    "unknown-exercise",
                    f"There is no module or exercise “{need.name}” to build on",
                    need.place,
                    nearest(need.name, known),
                )


def check_order(tailored: Tailored, day: Day, report: Report) -> None:
    """Report modules of a day that come before what they build on, or have to do without it."""
    homes = _homes(tailored)
    position = {planned.module.name: planned for planned in day.modules}
    for planned in day.modules:
        for need in _needs(planned.module, planned):
            home = homes.get(need.name)
            if home is None or home.name == planned.module.name:
                continue
            if home.name not in position:
                _report_left_out(need, planned.module, home, day, report)
            elif position[home.name].number > planned.number:
                _report_order(need, planned.module, home, day, report)


def _report_order(need: _TakenUp, module: Module, home: Module, day: Day, report: Report) -> None:
    report.warn(
        "wrong-order",
        f"{need.by} builds on {_title(need.name, home)}, which comes later in {day.cohort.slug}",
        _place(module, home, day, need),
        f"Put “{home.name}” before “{module.name}”.",
    )


def _report_left_out(
    need: _TakenUp, module: Module, home: Module, day: Day, report: Report
) -> None:
    report.warn(
        "left-out",
        f"{need.by} builds on {_title(need.name, home)}, which {day.cohort.slug} leaves out",
        _place(module, home, day, need),
        _instead(need.name, module),
    )


def _place(module: Module, home: Module, day: Day, need: _TakenUp) -> Location:
    """Return where the client decides it, or else where the module says what it builds on."""
    changes = day.cohort.changes
    return changes.get(module.name) or changes.get(home.name) or need.place


def _instead(name: str, module: Module) -> str:
    source = "\n".join(_sources(module))
    words = re.search(_OTHER_WORDS.format(name=re.escape(name)), source)
    if words:
        return f"Its text says in its place: “{words[1] or words[2]}”."
    if re.search(_ASKS.format(name=re.escape(name)), source):
        return "Its text has other words for such a day: read them through."
    return f'Its text has no other words for that: write {{{{ ref("{name}", else="…") }}}} there.'


def _sources(module: Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, Text):
            yield node.source
            continue
        for block in walk([node]):
            yield from map(str, block.options.values())
            yield from (child.source for child in block.children if isinstance(child, Text))


def _title(name: str, home: Module) -> str:
    titles = {exercise.id: exercise.title for exercise in home.exercises}
    return f"“{title_as_told(titles.get(name, home.front.title))}”"


def _needs(module: Module, planned: PlannedModule | None = None) -> Iterator[_TakenUp]:
    """Yield what a module builds on; of its exercises those that the day prints, or all."""
    title = f"“{title_as_told(module.front.title)}”"
    for index, name in enumerate(module.front.builds_on):
        yield _TakenUp(title, name, module.source.location("builds-on", index))
    printed = None if planned is None else {one.exercise.id for one in planned.exercises}
    for exercise in module.exercises:
        if printed is None or exercise.id in printed:
            for name in exercise.builds_on:
                yield _TakenUp(f"“{title_as_told(exercise.title)}”", name, exercise.block.location)


def _homes(tailored: Tailored) -> Mapping[str, Module]:
    """Return the module of each exercise's id, and each module by its own name."""
    modules = {**tailored.left_out, **tailored.modules}
    homes = {part: module for module in modules.values() for part in module.part_ids}
    # Where the day has a module in place of another, with an exercise of the same id, that counts.
    homes |= {part: one for one in tailored.modules.values() for part in one.part_ids}
    return {**homes, **modules}

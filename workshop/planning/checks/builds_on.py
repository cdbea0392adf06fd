"""Tell what texts take up from earlier modules and the day has only later, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from workshop.content.module import Module
from workshop.diagnostics import (
    Diagnostic,
    Location,
    Report,
    Severity,
    display_path,
    nearest,
)
from workshop.in_a_row import in_a_row
from workshop.planning.day import Day
from workshop.planning.taken_up import TakenUp, names_of, sources, taken_up
from workshop.planning.titles import title_as_told
from workshop.tailoring.tailored import Tailored

if TYPE_CHECKING:
    from workshop.planning.checks.other_words import OtherWords

# A hint shows so many lines of a text in which other words are printed.
_MOST_LINES = 4


def check_builds_on(tailored: Tailored, report: Report) -> None:
    """Report names behind `builds-on` that no module and no exercise has."""
    by_name = sources(tailored)
    for module in tailored.modules.values():
        for need in taken_up(module):
            if need.name not in by_name:
                report.error(
                    "unknown-exercise",
                    f"There is no module or exercise “{need.name}” to build on",
                    need.place,
                    nearest(need.name, by_name),
                )


def check_order(tailored: Tailored, day: Day, report: Report) -> None:
    """Report modules of a day that come before what they build on, or have to do without it."""
    by_name, own = sources(tailored, day), tailored.replaced_terms
    position = {planned.module.name: planned for planned in day.modules}
    for planned in day.modules:
        for need in taken_up(planned.module, planned, own):
            source = by_name.get(need.name)
            if source is None or source.name == planned.module.name:
                continue
            title = _title(need.name, source, own)
            if source.name not in position:
                message = f"builds on {title}, which {day.cohort.slug} leaves out"
                code, hint = "left-out", _say_what_prints(need, planned.module, [need.name], own)
                hint += " If that will do, accept this warning."
            elif position[source.name].number > planned.number:
                message = f"builds on {title}, which comes later in {day.cohort.slug}"
                code, hint = (
                    "wrong-order",
                    _say_what_prints(need, planned.module, names_of(source), own),
                )
                before = _find_before(source, planned.module, day, by_name)
                hint += f" {_either(planned.module, before)}"
            else:
                continue
            fault = Diagnostic(
                code,
                f"“{need.by}” {message}",
                _place(planned.module, source, day, need),
                hint,
                Severity.WARNING,
                accept_by=need.by,
            )
            report.extend([fault])


def _either(module: Module, before: Sequence[Module]) -> str:
    """Say how the order can be changed, and how it can stay."""
    others = in_a_row([f"“{other.name}”" for other in before])
    return (
        "The order asked for and this text cannot both be had. To keep the order, read that line "
        f"and accept this warning. To keep the text, put {others} before “{module.name}”, "
        f"or “{module.name}” behind “{before[-1].name}”."
    )


def _find_before(
    source: Module, module: Module, day: Day, by_name: Mapping[str, Module]
) -> Sequence[Module]:
    """Return what has to move before a module, in the day's order: a source and what that needs."""
    planned = {entry.module.name: entry for entry in day.modules}
    wanted, number = [source.name], planned[module.name].number
    for name in wanted:  # which grows
        entry = planned[name]
        needed = (by_name.get(need.name) for need in taken_up(entry.module, entry))
        later = (other for other in needed if other and other.name in planned)
        wanted += [
            other.name
            for other in later
            if planned[other.name].number > number and other.name not in wanted
        ]
    return [entry.module for entry in day.modules if entry.module.name in wanted]


def _place(module: Module, source: Module, day: Day, need: TakenUp) -> Location:
    """Return where the client decides it, or else where the module says what it builds on."""
    changes = day.cohort.changes
    return changes.get(module.name) or changes.get(source.name) or need.place


def _say_what_prints(
    need: TakenUp, module: Module, names: Collection[str], own: Mapping[str, str]
) -> str:
    """Say where a module's text speaks of what is not there yet, and what it prints instead."""
    from workshop.planning.checks.other_words import other_words  # loads Jinja

    places = list(other_words(module, names, own))
    file = display_path(module.path)
    if not places:
        return (
            f"{file}:{need.place.line} has no other words for that: "
            f'write {{{{ ref("{need.name}", else="…") }}}} there.'
        )
    first = next((words for words in places if words.phrase or words.left_out), places[0])
    rest = sorted({words.line for words in places} - {first.line})
    also = ", ".join(map(str, rest[:_MOST_LINES])) + (" …" if len(rest) > _MOST_LINES else "")
    return f"{file}:{first.line} {_quote_words(first)}{f'; see also line {also}' if rest else ''}."


def _quote_words(words: OtherWords) -> str:
    """Say what a line prints, or else what it leaves out."""
    if words.phrase:
        return f"prints “{words.phrase}” in its place"
    return (
        f"leaves out “{words.left_out}”" if words.left_out else "prints other words for such a day"
    )


def _title(name: str, source: Module, own: Mapping[str, str]) -> str:
    titles = {exercise.id: exercise.title for exercise in source.exercises}
    return f"“{title_as_told(titles.get(name, source.front.title), own)}”"

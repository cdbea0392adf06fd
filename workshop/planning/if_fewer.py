"""Fit exercises to a number of people: where they are too few, show what is done instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from workshop.content.block_tree import Block, Node, Text
from workshop.content.exercises.exercise import Exercise
from workshop.content.grammar.numbered_items import numbered_items
from workshop.diagnostics import Report
from workshop.planning.titles import title_as_told

# The fewest people for each kind of exercise. Trios cannot always be made, so that an exercise in
# trios has to serve pairs; nor can groups of four or five, for which three people have to do.
_FEWEST = {"individual": 1, "pairs": 2, "trios": 2, "coaching": 2, "groups": 3}
# What of an exercise gives way to what is done instead, besides its numbered steps.
_GIVES_WAY = ("facilitator", "slide")


def instead_for(exercise: Exercise, headcount: int) -> Block | None:
    """Return the block that says what too few people do instead; None where they are enough."""
    fitting = [
        block for block in _alternatives(exercise) if headcount < _than(block, exercise.kind)
    ]
    return min(fitting, key=lambda block: _than(block, exercise.kind), default=None)


def report_too_few(
    exercise: Exercise, headcount: int, cohort: str, own_terms: Mapping[str, str], report: Report
) -> None:
    """Report an exercise that needs more people and does not say what is done instead.

    `own_terms` are the client's words for terms that may stand in its title.
    """
    fewest = _FEWEST[exercise.kind]
    if headcount < fewest and instead_for(exercise, headcount) is None:
        people = "1 person" if headcount == 1 else f"{headcount} people"
        report.warn(
            "too-few",
            f"“{title_as_told(exercise.title, own_terms)}” takes {fewest} people at least, "
            f"and {cohort} has {people}",
            exercise.block.location,
            "Say in the exercise what is done instead: “::: if-fewer”, a sentence or two, “:::”.",
        )


def as_done(nodes: Iterable[Node], exercises: Iterable[Exercise], headcount: int) -> Iterator[Node]:
    """Yield a module's nodes, with each exercise fitted to the number of people."""
    by_place = {exercise.block.location: exercise for exercise in exercises}
    for node in nodes:
        exercise = by_place.get(node.location) if isinstance(node, Block) else None
        if exercise and isinstance(node, Block):
            yield replace(node, children=tuple(_children(exercise, headcount)))
        else:
            yield node


def _children(exercise: Exercise, headcount: int) -> Iterator[Node]:
    instead = instead_for(exercise, headcount)
    waiting = instead.children if instead else ()
    for node in exercise.block.children:
        if isinstance(node, Text):
            before, after = _around_steps(node) if instead else (node, None)
            yield before
            if after:
                yield from waiting
                waiting = ()
                yield after
        elif node.kind != "if-fewer" and not (instead and node.kind in _GIVES_WAY):
            yield node
    yield from waiting


def _around_steps(text: Text) -> tuple[Text, Text | None]:
    """Return what stands above a text's numbered steps, and what stands below them.

    The second is None for a text without steps.
    """
    items = numbered_items(text.source)
    if not items:
        return text, None
    lines = text.source.split("\n")
    end = max(items) + 1
    while end < len(lines) and _goes_on(lines, end):
        end += 1
    place = replace(text.location, line=(text.location.line or 1) + end)
    above, below = lines[: min(items)], lines[end:]
    return replace(text, source="\n".join(above)), Text("\n".join(below), place)


def _goes_on(lines: list[str], index: int) -> bool:
    """Tell whether a line still belongs to the list's item above it."""
    line = lines[index]
    return not line.strip() or line[0].isspace() or bool(lines[index - 1].strip())


def _alternatives(exercise: Exercise) -> Iterator[Block]:
    for node in exercise.block.children:
        if isinstance(node, Block) and node.kind == "if-fewer":
            yield node


def _than(block: Block, kind: str) -> int:
    given = block.options.get("than")
    return given if isinstance(given, int) else max(_FEWEST[kind], 2)

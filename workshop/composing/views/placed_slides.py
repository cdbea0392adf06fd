"""The slides of a module's block tree, each with the exercise it is shown with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop.content.block_tree import Block, Node, walk
from workshop.content.module import TIMED_KINDS
from workshop.diagnostics import Location
from workshop.planning.day import PlannedModule


@dataclass(frozen=True)
class PlacedSlide:
    """A slide's block. `inside` says that it stands in an exercise.

    `id` is the module's name and the slide's number in its file, whatever the day leaves out.
    """

    id: str
    block: Block
    inside: bool


@dataclass(frozen=True)
class ModuleSlides:
    """The slides before the first exercise, and those in and after each, by its block's place."""

    before: Sequence[PlacedSlide]
    with_exercise: Mapping[Location, Sequence[PlacedSlide]]

    @property
    def every(self) -> tuple[PlacedSlide, ...]:
        """All of them, in their order."""
        return (*self.before, *(one for those in self.with_exercise.values() for one in those))


def slides_of(planned: PlannedModule, nodes: Iterable[Node]) -> ModuleSlides:
    """Find the slides in what an audience sees of a module, without those of parts left out."""
    every = (block for block in walk(planned.module.body) if block.kind == "slide")
    ids = {
        block.location: f"{planned.module.name}-{number}" for number, block in enumerate(every, 1)
    }
    printed = {one.exercise.block.location for one in planned.exercises}
    running = {part.part.block.location for part in planned.parts if part.minutes}
    before: list[PlacedSlide] = []
    with_exercise: dict[Location, list[PlacedSlide]] = {}
    shown = before
    for node in nodes:
        if not isinstance(node, Block):
            continue
        inside = node.location in printed
        if inside:
            shown = with_exercise.setdefault(node.location, [])
        elif node.kind in TIMED_KINDS and node.location not in running:
            continue
        shown += [
            PlacedSlide(ids[block.location], block, inside)
            for block in walk([node])
            if block.kind == "slide"
        ]
    return ModuleSlides(before, with_exercise)

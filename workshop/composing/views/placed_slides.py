"""Find the slides in a module's block tree, and with which exercise each is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop.content.block_tree import Block, Node, walk
from workshop.content.module import TIMED_KINDS
from workshop.diagnostics import Location
from workshop.planning.day import PlannedModule

# The layouts of slides that show a title alone.
_ONE_SENTENCE = ("statement", "question")


@dataclass(frozen=True)
class PlacedSlide:
    """Holds a slide's block; `inside` says whether it stands in an exercise.

    `id` is the module's name and the slide's number in its file. It stays the same when the day
    leaves out slides.
    """

    id: str
    block: Block
    inside: bool


@dataclass(frozen=True)
class ModuleSlides:
    """Holds the slides before the first exercise, and those in and after each exercise.

    The latter are by the place of the exercise's block.
    """

    before: Sequence[PlacedSlide]
    with_exercise: Mapping[Location, Sequence[PlacedSlide]]

    @property
    def every(self) -> tuple[PlacedSlide, ...]:
        """All slides, in their order."""
        return (*self.before, *(slide for row in self.with_exercise.values() for slide in row))

    def large(self) -> Block | None:
        """Find the first slide before the exercises that shows one sentence and nothing else."""
        blocks = (slide.block for slide in self.before)
        large = (block for block in blocks if block.options.get("layout") in _ONE_SENTENCE)
        return next(large, None)


def slides_of(planned: PlannedModule, nodes: Iterable[Node]) -> ModuleSlides:
    """Return the slides among the nodes that an audience sees, without those of parts left out."""
    every = (block for block in walk(planned.module.body) if block.kind == "slide")
    ids = {
        block.location: f"{planned.module.name}-{number}" for number, block in enumerate(every, 1)
    }
    printed = {part.exercise.block.location for part in planned.exercises}
    running = {part.timed_part.block.location for part in planned.parts if part.minutes}
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

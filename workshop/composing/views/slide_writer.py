"""Write the slides of a module for one audience, each as a view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from workshop.composing.language.text_writer import TextWriter
from workshop.composing.views.placed_slides import ModuleSlides, PlacedSlide
from workshop.composing.views.records import SlideView
from workshop.content.block_tree import Node, children_of
from workshop.diagnostics import Location
from workshop.planning.day import PlannedModule

# The level of a heading in a slide.
_HEADING = 3


@dataclass(frozen=True)
class SlideWriter:
    """Writes slides; `write_node` returns the HTML of what is in one, for a level of headings."""

    texts: TextWriter
    write_node: Callable[[Node, int], Markup]

    def views(
        self, planned: PlannedModule, slides: ModuleSlides, *, has_diagram: bool
    ) -> Iterator[tuple[Location, SlideView]]:
        """Yield the views of a module’s slides with the places of their blocks.

        A slide that was to show a diagram alone is left out where this day has none.
        """
        for place, view in self._every(planned, slides):
            if has_diagram or view.layout != "diagram" or view.body.strip():
                yield place, view

    def _every(
        self, planned: PlannedModule, slides: ModuleSlides
    ) -> Iterator[tuple[Location, SlideView]]:
        exercises = {part.exercise.block.location: part for part in planned.exercises}
        for slide in slides.before:
            yield slide.block.location, self._view(slide)
        for place, row in slides.with_exercise.items():
            for slide in row:
                with self.texts.in_exercise(exercises[place] if slide.inside else None):
                    yield slide.block.location, self._view(slide)

    def _view(self, placed: PlacedSlide) -> SlideView:
        block = placed.block
        notes = children_of(block, "facilitator")
        shown = (node for node in block.children if node not in notes)
        return SlideView(
            id=placed.id,
            title=self.texts.plain(str(block.options.get("title", "")), block.location),
            layout=str(block.options.get("layout", "points")),
            on=str(block.options.get("on", "screen")),
            inside=placed.inside,
            body=Markup().join(self.write_node(node, _HEADING) for node in shown),
            notes=Markup().join(self.write_node(note, _HEADING) for note in notes),
        )


def shown_of(
    views: Mapping[Location, SlideView], slides: Iterable[PlacedSlide]
) -> tuple[SlideView, ...]:
    """Return the views of those slides that are shown; all are given by the places of blocks."""
    places = (slide.block.location for slide in slides)
    return tuple(views[place] for place in places if place in views)

"""Turn block trees into HTML for one audience, with the macros of the design system.

Blocks that the audience may not see are cut out of the tree first, so nothing here can print them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from workshop.composing.language.text_writer import TextWriter
from workshop.composing.views.activities import activities_by_place
from workshop.composing.views.card_writer import CardWriter
from workshop.composing.views.diagram_view import DiagramView, diagram_view
from workshop.composing.views.placed_slides import ModuleSlides, slides_of
from workshop.composing.views.records import ExerciseView, ModuleView, OwnPage, SlideView
from workshop.composing.views.slide_writer import SlideWriter, shown_of
from workshop.composing.views.spaces import Canvas, space_view
from workshop.composing.views.timed_parts import (
    RunningWriter,
    outcomes,
    round_starts,
    starts,
    step_minutes,
    suited,
)
from workshop.content.audiences import KNOWS_SEGMENTS, Audience
from workshop.content.block_tree import Block, Node, Text, children_of, visible, walk
from workshop.content.case import Case
from workshop.content.module import TIMED_KINDS
from workshop.diagnostics import Location
from workshop.planning.day import PlannedExercise, PlannedModule
from workshop.planning.groupings import Seating, commonest, describe, together
from workshop.planning.materials import spare_sets

# Headings: a module's title is h1, an exercise's h2, a case's h3.
_IN_MODULE, _IN_EXERCISE = 2, 3
# HTML, or the place of an exercise.
Passage = Markup | Location
MACROS = ("exercise", "debrief", "case", "space", "notes")


class BlockWriter:
    """Writes the blocks of a cohort's modules and cases that one audience reads.

    `macros` has the macros named in `MACROS`. `canvas` returns the drawing of a canvas by its
    name, `diagram` that of a diagram for a page.
    """

    def __init__(
        self,
        audience: Audience,
        texts: TextWriter,
        macros: Any,
        cases: Mapping[str, Case],
        segments: Mapping[str, str],
        frame: Collection[str],
        seating: Seating,
        documents: Collection[str],
        canvas: Canvas,
        diagram: Callable[[DiagramView], Markup],
    ) -> None:
        self._audience = audience
        self._texts = texts
        self._macros = macros
        self._cases = cases
        self._segments = segments if audience in KNOWS_SEGMENTS else {}
        self._frame = frame
        self._documents = documents
        self._canvas = canvas
        self._diagram = diagram
        self._cards = CardWriter(texts, seating, self._write_children, self._in_case)
        self._slides = SlideWriter(texts, self._node)
        # Each diagram is read once: for where it stands, and for papers that show it elsewhere.
        self._diagrams: dict[Location, DiagramView | None] = {}
        self._running = RunningWriter(texts, seating, documents, self._node, self._in_case)

    def module(self, planned: PlannedModule) -> ModuleView:
        """Return the view of a module."""
        front, source = planned.module.front, planned.module.source
        nodes = visible(planned.body, self._audience)
        blocks = {node.location: node for node in nodes if isinstance(node, Block)}
        slides = slides_of(planned, nodes)
        diagram = self._diagram_of(nodes)
        views = dict(self._slides.views(planned, slides, has_diagram=diagram is not None))
        passages, debriefs = self._passages(planned, nodes)
        exercises = self._exercises(planned, blocks, slides, views, debriefs)
        intro, body = self._intro_and_body(passages, exercises)
        return ModuleView(
            name=planned.module.name,
            number=planned.number,
            title=self._texts.plain(front.title, source.location("title")),
            summary=self._texts.plain(front.summary, source.location("summary")),
            start=planned.start,
            minutes=planned.minutes,
            outcomes=tuple(outcomes(planned, self._texts)),
            intro=intro,
            body=body,
            exercises=tuple(exercises.values()),
            slides=shown_of(views, slides.before),
            quote=self._quote(planned),
            diagram=diagram,
            note=self._write_children(
                (node for node in nodes if isinstance(node, Block) and node.kind == self._audience),
                _IN_MODULE,
            ),
            notes=self._running.notes(nodes),
            parts=self._running.parts(planned, nodes, exercises, views),
            needs=self._running.needs(planned),
            suits=tuple(suited(planned, self._segments)),
            teaches=planned.module.name not in self._frame,
        )

    def _quote(self, planned: PlannedModule) -> str:
        shown_large = slides_of(planned, visible(planned.body, "room")).large()
        if shown_large:
            return self._texts.plain(str(shown_large.options["title"]), shown_large.location)
        return self._texts.plain(
            planned.module.front.summary, planned.module.source.location("summary")
        )

    def _diagram_of(self, nodes: Iterable[Node]) -> DiagramView | None:
        blocks = (block for block in walk(nodes) if block.kind == "diagram")
        return next(map(self._diagram_view, blocks), None)

    def _diagram_view(self, block: Block) -> DiagramView | None:
        if block.location not in self._diagrams:
            self._diagrams[block.location] = diagram_view(block, self._texts)
        return self._diagrams[block.location]

    def own_page(self, case: Case) -> OwnPage:
        """Return the view of a page of prompts."""
        nodes = visible(case.body, self._audience)
        self._cards.check_none_in(nodes)
        title = self._texts.plain(case.title, Location(case.path))
        return OwnPage(title, Markup().join(self._node(node, _IN_MODULE) for node in nodes))

    def _exercises(
        self,
        planned: PlannedModule,
        blocks: Mapping[Location, Block],
        slides: ModuleSlides,
        views: Mapping[Location, SlideView],
        debriefs: Mapping[Location, Markup],
    ) -> dict[Location, ExerciseView]:
        """Return the exercises of a module; all that is handed in is by the places of blocks."""
        exercises = {}
        activities = activities_by_place(planned, self._documents, self._in_case)
        for part, start in zip(planned.parts, starts(planned), strict=True):
            if part.exercise:
                place = part.timed_part.block.location
                shown = shown_of(views, slides.with_exercise.get(place, ()))
                with self._texts.in_exercise(part.exercise):
                    spare = spare_sets(planned.module, part.exercise.exercise.id)
                    view = self._exercise(part.exercise, blocks[place], start, shown, spare)
                exercises[place] = replace(
                    view, room=debriefs.get(place, Markup()), activities=activities[place]
                )
        return exercises

    def _passages(
        self, planned: PlannedModule, nodes: Iterable[Node]
    ) -> tuple[list[Passage], dict[Location, Markup]]:
        """Return what is read of a module in its order, and the debriefs held after exercises.

        These stand beside what the small groups ask each other, and not in the order.
        """
        exercises = {part.timed_part.block.location for part in planned.parts if part.exercise}
        running = {part.timed_part.block.location for part in planned.parts if part.minutes}
        passages: list[Passage] = []
        debriefs: dict[Location, Markup] = {}
        for node in nodes:
            if isinstance(node, Block) and node.location in exercises:
                passages.append(node.location)
            elif isinstance(node, Text) or node.kind not in TIMED_KINDS or node.location in running:
                self._cards.check_none_in([node])
                place = passages[-1] if passages else None
                if (
                    isinstance(place, Location)
                    and isinstance(node, Block)
                    and node.kind == "debrief"
                ):
                    debrief = self._write_children([node], _IN_EXERCISE)
                    debriefs[place] = debriefs.get(place, Markup()) + debrief
                elif html := self._node(node, _IN_MODULE):
                    passages.append(html)
        return passages, debriefs

    def _intro_and_body(
        self, passages: Sequence[Passage], exercises: Mapping[Location, ExerciseView]
    ) -> tuple[Markup, Markup]:
        """Return what is read before the first exercise, and all that is read from there on."""
        html = [
            _mark_as_html(self._macros.exercise(exercises[passage]))
            if isinstance(passage, Location)
            else passage
            for passage in passages
        ]
        places = (index for index, passage in enumerate(passages) if isinstance(passage, Location))
        first = next(places, len(passages))
        return Markup().join(html[:first]), Markup().join(html[first:])

    def _exercise(
        self,
        planned: PlannedExercise,
        block: Block,
        start: int,
        slides: tuple[SlideView, ...],
        spare: int,
    ) -> ExerciseView:
        exercise = planned.exercise
        minutes = step_minutes(planned)
        pieces = [
            (node, self._node(node, _IN_EXERCISE, minutes))
            for node in block.children
            if isinstance(node, Text) or node.kind not in ("purpose", "debrief")
        ]
        return ExerciseView(
            id=exercise.id,
            number=planned.number,
            title=self._texts.plain(exercise.title, block.location),
            kind=exercise.kind,
            minutes=planned.minutes,
            rounds=0 if planned.too_few else exercise.rounds,
            round_minutes=planned.round_minutes,
            round_starts=round_starts(planned, start),
            setup_minutes=planned.setup_minutes,
            own_time=planned.own_time,
            groups=describe(planned.groups),
            together=together(planned.groups, exercise.kind),
            people=commonest(planned.groups),
            activities=(),
            purpose=self._write_children(children_of(block, "purpose"), _IN_EXERCISE),
            steps=Markup().join(html for node, html in pieces if isinstance(node, Text)),
            body=Markup().join(html for _, html in pieces),
            task=Markup().join(html for node, html in pieces if not _is_canvas(node)),
            canvas=Markup().join(html for node, html in pieces if _is_canvas(node)),
            room=Markup(),
            debrief=self._write_children(children_of(block, "debrief"), _IN_EXERCISE),
            note=self._write_children(children_of(block, self._audience), _IN_EXERCISE),
            cards=tuple(self._cards.sets_in(block.children, spare)),
            slides=slides,
            spaces=tuple(
                view
                for space in children_of(block, "space")
                if (view := space_view(space, self._texts, self._canvas))
            ),
        )

    def _write_children(self, blocks: Iterable[Block], level: int) -> Markup:
        """Return the HTML of what the blocks hold, with no element around it."""
        return Markup().join(self._node(node, level) for block in blocks for node in block.children)

    def _node(self, node: Node, level: int, steps: Iterator[Markup] | None = None) -> Markup:
        if isinstance(node, Text):
            return self._texts.html(node, level, steps)
        if node.kind in ("cards", "slide"):
            return Markup()  # cards to cut out and slides have sheets of their own
        if node.kind == "case":
            return self._case(node, level)
        if node.kind == "space":
            space = space_view(node, self._texts, self._canvas)
            return _mark_as_html(self._macros.space(space)) if space else Markup()
        if node.kind == "diagram":
            diagram = self._diagram_view(node)
            return self._diagram(diagram) if diagram else Markup()
        if node.kind == "facilitator":
            texts = (child for child in node.children if isinstance(child, Text))
            notes = Markup().join(self._texts.notes(text, level) for text in texts)
            return _mark_as_html(self._macros.notes(notes))
        inside = Markup().join(self._node(child, level) for child in node.children)
        if node.kind == "debrief" and inside.strip():
            return _mark_as_html(self._macros.debrief(inside))
        return inside

    def _case(self, block: Block, level: int) -> Markup:
        inside = self._in_case(block)
        body = Markup().join(self._node(node, level + 1) for node in inside)
        if not body.strip():
            return Markup()  # a case that holds only cards is not printed on the page
        case = self._case_of(block)
        title = self._texts.plain(case.title, Location(case.path))
        return _mark_as_html(self._macros.case(title, body, level))

    def _in_case(self, block: Block) -> tuple[Node, ...]:
        return visible(self._case_of(block).body, self._audience)

    def _case_of(self, block: Block) -> Case:
        return self._cases[str(block.options["name"])]


def _is_canvas(node: Node) -> bool:
    return isinstance(node, Block) and "canvas" in node.options


def _mark_as_html(html: str) -> Markup:
    """Mark the output of a macro as HTML: macros escape the values they are given."""
    return Markup(html)  # noqa: S704

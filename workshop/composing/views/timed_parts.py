"""Show a planned module as it runs: its parts, each with time, notes, slides and materials."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from markupsafe import Markup

from workshop.composing.language.text_writer import TextWriter
from workshop.composing.views.records import ExerciseView, NeedView, PartView, SlideView
from workshop.content.block_tree import Block, Node, Text, walk
from workshop.diagnostics import Location
from workshop.planning.day import PlannedExercise, PlannedModule, PlannedPart
from workshop.planning.groupings import Seating
from workshop.planning.materials import needs_of

# Headings in notes, below the title of a part.
_LEVEL = 3


class RunningWriter:
    """Writes the parts of modules for the trainer who leads them.

    `seating` is the cohort's, `documents` are those that the client gets. `write` returns the
    HTML of a node, with headings below a level. `in_case` returns the nodes that the audience reads
    in the case that a block calls for.
    """

    def __init__(
        self,
        texts: TextWriter,
        seating: Seating,
        documents: Collection[str],
        write: Callable[[Node, int], Markup],
        in_case: Callable[[Block], Iterable[Node]],
    ) -> None:
        self._texts = texts
        self._seating = seating
        self._documents = documents
        self._write = write
        self._in_case = in_case

    def parts(
        self,
        planned: PlannedModule,
        nodes: Iterable[Node],
        exercises: Mapping[Location, ExerciseView],
        slides: Mapping[Location, SlideView],
    ) -> tuple[PartView, ...]:
        """Return the parts that run on the day, in their order.

        `exercises` and `slides` are by the places of their blocks. A slide that stands between two
        parts is shown with the second.
        """
        running = {
            part.timed_part.block.location: (part, start)
            for part, start in zip(planned.parts, starts(planned), strict=True)
            if part.minutes
        }
        views: list[PartView] = []
        waiting: list[SlideView] = []
        for block in nodes:
            if not isinstance(block, Block):
                continue
            if block.location in slides:
                waiting.append(slides[block.location])
            if block.location in running:
                inside = [
                    slides[inner.location] for inner in walk([block]) if inner.location in slides
                ]
                shown, waiting = (*waiting, *inside), []
                part, start = running[block.location]
                exercise = exercises.get(block.location)
                with self._texts.in_exercise(part.exercise):
                    views.append(self._part(planned, part, block, start, exercise, shown))
        if waiting and views:
            # No part follows that these slides could be shown with.
            views[-1] = replace(views[-1], slides=(*views[-1].slides, *waiting))
        return tuple(views)

    def _part(
        self,
        planned: PlannedModule,
        part: PlannedPart,
        block: Block,
        start: int,
        exercise: ExerciseView | None,
        slides: tuple[SlideView, ...],
    ) -> PartView:
        title = self._texts.plain(str(block.options.get("title", "")), block.location)
        texts = () if exercise else (node for node in block.children if isinstance(node, Text))
        return PartView(
            kind=block.kind,
            title=title,
            start=start,
            minutes=part.minutes,
            text=Markup().join(self._write(text, _LEVEL) for text in texts),
            notes=self.notes(block.children),
            slides=slides,
            needs=self.needs(planned, exercise.id) if exercise else (),
            exercise=exercise,
        )

    def notes(self, nodes: Iterable[Node]) -> Markup:
        """Return the trainer's notes among nodes, and those in the cases and cards among them."""
        return Markup().join(self._notes(nodes))

    def _notes(self, nodes: Iterable[Node]) -> Iterator[Markup]:
        for node in nodes:
            if isinstance(node, Text):
                continue
            if node.kind == "facilitator":
                yield self._write(node, _LEVEL)
            elif node.kind == "case":
                yield from self._notes(self._in_case(node))
            elif node.kind in ("cards", "card"):
                yield from self._notes(node.children)

    def needs(self, planned: PlannedModule, exercise: str | None = None) -> tuple[NeedView, ...]:
        """Return the materials that an exercise needs, or all that belong to no exercise."""
        exercises = {planned_exercise.exercise.id for planned_exercise in planned.exercises}
        place = planned.module.source.location("materials")
        return tuple(
            NeedView(
                self._texts.plain(need.item, place),
                need.quantity,
                need.spare,
                need.printed,
                (planned.number,),
            )
            for need in needs_of(planned, self._seating, self._documents)
            if (need.part if need.part in exercises else None) == exercise
        )


def starts(planned: PlannedModule) -> Iterator[int]:
    """Yield the start of each part of a module, in minutes after midnight."""
    now = planned.start
    for part in planned.parts:
        yield now
        now += part.minutes


def round_starts(planned: PlannedExercise, start: int) -> tuple[int, ...]:
    """Return the start of each round of an exercise that starts at `start`.

    All are minutes after midnight. An exercise for the participants' own time has no rounds here.
    """
    if planned.own_time or planned.too_few:
        return ()
    first = start + planned.setup_minutes
    return tuple(first + turn * planned.round_minutes for turn in range(planned.exercise.rounds))


def outcomes(planned: PlannedModule, texts: TextWriter) -> Iterator[str]:
    """Yield what participants leave with: nothing that an exercise left out would give."""
    module = planned.module
    for index, outcome in enumerate(module.front.outcomes):
        if isinstance(outcome, str):
            text = texts.plain(outcome, module.source.location("outcomes", index))
        elif outcome.part in planned.running:
            place = module.source.location("outcomes", index, "outcome")
            text = texts.plain(outcome.outcome, place)
        else:
            continue
        if text.strip():
            yield text


def suited(planned: PlannedModule, segments: Mapping[str, str]) -> Iterator[str]:
    """Yield the segments that a module is made for, in words; none where it is made for all."""
    suits = planned.module.front.suits
    if not set(segments) <= set(suits):
        yield from (words for name, words in segments.items() if name in suits)


def step_minutes(planned: PlannedExercise) -> Iterator[Markup]:
    """Yield the minutes printed at each step, with how often a step of every round is taken."""
    for step, minutes in zip(planned.exercise.steps, planned.steps, strict=True):
        if not minutes:
            yield Markup('<span class="step-minutes"></span>')
        else:
            times = f"{planned.exercise.rounds} × " if step.each_round else ""
            yield Markup('<span class="step-minutes">{}{} min</span>').format(times, minutes)

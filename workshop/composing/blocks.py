"""Block trees into HTML through the macros of the design system, for one audience.

What the audience may not see is cut out of the tree first; nothing here could print it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from workshop.composing.text import TextWriter
from workshop.composing.views import CardSet, CardView, ExerciseView, ModuleView, SpaceView
from workshop.content.blocks import Block, Node, Text, visible
from workshop.content.case import Case
from workshop.content.module import TIMED_KINDS
from workshop.diagnostics import Location
from workshop.planning.day import PlannedExercise, PlannedModule
from workshop.planning.groupings import describe, groupings

# Headings: a module's title is h1, an exercise's h2, a case's h3.
_IN_MODULE, _IN_EXERCISE, _IN_CASE = 2, 3, 4
_GROUPING_OF = {"pair": "pairs", "trio": "trios", "group": "groups"}
_BULLET = re.compile(r"^[-*+]\s+(?P<text>.+)$", re.MULTILINE)


class BlockWriter:
    """Writes the blocks of one job.

    `macros` has the macros `exercise`, `debrief`, `case` and `space`; `canvas` gives the drawing
    of a canvas by its name.
    """

    def __init__(
        self,
        audience: str,
        texts: TextWriter,
        macros: Any,
        cases: Mapping[str, Case],
        headcount: int,
        canvas: Callable[[str, Location], Markup],
    ) -> None:
        self._audience = audience
        self._texts = texts
        self._macros = macros
        self._cases = cases
        self._headcount = headcount
        self._canvas = canvas

    def module(self, planned: PlannedModule) -> ModuleView:
        """Return a module as a template sees it."""
        front, source = planned.module.front, planned.module.source
        nodes = visible(planned.module.body, self._audience)
        blocks = {node.location: node for node in nodes if isinstance(node, Block)}
        exercises = {
            one.exercise.block.location: self._exercise(one, blocks[one.exercise.block.location])
            for one in planned.exercises
        }
        running = {part.part.block.location for part in planned.parts if part.minutes}
        intro: list[Markup] = []
        body: list[Markup] = []
        for node in nodes:
            if isinstance(node, Block) and node.location in exercises:
                body.append(self._macros.exercise(exercises[node.location]))
            elif isinstance(node, Text) or node.kind not in TIMED_KINDS or node.location in running:
                (body or intro).append(self._node(node, _IN_MODULE))
        return ModuleView(
            name=planned.module.name,
            number=planned.number,
            title=self._texts.plain(front.title, source.location("title")),
            summary=self._texts.plain(front.summary, source.location("summary")),
            start=planned.start,
            minutes=planned.minutes,
            outcomes=tuple(
                self._texts.plain(outcome, source.location("outcomes", index))
                for index, outcome in enumerate(front.outcomes)
            ),
            intro=Markup().join(intro),
            body=Markup().join(body),
            exercises=tuple(exercises.values()),
            note=self._written(
                (node for node in nodes if isinstance(node, Block) and node.kind == self._audience),
                _IN_MODULE,
            ),
        )

    def _exercise(self, planned: PlannedExercise, block: Block) -> ExerciseView:
        exercise = planned.exercise
        steps = _step_minutes(planned)
        body = []
        for node in block.children:
            if isinstance(node, Text):
                body.append(self._texts.html(node, _IN_EXERCISE, steps))
            elif node.kind not in ("purpose", "debrief"):
                body.append(self._node(node, _IN_EXERCISE))
        return ExerciseView(
            id=exercise.id,
            number=planned.number,
            title=self._texts.plain(exercise.title, block.location),
            kind=exercise.kind,
            minutes=planned.minutes,
            rounds=exercise.rounds,
            round_minutes=planned.round_minutes,
            setup_minutes=planned.setup_minutes,
            own_time=planned.own_time,
            groups=describe(planned.groups),
            purpose=self._written(_children_of(block, "purpose"), _IN_EXERCISE),
            body=Markup().join(body),
            debrief=self._written(_children_of(block, "debrief"), _IN_EXERCISE),
            cards=tuple(self._card_sets(block)),
        )

    def _written(self, blocks: Iterable[Block], level: int) -> Markup:
        """Return what the blocks hold, without anything around it."""
        return Markup().join(self._node(node, level) for one in blocks for node in one.children)

    def _node(self, node: Node, level: int) -> Markup:
        if isinstance(node, Text):
            return self._texts.html(node, level)
        if node.kind == "cards":
            return Markup()  # to cut out: only ever on sheets of their own
        if node.kind == "case":
            return self._case(self._cases[str(node.options["name"])])
        if node.kind == "space":
            return _printed(self._macros.space(self._space(node)))
        inside = Markup().join(self._node(child, level) for child in node.children)
        if node.kind == "debrief" and inside.strip():
            return _printed(self._macros.debrief(inside))
        return inside

    def _case(self, case: Case) -> Markup:
        nodes = visible(case.body, self._audience)
        body = Markup().join(self._node(node, _IN_CASE) for node in nodes)
        # A case of nothing but cards has no place on the page.
        return _printed(self._macros.case(case.title, body)) if body.strip() else Markup()

    def _card_sets(self, block: Block) -> Iterator[CardSet]:
        for node in block.children:
            if not isinstance(node, Block):
                continue
            if node.kind == "case":
                case = self._cases[str(node.options["name"])]
                for inner in visible(case.body, self._audience):
                    if isinstance(inner, Block) and inner.kind == "cards":
                        yield self._card_set(inner, case.title)
            elif node.kind == "cards":
                yield self._card_set(node, "")
            else:
                yield from self._card_sets(node)

    def _card_set(self, block: Block, default_title: str) -> CardSet:
        each = str(block.options.get("each", "room"))
        cards = tuple(
            CardView(
                title=self._texts.plain(str(card.options.get("title", "")), card.location),
                body=self._written([card], _IN_CASE),
            )
            for card in _children_of(block, "card")
        )
        title = str(block.options.get("title", default_title))
        return CardSet(self._texts.plain(title, block.location), each, self._sets(each), cards)

    def _sets(self, each: str) -> int:
        if each in _GROUPING_OF:
            return len(groupings(self._headcount, _GROUPING_OF[each]))
        return self._headcount if each == "person" else 1

    def _space(self, block: Block) -> SpaceView:
        options = block.options
        form = next(name for name in _FORMS if name in options)
        text = "".join(node.source for node in block.children if isinstance(node, Text))
        plain = self._texts.plain
        columns = _cells(str(options.get("boxes" if form == "boxes" else "columns", "")))
        first = _cells(str(options.get("first", "")))
        if form == "rating":
            first = tuple(match["text"].strip() for match in _BULLET.finditer(text))
        return SpaceView(
            form=form,
            label=plain(str(options.get("label", "")), block.location),
            count=_whole(options, form, 0),
            height=_whole(
                options, "row-height" if form == "rows" else "height", _whole(options, "box", 0)
            ),
            columns=tuple(plain(cell, block.location) for cell in columns),
            first=tuple(plain(cell, block.location) for cell in first),
            scale=str(options.get("rating", "")),
            name=str(options.get("canvas", "")),
            canvas=self._canvas(str(options["canvas"]), block.location)
            if form == "canvas"
            else Markup(),
        )


def _printed(html: str) -> Markup:
    """Return what a macro wrote; macros escape what they are given."""
    return Markup(html)  # noqa: S704


_FORMS = ("lines", "box", "boxes", "rows", "rating", "canvas")


def _whole(options: Mapping[str, str | int], name: str, default: int) -> int:
    value = options.get(name, default)
    return value if isinstance(value, int) else default


def _cells(text: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in text.split("|")) if text else ()


def _children_of(block: Block, kind: str) -> list[Block]:
    return [node for node in block.children if isinstance(node, Block) and node.kind == kind]


def _step_minutes(planned: PlannedExercise) -> Iterator[Markup]:
    """Yield what is printed at each step: its minutes, and whether every round takes them."""
    for step, minutes in zip(planned.exercise.steps, planned.steps, strict=True):
        if not minutes:
            yield Markup('<span class="step-minutes"></span>')
        else:
            times = f"{planned.exercise.rounds} × " if step.each_round else ""
            yield Markup('<span class="step-minutes">{}{} min</span>').format(times, minutes)

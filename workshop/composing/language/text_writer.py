"""Write a module's texts as HTML, with the client's words and the minutes of steps filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

from jinja2 import Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from workshop.composing.inserted_values import (
    CLOSE,
    OPEN,
    as_typed,
    mark_of,
    with_values,
    with_words,
    without_tags,
)
from workshop.composing.language.bounds.arguments import as_count
from workshop.composing.language.bounds.deep_texts import unreadable_line
from workshop.composing.language.bounds.filled_fences import check_filled_fences
from workshop.composing.language.bounds.sandbox import Sandbox
from workshop.composing.language.mistakes import Faults, Mistake
from workshop.composing.language.references import notes_alone, says_in_vain
from workshop.composing.language.template_faults import faults_of
from workshop.content.block_tree import Text
from workshop.content.doubts.doubtful_texts import STEP_MINUTES
from workshop.content.grammar.numbered_items import numbered_items
from workshop.content.grammar.typography import typographic
from workshop.content.markdown import ResolveImage, notes_to_html, to_html
from workshop.diagnostics import ContentError, Location
from workshop.keeping.memory import Memory
from workshop.planning.checks.step_ends import step_ends
from workshop.planning.day import PlannedExercise
from workshop.planning.groupings import formed

_NEVER = OPEN * 2
_MOST_FAULTS = 200  # that are looked for in one text
_EXPRESSION = re.compile(r"\{\{.*?\}\}")


class TextWriter:
    """Writes the texts of one job.

    `names` holds all that a text may use. `resolve_image` returns the address to print for the
    address of a picture that is written in a text. Texts that `memory` holds are not compiled or
    converted again.
    """

    def __init__(
        self,
        environment: Sandbox,
        names: Mapping[str, Any],
        resolve_image: ResolveImage,
        memory: Memory,
    ) -> None:
        self._effort = environment.effort
        self._printable = environment.finalize
        self._environment = environment.overlay(finalize=self._finalized)
        # Compiled texts are shared by all languages: `_finalized` writes values when a text runs.
        # “{#” is an id's beginning in texts, and comments are written as in HTML.
        self._compiler = environment.overlay(
            finalize=_finalizes_later, comment_start_string=_NEVER, comment_end_string=_NEVER
        )
        self._names = {
            **names,
            "mark": self._mark,
            "groups": self._groups,
            "groups_of": self._groups_of,
        }
        # Where the text stands that is being filled in.
        self.place: Location | None = None
        self._exercise: PlannedExercise | None = None
        # Writes a value into the text that is being filled in.
        self._write: Callable[[object], str] = str
        self._resolve_image = resolve_image
        self._memory = memory
        # Where faults are collected instead of raised, if they are.
        self._faults: Faults | None = None

    @contextmanager
    def all_faults(self) -> Iterator[None]:
        """Write on after a fault in a text; raise `ContentError` with those of all texts at last.

        A text at fault is empty: what is written then must not be used.
        """
        before, self._faults = self._faults, Faults()
        try:
            with self._faults.collected():
                yield
            self._faults.stop()
        finally:
            self._faults = before

    @contextmanager
    def _collected(self) -> Iterator[None]:
        """Collect what goes wrong in one text, or let it be raised."""
        with nullcontext() if self._faults is None else self._faults.collected():
            yield

    @contextmanager
    def in_exercise(self, planned: PlannedExercise | None) -> Iterator[None]:
        """Write texts that stand in an exercise, so that they can name the marks of its steps."""
        before, self._exercise = self._exercise, planned
        try:
            yield
        finally:
            self._exercise = before

    def _mark(self, step: object) -> int:
        if self._exercise is None:
            message = "Only what stands in an exercise can say when one of its steps ends"
            raise Mistake("no-steps", message, "Move it into the exercise, or take it out.")
        marks = step_ends(self._exercise)
        if not isinstance(step, int) or not 1 <= step <= len(marks):
            message = f"This exercise has no step “{step}”"
            raise Mistake("unknown-step", message, f"Write a number from 1 to {len(marks)}.")
        return marks[step - 1]

    def _groups(self) -> str:
        """Name the groups of the exercise: `trios, with one pair`."""
        return formed(self._sizes())

    def _groups_of(self, size: object) -> int:
        """Return how many groups of the exercise have so many people."""
        return self._sizes().count(as_count(size, "groups_of"))

    def _sizes(self) -> tuple[int, ...]:
        if self._exercise is None or not self._exercise.groups:
            message = "Only what stands in an exercise for groups can name these"
            raise Mistake("no-groups", message, "Move it into the exercise, or take it out.")
        return self._exercise.groups

    def html(self, text: Text, heading_level: int, steps: Iterator[Markup] | None = None) -> Markup:
        """Return a text's HTML; `steps` yields the minutes to print at each numbered step."""
        with self._collected():
            return self._html(text, heading_level, to_html, steps)
        return Markup()

    def notes(self, text: Text, heading_level: int) -> Markup:
        """Return the HTML of a trainer's notes, with a block for each cue."""
        with self._collected():
            return self._html(text, heading_level, notes_to_html, None)
        return Markup()

    def _html(
        self,
        text: Text,
        heading_level: int,
        convert: Callable[[str, int, ResolveImage, Memory], str],
        steps: Iterator[Markup] | None,
    ) -> Markup:
        values: list[str] = []

        def as_mark(value: object) -> str:
            # A name that stands for nothing is told here, with its place.
            values.append(value if isinstance(value, Markup) else str(value))
            return mark_of(len(values) - 1)

        source = text.source.translate({ord(OPEN): None, ord(CLOSE): None})
        if steps is not None:
            source = _with_step_minutes(source, steps, as_mark)
        # No fence may stand behind a step's minutes: the check reads the step without them.
        minutes = [""] * len(values)
        filled = self._fill(source, text.location, as_mark)
        if filled != source:
            written = with_words(filled, minutes + values[len(minutes) :])
            check_filled_fences(text.source, written, text.location)

        def image(name: str) -> str:
            with self._collected():
                return self._image(as_typed(name, values), text)
            return ""

        if fault := unreadable_line(filled):
            line, message, hint = fault
            line = line if filled.count("\n") == text.source.count("\n") else 0
            place = Location(text.location.path, (text.location.line or 1) + line)
            raise ContentError.single("too-deep", message, place, hint)
        html = convert(filled, heading_level, image, self._memory)
        return with_values(html, values, notes_alone)

    def plain(self, source: str, location: Location) -> str:
        """Return a title or label with the client's words filled in."""
        filled = ""
        with self._collected():
            filled = self._fill(source, location, _as_plain)
            if filled != source:
                check_filled_fences(source, filled, location)
        return typographic(filled)

    def _fill(self, source: str, location: Location, write: Callable[[object], str]) -> str:
        """Return a text with its values filled in.

        Where faults are collected, values at fault are left out one by one, to find the others.
        """
        for _ in range(_MOST_FAULTS if self._faults is not None else 0):
            try:
                return self._fill_text(source, location, write)
            except ContentError as error:
                rest = _without_value(source, location, error)
                if rest is None or self._faults is None:
                    raise
                self._faults.add(error)
                source = rest
        return self._fill_text(source, location, write)

    def _fill_text(self, source: str, location: Location, write: Callable[[object], str]) -> str:
        if "{{" not in source and "{%" not in source:
            return source
        # Filling in a value may call this method for another text.
        before = self._write, self.place
        self._write, self.place = write, location
        try:
            with faults_of(self._effort, lambda: self._names, text=location):
                code = self._memory.text_code.get_or_make(
                    source, lambda: self._compiler.compile(source)
                )
                template = Template.from_code(self._environment, code, {})
                return template.render(self._names)
        finally:
            self._write, self.place = before

    # A function that takes the context is called by Jinja only when a text runs, not when it is
    # compiled.
    @pass_context
    def _finalized(self, _context: Context, value: object) -> str:
        return self._write(self._printable(value))

    def _image(self, name: str, text: Text) -> str:
        try:
            return self._resolve_image(name)
        except Mistake as error:
            lines = text.source.split("\n")
            line = next((number for number, line in enumerate(lines) if name in line), 0)
            place = Location(text.location.path, (text.location.line or 1) + line)
            raise ContentError.single(error.code, error.message, place, error.hint) from error


def _without_value(source: str, location: Location, error: ContentError) -> str | None:
    """Return a text without the first value in the line at fault; None if there is none in it."""
    place = error.diagnostics[0].location
    if not place or not place.line or place.path != location.path:
        return None
    lines = source.split("\n")
    index = place.line - (location.line or 1)
    if not 0 <= index < len(lines) or not _EXPRESSION.search(lines[index]):
        return None
    lines[index] = _EXPRESSION.sub("", lines[index], count=1)
    return "\n".join(lines)


@pass_context
def _finalizes_later(_context: Context, value: object) -> object:
    """Return a value as it is: a text is compiled with this function, and run with `_finalized`."""
    return value


def _as_plain(value: object) -> str:
    """Return a value as text; a note for the proofreader has no place there."""
    if isinstance(value, Markup) and says_in_vain(value):
        message = "A title or a label calls for something that is not there"
        hint = 'Say what is to stand there instead: {{ ref("…", else="…") }}.'
        raise Mistake("not-there", message, hint)
    return without_tags(value)


def _with_step_minutes(
    source: str, steps: Iterator[Markup], as_mark: Callable[[object], str]
) -> str:
    lines = source.split("\n")
    for index, start in numbered_items(source).items():
        if mark := STEP_MINUTES.match(lines[index], start):
            lines[index] = lines[index][:start] + as_mark(next(steps)) + lines[index][mark.end() :]
    return "\n".join(lines)

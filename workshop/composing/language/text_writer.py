"""A module's text into HTML: the client's words filled in, steps with their minutes, Markdown.

And into the pieces it is read in, for who looks for them elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache
from types import CodeType
from typing import Any

from jinja2 import Environment, Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from workshop.composing.language.environment import make_text_environment
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.template_faults import faults_of
from workshop.content.block_tree import Text, lines_of_code
from workshop.content.cues import CUES
from workshop.content.fences import is_fence
from workshop.content.markdown import Converted, ResolveImage, notes_to_html, to_html
from workshop.content.module import NUMBERED, STEP_MINUTES
from workshop.diagnostics import ContentError, Location, Report

# Private-use characters stand for inserted values while Markdown runs, so that no value is ever
# read as Markdown or HTML.
_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
# What a piece begins with: marks of lists, quotations and headings, a step's minutes, a cue.
_PIECE = re.compile(
    r"\s*(?:(?:[-*+>:]|[0-9]+[.)]|\#{1,6})\s+)+(?:\{[0-9]+ min[^}]*\}\s*)?"
    rf"|\s*\*\*(?:{'|'.join(CUES)})\*\*"
)


class TextWriter:
    """Writes the texts of one job.

    `names` is all that a text may use; `resolve_image` gives the address to print for the one
    written; `converted` are texts whose HTML is known.
    """

    def __init__(
        self,
        environment: Environment,
        names: Mapping[str, Any],
        resolve_image: ResolveImage,
        converted: Converted,
    ) -> None:
        self._printable = environment.finalize or str
        self._environment = environment.overlay(finalize=self._finalized)
        self._names = names
        # How a value is written, which differs from text to text.
        self._write: Callable[[object], str] = str
        self._resolve_image = resolve_image
        self._converted = converted

    def html(self, text: Text, heading_level: int, steps: Iterator[Markup] | None = None) -> Markup:
        """Return a text's HTML; `steps` gives what to print at each numbered step in turn."""
        return self._html(text, heading_level, to_html, steps)

    def notes(self, text: Text, heading_level: int) -> Markup:
        """Return the HTML of a trainer's notes, with a block for each cue."""
        return self._html(text, heading_level, notes_to_html, None)

    def _html(
        self,
        text: Text,
        heading_level: int,
        convert: Callable[[str, int, ResolveImage, Converted], str],
        steps: Iterator[Markup] | None,
    ) -> Markup:
        values: list[Markup] = []
        words: list[str] = []

        def keep(value: object) -> str:
            values.append(escape(value))
            words.append(_without_tags(value))
            return f"{_OPEN}{len(values) - 1}{_CLOSE}"

        def put_back(html: str) -> str:
            return _TOKEN.sub(lambda match: values[int(match[1])], html)

        source = text.source.translate({ord(_OPEN): None, ord(_CLOSE): None})
        if steps is not None:
            source = _with_step_minutes(source, steps, keep)
            # Behind its minutes a step begins anew.
            words = [""] * len(words)
        filled = self._fill(source, text.location, keep)
        if filled != source:
            read = _TOKEN.sub(lambda match: words[int(match[1])], filled)
            _check_fences(text.source, read, text.location)

        def image(name: str) -> str:
            return self._image(put_back(name), text)

        html = convert(filled, heading_level, image, self._converted)
        return Markup(put_back(html))  # noqa: S704  # values are escaped

    def plain(self, source: str, location: Location) -> str:
        """Return a title or label with the client's words filled in."""
        filled = self._fill(source, location, _without_tags)
        if filled != source:
            _check_fences(source, filled, location)
        return filled

    def _fill(self, source: str, location: Location, write: Callable[[object], str]) -> str:
        if "{{" not in source and "{%" not in source:
            return source
        # A word may be made of another text.
        before, self._write = self._write, write
        try:
            with faults_of(lambda: self._names, text=location):
                template = Template.from_code(self._environment, _compiled(source), {})
                return template.render(self._names)
        finally:
            self._write = before

    # With the context, Jinja finalizes nothing while it compiles.
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


def pieces_of(source: str) -> Iterator[str]:
    """Yield what stands by itself in a text: paragraphs, items, headings, cells; each on a line."""
    lines: list[str] = []
    for line in [*source.split("\n"), ""]:
        begins = _PIECE.match(line)
        row = line.lstrip().startswith("|")
        if begins or row or not line.strip():
            yield " ".join(lines)
            lines = []
        if row:
            yield from line.split("|")
        else:
            lines.append(line[begins.end() if begins else 0 :])


def _check_fences(source: str, filled: str, location: Location) -> None:
    """Raise `ContentError` for what could be taken for a block's fence once it is filled in.

    As the text is written such lines stand in fenced code alone, and there they may stay.
    """
    written, lines = source.split("\n"), filled.split("\n")
    likely = [at for at, line in enumerate(lines) if is_fence(line)]
    code = lines_of_code(filled) if likely else ()
    report = Report()
    for at in likely:
        if lines[at] in written and at in code:
            continue
        near = at if len(written) == len(lines) else _nearest(lines[at], written)
        report.error(
            "malformed-fence",
            "This looks like a block’s fence once it is filled in",
            Location(location.path, location.line and location.line + near),
            "Write a fence as it is, outside of all expressions; begin a text with a word.",
        )
    report.stop_on_errors()


def _nearest(line: str, lines: Sequence[str]) -> int:
    """Return the index of the line that another was most likely made of."""
    return lines.index(get_close_matches(line, lines, n=1, cutoff=0.0)[0])


@lru_cache(maxsize=4096)
def _compiled(source: str) -> CodeType:
    # The same text comes up for every audience and every cohort.
    return _compiler().compile(source)


@cache
def _compiler() -> Environment:
    """Return an environment for no language: what that changes is looked up when a text runs."""
    return make_text_environment("en").overlay(finalize=_finalizes_later)


@pass_context
def _finalizes_later(_context: Context, value: object) -> object:
    return value


def _without_tags(value: object) -> str:
    return str(value.striptags() if isinstance(value, Markup) else value)


def _with_step_minutes(source: str, steps: Iterator[Markup], keep: Callable[[object], str]) -> str:
    lines = []
    for line in source.split("\n"):
        item = NUMBERED.match(line)
        mark = STEP_MINUTES.match(item["rest"]) if item else None
        if item and mark:
            lines.append(item["lead"] + keep(next(steps)) + item["rest"][mark.end() :])
        else:
            lines.append(line)
    return "\n".join(lines)

"""A module's text into HTML: the client's words filled in, steps with their minutes, Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from workshop.composing.faults import Misnamed
from workshop.content.blocks import Text
from workshop.content.markdown import to_html
from workshop.content.module import NUMBERED, STEP_MINUTES
from workshop.diagnostics import ContentError, Location, nearest

# Private-use characters stand for inserted values while Markdown runs, so that no value is ever
# read as Markdown or HTML.
_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_UNDEFINED = re.compile(r"'(?P<word>[^']+)' is undefined|has no attribute '(?P<attribute>[^']+)'")


class TextWriter:
    """Writes the texts of one job. `names` is all that a text may use."""

    def __init__(self, names: Mapping[str, Any], resolve_image: Callable[[str], str]) -> None:
        self._names = names
        self._resolve_image = resolve_image
        self._environment = SandboxedEnvironment(
            undefined=StrictUndefined,
            autoescape=False,
            # `{#` is left to Markdown and to fences.
            comment_start_string="{##",
            comment_end_string="##}",
            keep_trailing_newline=True,
        )

    def html(self, text: Text, heading_level: int, steps: Iterator[Markup] | None = None) -> Markup:
        """Return a text's HTML; `steps` gives what to print at each numbered step in turn."""
        values: list[Markup] = []

        def keep(value: object) -> str:
            values.append(escape(value))
            return f"{_OPEN}{len(values) - 1}{_CLOSE}"

        source = text.source.translate({ord(_OPEN): None, ord(_CLOSE): None})
        if steps is not None:
            source = _with_step_minutes(source, steps, keep)
        filled = self._fill(source, text.location, keep)
        html = to_html(filled, heading_level, self._resolve_image)
        return Markup(_TOKEN.sub(lambda match: values[int(match[1])], html))  # noqa: S704  # escaped

    def plain(self, source: str, location: Location) -> str:
        """Return a title or label with the client's words filled in."""
        return self._fill(source, location, _without_tags)

    def _fill(self, source: str, location: Location, finalize: Callable[[object], str]) -> str:
        if "{{" not in source and "{%" not in source:
            return source
        environment = self._environment.overlay(finalize=finalize)
        try:
            return environment.from_string(source).render(self._names)
        except Misnamed as error:
            raise error.located(_below(location, _line_of(error))) from error
        except TemplateError as error:
            raise self._fault(error, location) from error

    def _fault(self, error: TemplateError, location: Location) -> ContentError:
        lines = error.lineno - 1 if isinstance(error, TemplateSyntaxError) else _line_of(error)
        place = _below(location, lines)
        message = error.message or "This text cannot be filled in"
        if match := _UNDEFINED.search(message):
            word = match["word"] or match["attribute"]
            return ContentError.of(
                "undefined", f"Nothing is called “{word}” here", place, nearest(word, self._names)
            )
        return ContentError.of("text", message, place)


def _without_tags(value: object) -> str:
    return str(value.striptags() if isinstance(value, Markup) else value)


def _below(location: Location, lines: int) -> Location:
    return Location(location.path, None if location.line is None else location.line + lines)


def _line_of(error: BaseException) -> int:
    """Return how many lines into the text the fault lies, counting from 0."""
    trace = error.__traceback__
    line = 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line - 1


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

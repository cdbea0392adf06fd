"""Refuse a drawing that a template prints and that is no well-formed XML, with its line there.

A browser, and what sets our pages, would guess what was meant: the rest of the page may go into the
drawing, and be gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import partial
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any, Self
from xml.etree.ElementTree import ParseError, XMLParser
from xml.parsers.expat import errors

from jinja2 import Environment, Template, nodes
from jinja2.runtime import Context

from workshop.diagnostics import ContentError, Location

_ENDS = ".svg.j2"
_MARK = re.compile("\ufdd0(\\d+)\ufdd1")
_CLOSE = "Close every element, the last one opened first: <g>…</g>, or <path …/> in one."
_ATTRIBUTE = 'Write attributes as in width="100%", and `&lt;` and `&amp;` for signs in a text.'
# What is wrong by the codes of Expat, and what would be right.
_SAID: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        errors.XML_ERROR_NO_ELEMENTS: ("it ends before all is closed that it opens", _CLOSE),
        errors.XML_ERROR_UNCLOSED_TOKEN: ("a tag in it has no end", _CLOSE),
        errors.XML_ERROR_TAG_MISMATCH: ("this closes something else than was opened last", _CLOSE),
        errors.XML_ERROR_INVALID_TOKEN: ("something here is neither a tag nor text", _ATTRIBUTE),
        errors.XML_ERROR_DUPLICATE_ATTRIBUTE: ("an attribute stands twice in a tag", "Drop one."),
        errors.XML_ERROR_UNDEFINED_ENTITY: (
            "a sign is named that XML has no name for",
            "Write the sign itself, or its number: `&#160;`.",
        ),
        errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: (
            "something comes behind the end of the drawing",
            "Put all of it into one <svg>…</svg>.",
        ),
    }
)

_Root = Callable[[Context], Iterator[str]]


class CheckedTemplate(Template):
    """Is a template of which what it prints is looked at, where its name says that it draws."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002  # Jinja’s own name
        uptodate: Callable[[], bool] | None = None,
    ) -> Self:
        """Return the template of some code; what a drawing prints is looked at."""
        made = super().from_code(environment, code, globals, uptodate)
        if made.name and made.name.endswith(_ENDS):
            made.root_render_func = partial(_draw_template, made, made.root_render_func)
        return made  # type: ignore[return-value]  # of this class, which Jinja does not say


def _draw_template(template: Template, root: _Root, context: Context) -> Iterator[str]:
    """Yield what a template of a drawing prints; one that has macros alone prints nothing."""
    printed = "".join(root(context))
    if printed.strip() and (fault := _fault_in(printed)):
        said, hint, at = fault
        place = Location(Path(template.filename or ""), _line_of(template, context, at))
        raise ContentError.single("svg-malformed", f"This draws no sound SVG: {said}", place, hint)
    yield printed


def _fault_in(svg: str) -> tuple[str, str, int] | None:
    """Return what is wrong in a drawing, what would be right, and how many letters before it."""
    if "<!ENTITY" in svg:
        return "it declares XML entities", "Write what they stand for.", svg.index("<!ENTITY")
    parser = XMLParser()  # noqa: S314  # nothing to expand without entities
    try:
        parser.feed(svg)
        parser.close()
    except ParseError as error:
        line, column = error.position
        before = sum(len(text) + 1 for text in svg.split("\n")[: line - 1])
        words = str(error).partition(":")[0]
        said, hint = _SAID.get(words, (words, _CLOSE))
        return (
            said,
            hint,
            min(before + column, len(svg.rstrip()) - 1),
        )
    return None


def _line_of(template: Template, context: Context, at: int) -> int:
    """Return the line of a template that prints what comes behind so many letters.

    For this it prints once more, with the number of each line before what the line prints.
    """
    environment, name = template.environment, template.name or ""
    loader: Any = environment.loader
    source, filename, _ = loader.get_source(environment, name)
    tree = environment.parse(source, name, filename)
    for data in tree.find_all(nodes.TemplateData):
        lines = enumerate(data.data.split("\n"), data.lineno)
        data.data = "\n".join(f"\ufdd0{number}\ufdd1{text}" for number, text in lines)
    code = environment.compile(tree, name, filename)
    numbered = Template.from_code(environment, code, environment.make_globals(None))
    printed = "".join(numbered.root_render_func(context))
    line, seen = 1, 0
    pieces = _MARK.split(printed)
    for number, text in zip(("1", *pieces[1::2]), pieces[::2], strict=True):
        if text:
            line = int(number)
        seen += len(text)
        if seen > at:
            break
    return line

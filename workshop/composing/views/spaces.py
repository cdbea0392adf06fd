"""Turn the block of a writing space into the values that its macro prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup

from workshop.composing.language.text_writer import TextWriter
from workshop.composing.views.records import SpaceView
from workshop.content.block_tree import Block, Text
from workshop.content.grammar.pasted_lines import in_common_form
from workshop.content.vocabulary import BOX_HEIGHT, ROW_HEIGHT
from workshop.diagnostics import ContentError, Location

_FORMS = ("lines", "box", "boxes", "rows", "rating", "canvas")
_BULLET = re.compile(r"[-*+]\s+(?P<text>.*)")
# A bar within braces belongs to the words that are filled in.
_BETWEEN_CELLS = re.compile(r"\|(?![^{}]*[%}]\})")
_PARAGRAPH = re.compile(r"<p>((?:(?!<p>).)*)</p>\s*", re.DOTALL)
# The level of headings above a statement does not matter: statements have no headings.
_LEVEL = 6

Canvas = Callable[[str], Markup]


def space_view(block: Block, texts: TextWriter, canvas: Canvas) -> SpaceView | None:
    """Return the view of a space; `canvas` returns the drawing of a canvas by its name.

    A table is None when all of its rows go with the words that name them.
    Raises `ContentError` for text in the block that nothing would print.
    """
    options = block.options
    form = next(name for name in _FORMS if name in options)
    columns = _cells(options, "boxes" if form == "boxes" else "columns")
    typed = _cells(options, "first")
    count = _whole(options, form, 0)
    if form == "rows" and len(typed) > count:
        message = f"“first” names {len(typed)} rows, “rows” says {count}"
        raise ContentError.single(
            "wrong-value", message, block.location, f"Write rows={len(typed)}."
        )
    cells = [texts.plain(cell, block.location) for cell in typed]
    # A row whose words all depend on something that this day is without goes with them.
    first = tuple(cell for cell, words in zip(cells, typed, strict=True) if cell or not words)
    if form == "rows":
        count -= len(typed) - len(first)
        if not count:
            return None
    if form == "rating":
        first = tuple(_statements(block, texts))
    else:
        _check_empty(block)
    return SpaceView(
        form=form,
        label=texts.plain(str(options.get("label", "")), block.location),
        count=count,
        height=_height(form, options),
        columns=tuple(texts.plain(cell, block.location) for cell in columns),
        first=first,
        scale=str(options.get("rating", "")),
        name=str(options.get("canvas", "")),
        canvas=canvas(str(options["canvas"])) if form == "canvas" else Markup(),
    )


def _height(form: str, options: Mapping[str, str | int]) -> int:
    """Return the height of a box, or of a row of a table, in mm; 0 for any other form."""
    if form == "rows":
        return _whole(options, "row-height", ROW_HEIGHT)
    if form == "boxes":
        return _whole(options, "height", BOX_HEIGHT)
    return _whole(options, "box", 0)


def _whole(options: Mapping[str, str | int], name: str, default: int) -> int:
    value = options.get(name, default)
    return value if isinstance(value, int) else default


def _cells(options: Mapping[str, str | int], name: str) -> list[str]:
    text = str(options.get(name, ""))
    return [cell.strip() for cell in _BETWEEN_CELLS.split(text)] if text else []


def _statements(block: Block, texts: TextWriter) -> Iterator[Markup]:
    """Yield the HTML of each statement to rate: each bullet of the block is one."""
    for node in block.children:
        if not isinstance(node, Text):
            raise _stray(node.location)
        for bullet in _bullets(node):
            html = texts.html(bullet, _LEVEL)
            alone = _PARAGRAPH.fullmatch(html)
            yield Markup(alone[1]) if alone else html  # noqa: S704  # cut out of HTML


def _bullets(text: Text) -> Iterator[Text]:
    """Yield the text of each bullet, located at the bullet's own line."""
    lines: list[str] = []
    written = in_common_form(text.source).split("\n")
    place = text.location
    after_blank = True
    for number, line in enumerate(written, text.location.line or 1):
        here = Location(text.location.path, number)
        if bullet := _BULLET.match(line):
            if lines:
                yield Text("\n".join(lines), place)
            lines, place = [bullet["text"]], here
        elif line.strip() and (not lines or (after_blank and not line.startswith(" "))):
            raise _stray(here)
        elif line.strip():
            lines.append(line.strip())
        after_blank = not line.strip()
    if lines:
        yield Text("\n".join(lines), place)


def _check_empty(block: Block) -> None:
    for node in block.children:
        if not isinstance(node, Text) or node.source.strip():
            raise _stray(node.location)


def _stray(place: Location) -> ContentError:
    return ContentError.single(
        "stray-text",
        "A space is for a hand to write in: nothing is printed of this",
        place,
        "Write it above the space, or as its label. Only a rating grid has bullets, to be rated.",
    )

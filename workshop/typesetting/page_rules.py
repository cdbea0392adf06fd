"""What stands where on the pages of a part into what is wrong there for a printer or a hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workshop.diagnostics import Diagnostic
from workshop.typesetting.laid_out import Finding
from workshop.typesetting.pages import Area, Page, Picture, PrintedWords, Space

# What may stick out, in points: a rounding, the swash of a letter.
_TOLERANCE = 1.5
# Fewer pixels an inch show as steps: photographs are printed from twice the screen of 100 lines an
# inch that an office printer has.
_FEWEST_DOTS = 200
_LONGEST = 60
_SLOT = "slot:"

_LARGER = "Shorten the text, or give its box more room in the style sheet."
_SPACES = {
    "box": "a box",
    "boxes": "boxes",
    "lines": "ruled lines",
    "row": "a row of a table",
    "writing-table": "a table",
    "canvas": "a drawing",
    "ask-card": "a card",
    "space": "a space",
}


def preflight(
    pages: Sequence[Page], missing: Iterable[tuple[Diagnostic, str, int]] = ()
) -> tuple[Finding, ...]:
    """Return what is wrong on the pages of a part, page after page, each fault once on a page.

    `missing` are the characters no font has, each with the page it was to be drawn on.
    """
    found = [one for number, page in enumerate(pages) for one in _on_page(number, page)]
    found += _spaces(pages)
    found += (_boxed(*one, pages) for one in missing)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.page))


def _on_page(number: int, page: Page) -> Iterator[Finding]:
    yield from _clipped(number, page)
    yield from _words_off_page(number, page)
    for picture in page.pictures:
        yield from _picture_off_page(number, picture, page)
        yield from _coarse(number, picture)
    for space in page.spaces:
        yield from _space_off_page(number, space, page)
    if page.bare and not page.blank:
        message = "Nothing is printed on this page"
        hint = "Look for a page break too many, or for empty text that takes up room."
        yield Finding("blank-page", message, number, hint=hint)


def _boxed(said: Diagnostic, character: str, number: int, pages: Sequence[Page]) -> Finding:
    words = (one for one in pages[number].words if character in one.text)
    ids = next((one.ids for one in words), ())
    return Finding(said.code, said.message, number, ids, hint=said.hint or "")


def _clipped(number: int, page: Page) -> Iterator[Finding]:
    told: set[Area] = set()
    for one in page.words:
        if one.cut_by and _sticks_out(one.area, one.cut_by):
            box, message = one.cut_by, f"“{_short(one.text)}” is cut off by the box it stands in"
        elif one.held_by and one.area.bottom > one.held_by.bottom + _TOLERANCE:
            box, message = one.held_by, f"“{_short(one.text)}” runs out of its box at the bottom"
        elif not one.cut_by and _beyond_column(one) and not _sticks_out(one.place, page.paper):
            box, message = one.column, f"“{_short(one.text)}” is wider than its place"
        else:
            continue
        # Of a box that runs over, the first line that does not fit says enough.
        if box not in told:
            told.add(box)
            yield Finding("clipped-text", message, number, one.ids, hint=_LARGER)


def _beyond_column(one: PrintedWords) -> bool:
    # A hanging indent sticks out at the beginning of a line, and means to.
    if one.ends_left:
        return one.area.left < one.column.left - _TOLERANCE
    return one.area.right > one.column.right + _TOLERANCE


def _words_off_page(number: int, page: Page) -> Iterator[Finding]:
    told: set[bool] = set()
    for one in page.words:
        # What a box cuts off is told as that. Of text that runs over, the first line says enough.
        if one.cut_by or one.flows in told:
            continue
        if _sticks_out(one.place, page.paper):
            message, hint = f"“{_short(one.text)}” runs off the paper", _LARGER
        elif one.flows and _below(one.place, page.body):
            message = f"“{_short(one.text)}” runs into the foot of the page"
            hint = "What it stands in is higher than a page: make it less high, or part it in two."
        else:
            continue
        told.add(one.flows)
        yield Finding("off-page", message, number, one.ids, hint=hint)


def _picture_off_page(number: int, picture: Picture, page: Page) -> Iterator[Finding]:
    # Ornament may bleed.
    if picture.words and _sticks_out(picture.area, page.paper):
        message = f"{_called(picture)} runs off the paper"
        hint = "Print it smaller. An ornament that is to bleed is a background in the style sheet."
        yield Finding("off-page", message, number, picture.ids, picture.address, hint)


def _space_off_page(number: int, space: Space, page: Page) -> Iterator[Finding]:
    if space.flows and (_below(space.area, page.body) or _sticks_out(space.area, page.paper)):
        message = f"Room to write ({_SPACES[space.kind]}) runs over the edge of the page"
        hint = "Make it less high or less wide."
        yield Finding("off-page", message, number, space.ids, hint=hint)


def _coarse(number: int, picture: Picture) -> Iterator[Finding]:
    if picture.dots is not None and picture.dots < _FEWEST_DOTS:
        message = (
            f"{_called(picture)} has {picture.dots:.0f} pixels an inch at the size it is printed; "
            f"{_FEWEST_DOTS} are the least that looks sharp"
        )
        hint = "Use a larger picture or an SVG, or print it smaller."
        yield Finding("low-resolution", message, number, picture.ids, picture.address, hint)


@dataclass
class _WholePage:
    """A place to write, put together again from what stands of it on each page."""

    first: Space
    page: int
    pages: set[int]
    parts: bool
    asked: float
    height: float


def _spaces(pages: Sequence[Page]) -> Iterator[Finding]:
    for whole in _put_together(pages):
        what = _SPACES[whole.first.kind]
        if len(whole.pages) > 1 and not whole.parts:
            yield Finding(
                "split-space",
                f"Room to write ({what}) is split over {len(whole.pages)} pages",
                whole.page,
                whole.first.ids,
                hint="Make it less high, so that it fits on one page.",
            )
        elif whole.height < whole.asked - _TOLERANCE:
            yield Finding(
                "shrunk-space",
                f"Room to write ({what}) is {_mm(whole.height)} mm high, and was to be "
                f"{_mm(whole.asked)} mm",
                whole.page,
                whole.first.ids,
                hint="Something leaves it no more room: shorten what stands around it.",
            )


def _put_together(pages: Sequence[Page]) -> Iterable[_WholePage]:
    found: dict[int, _WholePage] = {}
    for number, page in enumerate(pages):
        heights: dict[int, float] = {}
        for one in page.spaces:
            whole = found.setdefault(one.number, _WholePage(one, number, set(), True, 0, 0))
            whole.parts = whole.parts and one.parts
            whole.asked = max(whole.asked, one.asked or 0)
            # An element can have several boxes on a page, one in the other.
            high = one.area.bottom - one.area.top
            heights[one.number] = max(heights.get(one.number, 0), high)
        for element, height in heights.items():
            found[element].height += height
            if height > _TOLERANCE:
                found[element].pages.add(number)
    return found.values()


def _sticks_out(area: Area, of: Area) -> bool:
    return (
        area.left < of.left - _TOLERANCE
        or area.top < of.top - _TOLERANCE
        or area.right > of.right + _TOLERANCE
        or area.bottom > of.bottom + _TOLERANCE
    )


def _below(area: Area, body: Area) -> bool:
    return area.bottom > body.bottom + _TOLERANCE


def _called(picture: Picture) -> str:
    if picture.words.startswith(_SLOT):
        return f"The place “{picture.words.removeprefix(_SLOT)}”"
    name = picture.address.rpartition("/")[2]
    if not name or picture.address.startswith("data:"):
        return f"The picture “{_short(picture.words)}”" if picture.words else "A picture"
    return f"The picture {_short(name)}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _mm(points: float) -> str:
    return f"{points / 72 * 25.4:.0f}"

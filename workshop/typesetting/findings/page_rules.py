"""Check the pages of a part for faults in print, and for spaces too small to write in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from workshop.diagnostics import Diagnostic
from workshop.typesetting.findings.gone_words import gone_words, is_gone
from workshop.typesetting.findings.left_alone import (
    LONE_HEADING,
    SHORT_LAST_LINE,
    lone_headings,
    short_last_lines,
)
from workshop.typesetting.findings.lost_words import CLIPPED_TEXT
from workshop.typesetting.findings.overprints import overprints
from workshop.typesetting.laid_out import Finding
from workshop.typesetting.pages import Area, Page, Picture, PrintedWords, Space, shortened

PAGE_SIZE, MISSING_GLYPH = "page-size", "missing-glyph"
# The codes of these rules' findings. A character that no font has is reported with its page.
CODES = frozenset(
    {
        "blank-page",
        CLIPPED_TEXT,
        LONE_HEADING,
        "low-resolution",
        MISSING_GLYPH,
        "off-page",
        "overprint",
        PAGE_SIZE,
        SHORT_LAST_LINE,
        "shrunk-space",
        "split-space",
        "thin-page",
    }
)

# How far something may stick out, in points: a rounding, the swash of a letter.
_TOLERANCE = 1.5
# Pixels per inch; fewer show as steps. Photographs need twice the 100 lines per inch that an office
# printer's screen has.
_FEWEST_DOTS = 200

# The longest side that a page of a PDF may have, in points (ISO 32000-1, annex C.2).
_LONGEST_SIDE, _POINTS_PER_MM = 14_400, 72 / 25.4

# So few lines, on so small a part of a page and with nothing else, look like a mistake.
_FEW_LINES, _SMALL_PART = 2, 0.2

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


def faults_on_pages(
    pages: Sequence[Page], missing: Iterable[tuple[Diagnostic, str, int]] = ()
) -> tuple[Finding, ...]:
    """Return the faults on the pages of a part, page after page, each fault once on a page.

    `missing` are the characters that no font has: for each its diagnostic, the character itself
    and the page that it was to be drawn on.
    """
    findings = [finding for number, page in enumerate(pages) for finding in _on_page(number, page)]
    findings += _spaces(pages)
    thin = list(_thin(pages))
    bare = {finding.page for finding in thin}
    findings += thin
    findings += (lone for lone in lone_headings(pages) if lone.page not in bare)
    findings += short_last_lines(pages)
    findings += (_boxed(*character, pages) for character in missing)
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.page))


def _on_page(number: int, page: Page) -> Iterator[Finding]:
    yield from _page_size(number, page)
    yield from gone_words(number, page)
    yield from _clipped(number, page)
    yield from _words_off_page(number, page)
    for words, other in islice(overprints(page), 1):
        name = f"“{shortened(other.text)}”" if isinstance(other, PrintedWords) else other.called
        message = (
            f"“{shortened(words.text)}” and {name[0].lower()}{name[1:]} are printed over each other"
        )
        hint = (
            "Shorten what is too long there, or leave something out; or look for a `line-height`, "
            "a `height` or a negative margin in the style sheet."
        )
        yield Finding("overprint", message, number, words.ids, hint=hint)
    unseen = {gone.picture for gone in page.unseen_pictures}
    for picture in page.pictures:
        if picture not in unseen:
            yield from _picture_off_page(number, picture, page)
        yield from _coarse(number, picture)
    for space in page.spaces:
        yield from _space_off_page(number, space, page)
    if page.bare and not page.blank:
        message = "Nothing is printed on this page"
        hint = "Look for a page break too many, or for empty text that takes up room."
        yield Finding("blank-page", message, number, hint=hint)


def _page_size(number: int, page: Page) -> Iterator[Finding]:
    """Yield a page that no printer and no viewer can show."""
    width, height = (round(side / _POINTS_PER_MM) for side in (page.paper.right, page.paper.bottom))
    if max(page.paper.right, page.paper.bottom) > _LONGEST_SIDE:
        most = round(_LONGEST_SIDE / _POINTS_PER_MM)
        message = f"This page is {width:,} × {height:,} mm, and no PDF has more than {most:,} mm"
        yield Finding(PAGE_SIZE, message, number, hint="Look for `@page` and its `size`.")


def _thin(pages: Sequence[Page]) -> Iterator[Finding]:
    """Yield the pages of one or two lines, with their text going on before or after them."""
    runs_on = [*(page.runs_on for page in pages), False]
    for number, page in enumerate(pages):
        text = [words for words in page.words if words.flows]
        lines = {round(words.area.bottom) for words in text}
        others = page.ruled or page.spaces or any(picture.flows for picture in page.pictures)
        if not 0 < len(lines) <= _FEW_LINES or others or not any(runs_on[number : number + 2]):
            continue
        depth = max(page.kept_to, *(words.area.bottom for words in text)) - page.body.top
        if depth > _SMALL_PART * (page.body.bottom - page.body.top):
            continue
        first = shortened(" ".join(words.text for words in text))
        if runs_on[number + 1]:
            message = f"Nothing but “{first}” stands on this page"
            hint = "What follows has no room below it: make it less high, or part it in two."
        else:
            message = f"Only “{first}” is left over for this page"
            hint = "Shorten the text before it by a line or two, or add to it."
        yield Finding("thin-page", message, number, text[0].ids, hint=hint)


def _boxed(fault: Diagnostic, character: str, number: int, pages: Sequence[Page]) -> Finding:
    ids = next((words.ids for words in pages[number].words if character in words.text), ())
    return Finding(
        fault.code, fault.message, number, ids, hint=fault.hint or "", words=(character,)
    )


def _clipped(number: int, page: Page) -> Iterator[Finding]:
    boxes = {words.cut_by for words in page.words if words.cut_by and is_gone(words, page)}
    for words in page.words:
        area, text = words.area, shortened(words.text)
        if is_gone(words, page):
            continue
        if words.cut_by and area.sticks_out_of(words.cut_by, _TOLERANCE):
            box, message = words.cut_by, f"“{text}” is cut off by the box it stands in"
        elif words.held_by and words.runs_out_of_box(_TOLERANCE):
            box, message = words.held_by, f"“{text}” runs out of its box at the bottom"
        elif (
            not words.cut_by and words.runs_out_of_column(_TOLERANCE) and not _runs_off(words, page)
        ):
            box, message = words.column, f"“{text}” is wider than its place"
        else:
            continue
        # Only the first line that does not fit into a box is reported.
        if box not in boxes:
            boxes.add(box)
            yield Finding(CLIPPED_TEXT, message, number, words.ids, hint=_LARGER)


def _runs_off(words: PrintedWords, page: Page) -> bool:
    return words.place.sticks_out_of(page.paper, _TOLERANCE)


def _words_off_page(number: int, page: Page) -> Iterator[Finding]:
    reported: set[bool] = set()
    for words in page.words:
        # `_clipped` reports what a box cuts off. Of all text that flows, and of all that does not,
        # only the first line that runs over is reported.
        if words.cut_by or words.flows in reported or is_gone(words, page):
            continue
        if _runs_off(words, page):
            message, hint = f"“{shortened(words.text)}” runs off the paper", _LARGER
        elif words.flows and _below(words.place, page.body):
            message = f"“{shortened(words.text)}” runs into the foot of the page"
            hint = "What it stands in is higher than a page: make it less high, or part it in two."
        else:
            continue
        reported.add(words.flows)
        yield Finding("off-page", message, number, words.ids, hint=hint)


def _picture_off_page(number: int, picture: Picture, page: Page) -> Iterator[Finding]:
    # Ornaments, which have no words, may bleed.
    if picture.words and picture.area.sticks_out_of(page.paper, _TOLERANCE):
        message = f"{picture.called} runs off the paper"
        hint = "Print it smaller. An ornament that is to bleed is a background in the style sheet."
        yield Finding("off-page", message, number, picture.ids, picture.address, hint)


def _space_off_page(number: int, space: Space, page: Page) -> Iterator[Finding]:
    if space.flows and (
        _below(space.area, page.body) or space.area.sticks_out_of(page.paper, _TOLERANCE)
    ):
        message = f"Room to write ({_SPACES[space.kind]}) runs over the edge of the page"
        hint = "Make it less high or less wide."
        yield Finding("off-page", message, number, space.ids, hint=hint)


def _coarse(number: int, picture: Picture) -> Iterator[Finding]:
    if picture.dots is not None and picture.dots < _FEWEST_DOTS:
        message = (
            f"{picture.called} has {picture.dots:.0f} pixels an inch at the size it is printed; "
            f"{_FEWEST_DOTS} are the least that looks sharp"
        )
        hint = "Use a larger picture or an SVG, or print it smaller."
        yield Finding("low-resolution", message, number, picture.ids, picture.address, hint)


@dataclass
class _WholeSpace:
    """Describes a writing space, put together from its parts on all pages; sizes in points."""

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
                hint="Give it fewer or lower rows, or less height, so that it fits on one page.",
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


def _put_together(pages: Sequence[Page]) -> Iterable[_WholeSpace]:
    by_element: dict[int, _WholeSpace] = {}
    for number, page in enumerate(pages):
        heights: dict[int, float] = {}
        for space in page.spaces:
            element = space.number
            whole = by_element.setdefault(element, _WholeSpace(space, number, set(), True, 0, 0))
            whole.parts = whole.parts and space.parts
            whole.asked = max(whole.asked, space.asked or 0)
            # An element can have several boxes on a page, one inside the other.
            height = space.area.bottom - space.area.top
            heights[element] = max(heights.get(element, 0), height)
        for element, height in heights.items():
            by_element[element].height += height
            if height > _TOLERANCE:
                by_element[element].pages.add(number)
    return by_element.values()


def _below(area: Area, body: Area) -> bool:
    return area.bottom > body.bottom + _TOLERANCE


def _mm(points: float) -> str:
    return f"{points / 72 * 25.4:.0f}"

"""What tells a copy made part by part from one layout of the whole, as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from itertools import zip_longest
from pathlib import Path

from PIL import Image, ImageChops

from tests.assembly.reading import Link, Reading, Tree

DOTS_PER_INCH = 50
# Of 255: letters are smoothed a little otherwise where a box begins at a rounded place.
DIFFERENCE = 64
# The part of a page's dots that may differ by more.
DIFFERING = 0.001


@dataclass(frozen=True)
class Pair:
    """A copy made both ways."""

    document: str
    fast: Reading
    slow: Reading


def differences(pair: Pair, folder: Path) -> Iterator[str]:
    """Yield how the copies differ: in pages, text, outline, links, tags.

    Pages that look otherwise are written to `folder`.
    """
    yield from pages_apart(pair, folder)
    yield from texts_apart(pair)
    yield from outlines_apart(pair)
    yield from links_apart(pair)
    yield from tags_apart(pair)


def pages_apart(pair: Pair, folder: Path) -> Iterator[str]:
    """Yield the pages that look otherwise, having written both of them out."""
    images = zip_longest(pair.fast.images(DOTS_PER_INCH), pair.slow.images(DOTS_PER_INCH))
    for number, (actual, expected) in enumerate(images, start=1):
        if actual is None or expected is None:
            yield f"page {number} is there in one way only"
            return
        if dots := _dots_apart(actual, expected):
            for name, image in (("actual", actual), ("expected", expected)):
                image.save(folder / f"{pair.document}-{number}-{name}.png")
            yield f"page {number} differs in {dots:.2%} of its dots; see {folder}"


def _dots_apart(actual: Image.Image, expected: Image.Image) -> float:
    """Return the part of the dots that differ, if it is more than may be."""
    if actual.size != expected.size:
        return 1
    difference = ImageChops.difference(actual, expected).histogram()
    part = sum(difference[DIFFERENCE + 1 :]) / (actual.width * actual.height)
    return part if part > DIFFERING else 0


def texts_apart(pair: Pair) -> Iterator[str]:
    """Yield what is read on one page and not on the other.

    Without white space: PDFium thinks of a line's end after an inline block and not after a form.
    """
    for number, (actual, expected) in enumerate(
        zip_longest(pair.fast.texts(), pair.slow.texts(), fillvalue=""), start=1
    ):
        if actual.replace(" ", "") != expected.replace(" ", ""):
            lines = unified_diff(expected.split(), actual.split(), lineterm="", n=2)
            yield f"page {number} reads otherwise: {' '.join(lines)}"


def outlines_apart(pair: Pair) -> Iterator[str]:
    for actual, expected in zip_longest(pair.fast.outline(), pair.slow.outline()):
        if (
            actual is None
            or expected is None
            or (actual.level, actual.title) != (expected.level, expected.title)
            or not actual.place.is_near(expected.place)
        ):
            yield f"the outline has {actual} and not {expected}"


def links_apart(pair: Pair) -> Iterator[str]:
    fast, slow = (_once(reading.links()) for reading in (pair.fast, pair.slow))
    for actual, expected in zip_longest(fast, slow):
        if actual is None or expected is None or not _leads_alike(actual, expected):
            yield f"there is a link {actual} and not {expected}"


def _once(links: list[Link]) -> list[Link]:
    """Leave out links inside others that lead to the same place.

    WeasyPrint makes one for a link, one for the box inside it, one for the number in the box.
    """
    outermost: list[Link] = []
    for link in links:
        same = (
            outer for outer in outermost if (outer.page, outer.target) == (link.page, link.target)
        )
        if not any(_holds(outer.box, link.box) for outer in same):
            outermost.append(link)
    return outermost


def _holds(outer: tuple[float, ...], inner: tuple[float, ...]) -> bool:
    """Tell whether a box lies within another, within a point."""
    left, bottom, right, top = outer
    return (
        left - 1 <= inner[0]
        and bottom - 1 <= inner[1]
        and inner[2] <= right + 1
        and inner[3] <= top + 1
    )


def _leads_alike(actual: Link, expected: Link) -> bool:
    if isinstance(actual.target, str) or isinstance(expected.target, str):
        same = actual.target == expected.target
    else:
        same = actual.target.is_near(expected.target)
    return same and actual.page == expected.page and _holds(expected.box, actual.box)


def tags_apart(pair: Pair) -> Iterator[str]:
    actual, expected = (_lines(_plain(reading.tags())) for reading in (pair.fast, pair.slow))
    if actual != expected:
        yield "other tags: " + " | ".join(unified_diff(expected, actual, lineterm="", n=3))


def _plain(tree: Tree) -> Tree:
    """Leave out what tags do not differ in for a reader: how a run of text is put together.

    A slot is one element that holds its text. In the whole it is one with another inside for each
    of its lines, or for what CSS puts there; they all say no more than “some text”.
    """
    kind, kids = tree
    plain = tuple(_plain(kid) for kid in kids)
    plain_text = {"/Span", "/NonStruct"}
    if kind in {*plain_text, "/Link"} and all(
        name in plain_text and not below for name, below in plain
    ):
        return kind, ()
    return kind, plain


def _lines(tree: Tree, depth: int = 0) -> list[str]:
    kind, kids = tree
    return [f"{' ' * depth}{kind}", *(line for kid in kids for line in _lines(kid, depth + 1))]

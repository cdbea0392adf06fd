"""Count how well pages are filled: a table of the sample clients' workbooks, with limits.

Run it with `.venv/bin/python -m benchmarks.pages`; it takes two minutes. It ends with exit code 1
when a workbook is past a limit. What is measured is what is seen: ink on pages that are drawn.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

import workshop
from benchmarks.common import DOCUMENT, print_table, say, workspace

# Client, cohort, the paper it is laid out on, and the most pages that its workbook may have.
BOOKS = (
    ("acme", "leeds-february", "A4", 56),
    ("acme", "boston-march", "Letter", 46),
    ("minimal", "session", "A4", 56),
    ("minimal", "session", "Letter", 56),
)
# How many pages may be thin, or begin with a tail.
MOST_THIN, MOST_TAILS = 0, 0
# A page is thin that is filled to less than this. It begins with a tail where so little of its
# depth, or less, goes on from the page before, and something else begins below that.
THIN, TAIL = 0.30, 0.25

# Where text stands, in points: between the head and the foot, inside of the tab.
_TOP, _FOOT, _SIDE = 51, 57, 57
# What is lighter is paper; a heading's letters reach so far above its place, in points.
_PALER_THAN, _ASCENT = 235, 12


@dataclass(frozen=True)
class Economy:
    """Holds what was measured of a workbook; `empty` is the share of all depth below the ink."""

    book: str
    paper: str
    most: int
    pages: int
    thin: tuple[int, ...]
    tails: tuple[int, ...]
    empty: float

    @property
    def row(self) -> tuple[str, ...]:
        """The row of the table."""
        thin = f"{len(self.thin) / self.pages:.0%}"
        empty = f"{self.empty:.1%}"
        return self.book, self.paper, f"{self.pages}", thin, f"{len(self.tails)}", empty

    def faults(self) -> Iterator[str]:
        """Yield what is past a limit."""
        if self.pages > self.most:
            yield f"{self.pages} pages, and {self.most} are the most"
        if len(self.thin) > MOST_THIN:
            yield f"less than {THIN:.0%} full: {_listed(self.thin)}"
        if len(self.tails) > MOST_TAILS:
            yield f"begin with a tail: {_listed(self.tails)}"


def main() -> int:
    """Measure and print; return 1 where a workbook is past a limit."""
    measured = []
    with workspace() as folder:
        for client, cohort, paper, most in BOOKS:
            say(f"{client} {cohort} on {paper}")
            path = workbook(folder, client, cohort, paper)
            measured.append(economy(path, f"{client} {cohort}", paper, most))
    head = ("workbook", "paper", "pages", f"< {THIN:.0%} full", "tails", "empty depth")
    print_table(head, [book.row for book in measured])
    faults = [
        f"{book.book} on {book.paper}: {fault}" for book in measured for fault in book.faults()
    ]
    for fault in faults:
        say(fault)
    return 1 if faults else 0


def workbook(folder: Path, client: str, cohort: str, paper: str) -> Path:
    """Build the workbooks of a cohort on a paper, and return one: all have the same pages."""
    file = folder / f"clients/{client}/client.yaml"
    text = file.read_text("utf-8")
    if "paper:" not in text:
        file.write_text(f"{text.rstrip()}\npaper: {paper}\n", "utf-8")
    workshop.build(folder, client, [cohort], [DOCUMENT])
    file.write_text(text, "utf-8")
    return min((folder / "build" / client / cohort / DOCUMENT).iterdir())


def economy(path: Path, book: str, paper: str, most: int) -> Economy:
    """Measure the pages of a workbook."""
    with pypdfium2.PdfDocument(path) as pdf:
        depths = [_depth(page) for page in pdf]
        begins = [_first_heading(pdf, number) for number in range(len(pdf))]
    filled = [bottom for _, bottom in depths]
    tails = [
        number
        for number, ((top, bottom), heading) in enumerate(zip(depths, begins, strict=True))
        # Nothing stands before a cover.
        if number and _is_tail(top, bottom, heading)
    ]
    return Economy(
        book,
        paper,
        most,
        len(depths),
        tuple(number + 1 for number, depth in enumerate(filled) if depth < THIN),
        tuple(number + 1 for number in tails),
        1 - sum(filled) / len(filled),
    )


def _is_tail(top: float, bottom: float, heading: float | None) -> bool:
    """Tell whether a page has little ink above its first heading, or little ink and no heading."""
    if heading is None:
        return bottom < TAIL
    return top < heading <= TAIL


def _depth(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Return where ink begins on a page and where it ends, as parts of its depth from the head."""
    picture: Image.Image = page.render(scale=1, grayscale=True).to_pil()
    width, height = picture.size
    body = picture.convert("L").crop((_SIDE, _TOP, width - _SIDE, height - _FOOT))
    box = body.point(lambda shade: 255 * (shade < _PALER_THAN)).getbbox()
    return (box[1] / body.height, box[3] / body.height) if box else (0, 0)


def _first_heading(pdf: pypdfium2.PdfDocument, number: int) -> float | None:
    """Return how far down a page its first heading begins by the outline, as part of its depth."""
    height = pdf[number].get_height()
    tops = []
    for entry in pdf.get_toc():
        destination = entry.get_dest()
        if destination is not None and destination.get_index() == number:
            _, view = destination.get_view()
            tops.append(height - view[1] - _TOP - _ASCENT)
    return max(0, min(tops)) / (height - _TOP - _FOOT) if tops else None


def _listed(numbers: tuple[int, ...]) -> str:
    return "pages " + ", ".join(map(str, numbers))


if __name__ == "__main__":
    sys.exit(main())

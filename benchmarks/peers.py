"""Other ways to a cohort's workbooks, each measured for a few people, in a process of its own."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import pikepdf

from benchmarks.common import composed, peak_memory, taken, workspace
from tests.slow_way import SlowWay
from tests.viewers.browser import FLAGS
from workshop.composing.composition import ComposedCopy, Composition
from workshop.keeping.memory import Memory
from workshop.typesetting.fontconfig import use_only
from workshop.typesetting.typeset import VARIANT, typeset

# Where an exercise opens, what fills the last sheet, what grows, sinks, or stands at a foot.
_ARRANGED = re.compile(r' data-(?:if-long|fills-sheet|grows|sinks|foot)(?:="[^"]*")?')
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Measured:
    """What a way took: seconds before the first copy, seconds for a copy, of so many measured.

    `size` is that of a copy in bytes, `memory` the process's highest in MB, None where it is not
    this process that does the work.
    """

    before: float
    each: float
    copies: int
    pages: int
    size: int
    memory: float | None

    def seconds(self, people: int) -> float:
        """Return what a cohort takes: each person as much as those measured."""
        return self.before + people * self.each


def median_of(measured: Sequence[Measured]) -> Measured:
    """Return the one of several that is in the middle by what a copy took."""
    return sorted(measured, key=lambda one: one.each)[len(measured) // 2]


@dataclass(frozen=True)
class Peer:
    """A way, what it needs, and how to get that where it is missing."""

    name: str
    measure: Callable[[], Measured]
    is_there: Callable[[], bool]
    to_get: str = ""


def peers() -> Iterator[Peer]:
    """Yield every way there is."""
    yield Peer("WeasyPrint, everything for each", weasyprint_whole, lambda: True)
    yield Peer("WeasyPrint, the cover for each", weasyprint_cover, lambda: True)
    yield Peer(
        "Typst, compiler kept warm",
        typst_warm,
        lambda: find_spec("typst") is not None,
        "pip install -c constraints.txt -e '.[benchmarks]'",
    )
    yield Peer(
        "Chromium, print to PDF",
        chromium,
        lambda: _chromium() is not None,
        "sudo apt-get install chromium",
    )


class _Whole(SlowWay):
    """A copy laid out whole, as a loop over people does it: texts are not made to fit."""

    def __init__(self, composition: Composition, texts: Mapping[str, str]) -> None:
        super().__init__(composition, texts, {})

    def _fitting(self, _part: Any) -> dict[int, str]:
        return {}

    def _rendered(self, html: str) -> Any:
        # What this product arranges in further layouts, a loop over WeasyPrint would not have.
        return super()._rendered(_ARRANGED.sub("", html))

    def html(self) -> str:
        """Return the whole HTML."""
        head, _, rest = self._job.html.partition("<body")
        bodies = "".join(self._section(part, {}) for part in self._parts)
        return f"{head}<body{rest.partition('>')[0]}>{bodies}</body></html>"

    def render(self) -> Any:
        """Return the whole document laid out."""
        return self._rendered(self.html())


def weasyprint_whole() -> Measured:
    """Lay out everything for each person."""
    with _copies(3) as (copies, folder):

        def make(copy: ComposedCopy) -> bytes:
            pdf: bytes = _Whole(copy.composition, copy.texts).pdf()
            return pdf

        return _measured(make, copies, folder, before=0)


def weasyprint_cover() -> Measured:
    """Lay out everything once, and for each person the cover alone."""
    with _copies(5) as (copies, folder):
        whole: list[Any] = []
        first = copies[0]
        before = taken(lambda: whole.append(_Whole(first.composition, first.texts).render()))
        [document] = whole

        def make(copy: ComposedCopy) -> bytes:
            cover = replace(copy.composition, parts=copy.composition.parts[:1])
            page = _Whole(cover, copy.texts).render().pages[0]
            pages = [page, *document.pages[1:]]
            pdf: bytes = document.copy(pages).write_pdf(pdf_variant=VARIANT)
            return pdf

        return _measured(make, copies, folder, before)


def typst_warm() -> Measured:
    """Compile a book of the same text and pages again and again, with another name."""
    from benchmarks.typst_book import compiled, write_book

    with _copies(10) as (copies, folder):
        parts = copies[0].composition.parts
        memory = Memory()
        pages = [typeset(part.job, memory).pages for part in parts]
        book = write_book(parts, pages, folder)
        compiler = book.compiler()
        # That writing the book has warmed nothing is seen by what the first takes.
        before = taken(lambda: compiled(compiler, "Nobody"))

        def make(copy: ComposedCopy) -> bytes:
            return compiled(compiler, copy.texts["cover-name"])

        return _measured(make, copies, folder, before)


def chromium() -> Measured:
    """Print the HTML of each person with a browser started for it, as its command line does."""
    with _copies(2) as (copies, folder):

        def make(copy: ComposedCopy) -> bytes:
            source = folder / "book.html"
            source.write_text(_in_one_file(copy), encoding="utf-8")
            return _printed(source, folder)

        return replace(_measured(make, copies, folder, before=0), memory=None)


def _printed(source: Path, folder: Path) -> bytes:
    made = folder / "printed.pdf"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        subprocess.run(  # noqa: S603
            [
                str(_chromium()),
                *FLAGS,
                "--no-pdf-header-footer",
                f"--user-data-dir={profile}",
                f"--print-to-pdf={made}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=300,
            env={**os.environ, "HOME": profile},
        )
    return made.read_bytes()


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, _CHROMIUM)), None)


def _in_one_file(copy: ComposedCopy) -> str:
    """Return a copy's HTML with style sheets and pictures in it."""
    html = _Whole(copy.composition, copy.texts).html()
    job = copy.composition.parts[0].job
    use_only(job.families, job.fonts)  # the browser inherits it
    css = "\n".join(sheet.css for sheet in job.stylesheets)
    html = html.replace("</head>", f"<style>{css}</style></head>", 1)
    for part in copy.composition.parts:
        for file in part.job.files:
            kind = "image/svg+xml" if file.address.endswith(".svg") else ""
            data = base64.b64encode(file.content).decode()
            html = html.replace(escape(file.address), f"data:{kind};base64,{data}")
    return html


@contextmanager
def _copies(number: int) -> Iterator[tuple[list[ComposedCopy], Path]]:
    with workspace() as folder:
        yield composed(folder, number), folder


def _measured(
    make: Callable[[ComposedCopy], bytes],
    copies: Sequence[ComposedCopy],
    folder: Path,
    before: float,
) -> Measured:
    path = folder / "copy.pdf"

    each = median(taken(lambda: path.write_bytes(make(copy))) for copy in copies)  # noqa: B023
    pdf = path.read_bytes()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = len(document.pages)
    return Measured(before, each, len(copies), pages, len(pdf), peak_memory())

"""A copy opens without complaint, and reads right, in the programs that people open it with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.assembly.reading import Reading, faults_of
from tests.other_programs import installed_by_npm, program
from tests.viewers.browser import read_in_browser
from tests.viewers.conftest import CHAPTERS, NAMES, PAGES, said_by

HERE = Path(__file__).parent
# The page of each chapter, and of what the outline has below one of them.
STARTS = {"asking": 3, "waiting": 5, "end": 6}
OUTLINE = [
    (0, CHAPTERS["asking"], 3),
    (1, "Once more", 4),
    (0, CHAPTERS["waiting"], 5),
    (0, CHAPTERS["end"], 6),
]
# Marks of direction, which some programs put around what runs from right to left.
MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c"))


def assert_right(texts: list[str]) -> None:
    """Assert that the pages have their names and numbers; white space is each program's own."""
    pages = [re.sub(r"\s", "", text.translate(MARKS)) for text in texts]
    assert len(pages) == PAGES
    for name in NAMES.values():
        assert any(way in pages[0] for way in _directions(name.replace(" ", ""))), name
    assert f"Dear{NAMES['greek'].replace(' ', '')}" in pages[0]
    for number, page in enumerate(pages, start=1):
        assert page.endswith(f"{NAMES['name'].replace(' ', '')}Page{number}of{PAGES}")
    for name, title in CHAPTERS.items():
        assert f"{title.replace(' ', '')}{STARTS[name]}" in pages[1]
        assert title.replace(" ", "") in pages[STARTS[name] - 1]


def _directions(name: str) -> tuple[str, ...]:
    """Return a name as it is read; MuPDF gives the letters of some scripts as they stand."""
    is_left = unicodedata.bidirectional(name[0]) in ("R", "AL")
    return (name, name[::-1]) if is_left else (name,)


def test_the_copy_is_sound(copy: Path) -> None:
    assert faults_of(copy.read_bytes()) == []


def test_pdfium_reads_it(copy: Path) -> None:
    reading = Reading(copy.read_bytes())
    assert_right(reading.texts())
    found = [(one.level, one.title, one.place.page + 1) for one in reading.outline()]
    assert found == OUTLINE


def test_poppler_reads_it(copy: Path) -> None:
    pdftotext = program("pdftotext", "poppler-utils")
    pages = said_by(pdftotext, "-raw", copy, "-").split("\f")
    assert pages.pop() == ""
    assert_right(pages)


def test_poppler_knows_what_it_is(copy: Path) -> None:
    pdfinfo = program("pdfinfo", "poppler-utils")
    said = dict(line.split(":", 1) for line in said_by(pdfinfo, copy).splitlines())
    facts = {key: said[key].strip() for key in ("Title", "Author", "Tagged", "Form", "Pages")}
    assert facts == {
        "Title": f"A book – {NAMES['name']}",
        "Author": "Test Client",
        "Tagged": "yes",
        "Form": "AcroForm",
        "Pages": str(PAGES),
    }
    places = re.findall(r'^ *(\d+) \[.*\] "(.*)"$', said_by(pdfinfo, "-dests", copy), re.MULTILINE)
    assert {name: int(page) for page, name in places} == STARTS


def test_poppler_draws_it(copy: Path, tmp_path: Path) -> None:
    pdftoppm = program("pdftoppm", "poppler-utils")
    assert said_by(pdftoppm, "-r", "40", "-png", copy, tmp_path / "page") == ""
    assert len(list(tmp_path.glob("page-*.png"))) == PAGES


def test_mupdf_reads_it(copy: Path) -> None:
    mutool = program("mutool", "mupdf-tools")
    # Without -N it says that Debian has built it without colour management.
    pages = said_by(mutool, "draw", "-N", "-q", "-F", "text", copy).split("\f")
    assert pages.pop().strip() == ""
    assert_right(pages)
    assert f"Pages: {PAGES}" in said_by(mutool, "info", copy)


def test_mupdf_draws_it(copy: Path, tmp_path: Path) -> None:
    mutool = program("mutool", "mupdf-tools")
    said_by(mutool, "draw", "-N", "-q", "-r", "40", "-o", tmp_path / "page-%d.png", copy)
    assert len(list(tmp_path.glob("page-*.png"))) == PAGES


def test_mupdf_finds_the_outline(copy: Path) -> None:
    mutool = program("mutool", "mupdf-tools")
    lines = re.findall(
        r'^.(\t+)"(.*)"\t#page=(\d+)', said_by(mutool, "show", copy, "outline"), re.MULTILINE
    )
    assert [(len(tabs) - 1, title, int(page)) for tabs, title, page in lines] == OUTLINE


Browse = Callable[[Path], dict[str, Any]]


@pytest.fixture(scope="session")
def browse(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Browse:
    """Open a file with pdf.js in Chromium, and return what was found."""
    chromium = program("chromium", "chromium")
    libraries = installed_by_npm(HERE / "package.json", request.config)
    pdfjs = libraries / "node_modules" / "pdfjs-dist"

    def open_(path: Path) -> dict[str, Any]:
        files = {"book.pdf": path, "pdfjs": pdfjs}
        files |= {name: HERE / name for name in ("read.html", "read.mjs")}
        return read_in_browser(chromium, files, tmp_path_factory.mktemp("browser"))

    return open_


def test_pdf_js_reads_it(copy: Path, browse: Browse) -> None:
    found = browse(copy)
    assert found["complaints"] == []
    assert_right(found["texts"])
    assert found["title"] == f"A book – {NAMES['name']}"
    assert [tuple(one) for one in found["outline"]] == OUTLINE
    assert found["destinations"] == STARTS
    assert found["links"] == [[2, name] for name in CHAPTERS]
    assert found["fields"] == ["say", "say-2"]

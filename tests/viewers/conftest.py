"""A small workbook with one of everything, and the programs that people open it with."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.assembly.pages import Book, bind, slot
from workshop.composing.language.slots import number_of, page_count, page_number

# A name in each script, with what its letters are read as, whichever way the line runs.
NAMES = {
    "name": "Zoë Łukaszewicz",
    "greek": "Ελένη Παπαδοπούλου",
    "cyrillic": "Ярослав Ґонта",
    "chinese": "王小明",
    "korean": "김민준",
    "thai": "สมชาย",
    "hebrew": "שרה",
    "arabic": "كريم",
}
CHAPTERS = {"asking": "Asking", "waiting": "Waiting, and what comes of it", "end": "Ἀρχή & τέλος"}
PAGES = 6
_CSS = """
@page { @bottom-center { content: element(foot) } }
.foot { position: running(foot); font-size: 8pt }
.slot-page-number, .slot-page-count, .slot-page-of { width: 8mm }
.slot-name { width: 45mm }
p { line-height: 1.2 }
input { appearance: auto; display: block; width: 40mm; height: 6mm }
"""


def workbook() -> Book:
    """Return a workbook of six pages: names, contents, three chapters, one of them of two pages."""
    foot = f'<div class="foot">{slot("name")} Page {page_number()} of {page_count()}</div>'
    names = "".join(f"<p>{slot(name)}</p>" for name in NAMES)
    # Two fonts of one face on a line: the document's, and the copy's own.
    names += f"<p>Dear {slot('greek')}</p>"
    rows = "".join(
        f"<tr><td>{title.replace('&', '&amp;')}</td>"
        f'<td><a href="#{name}">{number_of(name)}</a></td></tr>'
        for name, title in CHAPTERS.items()
    )
    contents = (
        f'<table><tr><th scope="col">Chapter</th><th scope="col">Page</th></tr>{rows}</table>'
    )
    asking, waiting, end = (
        f'<h1 id="{name}">{title.replace("&", "&amp;")}</h1>' for name, title in CHAPTERS.items()
    )
    field = '<p>Say</p><input name="say" title="What you say">'
    return bind(
        foot + names,
        foot + contents,
        f'{foot}{asking}{field}<h2 style="break-before: page">Once more</h2>',
        foot + waiting + field,
        foot + end,
        css=_CSS,
    )


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One person's copy of the workbook."""
    path = tmp_path_factory.mktemp("viewers") / "workbook.pdf"
    path.write_bytes(workbook().copy(**NAMES).data)
    return path


def said_by(*command: str | Path) -> str:
    """Return what a program prints, having made sure that it complains of nothing."""
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.stderr.decode() == ""
    assert done.returncode == 0
    return done.stdout.decode()

"""Small pages to lay out: a folder the layout may read, and one it may not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from tests.composing.conftest import Desk, desk
from workshop.composing.pages.assets import Assets
from workshop.composing.pages.render_job import RenderJob, Stylesheet
from workshop.diagnostics import Location, Report
from workshop.keeping.memory import Memory
from workshop.tailoring.look.typefaces import Typefaces, choose_typefaces
from workshop.typesetting.laid_out import LaidOut
from workshop.typesetting.typeset import typeset

__all__ = ["Desk", "desk"]

SECRET = "zqxsecret"
SECRET_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">'
    f'<text y="12" font-size="9">{SECRET}</text></svg>'
)


def typefaces() -> Typefaces:
    """Return the product's own choice of typefaces."""
    nowhere = (None, Location(Path("client.yaml")))
    return choose_typefaces(nowhere, nowhere, (), Report())


@dataclass(frozen=True)
class Table:
    """What lies on the table: `assets` may be read, `outside` may not; it holds `secret.svg`.

    All layouts of a test share one `memory`.
    """

    assets: Path
    outside: Path
    memory: Memory = field(default_factory=Memory)

    def job(self, body: str, css: str = "", head: str = "") -> RenderJob:
        """Return a small page with this body, style sheet and head."""
        faces = typefaces()
        families = '", "'.join([faces.text, *faces.fallback])
        base = f'@page {{ size: 90mm 60mm; margin: 5mm }} html {{ font-family: "{families}" }}'
        html = (
            '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
            f"<title>A small page</title>{head}</head><body>{body}</body></html>"
        )
        sheets = (
            Stylesheet(self.assets / "base.css", base),
            Stylesheet(self.assets / "own.css", css),
        )
        return RenderJob(
            html=html,
            stylesheets=sheets,
            files=Assets([self.assets], self.memory).files_for(html, sheets),
            families=faces.shipped,
            fonts=(),
        )

    def lay_out(self, body: str, css: str = "", head: str = "") -> LaidOut:
        """Lay out a small page."""
        return typeset(self.job(body, css, head), self.memory)

    def complaints(self, body: str, css: str = "", head: str = "") -> list[str]:
        """Return what the layout of a page complains of, the folder written as `assets`."""
        faults = self.lay_out(body, css, head).diagnostics
        lines = [str(replace(fault, hint=None)) for fault in faults]
        return [
            re.sub(f"(file://)?{re.escape(str(self.assets))}", "assets", line) for line in lines
        ]


def forbidden(table: Table) -> dict[str, str]:
    """Return addresses that must not be read, by what is tried."""
    (table.assets / "linked.svg").symlink_to(table.outside / "secret.svg")
    (table.assets / "linked").symlink_to(table.outside)
    (table.assets / "ring").symlink_to(table.assets / "ring")
    inside, outside = table.assets.as_uri(), table.outside.as_uri()
    beside = table.assets.parent / "assets-2"
    beside.mkdir()
    (beside / "secret.svg").write_text(SECRET_SVG)
    return {
        "an absolute path": f"{outside}/secret.svg",
        "a file of the system": "file:///etc/passwd",
        "capitals": "FILE:///etc/passwd",
        "one slash": "file:/etc/passwd",
        "four slashes": "file:////etc/passwd",
        "two dots": f"{inside}/../outside/secret.svg",
        "percent-encoded dots": f"{inside}/%2e%2e/outside/secret.svg",
        "percent-encoded slash": f"{inside}/..%2foutside%2fsecret.svg",
        "a symbolic link": f"{inside}/linked.svg",
        "a linked folder": f"{inside}/linked/secret.svg",
        "a ring of links": f"{inside}/ring",
        "a folder with the root's name in front": f"{beside.as_uri()}/secret.svg",
        "a host": f"file://host{table.assets}/fine.svg",
        "localhost": "file://localhost/etc/passwd",
        "the folder itself": inside,
        "nothing there": f"{inside}/nothing.svg",
        "a null byte": f"{inside}/fine.svg%00",
        "http": "http://127.0.0.1:9/x",
        "https": "https://127.0.0.1:9/x",
        "ftp": "ftp://127.0.0.1:9/x",
        "another scheme": "jar:file:///etc/passwd!/x",
        "no scheme": "/etc/passwd",
        "damaged data": "data:nothing",
    }


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """A folder the layout may read, and one with a secret in it."""
    new_table = Table(tmp_path / "assets", tmp_path / "outside")
    for folder in (new_table.assets, new_table.outside):
        folder.mkdir()
    (new_table.outside / "secret.svg").write_text(SECRET_SVG)
    return new_table


def text_of_pdf(pdf: bytes) -> str:
    """Extract the text of every page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def open_pdf(pdf: bytes) -> pikepdf.Pdf:
    """Open the PDF to look into it."""
    return pikepdf.open(BytesIO(pdf))


def fonts_in(pdf: bytes) -> set[str]:
    """Return the names of the fonts embedded in a PDF, without the tags of subsets."""
    document = open_pdf(pdf)  # kept: without it its objects are empty
    return {
        str(entry.FontName).split("+")[-1].strip(",")
        for entry in document.objects
        if isinstance(entry, pikepdf.Dictionary)
        and entry.get("/Type") == pikepdf.Name.FontDescriptor
    }


def steps_of(
    content: pikepdf.Object | pikepdf.Page,
) -> Iterator[tuple[str, list[Any], pikepdf.Matrix]]:
    """Yield the operators of a content stream with their operands and what is then the matrix."""
    matrix, outer = pikepdf.Matrix(), []
    for step in pikepdf.parse_content_stream(content):
        operator, operands = str(step.operator), list(step.operands)
        if operator == "q":
            outer.append(matrix)
        elif operator == "Q":
            matrix = outer.pop()
        elif operator == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        yield operator, operands, matrix


def places_of_forms(pdf: pikepdf.Pdf) -> list[pikepdf.Matrix]:
    """Return the matrix under which each form of the first page is drawn."""
    return [matrix for operator, _, matrix in steps_of(pdf.pages[0]) if operator == "Do"]

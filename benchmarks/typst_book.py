"""The parts of a workbook into a Typst source that makes a book of the same text and pages.

What is rich in the original is plain here: tables are tables, places to write are ruled lines or
frames, drawings are left out. That is in Typst's favour. A part that comes out shorter than the
original's gets pages of ruled lines, as the original has for notes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import tinyhtml5  # type: ignore[import-untyped]
import typst

from workshop.composing.composition import Part
from workshop.tailoring.look.typefaces import folders_of

_NOT_TEXT = {"svg", "img", "head"}
_HEAD = """
#let name = sys.inputs.at("name", default: "")
#let ruled(number) = for _ in range(number) {
  block(width: 100%, height: 9mm, spacing: 0pt, stroke: (bottom: 0.5pt + rgb("#c07971")))
}
#let frame(height) = rect(width: 100%, height: height, stroke: 0.8pt + rgb("#c07971"))
#set document(title: "Participant workbook – " + name)
#set text(font: ("Source Sans 3", "Noto Sans"), size: 10.5pt, lang: "en", region: "GB")
#set par(leading: 0.65em, spacing: 0.9em)
#show heading: set text(fill: rgb("#9b2c1f"))
#show heading.where(level: 1): set text(font: "EB Garamond", size: 31pt, weight: "regular")
#set page(
  paper: "a4",
  margin: (inside: 24mm, outside: 18mm, top: 18mm, bottom: 23mm),
  footer: context grid(
    columns: (1fr, 1fr, 12mm),
    [Acme Components], align(center, name), align(right, counter(page).display()),
  ),
)
"""
_COVER = """
#page(margin: 24mm, footer: none)[
  #v(56mm) #text(size: 43pt, font: "EB Garamond")[Career Advancement Through Leadership]
  #v(1fr) This workbook belongs to
  #rect(width: 118mm, inset: 5mm, text(size: 24pt, name))
]
"""


@dataclass(frozen=True)
class Book:
    """A Typst source in its folder, with the fonts it is set in."""

    source: Path
    fonts: tuple[Path, ...]

    def compiler(self) -> typst.Compiler:
        """Return a compiler that keeps what it can from one compilation to the next."""
        return typst.Compiler(
            str(self.source),
            font_paths=[str(folder) for folder in self.fonts],
            ignore_system_fonts=True,
        )


def write_book(parts: Sequence[Part], pages: Sequence[int], folder: Path) -> Book:
    """Write a book of parts, the first of which is the cover, each with so many pages."""
    book = Book(folder / "book.typ", tuple(folders_of(parts[0].job.families)))
    bodies = []
    for part, wanted in zip(parts[1:], pages[1:], strict=True):
        body = _body(part)
        book.source.write_text(_HEAD + body, encoding="utf-8")
        missing = wanted - _pages(compiled(book.compiler(), ""))
        if missing < 0:
            raise ValueError(f"“{part.name}” is {-missing} pages longer than its original")
        bodies.append(body + "#pagebreak(weak: true)\n#ruled(27)\n" * missing)
    joined = "#pagebreak(weak: true)\n".join([_HEAD + _COVER, *bodies])
    book.source.write_text(joined, encoding="utf-8")
    return book


def compiled(compiler: typst.Compiler, name: str) -> bytes:
    """Return the book of one person."""
    pdf = compiler.compile(sys_inputs={"name": name})
    if not isinstance(pdf, bytes):
        raise TypeError("Typst returned something that is not one PDF")
    return pdf


def _pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def _body(part: Part) -> str:
    tree = tinyhtml5.parse(part.job.html, namespace_html_elements=False)
    return "\n".join(_blocks(tree.find("body"))) + "\n"


def _blocks(element: Any) -> Iterator[str]:
    """Yield what an element prints, block by block."""
    for child in element:
        kinds = set((child.get("class") or "").split())
        if "footer" in kinds or child.tag in _NOT_TEXT:
            continue
        if "line" in kinds:
            yield "#ruled(1)"
        elif "box" in kinds:
            yield f"{_text(child)}\n#frame(40mm)\n"
        elif child.tag in {"h1", "h2", "h3", "h4"}:
            yield f"#heading(level: {child.tag[1]})[{_text(child)}]"
        elif child.tag in {"ul", "ol"}:
            mark = "-" if child.tag == "ul" else "+"
            yield "\n".join(f"{mark} {_text(item)}" for item in child) + "\n"
        elif child.tag == "table":
            yield _table(child)
        elif child.tag == "p":
            yield _text(child) + "\n"
        elif "module-body" in kinds:
            yield "#pagebreak(weak: true)"
            yield from _blocks(child)
        else:
            yield from _blocks(child)


def _table(table: Any) -> str:
    rows = [[_text(cell) for cell in row] for row in table.iter("tr")]
    columns = max(len(row) for row in rows)
    cells = [f"[{cell}]," for row in rows for cell in (*row, *[""] * (columns - len(row)))]
    blank = any(not "".join(row) for row in rows)
    widths, height = ("1fr", "18mm") if blank else ("auto", "auto")
    return f"#table(columns: ({widths},) * {columns}, rows: (auto, {height}),\n{' '.join(cells)})\n"


def _text(element: Any) -> str:
    """Return all text of an element on one line, as Typst's string: no character means more."""
    words = " ".join("".join(element.itertext()).split())
    escaped = words.replace("\\", r"\\").replace('"', r"\"")
    return f'#"{escaped}"' if escaped else ""

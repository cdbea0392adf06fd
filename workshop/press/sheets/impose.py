"""Pages and where they go into the faces of sheets, as a PDF: each page drawn as one form.

A form holds a page’s content as it is, fonts and colours included, and the sheet draws it at a
place (ISO 32000-1, 8.10). Sheets have no tags or links: nobody reads on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, String

from workshop.press.sheets.imposition import Cell, Face, Placed, Sheet, SheetSize, fit
from workshop.press.source_pages import MM, SourcePage

# Between what is cut off and the marks, and how long they are. Source: usual offset of print shops,
# so that no mark stands in the bleed.
_MARK_OFFSET, _MARK_LENGTH, _MARK_WIDTH = 3.0, 5.0, 0.25 / MM
# The white around a sheet with marks, beyond its bleed.
_SLUG = 10.0


@dataclass(frozen=True)
class Trim:
    """What is left of a sheet when it is cut: bleed beyond it in mm, and whether marks say where.

    `reaching` are the pages, from 0, with colour up to their edge: theirs is mirrored into the
    bleed, since the pages themselves end where they are cut.
    """

    size: SheetSize
    bleed: float
    marks: bool
    reaching: frozenset[int] = frozenset()

    @property
    def sheet(self) -> SheetSize:
        """The size of the sheet before it is cut."""
        around = 2 * (self.bleed + (_SLUG if self.marks else 0))
        return SheetSize(self.size.width + around, self.size.height + around)


def impose(
    pages: Sequence[SourcePage | None],
    sheets: Sequence[Sheet],
    size: SheetSize,
    title: str,
    path: Path,
    trim: Trim | None = None,
) -> None:
    """Write the faces of sheets in the order in which a printer takes them.

    `size` is the sheets' in mm, `pages` what the numbers in their places stand for.
    """
    with Pdf.new() as pdf:
        forms = _Forms(pdf, pages)
        for sheet in sheets:
            for face in sheet.faces:
                page = pdf.add_blank_page(page_size=(size.width * MM, size.height * MM))
                _draw(pdf, page, face, forms, trim)
                if trim:
                    _set_boxes(page, size, trim)
        _flip(pdf, sheets, size)
        pdf.trailer.Info = pdf.make_indirect(
            Dictionary(Title=String(title), Producer=String("workshop-kit"))
        )
        pdf.save(
            path,
            min_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
        )


@dataclass
class _Forms:
    """The forms of the pages, each made when it is first drawn."""

    pdf: Pdf
    pages: Sequence[SourcePage | None]

    def __getitem__(self, number: int) -> tuple[Object, SourcePage] | None:
        one = self.pages[number]
        if one is None:
            return None
        form = self.pdf.copy_foreign(one.page.as_form_xobject())
        return form, one


def _draw(pdf: Pdf, page: Page, face: Face, forms: _Forms, trim: Trim | None) -> None:
    drawn: dict[str, Object] = {}
    content: list[str] = []
    for placed in face:
        found = forms[placed.page]
        if found is None:
            continue
        form, source = found
        key = f"/P{len(drawn)}"
        drawn[key] = form
        mirrored = trim is not None and placed.page in trim.reaching
        bleed = trim.bleed if trim and mirrored else 0
        content += _page_drawn(key, form, source.size, placed, bleed)
    if trim and trim.marks:
        content += _marks(trim)
    page.obj.Resources = Dictionary(XObject=Dictionary(drawn))
    page.obj.Contents = pdf.make_stream("\n".join(content).encode())


def _page_drawn(
    key: str, form: Object, size: SheetSize, placed: Placed, bleed: float
) -> Iterator[str]:
    """Yield the operators that draw a page in its cell, clipped to it and to its bleed."""
    cell = placed.cell
    clip = Cell(
        cell.x - bleed,
        cell.y - bleed,
        SheetSize(cell.size.width + 2 * bleed, cell.size.height + 2 * bleed),
    )
    yield "q"
    yield f"{_rectangle(clip)} W n"
    matrix = _matrix(form, size, placed)
    for mirror in _mirrors(cell) if bleed else [_IDENTITY]:
        yield f"q {_numbers(_times(matrix, mirror))} cm {key} Do Q"
    yield "Q"


Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def _matrix(form: Object, size: SheetSize, placed: Placed) -> Matrix:
    """Return where a form's own space goes, in points, so that its box fills its place."""
    box = [float(edge) for edge in form.BBox]
    a, b, c, d, e, f = (float(one) for one in form.get("/Matrix", _IDENTITY))
    # What is seen of the form in its own space: a page may be turned there already.
    xs = [a * x + c * y + e for x in box[::2] for y in box[1::2]]
    ys = [b * x + d * y + f for x in box[::2] for y in box[1::2]]
    how = fit(size, placed.cell)
    to_origin: Matrix = (1, 0, 0, 1, -min(xs), -min(ys))
    turned: Matrix = (1, 0, 0, 1, 0, 0)
    if how.turn:
        turned = (0, 1, -1, 0, size.height * MM, 0)
    placing: Matrix = (how.scale, 0, 0, how.scale, how.x * MM, how.y * MM)
    return _times(_times(to_origin, turned), placing)


def _times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does one after the other (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k,
        e * h + f * j + m,
    )  # fmt: skip


def _mirrors(cell: Cell) -> Iterator[Matrix]:
    """Yield a page's own place and the eight around it, mirrored at its edges."""
    left, right = cell.x * MM, (cell.x + cell.size.width) * MM
    bottom, top = cell.y * MM, (cell.y + cell.size.height) * MM
    across = ((1.0, 0.0), (-1.0, 2 * left), (-1.0, 2 * right))
    upwards = ((1.0, 0.0), (-1.0, 2 * bottom), (-1.0, 2 * top))
    # The page itself comes last, over whatever reaches in from around it.
    for d, f in reversed(upwards):
        for a, e in reversed(across):
            yield (a, 0, 0, d, e, f)


def _marks(trim: Trim) -> Iterator[str]:
    """Yield two lines at each corner, outside of the bleed, that say where to cut."""
    around = (trim.sheet.width - trim.size.width) / 2
    left, right = around, around + trim.size.width
    bottom, top = around, around + trim.size.height
    offset = max(_MARK_OFFSET, trim.bleed)
    near, far = offset, offset + _MARK_LENGTH
    # Black of every plate, so that marks are on each of them, is the shop's to add.
    yield f"q 0 G {_MARK_WIDTH * MM:.3f} w"
    for x, outwards in ((left, -1), (right, 1)):
        for y, upwards in ((bottom, -1), (top, 1)):
            yield _line(x + outwards * near, y, x + outwards * far, y)
            yield _line(x, y + upwards * near, x, y + upwards * far)
    yield "Q"


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{_numbers((x0 * MM, y0 * MM))} m {_numbers((x1 * MM, y1 * MM))} l S"


def _rectangle(cell: Cell) -> str:
    edges = (cell.x * MM, cell.y * MM, cell.size.width * MM, cell.size.height * MM)
    return f"{_numbers(edges)} re"


def _numbers(values: Sequence[float]) -> str:
    # A hundred-thousandth of a point is far below what any machine can print.
    return " ".join(f"{value:.5f}".rstrip("0").rstrip(".") for value in values)


def _set_boxes(page: Page, size: SheetSize, trim: Trim) -> None:
    """Say where the sheet is cut and how far its bleed goes (ISO 32000-1, 14.11.2)."""
    around = (size.width - trim.size.width) / 2
    for name, inset in (("/TrimBox", around), ("/BleedBox", around - trim.bleed)):
        edges = (inset, inset, size.width - inset, size.height - inset)
        page.obj[name] = Array([round(edge * MM, 4) for edge in edges])
    page.obj.CropBox = page.obj.MediaBox


def _flip(pdf: Pdf, sheets: Sequence[Sheet], size: SheetSize) -> None:
    """Say how a print dialogue should turn the sheets over: about their vertical middle."""
    edge = Name.DuplexFlipShortEdge if size.is_landscape else Name.DuplexFlipLongEdge
    duplex = any(sheet.back is not None for sheet in sheets)
    preferences: Mapping[str, object] = {
        "/DisplayDocTitle": True,
        "/PrintScaling": Name("/None"),
        "/Duplex": edge if duplex else Name.Simplex,
    }
    pdf.Root.ViewerPreferences = Dictionary(preferences)

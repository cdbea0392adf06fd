"""Draw pages at their places on sheets, and write the faces of the sheets as a PDF.

Each page becomes a form, which holds the page's content as it is, with fonts and colours, and which
the sheet draws at a place (ISO 32000-1, 8.10). Sheets have no tags or links, as nobody reads them
on a screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Array, Dictionary, Object, Page, Pdf, String

from workshop.assembly.flip import Flip
from workshop.assembly.joining.document_info import viewer_preferences
from workshop.press.sheets.imposition import Cell, Face, Placed, Sheet, SheetSize, fit
from workshop.press.sheets.save import save
from workshop.press.source_pages import MM, SourcePage

# The distance of the marks from the cut, their length, and their width, in mm. Print shops usually
# want this distance, so that no mark stands in the bleed.
_MARK_OFFSET, _MARK_LENGTH, _MARK_WIDTH = 3.0, 5.0, 0.25 / MM
# The white around a sheet with marks, beyond its bleed, in mm.
_SLUG = 10.0


@dataclass(frozen=True)
class Trim:
    """Describes how a sheet is cut: its size after that, its bleed in mm, and its crop marks.

    `reaching` are the pages, counted from 0, with colour up to their edge. These are mirrored into
    the bleed, since the pages themselves end at the cut.
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

    @property
    def least_sheet(self) -> SheetSize:
        """The size of the smallest sheet with room for all of it."""
        marks = max(_MARK_OFFSET, self.bleed) + _MARK_LENGTH
        around = 2 * (marks if self.marks else self.bleed)
        return SheetSize(self.size.width + around, self.size.height + around)


def impose(
    pages: Sequence[SourcePage | None],
    sheets: Sequence[Sheet],
    size: SheetSize,
    flip: Flip,
    title: str,
    path: Path,
    trim: Trim | None = None,
) -> None:
    """Write the faces of sheets in the order in which a printer takes them.

    The places on the sheets hold numbers of `pages`. `size` is the size of the sheets in mm, and
    `flip` the edge on which they are turned over.
    """
    with Pdf.new() as pdf:
        forms = _Forms(pdf, pages)
        for sheet in sheets:
            for face in sheet.faces:
                page = pdf.add_blank_page(page_size=(size.width * MM, size.height * MM))
                _draw(pdf, page, face, forms, trim)
                if trim:
                    _set_boxes(page, size, trim)
        pdf.Root.ViewerPreferences = viewer_preferences(flip)
        pdf.trailer.Info = pdf.make_indirect(
            Dictionary(Title=String(title), Producer=String("workshop-kit"))
        )
        save(pdf, path)


@dataclass
class _Forms:
    """Makes the form of a page when it is drawn."""

    pdf: Pdf
    pages: Sequence[SourcePage | None]

    def __getitem__(self, number: int) -> tuple[Object, SourcePage] | None:
        page = self.pages[number]
        if page is None:
            return None
        form = self.pdf.copy_foreign(page.page.as_form_xobject())
        return form, page


def _draw(pdf: Pdf, page: Page, face: Face, forms: _Forms, trim: Trim | None) -> None:
    drawn: dict[str, Object] = {}
    content: list[str] = []
    for placed in face:
        drawable = forms[placed.page]
        if drawable is None:
            continue
        form, source = drawable
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
    """Yield the operators that draw a page in its cell, clipped to the cell and its bleed."""
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
    """Return the matrix, in points, that makes a form's box fill its place."""
    box = [float(edge) for edge in form.BBox]
    a, b, c, d, e, f = (float(value) for value in form.get("/Matrix", _IDENTITY))
    # The corners of the form after its own matrix: a page may be turned by that already.
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
    """Return the matrix that does `first` and then `then` (ISO 32000-1, 8.3.4)."""
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
    # The page itself comes last, so that it covers what its mirror images draw on it.
    for d, f in reversed(upwards):
        for a, e in reversed(across):
            yield (a, 0, 0, d, e, f)


def _marks(trim: Trim) -> Iterator[str]:
    """Yield the operators of the crop marks: two lines at each corner, outside of the bleed."""
    around = (trim.sheet.width - trim.size.width) / 2
    left, right = around, around + trim.size.width
    bottom, top = around, around + trim.size.height
    offset = max(_MARK_OFFSET, trim.bleed)
    near, far = offset, offset + _MARK_LENGTH
    # Marks in all printing inks are for the shop to add: here they are only black.
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
    # A hundred-thousandth of a point is far less than any machine can print.
    return " ".join(f"{value:.5f}".rstrip("0").rstrip(".") for value in values)


def _set_boxes(page: Page, size: SheetSize, trim: Trim) -> None:
    """Write where the sheet is cut and how far its bleed goes (ISO 32000-1, 14.11.2)."""
    around = (size.width - trim.size.width) / 2
    for name, inset in (("/TrimBox", around), ("/BleedBox", around - trim.bleed)):
        edges = (inset, inset, size.width - inset, size.height - inset)
        page.obj[name] = Array([round(edge * MM, 4) for edge in edges])
    page.obj.CropBox = page.obj.MediaBox

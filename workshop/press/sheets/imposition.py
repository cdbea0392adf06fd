"""Give pages their places on sheets: single, two up, or for a booklet that is folded and stapled.

Everything is in millimetres. Each face of a sheet is described as a reader sees it, with x to the
right and y upwards from its lower left corner. Sheets with two printed sides are turned over like
the page of a book, about their vertical middle line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class SheetSize:
    """Holds a width and a height in mm."""

    width: float
    height: float

    @property
    def turned(self) -> SheetSize:
        """The same sheet on its side."""
        return SheetSize(self.height, self.width)

    @property
    def upright(self) -> SheetSize:
        """The same sheet, no wider than high."""
        return self.turned if self.is_landscape else self

    @property
    def is_landscape(self) -> bool:
        """Tell whether it is wider than high."""
        return self.width > self.height

    def is_about(self, size: SheetSize) -> bool:
        """Tell whether both sizes differ by less than half a millimetre, as rounded sizes may."""
        return abs(self.width - size.width) < 0.5 and abs(self.height - size.height) < 0.5

    def has_room_for(self, size: SheetSize) -> bool:
        """Tell whether something of a size fits into it; half a millimetre does not count."""
        return self.width > size.width - 0.5 and self.height > size.height - 0.5

    def is_as_large_as(self, size: SheetSize) -> bool:
        """Tell whether both are of the same paper, upright or on its side."""
        return self.upright.is_about(size.upright)


@dataclass(frozen=True)
class Cell:
    """Describes a place for a page by its lower left corner and its size.

    `shift` is how far the page is moved to the right in it. What is moved beyond the cell is
    clipped, so that it does not reach into the next cell.
    """

    x: float
    y: float
    size: SheetSize
    shift: float = 0


@dataclass(frozen=True)
class Placed:
    """Puts a page, counted from 0, into its cell."""

    page: int
    cell: Cell


Face = tuple[Placed, ...]


@dataclass(frozen=True)
class Sheet:
    """Holds the faces of a sheet; a sheet that is printed on one side has no back."""

    front: Face
    back: Face | None

    @property
    def faces(self) -> Iterator[Face]:
        """Yield the faces in the order in which a printer takes them."""
        yield self.front
        if self.back is not None:
            yield self.back


def booklet(pages: int, sheet: SheetSize, creep: float = 0) -> list[Sheet]:
    """Place pages so that the sheets, laid in each other and folded once, are a book.

    The outermost sheet comes first. `sheet` lies on its side and is folded along its vertical
    middle. Each inner sheet sticks out at the front edge by the thickness of the paper, `creep`.
    Its pages are moved towards the fold by as much, so that all margins are even after trimming.
    """
    leaves = -(-pages // 4) * 2
    half = SheetSize(sheet.width / 2, sheet.height)
    sheets = []
    for depth in range(leaves // 2):
        shift = depth * creep
        left, right = Cell(0, 0, half, shift), Cell(half.width, 0, half, -shift)
        first, last = 2 * depth, 2 * leaves - 1 - 2 * depth
        sheets.append(
            Sheet(
                _face(pages, (last, left), (first, right)),
                _face(pages, (first + 1, left), (last - 1, right)),
            )
        )
    return sheets


def two_up(pages: int, sheet: SheetSize, *, duplex: bool) -> list[Sheet]:
    """Place pages side by side in reading order, two on each face; `sheet` lies on its side."""
    half = SheetSize(sheet.width / 2, sheet.height)
    cells = (Cell(0, 0, half), Cell(half.width, 0, half))
    return _in_order(pages, cells, duplex=duplex)


def bound_on_the_right(sheets: Sequence[Sheet], size: SheetSize) -> list[Sheet]:
    """Place pages for reading from right to left: what was on the left half is on the right."""

    def turned(face: Face) -> Face:
        return tuple(
            Placed(
                placed.page,
                replace(
                    placed.cell,
                    x=size.width - placed.cell.x - placed.cell.size.width,
                    shift=-placed.cell.shift,
                ),
            )
            for placed in face
        )

    return [
        Sheet(turned(sheet.front), None if sheet.back is None else turned(sheet.back))
        for sheet in sheets
    ]


def single(pages: int, sheet: SheetSize, trim: SheetSize, *, duplex: bool) -> list[Sheet]:
    """Place one page in the middle of each face, as large as it is to be after trimming."""
    x, y = (sheet.width - trim.width) / 2, (sheet.height - trim.height) / 2
    return _in_order(pages, (Cell(x, y, trim),), duplex=duplex)


def _in_order(pages: int, cells: Sequence[Cell], *, duplex: bool) -> list[Sheet]:
    faces = [
        _face(pages, *((at + number, cell) for number, cell in enumerate(cells)))
        for at in range(0, pages, len(cells))
    ]
    if not duplex:
        return [Sheet(face, None) for face in faces]
    if len(faces) % 2:
        faces.append(())
    return [Sheet(front, back) for front, back in zip(faces[::2], faces[1::2], strict=True)]


def _face(pages: int, *wanted: tuple[int, Cell]) -> Face:
    return tuple(Placed(page, cell) for page, cell in wanted if page < pages)


@dataclass(frozen=True)
class Fit:
    """Describes how a page is drawn: its scale, and its turn of 0 or 90 degrees.

    `x` and `y` are the lower left corner of the page as drawn.
    """

    scale: float
    turn: int
    x: float
    y: float


def fit(page: SheetSize, cell: Cell) -> Fit:
    """Return how to draw a page as large as its cell allows, in the middle of the cell.

    A page is turned anticlockwise if it lies on its side and the cell is upright, or the reverse.
    """
    turn = 90 if page.is_landscape != cell.size.is_landscape else 0
    seen = page.turned if turn else page
    scale = min(cell.size.width / seen.width, cell.size.height / seen.height)
    if abs(scale - 1) < 0.005:  # half of an A3 sheet differs from A4 by half a millimetre
        scale = 1
    return Fit(
        scale,
        turn,
        cell.x + (cell.size.width - scale * seen.width) / 2 + cell.shift,
        cell.y + (cell.size.height - scale * seen.height) / 2,
    )

"""What a reader, a program and a printer find in a PDF, in a form in which it can be compared."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeAlias

import page as validation
import pikepdf
import pypdfium2
from pikepdf import Name, Object, Pdf

Tree: TypeAlias = "tuple[str, tuple[Tree, ...]]"


@dataclass(frozen=True)
class Place:
    """A place in a document: page from 0, points from the lower left."""

    page: int
    x: float
    y: float

    def is_near(self, place: Place) -> bool:
        """Tell whether two places are within a point of each other."""
        near = abs(self.x - place.x) <= 1 and abs(self.y - place.y) <= 1
        return self.page == place.page and near


@dataclass(frozen=True)
class Heading:
    """An entry of the outline; `level` counts from 0."""

    level: int
    title: str
    place: Place


@dataclass(frozen=True)
class Link:
    """A link: the box it is clicked in, and the place or address it leads to."""

    page: int
    box: tuple[float, ...]
    target: Place | str


class Reading:
    """A PDF that has been read. Its objects live as long as it does."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pdf = Pdf.open(BytesIO(data))
        self._numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}

    @property
    def root(self) -> Any:
        """The catalog."""
        return self.pdf.Root

    def texts(self) -> list[str]:
        """Return the text of every page as PDFium extracts it, its white space made single."""
        with pypdfium2.PdfDocument(self.data) as pdf:
            texts = (page.get_textpage().get_text_range() for page in pdf)
            return [" ".join(text.split()) for text in texts]

    def images(self, dots_per_inch: int, mode: str = "L") -> Iterator[Any]:
        """Yield every page: in greys, or in colours with the mode RGB."""
        with pypdfium2.PdfDocument(self.data) as pdf:
            for page in pdf:
                drawn = page.render(scale=dots_per_inch / 72, grayscale=mode == "L")
                yield drawn.to_pil().convert(mode)

    def outline(self) -> list[Heading]:
        """Return the headings in the order in which they are read."""
        return list(self._headings(self.root.Outlines, 0)) if "/Outlines" in self.root else []

    def _headings(self, parent: Object, level: int) -> Iterator[Heading]:
        item = parent.get("/First")
        while item is not None:
            # The whole that WeasyPrint writes has words of titles bound together in its outline.
            title = str(item.Title).replace("\N{NO-BREAK SPACE}", " ")
            yield Heading(level, title, self._place(item.Dest))
            yield from self._headings(item, level + 1)
            item = item.get("/Next")

    def names(self) -> dict[str, Place]:
        """Return the places that have names."""
        if "/Names" not in self.root:
            return {}
        names = pikepdf.NameTree(self.root.Names.Dests)
        return {str(name): self._place(place) for name, place in names.items()}

    def links(self) -> list[Link]:
        """Return the links of all pages in their order on the page, downwards."""
        names = self.names()
        links = []
        for number, page in enumerate(self.pdf.pages):
            for annotation in page.obj.get("/Annots", ()):
                if annotation.Subtype == Name.Link:
                    box = _upright([round(float(edge), 1) for edge in annotation.Rect])
                    to = annotation.Dest if "/Dest" in annotation else annotation.A.URI
                    target = names.get(str(to), str(to)) if _is_text(to) else self._place(to)
                    links.append(Link(number, box, target))
        return sorted(links, key=lambda link: (link.page, -link.box[1], link.box[0]))

    def _place(self, place: Object) -> Place:
        return Place(self._numbers[place[0].objgen], float(place[2]), float(place[3]))

    def tags(self) -> Tree:
        """Return the structure tree as the types of its elements, nested."""
        [top] = self.root.StructTreeRoot.K
        return _tags(top)

    def elements(self, kind: str = "") -> Iterator[Any]:
        """Yield the structure elements of a type, or all of them, in reading order."""
        yield from _elements(self.root.StructTreeRoot.K[0], kind)

    def fonts(self) -> list[str]:
        """Return the names of the fonts that are embedded, as often as they are, without tags."""
        return sorted(
            str(entry.FontName).split("+")[-1].strip(",")
            for entry in self.pdf.objects
            if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == Name.FontDescriptor
        )


def faults_of(data: bytes) -> list[str]:
    """Return what qpdf finds wrong with a file, and the rules of PDF/UA-1 that it breaks."""
    return [*syntax_faults_of(data), *accessibility_faults_of(data)]


def syntax_faults_of(data: bytes) -> list[str]:
    """Return what qpdf finds wrong with a file."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        check = pikepdf.Job(["qpdf", "--check", file.name])
        try:
            check.run()
        except RuntimeError as error:
            return [str(error)]
    return [f"qpdf --check ends with {check.exit_code}"] if check.exit_code else []


def accessibility_faults_of(data: bytes) -> list[str]:
    """Return the rules of PDF/UA-1 (ISO 14289-1) that a file breaks."""
    report = validation.validate_pdf_bytes(data, profile=validation.ValidationProfile.PDF_UA_1)
    return [failure.message for failure in report.failures]


def _is_text(to: Object) -> bool:
    return isinstance(to, pikepdf.String)


def _upright(box: list[float]) -> tuple[float, ...]:
    left, bottom, right, top = box
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _tags(element: Object) -> Tree:
    return str(element.S), tuple(_tags(kid) for kid in _kids(element))


def _kids(element: Object) -> Iterator[Object]:
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def _elements(element: Object, kind: str) -> Iterator[Object]:
    if kind in ("", str(element.S)):
        yield element
    for kid in _kids(element):
        yield from _elements(kid, kind)

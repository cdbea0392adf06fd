"""Check that every font of the pages to be printed is embedded in its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Dictionary, Name, Object

from workshop.diagnostics import ContentError
from workshop.press.source_pages import PackSource

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def check_fonts(sources: Sequence[PackSource]) -> None:
    """Raise `ContentError` for a font that is not embedded: a printer would use another font."""
    for source in sources:
        lacking = sorted(_not_embedded(source))
        if lacking:
            raise ContentError.single(
                "font-not-embedded",
                f"“{source.entry.path}” does not hold its font {lacking[0]}",
                hint="Give the font’s file in assets/fonts/, and build again.",
            )


def _not_embedded(source: PackSource) -> Iterator[str]:
    seen: set[tuple[int, int]] = set()
    for number in source.pages:
        resources = source.pdf.pages[number].obj.get("/Resources", Dictionary())
        yield from _not_embedded_in(resources, seen)


def _not_embedded_in(resources: Object, seen: set[tuple[int, int]]) -> Iterator[str]:
    for font in _values(resources, "/Font", seen):
        if not _is_embedded(font):
            yield str(font.get("/BaseFont", "without a name")).lstrip("/")
    for form in _values(resources, "/XObject", seen):
        yield from _not_embedded_in(form.get("/Resources", Dictionary()), seen)


def _values(resources: Object, kind: str, seen: set[tuple[int, int]]) -> Iterator[Object]:
    """Yield fonts or forms of some resources that were not seen yet; forms may hold each other."""
    for resource in resources.get(kind, Dictionary()).values():
        if not resource.is_indirect or resource.objgen not in seen:
            seen.add(resource.objgen)
            yield resource


def _is_embedded(font: Object) -> bool:
    if font.get("/Subtype") == Name.Type3:
        return True
    whole = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = whole.get("/FontDescriptor", Dictionary())
    return any(key in descriptor for key in _FILES)

"""Join the form fields of all parts in one form. Source: ISO 32000-1, 12.7."""

from __future__ import annotations

import io
import re
import string
from collections.abc import Sequence

from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

# The font in a field's look, which programs use for what is typed (12.7.3.3).
_FONT = re.compile(r"/(\S+)(?=\s+[\d.]+\s+Tf\b)")
_FIRST, _LAST = 32, 255
_NONSYMBOLIC = 32


def join_forms(pdf: Pdf, sources: Sequence[Pdf]) -> None:
    """Put the fields of all parts into one form; a name that is used again gets a number.

    Texts are typed in a simple font: programs that fill in forms write one byte for each letter,
    and would write nothing that can be seen in the composite fonts of the pages.
    """
    fields = Array([])
    # Fields are drawn with fonts and with graphics states, such as the opacity of a colour.
    resources = Dictionary(Font=Dictionary(), ExtGState=Dictionary())
    taken: set[str] = set()
    for source in sources:
        form = source.Root.get("/AcroForm")
        if form is None:
            continue
        own = pdf.copy_foreign(form.DR)
        for kind, entries in resources.items():
            for key, resource in own.get(kind, Dictionary()).items():
                entries[key] = resource
        for part_field in form.Fields:
            field = pdf.copy_foreign(part_field)
            # A full stop would divide it into the names of a field and a field in it (12.7.3.2).
            wanted = " ".join(str(field.T).replace(".", " ").split()) or "field"
            name, again = wanted, 2
            while name in taken:
                # Two fields with the same name would always hold the same text.
                name, again = f"{wanted}-{again}", again + 1
            taken.add(name)
            field.T = String(name)
            _type_in_a_simple_font(pdf, field, resources.Font)
            fields.append(field)
    if len(fields):
        pdf.Root.AcroForm = Dictionary(Fields=fields, DR=resources, NeedAppearances=True)


def _type_in_a_simple_font(pdf: Pdf, field: Object, fonts: Object) -> None:
    look = str(field.get("/DA", ""))
    match = _FONT.search(look)
    if match is None or f"/{match[1]}" not in fonts:
        return
    key = f"/{match[1]}-typed"
    if key not in fonts:
        fonts[key] = _simple(pdf, fonts[f"/{match[1]}"])
    field.DA = String(_FONT.sub(key, look, count=1))


def _simple(pdf: Pdf, composite: Object) -> Object:
    """Return a font of the letters of Western Europe, from the same file as a composite font."""
    font = Dictionary(Type=Name.Font, Encoding=Name.WinAnsiEncoding)
    descriptor = composite.DescendantFonts[0].FontDescriptor
    widths = _widths(descriptor)
    if widths is None:
        # A standard font, which every program has (9.6.2.2).
        font.Subtype, font.BaseFont = Name.Type1, Name.Helvetica
        return pdf.make_indirect(font)
    simple = Dictionary(dict(descriptor.items()))
    simple.Flags = _NONSYMBOLIC
    font.Subtype, font.BaseFont = Name.TrueType, composite.BaseFont
    font.FirstChar, font.LastChar, font.Widths = _FIRST, _LAST, Array(widths)
    font.FontDescriptor = pdf.make_indirect(simple)
    return pdf.make_indirect(font)


def _widths(descriptor: Object) -> list[int] | None:
    """Return the widths of a font's letters, in thousandths of an em; None if it has not all."""
    if "/FontFile2" not in descriptor:
        return None
    try:
        file = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()))
        by_letter, advances = file.getBestCmap() or {}, file["hmtx"].metrics
        em = file["head"].unitsPerEm
    except (TTLibError, KeyError):
        return None
    if not all(ord(letter) in by_letter for letter in string.ascii_letters):
        return None
    letters = (bytes([code]).decode("cp1252", "replace") for code in range(_FIRST, _LAST + 1))
    glyphs = (by_letter.get(ord(letter), ".notdef") for letter in letters)
    return [round(advances[glyph][0] * 1000 / em) for glyph in glyphs]

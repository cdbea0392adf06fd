"""Name sheets as the trade does, and as printers do (PWG 5101.1)."""

from __future__ import annotations

from workshop.press.sheets.imposition import SheetSize
from workshop.tailoring.profiles import SheetName

# Upright, in mm.
_SIZES: dict[SheetName, SheetSize] = {
    "A5": SheetSize(148, 210),
    "A4": SheetSize(210, 297),
    "A3": SheetSize(297, 420),
    "SRA3": SheetSize(320, 450),
    "Half-Letter": SheetSize(139.7, 215.9),
    "Letter": SheetSize(215.9, 279.4),
    "Legal": SheetSize(215.9, 355.6),
    "Tabloid": SheetSize(279.4, 431.8),
}
_MEDIA: dict[SheetName, str] = {
    "A5": "iso_a5_148x210mm",
    "A4": "iso_a4_210x297mm",
    "A3": "iso_a3_297x420mm",
    "SRA3": "iso_sra3_320x450mm",
    "Half-Letter": "na_invoice_5.5x8.5in",
    "Letter": "na_letter_8.5x11in",
    "Legal": "na_legal_8.5x14in",
    "Tabloid": "na_ledger_11x17in",
}


def size_of(name: SheetName) -> SheetSize:
    """Return the size of an upright sheet by its name."""
    return _SIZES[name]


def name_of(size: SheetSize) -> SheetName | None:
    """Return the name of a sheet, upright or on its side; None if it has no name."""
    for name, upright in _SIZES.items():
        if size.is_about(upright) or size.turned.is_about(upright):
            return name
    return None


def words_for(size: SheetSize) -> str:
    """Return the name of a sheet, or its measures if it has none: "A4", "236.0 × 323.0 mm"."""
    return name_of(size) or f"{size.width:.1f} × {size.height:.1f} mm"


def media_of(size: SheetSize) -> str:
    """Return the name that printers have for a sheet of this size."""
    name = name_of(size)
    if name:
        return _MEDIA[name]
    return f"custom_sheet_{size.upright.width:g}x{size.upright.height:g}mm"

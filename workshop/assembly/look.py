"""Bind the colours of a client to a document: one table, in which all its parts look them up.

Source: ISO 32000-1, 8.6.6.3 (Indexed colour spaces).
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Name, Object, Pdf, String

from workshop.composing.pages.late_colours import STAND_INS, table_of
from workshop.tailoring.look.brand import Palette
from workshop.typesetting.laid_out import LOOK


def join_looks(pdf: Pdf, sources: Sequence[Pdf]) -> Object:
    """Have all parts of a document look up their colours in one table, which is returned."""
    table = table_of(STAND_INS)
    space = Array([Name.Indexed, Name.DeviceRGB, len(table) // 3 - 1, String(table)])
    look = pdf.make_indirect(space)
    for source in sources:
        # Pages, patterns and groups of a part all refer to this one dictionary.
        pdf.copy_foreign(source.pages[0].Resources.ColorSpace)[f"/{LOOK}"] = look
    return look


def look_for(palette: Palette) -> bytes:
    """Return the table of a client's colours as an object of a PDF."""
    table = table_of(palette)
    return b"[/Indexed /DeviceRGB %d <%b>]" % (len(table) // 3 - 1, table.hex().encode())

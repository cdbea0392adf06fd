"""What WeasyPrint does not write, or not rightly, put into its PDF just before it is stored.

WeasyPrint and pydyf hand over a PDF in pieces; how they lay it out in memory is known here and
nowhere else.
"""

from __future__ import annotations

from typing import Any

import pydyf

from workshop.composing.render_job import RenderJob

_CHARACTER_MAP = b"/CIDInit /ProcSet findresource begin"
# Word joiner: takes no room, may stand anywhere, and searching passes it over.
_NOTHING, _UNSEEN = b"> <>", b"> <2060>"


def finish(job: RenderJob, pdf: Any) -> None:
    """Complete the PDF of `job`, a `pydyf.PDF`."""
    _label_pages(job, pdf)
    _offer_printing(job, pdf)
    _map_every_glyph(pdf)


def _label_pages(job: RenderJob, pdf: Any) -> None:
    # ISO 32000-1, 12.4.2: labels by ranges of pages. The printed number counts the cover.
    ranges: list[Any] = [0, pydyf.Dictionary({"S": "/D"})]
    if job.has_cover:
        cover = pydyf.Dictionary({"P": pydyf.String("Cover")})
        ranges = [0, cover, 1, pydyf.Dictionary({"S": "/D", "St": 2})]
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(ranges)})


def _offer_printing(job: RenderJob, pdf: Any) -> None:
    # ISO 32000-1, 12.2: offered by the print dialogue.
    preferences = pdf.catalog["ViewerPreferences"]
    preferences["Duplex"] = "/DuplexFlipLongEdge" if job.sides == "duplex" else "/Simplex"
    preferences["PrintScaling"] = "/None"


def _map_every_glyph(pdf: Any) -> None:
    # Where one letter is drawn by several glyphs, as in Devanagari, WeasyPrint 70 maps one of them
    # to the letter and the others to nothing: ISO 14289-1, 7.21.7 asks for a character.
    for one in pdf.objects:
        if isinstance(one, pydyf.Stream) and one.stream[:1] == [_CHARACTER_MAP]:
            one.stream = [
                line.removesuffix(_NOTHING) + _UNSEEN if line.endswith(_NOTHING) else line
                for line in one.stream
            ]

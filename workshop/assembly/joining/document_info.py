"""Write into a PDF what readers and print dialogues want to know of the document as a whole."""

from __future__ import annotations

from pikepdf import Dictionary, Name, Pdf, String

from workshop.assembly.flip import DUPLEX, Flip
from workshop.assembly.joining.metadata import information, xmp
from workshop.composing.composition import DocumentInfo


def write_document_info(pdf: Pdf, front: DocumentInfo, flip: Flip) -> None:
    """Write language, title, author and dates, and how to print the document."""
    pdf.Root.Lang = String(front.language)
    pdf.Root.ViewerPreferences = viewer_preferences(flip)
    pdf.Root.Metadata = pdf.make_stream(
        xmp(front, front.title), Type=Name.Metadata, Subtype=Name.XML
    )
    entries = {f"/{key}": String(text) for key, text in information(front, front.title).items()}
    pdf.trailer.Info = pdf.make_indirect(Dictionary(entries))


def viewer_preferences(flip: Flip) -> Dictionary:
    """Return what a print dialogue offers for sheets that are turned over on this edge.

    Pages are printed at 100 %, and the window shows the title (ISO 32000-1, 12.2).
    """
    return Dictionary(DisplayDocTitle=True, Duplex=DUPLEX[flip], PrintScaling=Name("/None"))

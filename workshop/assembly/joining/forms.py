"""The form fields of all parts into one form. Source: ISO 32000-1, 12.7."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Pdf, String


def join_forms(pdf: Pdf, sources: Sequence[Pdf]) -> None:
    """Put the fields of all parts into one form; a name used again gets a number."""
    fields = Array([])
    # What fields are written with: fonts, and states such as how opaque a colour is.
    resources = Dictionary(Font=Dictionary(), ExtGState=Dictionary())
    taken: set[str] = set()
    for source in sources:
        form = source.Root.get("/AcroForm")
        if form is None:
            continue
        for one in form.Fields:
            field = pdf.copy_foreign(one)
            name, again = str(field.T), 2
            while name in taken:
                # Two fields of one name would always hold the same text.
                name, again = f"{field.T}-{again}", again + 1
            taken.add(name)
            field.T = String(name)
            fields.append(field)
        own = pdf.copy_foreign(form.DR)
        for kind, found in resources.items():
            for key, one in own.get(kind, Dictionary()).items():
                found[key] = one
    if len(fields):
        pdf.Root.AcroForm = Dictionary(Fields=fields, DR=resources, NeedAppearances=True)

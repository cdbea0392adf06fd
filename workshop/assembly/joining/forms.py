"""Join the form fields of all parts in one form. Source: ISO 32000-1, 12.7."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Pdf, String


def join_forms(pdf: Pdf, sources: Sequence[Pdf]) -> None:
    """Put the fields of all parts into one form; a name that is used again gets a number."""
    fields = Array([])
    # Fields are drawn with fonts and with graphics states, such as the opacity of a colour.
    resources = Dictionary(Font=Dictionary(), ExtGState=Dictionary())
    taken: set[str] = set()
    for source in sources:
        form = source.Root.get("/AcroForm")
        if form is None:
            continue
        for part_field in form.Fields:
            field = pdf.copy_foreign(part_field)
            name, again = str(field.T), 2
            while name in taken:
                # Two fields with the same name would always hold the same text.
                name, again = f"{field.T}-{again}", again + 1
            taken.add(name)
            field.T = String(name)
            fields.append(field)
        own = pdf.copy_foreign(form.DR)
        for kind, entries in resources.items():
            for key, resource in own.get(kind, Dictionary()).items():
                entries[key] = resource
    if len(fields):
        pdf.Root.AcroForm = Dictionary(Fields=fields, DR=resources, NeedAppearances=True)

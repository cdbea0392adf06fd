"""Laid-out parts into one document, in which only what belongs to a person is left open."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Page, Pdf, String

from workshop.assembly.document import Assembled
from workshop.assembly.fill import Filled, fill
from workshop.assembly.joining.destinations import join_destinations
from workshop.assembly.joining.forms import join_forms
from workshop.assembly.joining.metadata import information, xmp
from workshop.assembly.joining.outline import write_outline
from workshop.assembly.joining.structure import join_structure
from workshop.assembly.opened import opened
from workshop.assembly.page_ranges import listed_ranges
from workshop.assembly.values import Linked, LinkJob, OpenSlot, PageRange
from workshop.composing.composition import DocumentInfo
from workshop.diagnostics import Diagnostic


def link(job: LinkJob) -> Linked:
    """Put parts together: pages, structure, outline, links, fonts, page numbers, metadata.

    Page numbers and references are filled in; slots for a person's texts are left empty, so that
    the bytes can be shared by all copies.
    """
    document = Assembled(job.parts)
    sources = opened(job.parts)
    with Pdf.new() as pdf:
        pages = _join_pages(pdf, sources)
        join_structure(pdf, list(zip(sources, pages, strict=True)))
        lost = tuple(join_destinations(pdf, document, pages))
        write_outline(pdf, document)
        filled = fill(pdf, document, sources, job.like, job.others)
        # With the fonts that they share by now.
        join_forms(pdf, sources)
        _write_front_matter(pdf, job.front)
        data = _saved(pdf, filled, job.ranges)
    diagnostics = tuple(dict.fromkeys((*lost, *filled.diagnostics)))
    return _linked(data, job.front, filled, diagnostics)


def _join_pages(pdf: Pdf, sources: Sequence[Pdf]) -> list[list[Page]]:
    """Append the pages of all parts, and return them as they are now, part by part."""
    for source in sources:
        # One by one: `extend` warns of links and fields, which are joined after this.
        for page in source.pages:
            pdf.pages.append(page)
    pages = iter(list(pdf.pages))
    return [[next(pages) for _ in source.pages] for source in sources]


def _write_front_matter(pdf: Pdf, front: DocumentInfo) -> None:
    root = pdf.Root
    root.Lang = String(front.language)
    # ISO 32000-1, 12.2: offered by the print dialogue.
    duplex = Name.DuplexFlipLongEdge if front.sides == "duplex" else Name.Simplex
    root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, Duplex=duplex, PrintScaling=Name("/None")
    )
    # ISO 32000-1, 12.4.2: labels by ranges of pages. The printed number counts the cover.
    ranges = [0, Dictionary(S=Name.D)]
    if front.has_cover:
        ranges = [0, Dictionary(P=String("Cover")), 1, Dictionary(S=Name.D, St=2)]
    root.PageLabels = Dictionary(Nums=Array(ranges))
    root.Metadata = pdf.make_stream(xmp(front, front.title), Type=Name.Metadata, Subtype=Name.XML)
    said = information(front, front.title)
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary({f"/{key}": String(value) for key, value in said.items()})
    )


def _saved(pdf: Pdf, filled: Filled, ranges: Sequence[PageRange]) -> bytes:
    # Numbers change when a file is written: what has to be found again is listed in it, where
    # an application may keep data of its own (ISO 32000-1, 14.5).
    listed = Dictionary(
        Slots=Array([one.form for one in filled.open]),
        Fonts=Dictionary({f"/{key}": one.font for key, one in filled.fonts.items()}),
        Parts=listed_ranges(ranges),
    )
    piece = Dictionary(LastModified=String("D:19700101000000Z"), Private=listed)
    pdf.Root.PieceInfo = Dictionary({"/WorkshopKit": piece})
    buffer = io.BytesIO()
    pdf.save(
        buffer,
        min_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return buffer.getvalue()


def _linked(
    data: bytes, front: DocumentInfo, filled: Filled, diagnostics: tuple[Diagnostic, ...]
) -> Linked:
    with Pdf.open(io.BytesIO(data)) as pdf:
        listed = pdf.Root.PieceInfo.WorkshopKit.Private
        return Linked(
            pdf=data,
            length=len(data),
            pages=len(pdf.pages),
            front=front,
            slots=tuple(
                OpenSlot(one.name, one.box, form.objgen[0])
                for one, form in zip(filled.open, listed.Slots, strict=True)
            ),
            fonts={
                key: (listed.Fonts[f"/{key}"].objgen[0], one.glyphs)
                for key, one in filled.fonts.items()
            },
            metadata=pdf.Root.Metadata.objgen[0],
            identifier=bytes(pdf.trailer.ID[0]),
            root=pdf.Root.objgen[0],
            size=int(pdf.trailer.Size),
            previous=int(data[data.rindex(b"startxref") :].split()[1]),
            diagnostics=diagnostics,
        )

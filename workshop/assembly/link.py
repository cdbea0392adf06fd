"""Link laid-out parts into one document, in which only slots of people's texts are left open."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, String

from workshop.assembly.document import Assembled
from workshop.assembly.fill import Filled, fill
from workshop.assembly.flip import Flip, flip_for
from workshop.assembly.joining.destinations import join_destinations
from workshop.assembly.joining.document_info import write_document_info
from workshop.assembly.joining.forms import join_forms
from workshop.assembly.joining.outline import write_outline
from workshop.assembly.joining.structure import join_structure
from workshop.assembly.look import join_looks
from workshop.assembly.opened import opened
from workshop.assembly.page_ranges import listed_ranges
from workshop.assembly.values import Linked, LinkJob, OpenSlot, PageRange
from workshop.composing.composition import DocumentInfo
from workshop.diagnostics import Diagnostic
from workshop.keeping.memory import Memory


def link(job: LinkJob, memory: Memory | None = None) -> Linked:
    """Put parts together: pages, structure, outline, links, fonts, page numbers, metadata.

    Page numbers and references are filled in. Slots for a person's texts are left empty and colours
    are left as stand-ins, so that the bytes can be shared by all copies. Parts, fonts and texts in
    `memory` are used again.
    """
    memory = Memory() if memory is None else memory
    document = Assembled(job.parts)
    sources = opened(job.parts, memory)
    with Pdf.new() as pdf:
        pages = _join_pages(pdf, sources)
        join_structure(pdf, list(zip(sources, pages, strict=True)))
        lost = tuple(join_destinations(pdf, document, pages))
        write_outline(pdf, document)
        look = join_looks(pdf, sources)
        filled = fill(pdf, document, sources, look, job, memory)
        # After `fill`, since fields use the fonts that parts share from then on.
        join_forms(pdf, sources)
        write_document_info(pdf, job.front, _flip_of(pdf, job.front))
        _write_page_labels(pdf, has_cover=job.front.has_cover)
        data = _saved(pdf, look, filled, job.ranges)
    diagnostics = tuple(dict.fromkeys((*lost, *filled.diagnostics)))
    return _linked(data, job.front, filled, diagnostics)


def _join_pages(pdf: Pdf, sources: Sequence[Pdf]) -> list[list[Page]]:
    """Append the pages of all parts, and return them as they are now, part by part."""
    for source in sources:
        # Not with `extend`, which warns of links and fields: they are joined later.
        for page in source.pages:
            pdf.pages.append(page)
    pages = iter(list(pdf.pages))
    return [[next(pages) for _ in source.pages] for source in sources]


def _flip_of(pdf: Pdf, front: DocumentInfo) -> Flip:
    boxes = [[float(edge) for edge in page.mediabox] for page in pdf.pages]
    sizes = [(right - left, top - bottom) for left, bottom, right, top in boxes]
    return flip_for(sizes, duplex=front.sides == "duplex")


def _write_page_labels(pdf: Pdf, *, has_cover: bool) -> None:
    # ISO 32000-1, 12.4.2: labels by ranges of pages. Printed page numbers count the cover.
    ranges = [0, Dictionary(S=Name.D)]
    if has_cover:
        ranges = [0, Dictionary(P=String("Cover")), 1, Dictionary(S=Name.D, St=2)]
    pdf.Root.PageLabels = Dictionary(Nums=Array(ranges))


def _saved(pdf: Pdf, look: Object, filled: Filled, ranges: Sequence[PageRange]) -> bytes:
    # Object numbers change when a file is written. Objects that copies need are listed in the file,
    # where an application may keep data of its own (ISO 32000-1, 14.5).
    listed = Dictionary(
        Look=look,
        Slots=Array([slot.form for slot in filled.open]),
        Fonts=Dictionary({f"/{key}": shared.font for key, shared in filled.fonts.items()}),
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
                OpenSlot(slot.name, slot.box, form.objgen[0])
                for slot, form in zip(filled.open, listed.Slots, strict=True)
            ),
            fonts={
                key: (listed.Fonts[f"/{key}"].objgen[0], shared.glyphs)
                for key, shared in filled.fonts.items()
            },
            look=listed.Look.objgen[0],
            metadata=pdf.Root.Metadata.objgen[0],
            identifier=bytes(pdf.trailer.ID[0]),
            root=pdf.Root.objgen[0],
            size=int(pdf.trailer.Size),
            previous=int(data[data.rindex(b"startxref") :].split()[1]),
            diagnostics=diagnostics,
        )

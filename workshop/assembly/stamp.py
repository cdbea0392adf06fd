"""Stamp colours and people's texts into copies of a linked document, as an update to its bytes.

Source: ISO 32000-1, 7.5.6 (incremental updates), 14.4 (file identifiers).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workshop.assembly import pdf_syntax
from workshop.assembly.fill import MARGIN
from workshop.assembly.joining.metadata import information, xmp
from workshop.assembly.look import look_for
from workshop.assembly.subsets import font_objects, joined
from workshop.assembly.values import SLOT_TOO_SMALL, Copy, Linked, OpenSlot, Stamped
from workshop.composing.pages.render_job import RenderJob
from workshop.diagnostics import Diagnostic, Severity
from workshop.keeping.memory import Memory
from workshop.typesetting.font_files import content_of
from workshop.typesetting.laid_out import IN_TEXT, LOOK, FontUse, SlotBox, SlotText
from workshop.typesetting.slot_texts import TextJob, set_texts


def stamp(
    linked: Linked, copies: Sequence[Copy], fonts_from: RenderJob, memory: Memory | None = None
) -> Iterator[Stamped]:
    """Yield the update of each copy; all texts are set in one layout, in the fonts of `fonts_from`.

    Nothing of one copy gets into another: a letter that the document's fonts lack comes in a font
    of the copy's own. Fonts in `memory` are used again, and no text is put there.
    """
    memory = Memory() if memory is None else memory
    wanted = dict.fromkeys(
        (slot.box, copy.texts.get(slot.name, "")) for copy in copies for slot in linked.slots
    )
    result = set_texts(TextJob.with_fonts_of(fonts_from, list(wanted)), memory)
    if result.diagnostics and len(copies) > 1:
        # The layout does not tell whose text lacks a glyph: each copy is stamped by itself.
        for copy in copies:
            yield from stamp(linked, [copy], fonts_from, memory)
        return
    texts = dict(zip(wanted, result.texts, strict=True))
    fonts = joined(result.fonts)
    for copy in copies:
        own = {slot: texts[slot.box, copy.texts.get(slot.name, "")] for slot in linked.slots}
        lacking = {
            use.key: (use, content_of(use, fonts_from.families, fonts_from.fonts, memory))
            for use in _lacking(linked, own.values(), fonts)
        }
        update = _update(linked, copy, own, lacking, memory)
        yield Stamped(update, tuple(dict.fromkeys((*result.diagnostics, *_misfits(copy, own)))))


def _lacking(
    linked: Linked, texts: Iterable[SlotText], fonts: Mapping[str, FontUse]
) -> Iterator[FontUse]:
    """Yield the fonts that the document lacks, with the glyphs that a copy's texts need."""
    needed: dict[str, set[int]] = {}
    for text in texts:
        for key, numbers in text.glyphs:
            needed.setdefault(key, set()).update(numbers)
    for key, wanted in needed.items():
        if key not in linked.fonts or not wanted <= linked.fonts[key][1]:
            use = fonts[key]
            yield replace(
                use, glyphs=tuple(glyph for glyph in use.glyphs if glyph.number in wanted)
            )


def _update(
    linked: Linked,
    copy: Copy,
    texts: Mapping[OpenSlot, SlotText],
    lacking: Mapping[str, tuple[FontUse, bytes]],
    memory: Memory,
) -> bytes:
    objects: dict[int, bytes] = {}
    named = {key: number for key, (number, _) in linked.fonts.items()}
    for key, (use, content) in lacking.items():
        named[key] = linked.size + len(objects)
        objects |= font_objects(use, content, named[key], memory)
    information_at = linked.size + len(objects)
    objects[information_at] = _dictionary(information(linked.front, copy.title))
    for slot, text in texts.items():
        objects[slot.number] = _form(slot.box, text, named, linked.look)
    objects[linked.look] = look_for(copy.palette)
    objects[linked.metadata] = pdf_syntax.stream(
        b"/Type /Metadata /Subtype /XML", xmp(linked.front, copy.title), compress=False
    )
    changed = hashlib.sha256(linked.identifier)
    for body in objects.values():
        changed.update(body)
    entries = b"/Root %b /Info %b /ID [<%b> <%b>]" % (
        pdf_syntax.reference(linked.root),
        pdf_syntax.reference(information_at),
        linked.identifier.hex().encode(),
        changed.hexdigest()[:32].encode(),
    )
    return pdf_syntax.addition(linked.length, objects, information_at + 1, entries, linked.previous)


def _form(box: SlotBox, text: SlotText, fonts: Mapping[str, int], look: int) -> bytes:
    # ISO 32000-1, 8.10.
    named = b" ".join(
        b"/%b%b %b" % (key.encode(), IN_TEXT.encode(), pdf_syntax.reference(fonts[key]))
        for key, _ in text.glyphs
    )
    edges = (-MARGIN, -MARGIN, box.width + MARGIN, box.height + MARGIN)
    return pdf_syntax.stream(
        b"/Type /XObject /Subtype /Form /BBox [%b] /Resources << /Font << %b >> /ExtGState %b "
        b"/ColorSpace << /%b %b >> >>"
        % (
            b" ".join(map(pdf_syntax.number, edges)),
            named,
            text.states,
            LOOK.encode(),
            pdf_syntax.reference(look),
        ),
        text.content,
    )


def _dictionary(entries: Mapping[str, str]) -> bytes:
    pairs = (b"/%b %b" % (key.encode(), pdf_syntax.string(value)) for key, value in entries.items())
    return b"<< %b >>" % b" ".join(pairs)


def _misfits(copy: Copy, texts: Mapping[OpenSlot, SlotText]) -> Iterator[Diagnostic]:
    for slot, text in texts.items():
        if not text.fits:
            yield Diagnostic(
                SLOT_TOO_SMALL,
                f"“{copy.texts[slot.name]}” does not fit its place “{slot.name}”, even set smaller",
                hint="Make the place larger in the style sheet, or shorten the text.",
                severity=Severity.WARNING,
            )

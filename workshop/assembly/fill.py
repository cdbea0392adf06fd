"""Fill page numbers and references into the slots of a document; people's slots stay open."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pikepdf import Array, Dictionary, Object, Pdf

from workshop.assembly.document import Assembled, number_for
from workshop.assembly.known_texts import set_known_texts
from workshop.assembly.logos import LogoBox, draw_logos
from workshop.assembly.pdf_syntax import HEADER, addition, reference
from workshop.assembly.subsets import font_objects, joined
from workshop.assembly.values import LinkJob
from workshop.composing.language.slots import LOGO, LOGO_ON_LABEL
from workshop.composing.pages.render_job import RenderJob
from workshop.diagnostics import Diagnostic
from workshop.keeping.memory import Memory
from workshop.typesetting.font_files import content_of
from workshop.typesetting.laid_out import IN_TEXT, LOOK, FontUse, SlotBox, SlotText
from workshop.typesetting.slot_texts import TextJob

# The letters of most names: Basic Latin and Latin-1. Each document has them in the faces that names
# are set in, so that few copies need a font of their own.
_LETTERS = "".join(map(chr, (*range(0x21, 0x7F), *range(0xC0, 0x100)))) + "–’"
# How far a text may be drawn outside its box, in points: a text that does not fit should be seen.
MARGIN = 72


@dataclass(frozen=True)
class OpenForm:
    """Holds a slot left for a person's text, and its form."""

    name: str
    box: SlotBox
    form: Object


@dataclass(frozen=True)
class SharedFont:
    """Holds a font of the document, and the numbers of its glyphs."""

    font: Object
    glyphs: frozenset[int]


@dataclass(frozen=True)
class Filled:
    """Holds the slots left open, the fonts to fill them with by key, and what is wrong."""

    open: tuple[OpenForm, ...]
    fonts: Mapping[str, SharedFont]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class _SlotForms:
    """Holds the slots of a document: with a text, for a logo, left open; and what is wrong."""

    filled: tuple[tuple[SlotBox, str, Object], ...]
    logos: tuple[LogoBox, ...]
    open: tuple[OpenForm, ...]
    diagnostics: tuple[Diagnostic, ...]


def fill(
    pdf: Pdf,
    document: Assembled,
    sources: Sequence[Pdf],
    look: Object,
    job: LinkJob,
    memory: Memory,
) -> Filled:
    """Write page numbers and references into their slots, and have all parts share their fonts.

    `look` is the table of colours that the texts look theirs up in.
    """
    slots = _collect_slots(pdf, document, sources, job.other_numbers)
    # A number that stands in many boxes of one kind is set once.
    texts = list(dict.fromkeys((box, text) for box, text, _ in slots.filled))
    boxes = dict.fromkeys(open_form.box for open_form in slots.open)
    samples = [(_without_limits(box), _LETTERS) for box in boxes]
    result = set_known_texts(TextJob.with_fonts_of(job.fonts_from, [*texts, *samples]), memory)
    fonts = _share_fonts(pdf, document, sources, job.fonts_from, result.fonts, memory)
    # The samples' texts come last and are not drawn.
    drawn_texts = dict(zip(texts, result.texts, strict=False))
    for box, text, form in slots.filled:
        _write(form, box, drawn_texts[box, text], fonts, look)
    of_logo = draw_logos(pdf, slots.logos, job.logo, job.fonts_from, memory)
    return Filled(slots.open, fonts, (*slots.diagnostics, *of_logo))


def _collect_slots(
    pdf: Pdf,
    document: Assembled,
    sources: Sequence[Pdf],
    other_numbers: Mapping[str, Mapping[str, str]],
) -> _SlotForms:
    """Copy the forms of all slots into a document, and find the texts for those it fills itself."""
    filled: list[tuple[SlotBox, str, Object]] = []
    logos: list[LogoBox] = []
    left_open: list[OpenForm] = []
    first: dict[tuple[str, SlotBox], Object] = {}
    diagnostics: list[Diagnostic] = []
    for start, part, source in zip(document.starts, document.parts, sources, strict=True):
        # All pages of a part have the same resources.
        drawn_by = pdf.copy_foreign(source.pages[0].Resources).XObject
        for slot in part.slots:
            form = pdf.copy_foreign(source.Root.Slots[f"/{slot.key}"])
            if slot.name in (LOGO, LOGO_ON_LABEL):
                logos.append(LogoBox(slot.name, slot.box, form))
                continue
            text = number_for(slot.name, start + (slot.page or 0), document, other_numbers)
            if isinstance(text, str):
                filled.append((slot.box, text, form))
            elif text is not None:
                diagnostics.append(text)
            elif (slot.name, slot.box) in first and f"/{slot.key}" in drawn_by:
                # The foot is the same in every part: all parts share one form, to be filled once.
                drawn_by[f"/{slot.key}"] = first[slot.name, slot.box]
            else:
                first.setdefault((slot.name, slot.box), form)
                left_open.append(OpenForm(slot.name, slot.box, form))
    return _SlotForms(tuple(filled), tuple(logos), tuple(left_open), tuple(diagnostics))


def _without_limits(box: SlotBox) -> SlotBox:
    return replace(box, width=20_000, height=1_000)


def _write(
    form: Object, box: SlotBox, text: SlotText, fonts: Mapping[str, SharedFont], look: Object
) -> None:
    form.write(text.content)
    form.BBox = Array([-MARGIN, -MARGIN, box.width + MARGIN, box.height + MARGIN])
    named = Dictionary({f"/{key}{IN_TEXT}": fonts[key].font for key, _ in text.glyphs})
    form.Resources = Dictionary(
        Font=named,
        ExtGState=Object.parse(text.states),
        ColorSpace=Dictionary({f"/{LOOK}": look}),
    )


def _share_fonts(
    pdf: Pdf,
    document: Assembled,
    sources: Sequence[Pdf],
    fonts_from: RenderJob,
    of_texts: Iterable[FontUse],
    memory: Memory,
) -> dict[str, SharedFont]:
    """Give every part the same fonts, and return those that texts are set in, by their key."""
    texts = joined(of_texts)
    every = joined([*(use for part in document.parts for use in part.fonts), *texts.values()])
    joinable = {
        key: (use, content)
        for key, use in every.items()
        if use.joinable
        and (content := content_of(use, fonts_from.families, fonts_from.fonts, memory))
    }
    shared = _add_fonts(pdf, joinable, memory)
    for source in sources:
        # Pages, patterns and groups of a part all refer to this one dictionary.
        own = pdf.copy_foreign(source.pages[0].Resources.Font)
        for key, shared_font in shared.items():
            if f"/{key}" in own:
                own[f"/{key}"] = shared_font.font
    # Parts cannot share a variable font or a font of form fields: texts get a copy of their own.
    alone = {
        key: (use, content_of(use, fonts_from.families, fonts_from.fonts, memory))
        for key, use in texts.items()
        if key not in shared
    }
    return {**shared, **_add_fonts(pdf, alone, memory)}


def _add_fonts(
    pdf: Pdf, fonts: Mapping[str, tuple[FontUse, bytes]], memory: Memory
) -> dict[str, SharedFont]:
    """Add fonts to a document; each is given with the content of its file."""
    if not fonts:
        return {}
    objects: dict[int, bytes] = {}
    numbers = {}
    for key, (use, content) in fonts.items():
        numbers[key] = first = len(objects) + 2
        objects |= font_objects(use, content, first, memory)
    named = b" ".join(b"/%b %b" % (key.encode(), reference(to)) for key, to in numbers.items())
    objects[1] = (
        b"<< /Type /Catalog /Pages << /Type /Pages /Kids [] /Count 0 >> /Fonts << %b >> >>" % named
    )
    # Copies need the same objects as bytes. So the bytes are written once and read back here.
    data = HEADER + addition(len(HEADER), objects, len(objects) + 1, b"/Root 1 0 R", None)
    with Pdf.open(io.BytesIO(data)) as file:
        return {
            key: SharedFont(
                pdf.copy_foreign(file.Root.Fonts[f"/{key}"]),
                frozenset(glyph.number for glyph in use.glyphs),
            )
            for key, (use, _) in fonts.items()
        }

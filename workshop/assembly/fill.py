"""Slots into what the document itself knows, page numbers and references; the others stay open."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pikepdf import Array, Dictionary, Object, Pdf

from workshop.assembly.document import Assembled, number_for
from workshop.assembly.known_texts import set_known_texts
from workshop.assembly.pdf_syntax import HEADER, addition, reference
from workshop.assembly.subsets import font_objects, joined
from workshop.composing.pages.render_job import RenderJob
from workshop.diagnostics import Diagnostic
from workshop.typesetting.font_files import content_of
from workshop.typesetting.laid_out import IN_TEXT, FontUse, SlotBox, SlotText
from workshop.typesetting.slot_texts import TextJob

# What most names are written with: Basic Latin and the letters of Latin-1. The document has them in
# the faces that names are set in, so that few copies need a font of their own.
_LETTERS = "".join(map(chr, (*range(0x21, 0x7F), *range(0xC0, 0x100)))) + "–’"
# How far a text may reach out of its box, in points: what does not fit is seen, and told of.
MARGIN = 72


@dataclass(frozen=True)
class OpenForm:
    """A slot left for a person's text, and its form."""

    name: str
    box: SlotBox
    form: Object


@dataclass(frozen=True)
class SharedFont:
    """A font of the document, and the numbers of the glyphs it has."""

    font: Object
    glyphs: frozenset[int]


@dataclass(frozen=True)
class Filled:
    """What is left to be filled in, the fonts to do it with, and what could not be filled in."""

    open: tuple[OpenForm, ...]
    fonts: Mapping[str, SharedFont]
    diagnostics: tuple[Diagnostic, ...]


def fill(
    pdf: Pdf,
    document: Assembled,
    sources: Sequence[Pdf],
    like: RenderJob,
    others: Mapping[str, Mapping[str, str]],
) -> Filled:
    """Set what the document knows into its slots and have all parts share their fonts."""
    known: list[tuple[SlotBox, str, Object]] = []
    left: list[OpenForm] = []
    first: dict[tuple[str, SlotBox], Object] = {}
    unknown: list[Diagnostic] = []
    for start, part, source in zip(document.starts, document.parts, sources, strict=True):
        # All pages of a part have the same resources.
        drawn_by = pdf.copy_foreign(source.pages[0].Resources).XObject
        for slot in part.slots:
            form = pdf.copy_foreign(source.Root.Slots[f"/{slot.key}"])
            text = number_for(slot.name, start + (slot.page or 0), document, others)
            if isinstance(text, str):
                known.append((slot.box, text, form))
            elif text is not None:
                unknown.append(text)
            elif (slot.name, slot.box) in first and f"/{slot.key}" in drawn_by:
                # A foot is the same in every part: one form for all is filled in once for all.
                drawn_by[f"/{slot.key}"] = first[slot.name, slot.box]
            else:
                first.setdefault((slot.name, slot.box), form)
                left.append(OpenForm(slot.name, slot.box, form))
    # A number that stands in many boxes of one kind is set once.
    texts = list(dict.fromkeys((box, text) for box, text, _ in known))
    samples = [(_roomy(box), _LETTERS) for box in dict.fromkeys(one.box for one in left)]
    made = set_known_texts(TextJob.like(like, [*texts, *samples]))
    fonts = _share_fonts(pdf, document, sources, like, made.fonts)
    made_of = dict(zip(texts, made.texts, strict=False))
    for box, text, form in known:
        _write(form, box, made_of[box, text], fonts)
    return Filled(tuple(left), fonts, tuple(unknown))


def _roomy(box: SlotBox) -> SlotBox:
    return replace(box, width=20_000, height=1_000)


def _write(form: Object, box: SlotBox, text: SlotText, fonts: Mapping[str, SharedFont]) -> None:
    form.write(text.content)
    form.BBox = Array([-MARGIN, -MARGIN, box.width + MARGIN, box.height + MARGIN])
    named = Dictionary({f"/{key}{IN_TEXT}": fonts[key].font for key, _ in text.glyphs})
    form.Resources = Dictionary(Font=named, ExtGState=Object.parse(text.states))


def _share_fonts(
    pdf: Pdf,
    document: Assembled,
    sources: Sequence[Pdf],
    like: RenderJob,
    of_texts: Iterable[FontUse],
) -> dict[str, SharedFont]:
    """Give every part the same fonts, and return those that texts are set in."""
    texts = joined(of_texts)
    every = joined([*(use for part in document.parts for use in part.fonts), *texts.values()])
    wanted = {
        key: (use, content)
        for key, use in every.items()
        if use.joinable and (content := content_of(use, like.families, like.fonts))
    }
    shared = _made(pdf, wanted)
    for source in sources:
        # Pages, patterns and groups of a part all refer to this one dictionary.
        own = pdf.copy_foreign(source.pages[0].Resources.Font)
        for key, one in shared.items():
            if f"/{key}" in own:
                own[f"/{key}"] = one.font
    # A font that parts cannot share, a variable one or one of fields, texts have for themselves.
    alone = {
        key: (use, content_of(use, like.families, like.fonts))
        for key, use in texts.items()
        if key not in shared
    }
    return {**shared, **_made(pdf, alone)}


def _made(pdf: Pdf, fonts: Mapping[str, tuple[FontUse, bytes]]) -> dict[str, SharedFont]:
    """Add fonts to a document."""
    if not fonts:
        return {}
    objects: dict[int, bytes] = {}
    numbers = {}
    for key, (use, content) in fonts.items():
        numbers[key] = first = len(objects) + 2
        objects |= font_objects(use, content, first)
    named = b" ".join(b"/%b %b" % (key.encode(), reference(one)) for key, one in numbers.items())
    objects[1] = (
        b"<< /Type /Catalog /Pages << /Type /Pages /Kids [] /Count 0 >> /Fonts << %b >> >>" % named
    )
    # Read back, rather than written twice: once for a document and once for a copy.
    data = HEADER + addition(len(HEADER), objects, len(objects) + 1, b"/Root 1 0 R", None)
    with Pdf.open(io.BytesIO(data)) as made:
        return {
            key: SharedFont(
                pdf.copy_foreign(made.Root.Fonts[f"/{key}"]),
                frozenset(glyph.number for glyph in use.glyphs),
            )
            for key, (use, _) in fonts.items()
        }

"""Set page numbers and alphabets, which many documents share, only once each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from workshop.assembly.subsets import joined
from workshop.keeping.memory import Memory
from workshop.typesetting.laid_out import FontUse, SlotBox, SlotText, SlotTexts
from workshop.typesetting.slot_texts import TextJob, set_texts


@dataclass(frozen=True)
class _KnownTexts:
    """Holds the texts that were set with the same fonts and font rules, and those fonts."""

    texts: Mapping[tuple[SlotBox, str], SlotText]
    fonts: tuple[FontUse, ...]


def set_known_texts(job: TextJob, memory: Memory) -> SlotTexts:
    """Set texts as `set_texts` does, but take those that were set before from `memory`.

    The result does not depend on what was set before. Not for texts of people: they must not be
    remembered.
    """
    like = replace(job, texts=())
    earlier = memory.set_texts.get(like) or _KnownTexts({}, ())
    new = tuple(entry for entry in job.texts if entry not in earlier.texts)
    if new:
        earlier = memory.set_texts.put(like, _with_new_texts(earlier, job, new, memory))
    texts = tuple(earlier.texts[entry] for entry in job.texts)
    # What `set_texts` reports is left out: the alphabet has letters that a font need not have.
    return SlotTexts(texts, tuple(_find_used_fonts(earlier.fonts, texts)), ())


def _with_new_texts(
    earlier: _KnownTexts, job: TextJob, new: tuple[tuple[SlotBox, str], ...], memory: Memory
) -> _KnownTexts:
    """Return earlier texts and fonts with those of `new` texts."""
    result = set_texts(replace(job, texts=new), memory)
    texts = {**earlier.texts, **dict(zip(new, result.texts, strict=True))}
    return _KnownTexts(texts, tuple(joined([*earlier.fonts, *result.fonts]).values()))


def _find_used_fonts(fonts: Iterable[FontUse], texts: Iterable[SlotText]) -> Iterable[FontUse]:
    """Yield the fonts that these texts use, in the texts' order, with the glyphs they use alone."""
    numbers_by_key: dict[str, set[int]] = {}
    for text in texts:
        for key, numbers in text.glyphs:
            numbers_by_key.setdefault(key, set()).update(numbers)
    by_key = {font.key: font for font in fonts}
    for key, numbers_used in numbers_by_key.items():
        glyphs = (glyph for glyph in by_key[key].glyphs if glyph.number in numbers_used)
        in_order = tuple(sorted(glyphs, key=lambda glyph: glyph.number))
        yield replace(by_key[key], glyphs=in_order)

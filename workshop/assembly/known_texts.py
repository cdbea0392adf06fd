"""Texts that stand in one document after another, page numbers and alphabets, each set once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from workshop.assembly.subsets import joined
from workshop.typesetting.laid_out import FontUse, SlotBox, SlotText, SlotTexts
from workshop.typesetting.slot_texts import TextJob, set_texts


def set_known_texts(job: TextJob) -> SlotTexts:
    """Set texts as `set_texts` does; what this process has set before, it takes from there.

    Not for texts of people, which nothing keeps. What comes out does not depend on what was set
    before.
    """
    memory = _memory(replace(job, texts=()))
    new = tuple(one for one in job.texts if one not in memory.texts)
    if new:
        made = set_texts(replace(job, texts=new))
        memory.texts.update(zip(new, made.texts, strict=True))
        memory.fonts = tuple(joined([*memory.fonts, *made.fonts]).values())
    texts = tuple(memory.texts[one] for one in job.texts)
    return SlotTexts(texts, tuple(_used(memory.fonts, texts)), ())


def _used(fonts: Iterable[FontUse], texts: Iterable[SlotText]) -> Iterable[FontUse]:
    """Yield fonts with the glyphs that these texts take, and no others, in the texts' order."""
    wanted: dict[str, set[int]] = {}
    for text in texts:
        for key, numbers in text.glyphs:
            wanted.setdefault(key, set()).update(numbers)
    known = {font.key: font for font in fonts}
    for key, taken in wanted.items():
        glyphs = (one for one in known[key].glyphs if one.number in taken)
        yield replace(known[key], glyphs=tuple(sorted(glyphs, key=lambda one: one.number)))


@dataclass
class _Memory:
    texts: dict[tuple[SlotBox, str], SlotText] = field(default_factory=dict)
    fonts: tuple[FontUse, ...] = ()


@lru_cache(maxsize=16)
def _memory(_like: TextJob) -> _Memory:
    return _Memory()

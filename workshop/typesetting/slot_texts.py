"""Texts into the boxes left open for them: as large as CSS says, or as large as the box allows."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from workshop.composing.pages.render_job import JobFile, RenderJob, Stylesheet
from workshop.typesetting.font_files import named_by
from workshop.typesetting.fontconfig import use_only
from workshop.typesetting.laid_out import FontUse, SlotBox, SlotText, SlotTexts
from workshop.typesetting.typeset import VARIANT, load_weasyprint, no_garbage_collection, prepare

if TYPE_CHECKING:
    from workshop.typesetting.complaints import Complaints

# What a text may stick out of its box, in points: a rounding, not a stroke.
_TOLERANCE = 0.05
_STEP = 0.05
_SIZE = re.compile(r"(?<=font-size: )[\d.]+(?=px)")
_LEADING = re.compile(r"(?<=line-height: )([\d.]+)(px)?(?=;|$)")
# One page for all of them, wider than any box and higher than the lines of ten thousand people.
_PAGE = "@page { size: 5000mm 1000000mm; margin: 0 } div { position: absolute; top: 0; left: 0 }"
# What ends a line would do so among texts that share a block: here it is a space as any other.
_SPACE = re.compile("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")


@dataclass(frozen=True)
class TextJob:
    """Texts to set into boxes, with the fonts and font rules of another job."""

    texts: tuple[tuple[SlotBox, str], ...]
    stylesheets: tuple[Stylesheet, ...]
    files: tuple[JobFile, ...]
    families: tuple[str, ...]
    fonts: tuple[JobFile, ...]

    @classmethod
    def like(cls, job: RenderJob, texts: Sequence[tuple[SlotBox, str]]) -> TextJob:
        """Return a job that sets texts as another job sets its own."""
        # A box says all of its style; only where its fonts come from may stand in a sheet.
        sheets = tuple(one for one in job.stylesheets if _brings_fonts(one))
        return cls(tuple(texts), sheets, job.files if sheets else (), job.families, job.fonts)


@lru_cache(maxsize=64)
def _brings_fonts(sheet: Stylesheet) -> bool:
    return "@font-face" in sheet.css.lower()


@dataclass(frozen=True)
class _Setting:
    """One way to set a text: its size as a part of what CSS says, and whether lines may break."""

    scale: float
    wrap: bool


@dataclass(frozen=True)
class _TextSize:
    """How large a text came out, in points."""

    width: float
    height: float


def set_texts(job: TextJob) -> SlotTexts:
    """Set every text into its box: all in one layout, and those that did not fit in another.

    A text that is too large is set smaller, down to the least size its box allows; one that is to
    stand on one line is broken only then. What still does not fit is drawn all the same, and says
    so. Raises `EnvironmentFault` as `typeset` does.
    """
    use_only(job.families, job.fonts)
    weasyprint = load_weasyprint()
    from workshop.typesetting.complaints import Complaints

    complaints = Complaints()
    found: dict[int, SlotText] = {}
    fonts: list[FontUse] = []
    ways = {number: _settings(box) for number, (box, text) in enumerate(job.texts) if text.strip()}
    settings = {number: next(way) for number, way in ways.items()}
    with complaints.listening(), no_garbage_collection():
        while settings:
            drawn, used = _draw(weasyprint, job, settings, complaints)
            fonts += used
            settings = {}
            for number, (text, size) in drawn.items():
                found[number] = text
                if not text.fits and (another := _another(ways[number], size)):
                    settings[number] = another
    nothing = SlotText(b"", b"<<>>", (), fits=True)
    texts = tuple(found.get(number, nothing) for number in range(len(job.texts)))
    uses = named_by(job.families, job.fonts, fonts)
    return SlotTexts(texts, uses, tuple(dict.fromkeys(complaints.found)))


def _settings(box: SlotBox) -> Generator[_Setting, _TextSize, None]:
    """Yield one way after another to set a text, the best first, told how the last came out."""
    # On one line first, whatever the box: most texts need no more, and lines are set together.
    size = yield _Setting(1, wrap=False)
    if _one_line(box):
        # The width grows with the size: what fits is known.
        scale = 0.999 * box.width / size.width
        if box.smallest <= scale < 1:
            yield _Setting(scale, wrap=False)
    else:
        yield _Setting(1, wrap=True)
        steps = int((1 - box.smallest) / _STEP + 0.001)
        for step in range(1, steps):
            yield _Setting(1 - step * _STEP, wrap=True)
    yield _Setting(box.smallest, wrap=True)


def _one_line(box: SlotBox) -> bool:
    return "white-space: nowrap" in box.css


def _fills_lines(box: SlotBox) -> bool:
    return "text-align-last: justify" in box.css


def _another(way: Generator[_Setting, _TextSize, None], size: _TextSize) -> _Setting | None:
    try:
        return way.send(size)
    except StopIteration:
        return None


def _draw(
    weasyprint: Any, job: TextJob, settings: Mapping[int, _Setting], complaints: Complaints
) -> tuple[dict[int, tuple[SlotText, _TextSize]], tuple[FontUse, ...]]:
    """Lay texts out and return what draws each of them, how large it is, and their fonts."""
    from workshop.typesetting.inside import glyphs
    from workshop.typesetting.inside.text_blocks import blocks_by_id

    sets = _sets(job, settings)
    html, options = prepare(weasyprint, _page(job, sets), job.stylesheets, job.files, complaints)
    options["stylesheets"].append(
        weasyprint.CSS(string=_styles(sets), font_config=options["font_config"])
    )
    document = html.render(pdf_variant=VARIANT, **options)
    blocks = blocks_by_id(document)
    drawn = {}
    for name, one in sets.items():
        pieces = [blocks[name]] if one.setting.wrap else blocks[name].lines
        for number, piece in zip(one.numbers, pieces, strict=True):
            size = _TextSize(*piece.extent)
            spare = max(0, one.box.height - size.height)
            down = {"start": 0, "center": spare / 2, "end": spare}[one.box.align]
            content, states = piece.drawn(document, one.box, down)
            text = SlotText(content, states, glyphs.glyphs_in(content), one.holds(size))
            drawn[number] = text, size
    return drawn, glyphs.font_uses(document, embedded=False)


@dataclass(frozen=True)
class _Set:
    """Texts that are set in one block: each as a line of it, or a single one broken into lines."""

    box: SlotBox
    setting: _Setting
    numbers: tuple[int, ...]

    def holds(self, size: _TextSize) -> bool:
        """Whether a text of this size fits the box; its only line is as high as CSS made it."""
        if _one_line(self.box) and not self.setting.wrap:
            return size.width <= self.box.width + _TOLERANCE
        # What would be broken for a hair’s breadth is broken.
        spare = _TOLERANCE if self.setting.wrap else 0
        return size.width <= self.box.width + spare and size.height <= self.box.height + _TOLERANCE


def _sets(job: TextJob, settings: Mapping[int, _Setting]) -> dict[str, _Set]:
    """Put texts together that are set alike: the style of a block is worked out once."""
    alike: dict[tuple[SlotBox, _Setting, int], list[int]] = {}
    for number, setting in settings.items():
        box = job.texts[number][0]
        key = (box, setting, number if setting.wrap or _fills_lines(box) else -1)
        alike.setdefault(key, []).append(number)
    return {
        f"t{count}": _Set(box, setting, tuple(numbers))
        for count, ((box, setting, _), numbers) in enumerate(alike.items())
    }


def _page(job: TextJob, sets: Mapping[str, _Set]) -> str:
    blocks = "".join(
        f'<div id="{name}" lang="{escape(one.box.language)}">'
        + "\n".join(escape(_spaced(job.texts[number][1])) for number in one.numbers)
        + "</div>"
        for name, one in sets.items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Texts</title></head>'
        f"<body>{blocks}</body></html>"
    )


def _spaced(text: str) -> str:
    """Return a text with single spaces, and none around it, as CSS would make it."""
    return _SPACE.sub(" ", text).strip(" ")


def _styles(sets: Mapping[str, _Set]) -> str:
    rules: dict[str, list[str]] = {}
    for name, one in sets.items():
        css = f"width: {one.box.width}pt; {_css(one.box, one.setting)}"
        rules.setdefault(css, []).append(f"#{name}")
    return "\n".join((_PAGE, *(f"{', '.join(ids)} {{ {css} }}" for css, ids in rules.items())))


def _css(box: SlotBox, setting: _Setting) -> str:
    css = box.css
    if setting.scale != 1 and (size := _SIZE.search(css)):
        was = float(size[0])
        css = _SIZE.sub(f"{was * setting.scale:.4f}", css)
        if not setting.wrap:
            # Its line stays as high as it was, so that the text keeps to it.
            css = _LEADING.sub(lambda one: _pixels(one, was), css)
    if setting.wrap:
        return f"{css}; white-space: normal; overflow-wrap: anywhere"
    # Lines that are kept as they are written are never widened.
    return f"{css}; white-space: {'nowrap' if _fills_lines(box) else 'pre'}"


def _pixels(leading: re.Match[str], size: float) -> str:
    return leading[0] if leading[2] else f"{float(leading[1]) * size:.4f}px"

"""Set texts into the boxes left open for them, as large as CSS says or as the box allows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from workshop.composing.pages.render_job import JobFile, RenderJob, Stylesheet
from workshop.keeping.memory import Memory
from workshop.typesetting.font_files import named_by
from workshop.typesetting.fontconfig import use_only
from workshop.typesetting.laid_out import FontUse, SlotBox, SlotText, SlotTexts
from workshop.typesetting.typeset import VARIANT, load_weasyprint, no_garbage_collection, prepare

if TYPE_CHECKING:
    from workshop.typesetting.complaints import Complaints

# How far a text may stick out of its box, in points: a rounding, not a stroke.
_TOLERANCE = 0.05
_STEP = 0.05
_SIZE = re.compile(r"(?<=font-size: )[\d.]+(?=px)")
_LEADING = re.compile(r"(?<=line-height: )([\d.]+)(px)?(?=;|$)")
# One page for all texts, wider than any box and higher than the lines of ten thousand people.
_PAGE = "@page { size: 5000mm 1000000mm; margin: 0 } div { position: absolute; top: 0; left: 0 }"
# Each text is one line of a block that it shares with others. So that none takes two lines, all
# characters that end a line become spaces.
_SPACE = re.compile("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")


@dataclass(frozen=True)
class TextJob:
    """Holds texts to set into boxes, with the fonts and font rules of another job."""

    texts: tuple[tuple[SlotBox, str], ...]
    stylesheets: tuple[Stylesheet, ...]
    files: tuple[JobFile, ...]
    families: tuple[str, ...]
    fonts: tuple[JobFile, ...]

    @classmethod
    def with_fonts_of(cls, job: RenderJob, texts: Sequence[tuple[SlotBox, str]]) -> TextJob:
        """Return a job that sets texts in the fonts of another job."""
        # A box holds all of its style itself. Only rules that name font files are missing in it.
        sheets = tuple(sheet for sheet in job.stylesheets if "@font-face" in sheet.css.lower())
        return cls(tuple(texts), sheets, job.files if sheets else (), job.families, job.fonts)


@dataclass(frozen=True)
class _Setting:
    """Describes how a text is set: its size, as a factor, and whether it may be broken in lines."""

    scale: float
    wrap: bool


@dataclass(frozen=True)
class _TextSize:
    """Holds how large a text came out, in points."""

    width: float
    height: float


def set_texts(job: TextJob, memory: Memory | None = None) -> SlotTexts:
    """Set every text into its box: all in one layout, and those that did not fit in another.

    A text that is too large is set smaller, down to the smallest size its box allows. A text that
    should stand on one line is broken only at that size. A text that still does not fit is drawn
    all the same, and its `fits` is false. Style sheets and fonts in `memory` are used again. Raises
    `EnvironmentFault` as `typeset` does.
    """
    memory = Memory() if memory is None else memory
    use_only(job.families, job.fonts)
    weasyprint = load_weasyprint()
    from workshop.typesetting.complaints import Complaints
    from workshop.typesetting.inside.glyphs import drop_added_fonts

    complaints = Complaints()
    by_number: dict[int, SlotText] = {}
    fonts: list[FontUse] = []
    # First on one line, whatever the box: most texts need no more, and lines are set together.
    whole_line = _Setting(1, wrap=False)
    settings = {number: whole_line for number, (_, text) in enumerate(job.texts) if text.strip()}
    smaller: dict[int, list[_Setting]] = {}
    try:
        with complaints.listening(), no_garbage_collection():
            while settings:
                drawn, uses = _draw(weasyprint, job, settings, complaints, memory)
                fonts += uses
                settings = {}
                for number, (text, size) in drawn.items():
                    by_number[number] = text
                    if not text.fits and number not in smaller:
                        smaller[number] = _smaller_settings(job.texts[number][0], size)
                    if not text.fits and smaller[number]:
                        settings[number] = smaller[number].pop(0)
    finally:
        drop_added_fonts(memory)
    nothing = SlotText(b"", b"<<>>", (), fits=True)
    texts = tuple(by_number.get(number, nothing) for number in range(len(job.texts)))
    font_uses = named_by(job.families, job.fonts, fonts, memory)
    return SlotTexts(texts, font_uses, tuple(dict.fromkeys(complaints.diagnostics)))


def _smaller_settings(box: SlotBox, size: _TextSize) -> list[_Setting]:
    """Return the ways to set a text that does not fit on one line at full size, the best first.

    `size` is the size of the text on that line.
    """
    smallest = _Setting(box.smallest, wrap=True)
    if _is_one_line(box):
        # The width of a text grows with its type size, so that the scale can be computed.
        scale = 0.999 * box.width / size.width
        return [_Setting(scale, wrap=False), smallest] if box.smallest <= scale < 1 else [smallest]
    steps = max(1, int((1 - box.smallest) / _STEP + 0.001))
    return [*(_Setting(1 - step * _STEP, wrap=True) for step in range(steps)), smallest]


def _is_one_line(box: SlotBox) -> bool:
    return "white-space: nowrap" in box.css


def _fills_lines(box: SlotBox) -> bool:
    return "text-align-last: justify" in box.css


def _draw(
    weasyprint: Any,
    job: TextJob,
    settings: Mapping[int, _Setting],
    complaints: Complaints,
    memory: Memory,
) -> tuple[dict[int, tuple[SlotText, _TextSize]], tuple[FontUse, ...]]:
    """Lay texts out; return by each text's number what draws it and its size, and all fonts."""
    from workshop.typesetting.inside import glyphs
    from workshop.typesetting.inside.texts.text_blocks import blocks_by_id

    text_blocks = _text_blocks(job, settings)
    html, options = prepare(
        weasyprint, _page(job, text_blocks), job.stylesheets, job.files, complaints, memory
    )
    options["stylesheets"].append(
        weasyprint.CSS(string=_styles(text_blocks), font_config=options["font_config"])
    )
    document = html.render(pdf_variant=VARIANT, **options)
    blocks = blocks_by_id(document)
    drawn = {}
    for name, text_block in text_blocks.items():
        box = text_block.box
        pieces = [blocks[name]] if text_block.setting.wrap else blocks[name].lines
        for number, piece in zip(text_block.numbers, pieces, strict=True):
            size = _TextSize(*piece.extent)
            spare = max(0, box.height - size.height)
            down = {"start": 0, "center": spare / 2, "end": spare}[box.align]
            content, states = piece.drawn(document, box, down)
            text = SlotText(content, states, glyphs.glyphs_in(content), text_block.holds(size))
            drawn[number] = text, size
    return drawn, glyphs.font_uses(document, embedded=False)


@dataclass(frozen=True)
class _TextBlock:
    """Holds texts that are set in one block: each on one line of it, or a single wrapped text."""

    box: SlotBox
    setting: _Setting
    numbers: tuple[int, ...]

    def holds(self, size: _TextSize) -> bool:
        """Tell whether a text of this size fits the box."""
        if _is_one_line(self.box) and not self.setting.wrap:
            # The line is as high as CSS made it, and may be higher than the box.
            return size.width <= self.box.width + _TOLERANCE
        # A single line that would be a hair's breadth too wide is broken instead.
        spare = _TOLERANCE if self.setting.wrap else 0
        return size.width <= self.box.width + spare and size.height <= self.box.height + _TOLERANCE


def _text_blocks(job: TextJob, settings: Mapping[int, _Setting]) -> dict[str, _TextBlock]:
    """Put texts of equal style together, since WeasyPrint computes the style once for a block."""
    alike: dict[tuple[SlotBox, _Setting, int], list[int]] = {}
    for number, setting in settings.items():
        box = job.texts[number][0]
        key = (box, setting, number if setting.wrap or _fills_lines(box) else -1)
        alike.setdefault(key, []).append(number)
    return {
        f"t{count}": _TextBlock(box, setting, tuple(numbers))
        for count, ((box, setting, _), numbers) in enumerate(alike.items())
    }


def _page(job: TextJob, text_blocks: Mapping[str, _TextBlock]) -> str:
    blocks = "".join(
        f'<div id="{name}" lang="{escape(text_block.box.language)}">'
        + "\n".join(escape(_with_single_spaces(job.texts[at][1])) for at in text_block.numbers)
        + "</div>"
        for name, text_block in text_blocks.items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Texts</title></head>'
        f"<body>{blocks}</body></html>"
    )


def _with_single_spaces(text: str) -> str:
    """Return a text with single spaces, and none at its ends, as CSS would collapse them."""
    return _SPACE.sub(" ", text).strip(" ")


def _styles(text_blocks: Mapping[str, _TextBlock]) -> str:
    rules: dict[str, list[str]] = {}
    for name, text_block in text_blocks.items():
        css = f"width: {text_block.box.width}pt; {_css(text_block.box, text_block.setting)}"
        rules.setdefault(css, []).append(f"#{name}")
    return "\n".join((_PAGE, *(f"{', '.join(ids)} {{ {css} }}" for css, ids in rules.items())))


def _css(box: SlotBox, setting: _Setting) -> str:
    css = box.css
    if setting.scale != 1 and (size := _SIZE.search(css)):
        full_size = float(size[0])
        css = _SIZE.sub(f"{full_size * setting.scale:.4f}", css)
        if not setting.wrap:
            # The line keeps its height, so that the text stays on the same base line.
            css = _LEADING.sub(lambda leading: _pixels(leading, full_size), css)
    if setting.wrap:
        return f"{css}; white-space: normal; overflow-wrap: anywhere"
    # Lines with `pre` are never justified: boxes that fill their lines need `nowrap`.
    return f"{css}; white-space: {'nowrap' if _fills_lines(box) else 'pre'}"


def _pixels(leading: re.Match[str], size: float) -> str:
    return leading[0] if leading[2] else f"{float(leading[1]) * size:.4f}px"

"""Look at a picture before it is printed: whether it is whole, and how it has to be handed over."""

from __future__ import annotations

import io
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from workshop.composing.pages.render_job import JobFile, Stylesheet
from workshop.diagnostics import Diagnostic, Location, Severity
from workshop.keeping.memory import Memory
from workshop.limits import PICTURE_PIXELS
from workshop.tailoring.look.font_tables import why_damaged, why_no_font
from workshop.typesetting.findings.lost_words import LOST_TEXT
from workshop.typesetting.looking.drawing_texts import unseen_texts
from workshop.typesetting.looking.drawings import (
    effects_left_out,
    missing_families,
    read_drawing,
    why_refused,
)

NOT_LOADED = "not-loaded"

_ANEW = "Open it in a drawing or picture program and save it anew, as SVG, PNG or JPEG."
_OUTLINES = "In the drawing program, convert its type to outlines (“paths”), and export it again."
_UNHIDE = "Make them visible, or take them out of the drawing."
_FLATTEN = "Export it without the effect, or as a PNG of at least 300 pixels an inch."
_LONGEST = 60
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SVG_ROOT = "{http://www.w3.org/2000/svg}svg"
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG, _JPEG_SCAN, _JPEG_END = b"\xff\xd8\xff", b"\xff\xda", b"\xff\xd9"
# Modes of Pillow that the layout engine prints right.
_PRINTED = frozenset(("1", "L", "LA", "P", "RGB", "RGBA", "CMYK"))
_OWN_FACE = re.compile(r"@font-face\s*\{[^}]*?font-family\s*:\s*[\"']?([^\"';}]+)", re.IGNORECASE)


@dataclass(frozen=True)
class SeenPicture:
    """Holds a picture as the layout is to have it, and what is wrong with it.

    It is `refused` where it must not be printed at all.
    """

    content: bytes
    faults: tuple[Diagnostic, ...] = ()
    refused: bool = False


def look_at(file: JobFile, families: Collection[str], memory: Memory) -> SeenPicture:
    """Look at a file that a page asks for, once in the life of a memory; pictures alone matter."""
    key = file.address, file.digest, tuple(sorted(families))
    seen: SeenPicture = memory.pictures.get_or_make(key, lambda: _look_at(file, families))
    return seen


def families_there(
    families: Sequence[str], fonts: Sequence[JobFile], sheets: Sequence[Stylesheet], memory: Memory
) -> frozenset[str]:
    """Return the font families that a layout may use: the job's, and those of its own fonts."""
    own: set[str] = set()
    for font in fonts:
        own |= memory.pictures.get_or_make(
            ("families", font.digest), partial(_families_of, font.content)
        )
    for sheet in sheets:
        own.update(name.strip() for name in _OWN_FACE.findall(sheet.css))
    return frozenset(own.union(families))


def _families_of(content: bytes) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    try:
        with TTFont(io.BytesIO(content), lazy=True) as font:
            names = (font["name"].getDebugName(number) for number in (1, 16))
            return frozenset(name for name in names if name)
    except Exception:  # fontTools raises many kinds; the font is told elsewhere
        return frozenset()


def _look_at(file: JobFile, families: Collection[str]) -> SeenPicture:
    content = file.content
    # Without its zero bytes, mark-up in UTF-16 reads like ASCII.
    if b"<svg" in content[:65_536].replace(b"\0", b""):
        return _look_at_drawing(file, families)
    if file.address.lower().endswith((".ttf", ".otf")) and not why_no_font(content):
        return _look_at_font(file)
    if file.address.lower().endswith((".css", ".ttf", ".otf", ".woff", ".woff2", ".icc")):
        return SeenPicture(content)
    return _look_at_pixels(file)


def _look_at_font(file: JobFile) -> SeenPicture:
    why = why_damaged(file.content)
    if not why:
        return SeenPicture(file.content)
    message = f"This font file is damaged: {why}"
    hint = "Copy or download it again."
    fault = Diagnostic("font-unreadable", message, Location(Path(file.address)), hint)
    return SeenPicture(b"", (fault,), refused=True)


def _look_at_drawing(file: JobFile, families: Collection[str]) -> SeenPicture:
    root = read_drawing(file.content)
    why = root if isinstance(root, str) else why_refused(root)
    if isinstance(root, str) or why:
        return _refused(file, f"cannot be drawn: {why}")
    text = file.content.decode("utf-8", "replace")
    faults = (
        replace(fault, location=Location(Path(file.address), _line_of(words, text)))
        for fault, words in faults_in_drawing(root, families, on_paper=True)
    )
    return SeenPicture(file.content, tuple(faults))


def faults_in_drawing(
    root: ET.Element, families: Collection[str], *, on_paper: bool
) -> Iterator[tuple[Diagnostic, str]]:
    """Yield what a drawing loses in print, with the words that are lost."""
    for text in unseen_texts(root, on_paper=on_paper):
        words = text.words if len(text.words) <= _LONGEST else f"{text.words[:_LONGEST]} …"
        message = f"“{words}” in this drawing cannot be seen: {text.why}"
        if text.is_lost:
            yield Diagnostic(LOST_TEXT, message, None, _OUTLINES), text.words
        else:
            yield Diagnostic("drawing-text", message, None, _UNHIDE, Severity.WARNING), text.words
    if effects := effects_left_out(root):
        message = f"This drawing has what cannot be printed and is left out: {', '.join(effects)}"
        yield Diagnostic("drawing-effect", message, None, _FLATTEN, Severity.WARNING), ""
    if missing := missing_families(root, families):
        names = ", ".join(f"“{name[:60]}”" for name in missing[:3])
        message = f"Type in this drawing is set in another font: {names} is not there"
        yield Diagnostic("drawing-font", message, None, _OUTLINES, Severity.WARNING), ""


def look_at_inline(html: Any, families: Collection[str]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the drawings that stand in a page's HTML, each fault once.

    A drawing that must not be drawn is emptied.
    """
    heading, told = "", set[Diagnostic]()
    for element in html.iter():
        if element.tag in _HEADINGS:
            heading = " ".join("".join(element.itertext()).split())
        if element.tag != _SVG_ROOT:
            continue
        below = f" (below the heading “{heading[:_LONGEST]}”)" if heading else ""
        if why := why_refused(element):
            for child in list(element):
                element.remove(child)
            yield Diagnostic(NOT_LOADED, f"A drawing cannot be drawn: {why}{below}", hint=_ANEW)
            continue
        for fault, _ in faults_in_drawing(element, families, on_paper=False):
            if fault not in told:
                told.add(fault)
                yield replace(fault, message=f"{fault.message}{below}")


def _line_of(words: str, text: str) -> int | None:
    """Return the line of a text on which words begin; None where they are not found in one."""
    for number in (3, 1):
        pattern = r"\s+".join(map(re.escape, words.split()[:number]))
        if pattern and (match := re.search(pattern, text)):
            return text.count("\n", 0, match.start()) + 1
    return None


def _look_at_pixels(file: JobFile) -> SeenPicture:
    from PIL import Image, ImageFile, UnidentifiedImageError

    content = file.content
    most = PICTURE_PIXELS.most
    # The engine prints what it can of a damaged picture, and says nothing.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content)) as image:
                if image.width * image.height > most:
                    return _refused(file, f"has more than {PICTURE_PIXELS}", "Make it smaller.")
                if image.format == "PNG":
                    image.verify()
            if not _has_its_end(content):
                return _refused(file, "breaks off before its end")
            with Image.open(io.BytesIO(content)) as image:
                image.load()
                return SeenPicture(_printable(image, content))
    except Image.DecompressionBombError:
        return _refused(file, f"has more than {PICTURE_PIXELS}", "Make it smaller.")
    except UnidentifiedImageError:
        return SeenPicture(content)  # the engine says that it is no picture
    except MemoryError:
        return _refused(file, "takes more memory than a layout may have", "Make it smaller.")
    except Exception:  # Pillow raises many kinds; the file is the cause of all of them
        return _refused(file, "is damaged or breaks off")
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _has_its_end(content: bytes) -> bool:
    if content.startswith(_PNG):
        return _PNG_END in content
    # A thumbnail in the metadata has an end too, before the picture's own data.
    return not content.startswith(_JPEG) or content.rfind(_JPEG_END) > content.rfind(_JPEG_SCAN)


def _printable(image: Any, content: bytes) -> bytes:
    """Return a picture whose depth or colours the engine prints wrong in eight bits."""
    if image.mode in _PRINTED:
        return content
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    else:
        image = image.convert("RGBA" if image.mode.lower().endswith("a") else "RGB")
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def _refused(file: JobFile, why: str, hint: str = _ANEW) -> SeenPicture:
    fault = Diagnostic(NOT_LOADED, f"This picture {why}", Location(Path(file.address)), hint)
    return SeenPicture(b"", (fault,), refused=True)

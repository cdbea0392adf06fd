"""Cut fonts down to the glyphs that parts and texts use, and write them as PDF objects.

A glyph keeps the number it has in the font file, so that a part that was drawn with a subset of its
own can be drawn with the subset that all parts share. Source: ISO 32000-1, 9.7 (composite fonts),
9.10.3 (ToUnicode).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import uharfbuzz as harfbuzz

from workshop.assembly.pdf_syntax import number, reference, stream, string
from workshop.diagnostics import ContentError
from workshop.keeping.memory import Memory
from workshop.typesetting.laid_out import FontUse, Glyph

# Tables for laying out text, which have no use in a PDF.
_NOT_DRAWN = tuple(
    int.from_bytes(tag, "big")
    for tag in (b"BASE", b"DSIG", b"GDEF", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT")
)


def joined(uses: Iterable[FontUse]) -> dict[str, FontUse]:
    """Return each font once, by its key, with all glyphs that any of its uses takes."""
    by_key: dict[str, FontUse] = {}
    for use in uses:
        first = by_key.get(use.key)
        if first is None:
            by_key[use.key] = use
            continue
        glyphs = {glyph.number: glyph for glyph in (*use.glyphs, *first.glyphs)}
        by_key[use.key] = replace(
            first,
            content=first.content or use.content,
            joinable=first.joinable and use.joinable and first.sha256 == use.sha256,
            glyphs=tuple(glyphs[number] for number in sorted(glyphs)),
        )
    return by_key


def font_objects(use: FontUse, content: bytes, first: int, memory: Memory) -> dict[int, bytes]:
    """Return the objects of a font that holds the glyphs of `use`, by their numbers.

    `content` is the content of the font file. Numbers begin with `first`, the font itself.
    """
    font, descendant, descriptor, file, characters = range(first, first + 5)
    numbers = tuple(glyph.number for glyph in use.glyphs)
    # Documents of one cohort use nearly all the same glyphs.
    try:
        is_open_type, embedded = memory.subsets.get_or_make(
            (content, use.index, numbers), partial(_embedded, content, use.index, numbers)
        )
    except RuntimeError as error:  # all that HarfBuzz says of a file it cannot cut
        raise ContentError.single(
            "font-unreadable",
            f"The font “{use.family}” cannot be put into a PDF: its file is damaged",
            hint="Copy or download the font’s file again.",
        ) from error
    name = use.name.encode()
    return {
        font: b"<< /Type /Font /Subtype /Type0 /BaseFont /%b /Encoding /Identity-H "
        b"/DescendantFonts [%b] /ToUnicode %b >>"
        % (name, reference(descendant), reference(characters)),
        descendant: b"<< /Type /Font /Subtype /CIDFontType%d /BaseFont /%b /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity "
        b"/W [%b] /FontDescriptor %b >>"
        % (0 if is_open_type else 2, name, _widths(use.glyphs), reference(descriptor)),
        descriptor: _descriptor(use, b"FontFile3" if is_open_type else b"FontFile2", file),
        file: embedded,
        characters: stream(b"", _to_unicode(use.glyphs)),
    }


def _embedded(content: bytes, index: int, numbers: tuple[int, ...]) -> tuple[bool, bytes]:
    """Return whether a subset is an OpenType font with CFF outlines, and the subset as a stream."""
    embedded = subset(content, index, numbers)
    if embedded[:4] == b"OTTO":
        return True, stream(b"/Subtype /OpenType", embedded)
    return False, stream(b"/Length1 %d" % len(embedded), embedded)


def _descriptor(use: FontUse, kind: bytes, file: int) -> bytes:
    widest = max((glyph.width for glyph in use.glyphs), default=0)
    return (
        b"<< /Type /FontDescriptor /FontName /%b /FontFamily %b /Flags %d /FontBBox [0 %d %b %d] "
        b"/ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV %d /StemH %d /%b %b >>"
    ) % (
        use.name.encode(), string(use.family), use.flags, use.descent, number(widest), use.ascent,
        use.ascent, use.descent, use.ascent, use.stem, use.stem, kind, reference(file),
    )  # fmt: skip


def _widths(glyphs: Iterable[Glyph]) -> bytes:
    pieces: list[bytes] = []
    last = None
    for glyph in glyphs:
        if last is None or glyph.number != last + 1:
            pieces.append(b"%b%d [" % (b"] " if pieces else b"", glyph.number))
        pieces.append(number(glyph.width) + b" ")
        last = glyph.number
    return b"".join(pieces) + (b"]" if pieces else b"")


def _to_unicode(glyphs: Sequence[Glyph]) -> bytes:
    lines = [
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def",
        b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange",
    ]
    # A block may hold no more than a hundred characters.
    for at in range(0, len(glyphs), 100):
        block = glyphs[at : at + 100]
        lines.append(b"%d beginbfchar" % len(block))
        lines += [
            b"<%04x> <%b>" % (glyph.number, glyph.text.encode("utf-16-be").hex().encode())
            for glyph in block
        ]
        lines.append(b"endbfchar")
    lines.append(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
    return b"\n".join(lines)


def subset(content: bytes, index: int, numbers: Iterable[int]) -> bytes:
    """Return a font file that draws these glyphs under their own numbers, and little else."""
    wanted = set(numbers)
    face = harfbuzz.Face(content, index)
    # The first step empties all other glyphs, the second one drops those after the last wanted.
    face = _subset(face, wanted, harfbuzz.SubsetFlags.RETAIN_GIDS)
    face = _subset(face, set(range(max(wanted) + 1)), harfbuzz.SubsetFlags.NO_HINTING)
    return bytes(face.blob.data)


def _subset(face: harfbuzz.Face, glyphs: set[int], flag: harfbuzz.SubsetFlags) -> harfbuzz.Face:
    options = harfbuzz.SubsetInput()
    options.sets(harfbuzz.SubsetInputSets.GLYPH_INDEX).set(glyphs)
    options.sets(harfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(_NOT_DRAWN)
    options.flags = flag | harfbuzz.SubsetFlags.DESUBROUTINIZE
    return harfbuzz.subset(face, options)

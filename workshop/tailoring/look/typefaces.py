"""Find the font families a client names, and the files that hold them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workshop.diagnostics import Location, Report, closest
from workshop.file_errors import why_unread
from workshop.keeping.fingerprint import package_root
from workshop.keeping.memory import Memory
from workshop.limits import FONT_FILES
from workshop.tailoring.look.letter_shapes import named
from workshop.tailoring.look.own_fonts import OwnFont, read_own_font
from workshop.user_files import is_left_behind

# Kinds of fonts that people have in their folders, and that pages are not set in.
_OTHER_FONTS = (".dfont", ".eot", ".otc", ".pfa", ".pfb", ".ttc", ".woff", ".woff2")
TEXT = "Source Sans 3"
HEADINGS = "EB Garamond"
# Families for scripts that the two above lack. Noto Sans has Chinese, Japanese, Korean and
# Devanagari; Arabic, Hebrew and Thai are files in our own folder of fonts.
FALLBACK = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai")
# Signs that no style sheet and no drawing can have in the name of a family: one stands between the
# families that are asked for, the others end a name or change it.
_NOT_IN_NAMES = MappingProxyType(
    {",": "a comma", '"': "a quotation mark", "\\": "a backslash", "\n": "a line break"}
)
_AS_IF_MEANT = 0.75
_PUT_THERE = (
    "What is installed on this machine is not used: put its TTF or OTF files into assets/fonts/."
)
_OWN = package_root() / "typesetting" / "fonts"


@dataclass(frozen=True)
class Typefaces:
    """Names the families a client's documents are set in, and the client's own font files.

    `own_families` are those of its files that texts are set in.
    """

    text: str
    headings: str
    own: tuple[Path, ...]
    own_families: frozenset[str] = frozenset()

    @property
    def fallback(self) -> tuple[str, ...]:
        """The families for characters that the chosen families have no glyphs for."""
        return FALLBACK

    @property
    def shipped(self) -> tuple[str, ...]:
        """The families of the documents that come with the product.

        One that the client has files of as well is set in these alone.
        """
        chosen = (name for name in (self.text, self.headings) if name not in self.own_families)
        names = (*chosen, *FALLBACK)
        return tuple(name for name in dict.fromkeys(names) if name in families())


@cache
def families() -> Mapping[str, Path]:
    """Return the families that come with the product, each with its folder."""
    import rendercv_fonts

    shipped = {
        name: Path(folder)
        for name, folder in rendercv_fonts.path_of.items()
        if not name.startswith("Font Awesome")
    }
    return MappingProxyType({**shipped, **dict.fromkeys(FALLBACK[1:], _OWN)})


def folders_of(names: Iterable[str]) -> list[Path]:
    """Return the folders of families that come with the product, each folder once."""
    return list(dict.fromkeys(families()[name] for name in names))


def choose_typefaces(
    text: tuple[str | None, Location],
    headings: tuple[str | None, Location],
    own_folders: tuple[Path, ...],
    report: Report,
    memory: Memory | None = None,
) -> Typefaces:
    """Find the families a client names, among the product's and the files in `own_folders`.

    `text` and `headings` are the family named for each, if any, and its place in the client file.
    What `memory` has of a font file is not read again.
    """
    memory = memory or Memory()
    read = {path: font for folder in own_folders for path, font in _fonts(folder, report, memory)}
    chosen = (text[0] or TEXT, headings[0] or HEADINGS)
    files = dict(_usable(read, chosen, report))
    if sum(path.stat().st_size for path in files) > FONT_FILES.most:
        message = f"The font files here and in other layers have more than {FONT_FILES} together"
        hint = "Keep those that are used."
        report.error("fonts-too-large", message, Location(own_folders[0]), hint)
    for family, place in zip(chosen, (text[1], headings[1]), strict=True):
        _check_family(family, read, files, place, report)
    own = _families_of(files)
    if chosen[0] in own or (chosen[0] != TEXT and chosen[0] in families()):
        faces = files.values() if chosen[0] in own else _shipped_faces(chosen[0])
        _check_styles(chosen[0], faces, text[1], report)
    return Typefaces(*chosen, tuple(files), own.intersection(chosen))


def _fonts(folder: Path, report: Report, memory: Memory) -> Iterator[tuple[Path, OwnFont]]:
    """Yield the TrueType and OpenType files at any depth, each with what it has."""
    for path in sorted(folder.rglob("*")):
        suffix = path.suffix.lower()
        if suffix in _OTHER_FONTS and not is_left_behind(path.name):
            message = f"This font file is not used: fonts of the kind {suffix} are not read"
            instead = "Get the typeface as TTF or OTF, a file for each style."
            report.warn("font-refused", message, Location(path), instead)
        elif suffix in (".ttf", ".otf") and not is_left_behind(path.name):
            try:
                yield path, read_own_font(path, memory)
            except OSError as error:
                reason, cure = why_unread(error)
                message = f"This font file is not used: {reason}"
                report.warn("font-refused", message, Location(path), cure)


def _usable(
    fonts: Mapping[Path, OwnFont], chosen: Collection[str], report: Report
) -> Iterator[tuple[Path, OwnFont]]:
    """Yield the fonts that type can be set in; those of `chosen` families need sound letters."""
    for path, font in fonts.items():
        fault = font.fault or (font.letters_fault if font.families.intersection(chosen) else "")
        if fault:
            message = f"This font file is not used: {fault}"
            report.warn("font-unreadable", message, Location(path), font.cure)
        else:
            yield path, font


def _check_family(
    family: str,
    read: Mapping[Path, OwnFont],
    files: Mapping[Path, OwnFont],
    place: Location,
    report: Report,
) -> None:
    """Check that a family is there, and that texts set in it come out in it."""
    there = families().keys() | _families_of(files)
    if family not in there:
        unusable = next((path for path, font in read.items() if family in font.families), None)
        message = f"There is no font family “{family}”"
        # Two families often have a word in common: only a slip is taken for another one.
        near = closest(family, there)
        slip = near and SequenceMatcher(None, family.lower(), near.lower()).ratio() >= _AS_IF_MEANT
        hint = f"Did you mean “{near}”?" if slip else _PUT_THERE
        if unusable:
            message = f"The font family “{family}” cannot be used: see {unusable.name}"
            hint = "Put a sound file of it into assets/fonts/, or choose another family."
        report.error("unknown-font", message, place, hint)
        return
    signs = [name for sign, name in _NOT_IN_NAMES.items() if sign in family]
    if signs:
        message = f"The font family “{family}” cannot be asked for: its name has {signs[0]}"
        report.error("font-name", message, place, "Rename the family in a font editor.")
        return
    own = {path: font for path, font in files.items() if family in font.families}
    if own and family in FALLBACK:
        report.warn(
            "font-twice",
            f"“{family}” comes with the program, too: your file of it may not be used",
            Location(next(iter(own))),
            "Take it away, or rename its family in a font editor.",
        )
    elif own:
        absent = [set(font.absent) for font in own.values()]
        _check_letters(family, sorted(set.intersection(*absent)), place, report)
    restricted = [path for path, font in own.items() if not font.may_be_embedded]
    if restricted:
        report.warn(
            "font-embedding",
            f"The maker of the font “{family}” does not allow it to be put into PDFs",
            Location(restricted[0]),
            "Ask for a licence that does, or choose another family.",
        )


def _check_letters(family: str, absent: Sequence[str], place: Location, report: Report) -> None:
    """Tell of a family that has not all letters from a to z and figures."""
    if absent:
        report.warn(
            "font-letters",
            f"The font “{family}” lacks letters, which print in another font: {named(absent)}",
            place,
            "Put a file that has them into assets/fonts/, or choose another family.",
        )


def _check_styles(family: str, faces: Iterable[OwnFont], place: Location, report: Report) -> None:
    """Warn of a family for text that lacks the italic or the bold that texts are set in."""
    own = [face for face in faces if family in face.families]
    lacking = {"italic": any(face.is_italic for face in own)}
    lacking["bold"] = any(face.is_bold for face in own)
    for style, is_there in lacking.items():
        if not is_there:
            report.warn(
                "font-styles",
                f"The font “{family}” has no {style}: words in {style} may print like all others",
                place,
                f"Put the file with its {style} into assets/fonts/ too, or choose another family.",
            )


def _shipped_faces(family: str) -> Iterator[OwnFont]:
    """Yield the faces of a family that comes with the product, as its files are named."""
    for path in families()[family].rglob("*.[ot]tf") if family in families() else ():
        yield OwnFont(frozenset({family}), "Italic" in path.stem, "Bold" in path.stem)


def _families_of(fonts: Mapping[Path, OwnFont]) -> frozenset[str]:
    return frozenset(family for font in fonts.values() for family in font.families)

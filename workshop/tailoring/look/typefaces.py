"""Find the font families a client names, and the files that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workshop.diagnostics import Location, Report, nearest
from workshop.file_errors import why_unread
from workshop.keeping.fingerprint import package_root
from workshop.limits import FONT_FILE, FONT_FILES
from workshop.user_files import is_left_behind, open_file

TEXT = "Source Sans 3"
HEADINGS = "EB Garamond"
# Families for scripts that the two above lack. Noto Sans has Chinese, Japanese, Korean and
# Devanagari; Arabic, Hebrew and Thai are files in our own folder of fonts.
FALLBACK = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai")
# OpenType 1.9, the table OS/2: the bit for italics, and the weight from which type is bold.
_ITALIC, _BOLD = 1, 600
_OWN = package_root() / "typesetting" / "fonts"


@dataclass(frozen=True)
class Typefaces:
    """Names the families a client's documents are set in, and the client's own font files."""

    text: str
    headings: str
    own: tuple[Path, ...]

    @property
    def fallback(self) -> tuple[str, ...]:
        """The families for characters that the chosen families have no glyphs for."""
        return FALLBACK

    @property
    def shipped(self) -> tuple[str, ...]:
        """The families of the documents that come with the product."""
        names = (self.text, self.headings, *FALLBACK)
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
) -> Typefaces:
    """Find the families a client names, among the product's and the files in `own_folders`.

    `text` and `headings` are the family named for each, if any, and its place in the client file.
    """
    files = {path: face for folder in own_folders for path, face in _files(folder, report)}
    if sum(path.stat().st_size for path in files) > FONT_FILES.most:
        message = f"The font files here and in other layers have more than {FONT_FILES} together"
        hint = "Keep those that are used."
        report.error("fonts-too-large", message, Location(own_folders[0]), hint)
    own = {family for face in files.values() for family in face.families}
    shipped = families()
    chosen = []
    for (wanted, place), default in ((text, TEXT), (headings, HEADINGS)):
        family = wanted or default
        if family not in shipped and family not in own:
            report.error(
                "unknown-font",
                f"There is no font family “{family}”",
                place,
                nearest(family, shipped.keys() | own),
            )
        chosen.append(family)
    if chosen[0] != TEXT and chosen[0] in shipped.keys() | own:
        faces = [*files.values(), *_shipped_faces(chosen[0])]
        _check_styles(chosen[0], faces, text[1], report)
    return Typefaces(chosen[0], chosen[1], tuple(files))


@dataclass(frozen=True)
class _Face:
    """Holds the families that a font file belongs to, and whether it has italics and bold."""

    families: frozenset[str]
    is_italic: bool
    is_bold: bool


def _check_styles(family: str, faces: Iterable[_Face], place: Location, report: Report) -> None:
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


def _shipped_faces(family: str) -> Iterator[_Face]:
    """Yield what the files of a family that comes with the product are called to have."""
    for path in families()[family].rglob("*.[ot]tf") if family in families() else ():
        yield _Face(frozenset({family}), "Italic" in path.stem, "Bold" in path.stem)


def _files(folder: Path, report: Report) -> Iterator[tuple[Path, _Face]]:
    """Yield the TrueType and OpenType files at any depth, each with what it has."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".ttf", ".otf") and not is_left_behind(path.name):
            try:
                yield path, _face_of(path)
            except OSError as error:
                reason, cure = why_unread(error)
                message = f"This font file is not used: {reason}"
                report.warn("font-refused", message, Location(path), cure)
            except Exception:  # fontTools raises many kinds; the file is the cause of all of them
                report.warn(
                    "font-unreadable",
                    "This font file cannot be read, and is not used",
                    Location(path),
                    "Copy or download it again.",
                )


def _face_of(path: Path) -> _Face:
    from fontTools.ttLib import TTFont

    # The file is opened here, because fontTools does not close a file that it cannot read.
    with open_file(path, FONT_FILE) as file, TTFont(file, lazy=True) as font:
        # Name 16 is the typographic family, 1 the family as older software knows it.
        names = (font["name"].getDebugName(number) for number in (1, 16))
        families = frozenset(name for name in names if name)
        axes = {axis.axisTag for axis in font["fvar"].axes} if "fvar" in font else set[str]()
        style = font.get("OS/2", None)
        slanted = bool(style and style.fsSelection & _ITALIC)
        heavy = bool(style and style.usWeightClass >= _BOLD)
        return _Face(
            families, slanted or not axes.isdisjoint(("ital", "slnt")), heavy or "wght" in axes
        )

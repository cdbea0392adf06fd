"""Find the font families a client names, and the files that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workshop.diagnostics import Location, Report, nearest
from workshop.keeping.fingerprint import package_root

TEXT = "Source Sans 3"
HEADINGS = "EB Garamond"
# Families for scripts that the two above lack. Noto Sans has Chinese, Japanese, Korean and
# Devanagari; Arabic, Hebrew and Thai are files in our own folder of fonts.
FALLBACK = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai")
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
    files = {path: names for folder in own_folders for path, names in _files(folder, report)}
    own = {family for names in files.values() for family in names}
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
    return Typefaces(chosen[0], chosen[1], tuple(files))


def _files(folder: Path, report: Report) -> Iterator[tuple[Path, set[str]]]:
    """Yield the TrueType and OpenType files at any depth, each with its families."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".ttf", ".otf"):
            try:
                yield path, _families_of(path)
            except Exception:  # fontTools raises many kinds; the file is the cause of all of them
                report.warn(
                    "font-unreadable",
                    "This font file cannot be read, and is not used",
                    Location(path),
                    "Copy or download it again.",
                )


def _families_of(path: Path) -> set[str]:
    from fontTools.ttLib import TTFont

    # The file is opened here, because fontTools does not close a file that it cannot read.
    with path.open("rb") as file, TTFont(file, lazy=True) as font:
        # Name 16 is the typographic family, 1 the family as older software knows it.
        names = (font["name"].getDebugName(number) for number in (1, 16))
        return {name for name in names if name}

"""Font families by name into the folders of the files that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workshop.diagnostics import Location, Report, nearest
from workshop.keeping.fingerprint import package_root

TEXT = "Source Sans 3"
HEADINGS = "EB Garamond"
# Scripts that the families above lack: Chinese, Japanese, Korean and Devanagari come with
# Noto Sans; Arabic, Hebrew and Thai are our own files.
FALLBACK = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai")
_OWN = package_root() / "typesetting" / "fonts"


@dataclass(frozen=True)
class Typefaces:
    """The families a client's documents are set in, and the files of the client's own fonts."""

    text: str
    headings: str
    own: tuple[Path, ...]

    @property
    def fallback(self) -> tuple[str, ...]:
        """Families for what the chosen ones have no glyphs for."""
        return FALLBACK

    @property
    def shipped(self) -> tuple[str, ...]:
        """The families among them that come with the product."""
        names = (self.text, self.headings, *FALLBACK)
        return tuple(name for name in dict.fromkeys(names) if name in families())


@cache
def families() -> dict[str, Path]:
    """Return the families that come with the product, each with its folder."""
    import rendercv_fonts

    shipped = {
        name: Path(folder)
        for name, folder in rendercv_fonts.path_of.items()
        if not name.startswith("Font Awesome")
    }
    return {**shipped, **dict.fromkeys(FALLBACK[1:], _OWN)}


def folders_of(names: Iterable[str]) -> list[Path]:
    """Return the folders that hold families of the product's, each once."""
    return list(dict.fromkeys(families()[name] for name in names))


def choose_typefaces(
    text: tuple[str | None, Location],
    headings: tuple[str | None, Location],
    own_folders: tuple[Path, ...],
    report: Report,
) -> Typefaces:
    """Find the families a client names, among the product's and the files in `own_folders`."""
    files = {path: found for folder in own_folders for path, found in _files(folder, report)}
    own = {family for found in files.values() for family in found}
    known = families()
    chosen = []
    for (wanted, place), default in ((text, TEXT), (headings, HEADINGS)):
        family = wanted or default
        if family not in known and family not in own:
            report.error(
                "unknown-font",
                f"There is no font family “{family}”",
                place,
                nearest(family, known.keys() | own),
            )
        chosen.append(family)
    return Typefaces(chosen[0], chosen[1], tuple(files))


def _files(folder: Path, report: Report) -> Iterator[tuple[Path, set[str]]]:
    """Yield the TrueType and OpenType files at any depth, each with its families."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".ttf", ".otf"):
            try:
                yield path, _families_of(path)
            except Exception:  # fontTools lets many kinds through; all of them come from the file
                report.warn(
                    "font-unreadable",
                    "This font file cannot be read, and is not used",
                    Location(path),
                    "Copy or download it again.",
                )


def _families_of(path: Path) -> set[str]:
    from fontTools.ttLib import TTFont

    # Opened here: fontTools leaves a file open that it cannot read.
    with path.open("rb") as file, TTFont(file, lazy=True) as font:
        # Name 16 is the typographic family, 1 the family as older software knows it.
        names = (font["name"].getDebugName(number) for number in (1, 16))
        return {name for name in names if name}

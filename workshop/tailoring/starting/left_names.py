"""Find the old client's names in texts that were copied for a new one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop.diagnostics import Location, Report
from workshop.limits import ANY_FILE
from workshop.user_files import read_file

_FILE_HINT = "Write what is right for the new client, or take it out."
_TEXT_HINT = (
    "Take out what is about the old client; write {{ client.name }} where the new one is meant."
)
_PERSON_HINT = "Take the name out, or write another."


@dataclass(frozen=True)
class OldNames:
    """Holds what must not stay in a new client's files: the old one's names, and its people's.

    `people` maps each name and address to where it comes from, as a sentence ends: "the roster of
    spring".
    """

    client: str
    slug: str
    people: Mapping[str, str]


def report_names(files: Iterable[Path], root: Path, names: OldNames, report: Report) -> None:
    """Report the places of names in files and in their paths below `root`, in the files' order."""
    wanted = [_pattern_of_client(names.client), _pattern_of_client(names.slug)]
    for path in files:
        _report_path(path, root, names.slug, report)
        text = _text_of(path)
        if text is None:
            continue
        for place, word in _places_of_client(text, path, wanted):
            message = f"“{word}” is the client that this was copied from"
            hint = _FILE_HINT if path.suffix == ".yaml" else _TEXT_HINT
            report.warn("old-client", message, place, hint)
        folded = text.casefold()
        for phrase, source in names.people.items():
            if phrase.casefold() in folded:
                for match in _pattern(phrase).finditer(text):
                    message = f"“{match[0]}” is on {source}"
                    report.warn("old-person", message, _place(text, path, match), _PERSON_HINT)


def _report_path(path: Path, root: Path, slug: str, report: Report) -> None:
    if _pattern(slug).search(path.relative_to(root).as_posix()):
        message = f"“{slug}” stands in the name of this file"
        report.warn("old-client", message, Location(path), "Give the file another name.")


def _places_of_client(
    text: str, path: Path, patterns: Iterable[re.Pattern[str]]
) -> list[tuple[Location, str]]:
    """Return the first place in each line: the folder's name is mostly a part of the client's."""
    places: dict[int | None, tuple[Location, str]] = {}
    for pattern in patterns:
        for match in pattern.finditer(text):
            place = _place(text, path, match)
            places.setdefault(place.line, (place, " ".join(match[0].split())))
    return sorted(places.values(), key=lambda entry: entry[0].line or 0)


def _pattern_of_client(name: str) -> re.Pattern[str]:
    """Return a pattern for a client's name; a single word counts only with a capital.

    It may be an ordinary word.
    """
    if re.search(r"[\s_-]", name):
        return _pattern(name)
    name = unicodedata.normalize("NFC", name)
    capitals = {name[:1].upper() + name[1:], name.upper()}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(capitals)))})(?!\w)")


def _pattern(phrase: str) -> re.Pattern[str]:
    """Return a pattern for a name in any capitals, with any space or hyphen between its words."""
    words = re.split(r"[\s_-]+", unicodedata.normalize("NFC", phrase))
    between = r"[\s_-]+"
    return re.compile(rf"(?<!\w){between.join(map(re.escape, words))}(?!\w)", re.IGNORECASE)


def _place(text: str, path: Path, match: re.Match[str]) -> Location:
    line = text.count("\n", 0, match.start()) + 1
    return Location(path, line, match.start() - text.rfind("\n", 0, match.start()))


def _text_of(path: Path) -> str | None:
    """Return what a file says; None for a picture or a font, which has no words to look for."""
    try:
        text = read_file(path, ANY_FILE).decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n")

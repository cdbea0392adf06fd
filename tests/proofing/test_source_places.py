"""What is printed is found in the files it was typed in, and each file is read once for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import workshop
from tests.conftest import READINGS
from tests.tiny_workspace.workspace import Tiny
from workshop.content.yaml.files import read_text
from workshop.diagnostics import Location
from workshop.proofing import read_files
from workshop.proofing.read_files import ReadFiles
from workshop.proofing.source_places import SourcePlaces
from workshop.proofing.template_places import TemplatePlaces
from workshop.typesetting.laid_out import Finding
from workshop.workspace.overlay import Overlay

FindPlace = Callable[[Finding], Location | None]


def places_of(tiny: Tiny) -> FindPlace:
    """Return what finds the places of findings in a document."""
    tailored = workshop.load(tiny.root, "tiny", READINGS)
    read = ReadFiles()
    templates = TemplatePlaces(tailored.overlay, read)
    places = SourcePlaces(tailored, workshop.plan(tailored).cohorts[0].day, read, templates)
    document = tailored.documents[0]
    return lambda told: places.place_of(told, document)


def finding(*words: str, ids: tuple[str, ...] = ()) -> Finding:
    return Finding("glyph", "A fault", 0, ids, words=words)


def test_words_and_signs_are_found_where_they_are_typed(tiny: Tiny) -> None:
    tiny.change("modules/asking.md", "advice with a question mark", "advice with a ☃ mark")
    place_of = places_of(tiny)
    words = place_of(finding("Most", "questions", "are"))
    sign = place_of(finding("☃", ids=("module-asking",)))
    assert words
    assert sign
    assert (words.path.name, words.line) == (sign.path.name, sign.line) == ("asking.md", 10)
    assert sign.column == len("Most questions are advice with a ") + 1


def test_a_file_is_read_once_however_much_is_looked_for(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_of = places_of(tiny)
    read: Counter[Path] = Counter()

    def counted(path: Path, *of: Any) -> str | None:
        read[path] += 1
        return read_text(path, *of)

    monkeypatch.setattr(read_files, "read_text", counted)
    for wanted in (("☃",), ("☂",), ("no", "such", "words"), ("nor", "these")):
        place = place_of(finding(*wanted))
        assert place
        assert place.line is None
    assert len(read) > 3
    assert set(read.values()) == {1}


def test_a_document_s_templates_are_listed_once_however_much_is_looked_for(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: Counter[str] = Counter()
    names = Overlay.names

    def counting(self: Overlay, kind: str, pattern: str) -> list[str]:
        listed[pattern] += 1
        return names(self, kind, pattern)

    place_of = places_of(tiny)
    monkeypatch.setattr(Overlay, "names", counting)
    for word in ("nothing", "nowhere"):
        place_of(finding("There", "is", word, "like", "it"))
    assert set(listed.values()) == {1}


@pytest.mark.parametrize("letter", ["x", "A", "5"])
def test_a_single_letter_is_not_found_in_whatever_has_it(tiny: Tiny, letter: str) -> None:
    place = places_of(tiny)(finding(letter))
    assert place
    assert place.path.suffix == ".j2"

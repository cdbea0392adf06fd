"""What is printed is found in the files it was typed in, and each file is read once for it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import workshop
from tests.conftest import READINGS
from tests.tiny_workspace.workspace import Tiny
from workshop.content.yaml.files import read_text
from workshop.proofing import source_places
from workshop.proofing.source_places import SourcePlaces
from workshop.typesetting.laid_out import Finding


def places_of(tiny: Tiny) -> SourcePlaces:
    tailored = workshop.load(tiny.root, "tiny", READINGS)
    return SourcePlaces(tailored, workshop.plan(tailored).cohorts[0].day)


def finding(*words: str, ids: tuple[str, ...] = ()) -> Finding:
    return Finding("glyph", "A fault", 0, ids, words=words)


def test_words_and_signs_are_found_where_they_are_typed(tiny: Tiny) -> None:
    tiny.change("modules/asking.md", "advice with a question mark", "advice with a ☃ mark")
    places = places_of(tiny)
    words = places.place_of(finding("Most", "questions", "are"))
    sign = places.place_of(finding("☃", ids=("module-asking",)))
    assert words
    assert sign
    assert (words.path.name, words.line) == (sign.path.name, sign.line) == ("asking.md", 10)
    assert sign.column == len("Most questions are advice with a ") + 1


def test_a_file_is_read_once_however_much_is_looked_for(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = places_of(tiny)
    read: Counter[Path] = Counter()

    def counted(path: Path, *of: Any) -> str | None:
        read[path] += 1
        return read_text(path, *of)

    monkeypatch.setattr(source_places, "read_text", counted)
    for wanted in (("☃",), ("☂",), ("no", "such", "words"), ("nor", "these")):
        assert places.place_of(finding(*wanted)) is None
    assert len(read) > 3
    assert set(read.values()) == {1}

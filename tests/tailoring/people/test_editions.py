"""In which edition people get their papers is understood as they write it, in five languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tailoring.people.conftest import Understand
from workshop.diagnostics import Location, Severity
from workshop.tailoring.people.columns import RosterSettings
from workshop.tailoring.people.editions import edition_asked_for
from workshop.tailoring.people.headings import column_of

_LARGE = """
large-print|Large print please|LARGE TYPE|larger font|No nuts; large print, please|large|groß|Groß
Großdruck|in großer Schrift|bitte Grossdruck|gros caractères|Gros caractères SVP|letra grande
letras grandes|grote letters|in grote letters a.u.b.|groot
"""
_FILLABLE = """
fillable|Fillable PDF|PDF to fill in|to fill in on screen|am Bildschirm|ausfüllbar
PDF zum Ausfüllen|à remplir à l’écran|remplissable|rellenable|en pantalla|invulbaar|op het scherm
"""


def _texts(lists: str) -> list[str]:
    return lists.strip().replace("\n", "|").split("|")


@pytest.mark.parametrize("text", _texts(_LARGE))
@pytest.mark.parametrize("heading", ["edition", "Dietary / access needs", "Schriftgröße"])
def test_large_print_is_understood(text: str, heading: str) -> None:
    assert edition_asked_for(text, heading) == "large-print"


@pytest.mark.parametrize("text", _texts(_FILLABLE))
def test_to_fill_in_on_screen_is_understood(text: str) -> None:
    assert edition_asked_for(text, "Remarks") == "fillable"


@pytest.mark.parametrize(
    ("heading", "text", "edition"),
    [
        ("Large print?", "yes", "large-print"),
        ("Large print?", "x", "large-print"),
        ("Large print?", "no", "standard"),
        ("Schriftgröße", "ja", "large-print"),
        ("Schriftgröße", "18 pt", "large-print"),
        ("Schriftgröße", "11", "standard"),
        ("Schriftgröße", "normal", "standard"),
        ("Gros caractères", "Oui", "large-print"),
        ("Letra grande", "sí", "large-print"),
        ("Grote letters", "ja", "large-print"),
        ("Fillable PDF", "✓", "fillable"),
        ("Access needs", "yes", None),
        ("Access needs", "18", None),
        ("Access needs", "Vegetarian", None),
        ("Access needs", "no large print needed", None),
        ("Schriftgröße", "kein Großdruck", None),
        ("Access needs", "Largo", None),
        ("Access needs", "wheelchair, a large room", None),
    ],
)
def test_what_a_cell_says_depends_on_its_heading(
    heading: str, text: str, edition: str | None
) -> None:
    assert edition_asked_for(text, heading) == edition


@pytest.mark.parametrize(
    "heading",
    [
        "Large print?",
        "Schriftgröße",
        "Access needs",
        "Font size",
        "Gros caractères",
        "Letra grande",
    ],
)
def test_headings_that_ask_for_it_are_read(heading: str) -> None:
    assert column_of(heading) == "edition"


@pytest.mark.parametrize("heading", ["Remarks", "Dietary / access needs", "Allergies", "Notes"])
def test_headings_of_other_remarks_are_not(heading: str) -> None:
    assert column_of(heading) is None


def test_other_remarks_mean_the_usual_edition_and_are_told_once(
    understand: Understand, tmp_path: Path
) -> None:
    needs = "Dietary / access needs"
    settings = RosterSettings(columns={"edition": (needs, Location(tmp_path / "client.yaml", 2))})
    cells = ["Vegetarian", "", "Large print please", "-", "Halal", "#N/A", "Vegetarian"]
    rows = "".join(f"Anna {letter},{cell}\n" for letter, cell in zip("abcdefg", cells, strict=True))
    reading, faults = understand(f"Name,{needs}\n{rows}", settings)
    assert [person.edition for person in reading.participants] == [
        *(None, None, "large-print"),
        *(None, None, None, None),
    ]
    [fault] = [fault for fault in faults if fault.code == "roster-remarks"]
    assert (fault.severity, fault.location) == (
        Severity.WARNING,
        Location(tmp_path / "people.csv", 2, 8),
    )
    assert fault.message == (
        f"In “{needs}”, “Vegetarian”, “Halal” and “#N/A” name no edition: the usual one is made"
    )

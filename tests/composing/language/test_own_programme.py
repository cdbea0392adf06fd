"""A programme of one's own that lacks what the library's files use is told so, and no other file.

Which words these are is read from the library's programme, so that the test knows each of them.
"""

from __future__ import annotations

import pytest

import workshop
from tests.composing.conftest import PROGRAMME, Desk
from workshop.content.programme import read_programme
from workshop.diagnostics import Report
from workshop.workspace.overlay import library_root

LIBRARY = read_programme(library_root() / "modules" / "programme.yaml", Report())
TERMS = list(LIBRARY.file.terms) if LIBRARY else []


def without(*terms: str) -> str:
    """Return the programme with the library's terms but for these."""
    head, _, rest = PROGRAMME.partition("terms:")
    _, _, variants = rest.partition("variants:")
    own = "".join(f"  {term}: {term}\n" for term in TERMS if term not in terms)
    return f"{head}terms:{(own and chr(10) + own) or ' {}' + chr(10)}variants:{variants}"


@pytest.mark.parametrize("term", TERMS)
def test_a_missing_term_is_told_at_the_programme_with_what_to_type(desk: Desk, term: str) -> None:
    desk.write("modules/programme.yaml", without(term))
    desk.page(f'{{{{ term("{term}") }}}}')
    [fault] = desk.faults()
    assert fault.startswith("modules/programme.yaml:")
    assert f": “terms” lacks words that the library uses: {term} " in fault
    assert f"`{term}: " in fault


def test_all_missing_terms_are_told_once_for_all_documents_that_use_any(desk: Desk) -> None:
    desk.write("modules/programme.yaml", without(*TERMS))
    [fault] = desk.faults("participant-workbook", "sponsor-outline", "facilitator-guide")
    assert f"uses: {', '.join(TERMS)} " in fault


def test_a_document_that_uses_none_is_made_without_terms(desk: Desk) -> None:
    desk.write("modules/programme.yaml", without(*TERMS))
    assert desk.copies("agenda")


def test_modules_of_the_library_serve_a_programme_with_other_segments(desk: Desk) -> None:
    desk.write(
        "modules/programme.yaml",
        without().replace("{module: asking}", "{module: open}"),
    )
    desk.client("name: Test\n")
    tailored = workshop.load(desk.root, "test")
    assert "open" in tailored.modules

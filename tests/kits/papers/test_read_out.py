"""What a screen reader finds in the sample kits' files: heads of tables, logos."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

import workshop
from tests.assembly.reading import Reading
from tests.conftest import READINGS, REPOSITORY, Kits


def has_content(element: pikepdf.Object) -> bool:
    """Tell whether a structure element, or one in it, holds a piece of what is drawn."""
    kids = element.get("/K", pikepdf.Array())
    return any(
        has_content(kid) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid else True
        for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])
    )


def unlike_files(kits: Kits) -> set[Path]:
    """Return the PDFs of all kits; of those that differ only in names, one."""
    found = {
        (path.relative_to(kits.root).parts[:2], entry.document, entry.pages): path
        for path, entry in kits.files()
        if path.suffix == ".pdf"
    }
    return set(found.values())


def test_no_head_of_a_table_is_empty(kits: Kits) -> None:
    heads = 0
    for path in sorted(unlike_files(kits)):
        reading = Reading(path.read_bytes())
        for head in reading.elements("/TH"):
            assert has_content(head), path
            heads += 1
    assert heads


@pytest.mark.parametrize("document", ["slides", "posters"])
def test_the_logo_is_read_out_once_and_is_decoration_from_then_on(
    kits: Kits, document: str
) -> None:
    name = workshop.load(REPOSITORY, "acme", READINGS).client.name
    for path, _ in kits.files(document):
        reading = Reading(path.read_bytes())
        words = [str(figure.get("/Alt")) for figure in reading.elements("/Figure")]
        assert words.count(name) == path.is_relative_to(kits.root / "acme"), path

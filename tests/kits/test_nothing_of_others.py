"""No file holds anything of a person it is not for, not even where no reader would look."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

import workshop
from tests.conftest import READINGS, REPOSITORY, Kits
from tests.kits.kit_text import letters
from tests.raw_pdf import Search, revisions
from workshop.building.kit.manifest import KitFile
from workshop.keeping.store import FOLDER
from workshop.tailoring.people.roster import Roster


@pytest.fixture(scope="module")
def rosters() -> dict[str, Roster]:
    """The rosters of acme's cohorts."""
    cohorts = workshop.load(REPOSITORY, "acme", READINGS).cohorts
    return {one.slug: one.roster for one in cohorts if one.roster}


@pytest.fixture(scope="module")
def search(rosters: dict[str, Roster]) -> Search:
    """Search files for everybody's names."""
    return Search(everybody(rosters))


def everybody(rosters: dict[str, Roster]) -> set[str]:
    people = {one.name for roster in rosters.values() for one in roster.participants}
    return people | {one.person.name for roster in rosters.values() for one in roster.managers()}


def meant(entry: KitFile, roster: Roster) -> set[str]:
    """Return whom a file may name: the person it is for, and a manager's own people."""
    if entry.recipient is None:
        return set()
    name = entry.recipient.name
    if entry.document != "manager-briefing":
        return {name}
    [managed] = [one for one in roster.managers() if one.person.name == name]
    return {name, *(one.name for one in managed.people)}


def of_acme(kits: Kits) -> list[tuple[Path, KitFile]]:
    return [(path, entry) for path, entry in kits.files() if "acme" in path.parts]


def test_the_bytes_of_a_file_spell_those_it_is_for_and_nobody_else(
    kits: Kits, rosters: dict[str, Roster], search: Search
) -> None:
    assert len(everybody(rosters)) > 20
    participants = [one for roster in rosters.values() for one in roster.participants]
    addresses = Search(one.email for one in participants if one.email)
    for path, entry in of_acme(kits):
        found = search.found_in(path.read_bytes())
        own = meant(entry, rosters[path.relative_to(kits.root).parts[1]])
        # Or the search would find nobody at all.
        assert not entry.recipient or entry.recipient.name in found
        # A name may be part of another one's.
        assert {name for name in found if not any(name in one for one in own)} == set(), path
        assert addresses.found_in(path.read_bytes()) == set(), path


def test_what_all_copies_share_names_nobody(
    kits: Kits, rosters: dict[str, Roster], search: Search
) -> None:
    names = {letters(name) for name in everybody(rosters)}
    updated = 0
    shared: dict[bytes, Path] = {}
    for path, _ in of_acme(kits):
        first, *later = revisions(path.read_bytes())
        if later:
            updated += 1
            shared[first] = path
    for first, path in shared.items():
        with pypdfium2.PdfDocument(io.BytesIO(first)) as pdf:
            said = letters(
                "\n".join(one.get_textpage().get_text_range() for one in pdf)
                + str(pdf.get_metadata_dict())
            )
        assert not [name for name in names if name in said], path
        assert search.found_in(first) == set(), path
    # Every workbook and every briefing is made so.
    assert updated > 20


def test_nothing_of_anybody_is_kept_for_the_next_build(kits: Kits, search: Search) -> None:
    assert kits.root.exists()
    entries = [path for path in (REPOSITORY / FOLDER).glob("*/*") if path.is_file()]
    kinds = Counter(path.parent.name for path in entries)
    assert kinds["parts"] > 100
    assert {"parts", "linked", "composed", "texts"} <= set(kinds)
    for path in entries:
        assert search.found_in(path.read_bytes()) == set(), path

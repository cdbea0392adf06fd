"""Parts are the same for clients that differ in look, dates and people alone: laid out once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS, REPOSITORY
from workshop.composing.compose_plan import compose_kits

pytestmark = pytest.mark.slow

COHORT = "leeds-february"
CLIENT = "clients/acme/client.yaml"
# The parts that print the client's name, its logo for readers, or its date among other words.
OWN = {
    ("agenda", "agenda"),
    ("certificates", "certificate"),
    ("coaching-kit", "contract"),
    ("evaluation", "sheet"),
    ("evaluation-90-days", "sheet"),
    ("facilitator-guide", "day"),
    ("facilitator-guide", "module"),
    ("follow-up-kit", "agreement"),
    ("follow-up-run-sheet", "run"),
    ("kit-list", "kit-list"),
    ("manager-briefing", "before"),
    ("name-tents", "tent"),
    ("participant-workbook", "back"),
    ("participant-workbook", "cover"),
    ("participant-workbook", "module"),
    ("posters", "poster"),
    ("sign-in", "sign-in"),
    ("slides", "module"),
    ("slides", "title"),
    ("sponsor-outline", "day"),
    ("sponsor-outline", "gains"),
    ("sponsor-outline", "outline"),
}
# All there are, and those laid out anew. Of modules and posters it is the one with a date.
LAYOUTS, OWN_LAYOUTS = 130, 25


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the sample workspace, to be changed."""
    shutil.copytree(REPOSITORY / "clients", tmp_path / "clients")
    shutil.copy(REPOSITORY / "workshop.yaml", tmp_path)
    return tmp_path


def jobs_of(root: Path) -> dict[str, tuple[str, str]]:
    """Return document and part by the digest of each job."""
    [kit] = compose_kits(workshop.plan(workshop.load(root, "acme", READINGS), [COHORT]))
    return {
        part.job.digest: (copy.job.document.name, part.name)
        for copy in kit.copies
        for part in copy.composition.parts
    }


def test_a_new_client_shares_all_parts_that_say_nothing_of_it(root: Path) -> None:
    before = jobs_of(root)
    text = (root / CLIENT).read_text("utf-8")
    for old, other in (
        ("name: Acme Components", "name: Bolt & Sons"),
        ("#9b2c1f", "#1f5f9b"),
        ("date: 2027-02-11", "date: 2027-03-11"),
        ("Training room, Acme Works, Leeds", "Room 5, Main Street"),
        ("trainer: Ruth Ashdown", "trainer: Bob Short"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, other)
    (root / CLIENT).write_text(text, "utf-8")
    logo = root / "clients/acme/assets/logo.svg"
    logo.write_text(logo.read_text("utf-8").replace("viewBox", "data-new='1' viewBox"), "utf-8")
    after = jobs_of(root)
    new = {digest: part for digest, part in after.items() if digest not in before}
    assert set(new.values()) <= OWN
    assert len(new) <= OWN_LAYOUTS
    assert len(after) >= LAYOUTS - 10


def test_a_new_colour_changes_no_part(root: Path) -> None:
    before = jobs_of(root)
    text = (root / CLIENT).read_text("utf-8")
    (root / CLIENT).write_text(text.replace("#9b2c1f", "#1f5f9b"), "utf-8")
    assert jobs_of(root) == before

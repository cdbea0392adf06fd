"""A day that starts later changes no part but tables of times: all others keep their layouts."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS, REPOSITORY
from workshop.composing.compose_plan import compose_kits

CLIENT = "clients/acme/client.yaml"
# A quarter of an hour later, and over the hours at which a time gets another digit.
LATER = {
    "leeds-february": (
        '{start: "09:15", finish: "17:15", lunch: "12:30"}',
        '{start: "09:45", finish: "17:45", lunch: "13:00"}',
        '{start: "07:30", finish: "15:30", lunch: "10:45"}',
    ),
    "boston-march": (
        '{start: "09:15", finish: "13:15"}',
        '{start: "09:45", finish: "13:45"}',
        '{start: "07:30", finish: "11:30"}',
    ),
}
TABLES_OF_TIMES = {
    ("agenda", "agenda"): 1,
    ("facilitator-guide", "day"): 1,
    ("posters", "poster"): 1,
    ("sign-in", "sign-in"): 1,
    ("slides", "day"): 1,
    ("sponsor-outline", "day"): 1,
}


def jobs_of(root: Path, cohort: str) -> dict[str, tuple[str, str]]:
    """Return document and part by the digest of each job."""
    [kit] = compose_kits(workshop.plan(workshop.load(root, "acme", READINGS), [cohort]))
    return {
        part.job.digest: (copy.job.document.name, part.name)
        for copy in kit.copies
        for part in copy.composition.parts
    }


@pytest.mark.parametrize("cohort", LATER)
def test_a_later_start_changes_no_part_but_tables_of_times(tmp_path: Path, cohort: str) -> None:
    shutil.copytree(REPOSITORY / "clients", tmp_path / "clients")
    shutil.copy(REPOSITORY / "workshop.yaml", tmp_path)
    before = jobs_of(tmp_path, cohort)
    text = (tmp_path / CLIENT).read_text("utf-8")
    for times in LATER[cohort]:
        entry = f"  {cohort}:\n"
        assert text.count(entry) == 1
        changed = text.replace(entry, f"{entry}    times: {times}\n")
        (tmp_path / CLIENT).write_text(changed, "utf-8")
        after = jobs_of(tmp_path, cohort)
        assert len(after) == len(before)
        assert Counter(after[digest] for digest in after.keys() - before) == TABLES_OF_TIMES

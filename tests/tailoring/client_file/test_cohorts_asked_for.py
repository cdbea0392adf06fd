"""Where some cohorts are asked for, nothing that is wrong with others stands in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS
from tests.tailoring.conftest import Small, module_text
from workshop.diagnostics import ContentError, UsageError
from workshop.tailoring.tailored import Tailored

CLIENT = """\
name: Test
cohorts:
  day-1: {roster: one.csv}
  day-2: FAULTY
"""


def load(small: Small, *cohorts: str) -> Tailored:
    return workshop.load(small.root, "test", READINGS, cohorts)


@pytest.fixture
def one(small: Small) -> Small:
    small.write("clients/test/one.csv", "name\nAnna Berg\n")
    return small


@pytest.mark.parametrize(
    "entry",
    [
        "{roster: two.csv}",
        "{roster: none.csv}",
        "{roster: ../../../../elsewhere.csv}",
        "{date: soon}",
        "{venue: <the venue>}",
        "{headcount: many, spare: 3}",
        "{variant: mornig}",
        "{modules: {include: [swap]}}",
        "{modules: {include: [torn]}}",
        "{breaks: {Te: 5}}",
        "{order: [opne]}",
        "no group of keys",
    ],
)
@pytest.mark.slow
def test_a_fault_of_another_cohort_is_told_only_when_all_are_read(one: Small, entry: str) -> None:
    one.write("clients/test/two.csv", "nmae\nBo Lindt\n")
    one.write("modules/torn.md", module_text("torn", "torn-it", "after: ask\n") + "::: exercise\n")
    one.workspace.client(CLIENT.replace("FAULTY", entry))
    with pytest.raises(ContentError):
        load(one)
    with pytest.raises(ContentError):
        load(one, "day-2")
    tailored = load(one, "day-1")
    assert [cohort.slug for cohort in tailored.cohorts] == ["day-1"]
    [planned] = workshop.plan(tailored, ["day-1"], ["agenda"]).cohorts
    assert planned.slug == "day-1"
    [error] = [fault for fault in workshop.check(one.root, "test", quick=True).faults
               if fault.severity.value == "error"][:1]  # fmt: skip
    assert error


def test_a_fault_of_the_cohort_that_is_asked_for_is_told(one: Small) -> None:
    one.write("clients/test/one.csv", "nmae\nAnna Berg\n")
    one.workspace.client(CLIENT.replace("FAULTY", "{}"))
    with pytest.raises(ContentError):
        load(one, "day-1")
    assert [cohort.slug for cohort in load(one, "day-2").cohorts] == ["day-2"]


def test_a_cohort_that_is_not_there_is_told_with_all_there_are(one: Small) -> None:
    one.workspace.client(CLIENT.replace("FAULTY", "{roster: none.csv}"))
    with pytest.raises(UsageError) as caught:
        workshop.plan(load(one, "day-3"), ["day-3"])
    [fault] = caught.value.diagnostics
    assert (fault.code, fault.hint) == ("unknown-cohort", "Did you mean “day-2”?")


def test_what_was_not_loaded_is_not_planned_in_silence(one: Small) -> None:
    one.workspace.client(CLIENT.replace("FAULTY", "{}"))
    with pytest.raises(UsageError, match="loaded without the cohort “day-2”"):
        workshop.plan(load(one, "day-1"), ["day-2"])


def test_the_rosters_of_other_cohorts_are_known_as_rosters(one: Small) -> None:
    one.write("clients/test/two.csv", "name\nBo Lindt\n")
    one.workspace.client(CLIENT.replace("FAULTY", "{roster: two.csv}"))
    names = {Path(path).name for path in load(one, "day-1").rosters}
    assert names == {"one.csv", "two.csv"}

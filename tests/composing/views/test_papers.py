"""What has to be printed for a cohort, and in how many copies."""

from __future__ import annotations

import pytest

import workshop
from tests.composing.conftest import Desk, as_read, visible_text
from tests.conftest import READINGS
from workshop.composing.views.papers import papers

ROSTER = """\
name,manager,manager_email
Anna Berg,Inés Ruiz,ines@example.com
Bo Lindt,Max Otto,max@example.com
Cy Young,Max Otto,max@example.com
"""


def copies(desk: Desk) -> dict[str, int]:
    tailored = workshop.load(desk.root, "test", READINGS)
    [cohort] = workshop.plan(tailored).cohorts
    return {paper.name: paper.copies for paper in papers(tailored, cohort.day)}


@pytest.mark.parametrize(("each", "expected"), [("person", 3), ("room", 1), ("none", None)])
def test_a_document_of_a_cohort_says_whom_it_is_printed_for(
    desk: Desk, each: str, expected: int | None
) -> None:
    desk.client("name: Test\ncohorts: {one: {roster: people.csv}}\n")
    desk.write("clients/test/people.csv", ROSTER)
    desk.write(
        "templates/page/document.yaml",
        f"title: Page\naudience: participant\nper: cohort\neach: {each}\nfile: page.pdf\n",
    )
    assert copies(desk).get("page") == expected


def test_everybody_and_every_manager_gets_what_is_theirs(desk: Desk) -> None:
    desk.client("name: Test\ncohorts: {one: {roster: people.csv}}\n")
    desk.write("clients/test/people.csv", ROSTER)
    printed = copies(desk)
    assert (printed["participant-workbook"], printed["manager-briefing"]) == (3, 2)


def test_spare_ones_are_for_those_who_are_not_on_the_roster(desk: Desk) -> None:
    desk.client("name: Test\nspares: 2\ncohorts: {one: {roster: people.csv}}\n")
    desk.write("clients/test/people.csv", ROSTER)
    printed = copies(desk)
    assert (printed["participant-workbook"], printed["agenda"], printed["manager-briefing"]) == (
        5,
        5,
        2,
    )


def test_without_a_roster_there_is_one_for_each_that_is_expected(desk: Desk) -> None:
    desk.client("name: Test\ncohorts: {one: {headcount: 20}}\n")
    assert copies(desk)["participant-workbook"] == 20


def test_editions_are_not_printed_besides(desk: Desk) -> None:
    desk.client("name: Test\ndocuments: {editions: [large-print]}\n")
    assert not any(name.endswith("large-print") for name in copies(desk))


def test_papers_in_a_persons_own_edition_are_counted_apart(desk: Desk) -> None:
    desk.client("name: Test\nspares: 1\ncohorts: {one: {roster: people.csv}}\n")
    people = ROSTER.replace("manager_email", "manager_email,edition").replace(".com", ".com,", 1)
    people = people.replace("max@example.com", "max@example.com,large print", 1)
    desk.write("clients/test/people.csv", people.replace("com\n", "com,\n"))
    printed = copies(desk)
    assert printed["participant-workbook"] == 3
    assert printed["participant-workbook-large-print"] == 1


def test_what_somebody_fills_in_on_screen_is_not_printed_and_the_kit_list_says_so(
    desk: Desk,
) -> None:
    desk.client("name: Test\nspares: 1\ncohorts: {one: {roster: people.csv}}\n")
    desk.write("clients/test/people.csv", "name,edition\nAnna Berg,\nBo Lindt,fillable\n")
    printed = copies(desk)
    assert printed["participant-workbook"] == 2
    assert "participant-workbook-fillable" not in printed
    assert (printed["agenda"], printed["evaluation"]) == (3, 3)
    [kit_list] = desk.copies("kit-list")
    assert (
        "Not printed: Participant workbook of 1 person, who fills it in on screen."
        in visible_text(as_read(kit_list))
    )

"""People get their papers in the edition that the roster says, and nobody else does."""

from __future__ import annotations

import pytest

import workshop
from tests.conftest import READINGS, Workspace
from workshop.planning.people_editions import people_editions
from workshop.tailoring.tailored import Tailored

CLIENT = """\
name: Test
documents: {only: [agenda, participant-workbook]DOCUMENTS}
cohorts: {one: {roster: people.csv}}
"""
ROSTER = "name,edition\nAnna Berg,\nHana Sato,large print\nBo Lindt,standard\nCy Ode,fillable\n"
USUAL = ["participant-workbook/01-anna-berg.pdf", "participant-workbook/03-bo-lindt.pdf"]
OWN = [
    "participant-workbook-fillable/04-cy-ode.pdf",
    "participant-workbook-large-print/02-hana-sato.pdf",
]


@pytest.fixture
def client(workspace: Workspace) -> Workspace:
    """A workspace with a client of whose people two want other editions."""
    workspace.write("clients/test/people.csv", ROSTER)
    return workspace


def load(client: Workspace, documents: str = "", more: str = "") -> Tailored:
    client.client(CLIENT.replace("DOCUMENTS", documents) + more)
    return workshop.load(client.root, "test", READINGS)


def files(
    tailored: Tailored, only: tuple[str, ...] = (), editions: tuple[str, ...] = ()
) -> list[str]:
    [cohort] = workshop.plan(tailored, (), only, editions).cohorts
    assert {job.document.name for job in cohort.jobs} <= {each.name for each in cohort.documents}
    return [job.file for job in cohort.jobs if job.file != "agenda.pdf"]


def test_everybody_gets_one_copy_in_their_edition(client: Workspace) -> None:
    assert sorted(files(load(client))) == sorted([*USUAL, *OWN])
    assert sorted(files(load(client), ("participant-workbook",))) == sorted([*USUAL, *OWN])


def test_a_nameless_copy_is_in_the_usual_edition(client: Workspace) -> None:
    nameless = [file for file in files(load(client, more="spares: 1\n")) if "blank" in file]
    assert nameless == ["participant-workbook/00-blank.pdf"]


def test_an_edition_that_is_asked_for_is_everybodys(client: Workspace) -> None:
    asked = files(load(client), editions=("large-print",))
    assert [file.split("/")[1] for file in asked] == [
        "01-anna-berg.pdf",
        "02-hana-sato.pdf",
        "03-bo-lindt.pdf",
        "04-cy-ode.pdf",
    ]
    named = files(load(client), ("participant-workbook-large-print",))
    assert named == asked
    always = files(load(client, ", editions: [large-print]"))
    assert sorted(always) == sorted([*USUAL, *asked, OWN[0]])


def test_an_edition_that_no_document_has_is_told(client: Workspace) -> None:
    client.client("name: Test\ndocuments: {only: [agenda]}\ncohorts: {one: {roster: people.csv}}\n")
    plan = workshop.plan(workshop.load(client.root, "test", READINGS))
    codes = [warning.code for warning in plan.warnings if warning.code == "edition-unused"]
    assert len(codes) == 2


def test_where_all_have_another_edition_the_usual_one_has_no_copies(client: Workspace) -> None:
    client.write("clients/test/people.csv", "name,edition\nHana Sato,large print\n")
    assert files(load(client)) == ["participant-workbook-large-print/01-hana-sato.pdf"]


def test_each_edition_says_which_papers_come_in_it_and_which_do_not(client: Workspace) -> None:
    papers = "only: [agenda, participant-workbook, exercises, evaluation, certificates]"
    client.client(
        CLIENT.replace("DOCUMENTS", "").replace("only: [agenda, participant-workbook]", papers)
    )
    [cohort] = workshop.plan(workshop.load(client.root, "test", READINGS)).cohorts
    fillable, large = people_editions(cohort.day.cohort, cohort.documents)
    assert (large.people, large.having) == (1, ("participant-workbook",))
    assert set(large.lacking) == {"agenda", "exercises", "evaluation", "certificates"}
    assert str(large).startswith(
        "large print for 1 person: participant-workbook; in the usual edition: "
    )
    assert fillable.having == ("participant-workbook",)
    assert str(fillable).startswith(
        "to fill in on screen for 1 person: participant-workbook (not printed); in the usual "
    )
    assert (large.not_printed, fillable.not_printed) == (
        "",
        "Not printed: participant-workbook of 1 person, who fills it in on screen",
    )


def test_a_roster_without_editions_says_nothing_of_them(client: Workspace) -> None:
    client.write("clients/test/people.csv", "name\nAnna Berg\n")
    [cohort] = workshop.plan(load(client)).cohorts
    assert people_editions(cohort.day.cohort, cohort.documents) == ()

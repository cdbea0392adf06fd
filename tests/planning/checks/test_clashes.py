"""No two files of a kit have the same place, on whatever disk."""

from __future__ import annotations

import pytest

import workshop
from tests.conftest import READINGS, Workspace
from workshop.diagnostics import ContentError, Severity

ROSTER = "name,email\nJosé Roe,a@example.com\nStraße Blank,b@example.com\n"


@pytest.fixture
def client(workspace: Workspace) -> Workspace:
    """A workspace with a client whose only documents are two of its own."""
    workspace.client(
        "name: Test\ndocuments: {only: [one, two]}\ncohorts: {autumn: {roster: roster.csv}}\n"
    )
    workspace.write("clients/test/roster.csv", ROSTER)
    return workspace


def add(client: Workspace, name: str, file: str, per: str) -> None:
    text = f'title: {name}\naudience: participant\nper: {per}\nfile: "{file}"\n'
    client.write(f"templates/{name}/document.yaml", text)
    client.write(f"templates/{name}/document.html.j2", "")


def faults(client: Workspace, *only: str) -> list[str]:
    try:
        workshop.plan(workshop.load(client.root, "test", READINGS), (), only)
    except ContentError as error:
        errors = [fault for fault in error.diagnostics if fault.severity is Severity.ERROR]
        return [f"{fault.location}: {fault.message} {fault.hint}" for fault in errors]
    return []


@pytest.mark.parametrize(
    ("one", "two", "where"),
    [
        ("{number}-{name}.pdf", "01-josé-roe.pdf", "01-josé-roe.pdf"),
        ("{name}.pdf", "José-Roe.pdf", "josé-roe.pdf and José-Roe.pdf"),
        ("{name}.pdf", "jose\u0301-roe.pdf", "josé-roe.pdf and jose\u0301-roe.pdf"),
        ("{name}.pdf", "STRASSE-blank.pdf", "straße-blank.pdf and STRASSE-blank.pdf"),
        ("{name}.pdf", "josé-roe.pdf/two.pdf", "josé-roe.pdf and josé-roe.pdf/two.pdf"),
        ("a.pdf/{name}.pdf", "A.pdf", "a.pdf/josé-roe.pdf and A.pdf"),
        ("a/{name}.pdf", "A/./josé-roe.pdf", "a/josé-roe.pdf and A/josé-roe.pdf"),
    ],
)
def test_a_person_s_file_and_another_document_in_one_place_are_told(
    client: Workspace, one: str, two: str, where: str
) -> None:
    add(client, "one", one, "participant")
    add(client, "two", two, "cohort")
    [fault] = faults(client)
    place = client.root / "templates" / "two" / "document.yaml"
    assert fault.startswith(f"{place}:4:7: “one” for ")
    assert f" and “two” would be written over each other, to {where} " in fault
    assert f"that of “one” is set in {place.parent.parent}/one/document.yaml:4:7." in fault
    # Asked for one, the kit still has the other.
    assert faults(client, "one") == [fault]


def test_two_documents_of_the_same_people_are_told_once(client: Workspace) -> None:
    add(client, "one", "papers/{name}.pdf", "participant")
    add(client, "two", "Papers/{name}.pdf", "participant")
    [fault] = faults(client)
    assert "“one” for José Roe and “two” for José Roe would be written" in fault


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("{name}.pdf", "anna.pdf"),
        ("one/{name}.pdf", "two/{name}.pdf"),
        ("one/{name}.pdf", "one/agenda.pdf"),
        ("{name}.pdf", "josé-roe/two.pdf"),
        ("{name}.pdf", "{name}-two.pdf"),
    ],
)
def test_files_beside_each_other_are_none(client: Workspace, one: str, two: str) -> None:
    add(client, "one", one, "participant")
    add(client, "two", two, "participant" if "{" in two else "cohort")
    assert faults(client) == []


def test_people_whose_names_differ_in_a_letter_some_disks_do_not_tell_have_two_files(
    client: Workspace,
) -> None:
    add(client, "one", "{name}.pdf", "participant")
    add(client, "two", "two.pdf", "cohort")
    client.write(
        "clients/test/roster.csv", "name,email\nAnna Groß,a@example.com\nAnna Gross,b@example.com\n"
    )
    [cohort] = workshop.plan(workshop.load(client.root, "test", READINGS)).cohorts
    assert [job.file for job in cohort.jobs] == ["anna-groß.pdf", "anna-gross-2.pdf", "two.pdf"]

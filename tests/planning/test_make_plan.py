from __future__ import annotations

import pytest

import workshop
from tests.conftest import READINGS, Workspace
from workshop.diagnostics import ContentError, UsageError
from workshop.planning.job import Job
from workshop.planning.make_plan import Plan

HEADER = "name,email,manager,manager_email\n"
ROSTER = HEADER + (
    "Anna Berg,anna@example.com,Inés Ruiz,ines@example.com\n"
    "Bo Lindt,bo@example.com,Max Ash,max@example.com\n"
    "Cy Ode,cy@example.com,Inés Ruiz,ines@example.com\n"
)
CLIENT = """\
name: Test Client
documents: {only: [agenda, exercises, manager-briefing, participant-workbook]}
cohorts: {autumn: {roster: roster.csv}, winter: {}}
"""


SOME = ("agenda", "exercises", "manager-briefing", "participant-workbook")


def plan(workspace: Workspace, *only: str, cohorts: tuple[str, ...] = ("autumn",)) -> Plan:
    return workshop.plan(workshop.load(workspace.root, "test", READINGS), cohorts, only)


def paths(workspace: Workspace, *only: str, roster: str = ROSTER) -> list[str]:
    workspace.write("clients/test/roster.csv", roster)
    [cohort] = plan(workspace, *only).cohorts
    return [job.path.as_posix() for job in cohort.jobs]


@pytest.fixture
def client(workspace: Workspace) -> Workspace:
    """A workspace with a client of two cohorts, one with a roster and one without."""
    workspace.client(CLIENT)
    workspace.write("clients/test/roster.csv", ROSTER)
    return workspace


def test_everybody_gets_the_documents_that_are_for_them(client: Workspace) -> None:
    assert paths(client, *SOME) == [
        "agenda.pdf",
        "exercises.pdf",
        "manager-briefing/inés-ruiz.pdf",
        "manager-briefing/max-ash.pdf",
        "participant-workbook/01-anna-berg.pdf",
        "participant-workbook/02-bo-lindt.pdf",
        "participant-workbook/03-cy-ode.pdf",
    ]


def test_a_job_knows_its_document_and_whom_it_is_for(client: Workspace) -> None:
    tailored = workshop.load(client.root, "test", READINGS)
    [cohort] = workshop.plan(tailored, ["autumn"], ["participant-workbook"]).cohorts
    roster = tailored.cohorts[0].roster
    assert roster
    [document] = [
        candidate for candidate in tailored.documents if candidate.name == "participant-workbook"
    ]
    assert cohort.jobs[1] == Job(
        document,
        roster.participants[1],
        "participant-workbook/02-bo-lindt.pdf",
    )
    assert cohort.documents == (document,)


def test_without_a_roster_there_is_one_blank_of_each(client: Workspace) -> None:
    [cohort] = plan(client, *SOME, cohorts=("winter",)).cohorts
    assert [(job.path.as_posix(), job.recipient) for job in cohort.jobs] == [
        ("agenda.pdf", None),
        ("exercises.pdf", None),
        ("manager-briefing/blank.pdf", None),
        ("participant-workbook/00-blank.pdf", None),
    ]


def test_a_roster_without_managers_makes_no_briefings(client: Workspace) -> None:
    assert paths(client, "manager-briefing", roster="name\nAnna Berg\n") == []


def test_every_cohort_is_planned_unless_some_are_named(client: Workspace) -> None:
    every = plan(client, cohorts=())
    assert [cohort.day.cohort.slug for cohort in every.cohorts] == ["autumn", "winter"]
    winter = plan(client, cohorts=("winter", "winter"))
    assert [cohort.day.cohort.slug for cohort in winter.cohorts] == ["winter"]


def test_some_documents_alone(client: Workspace) -> None:
    assert paths(client, "exercises", "agenda") == ["agenda.pdf", "exercises.pdf"]


@pytest.mark.parametrize(
    ("cohorts", "only", "message", "hint"),
    [
        (["automn"], [], "This client has no cohort “automn”", "Did you mean “autumn”?"),
        (["x"], [], "This client has no cohort “x”", "Known here: autumn, winter."),
        ([], ["agneda"], "This client has no document “agneda”", "Did you mean “agenda”?"),
        (
            [],
            ["agenda,posters"],
            "This client has no document “agenda,posters”",
            "Name each by itself: `--only agenda --only posters`.",
        ),
        (
            ["autumn, winter"],
            [],
            "This client has no cohort “autumn, winter”",
            "Name each by itself: `--cohort autumn --cohort winter`.",
        ),
        (
            [],
            ["workbook"],
            "This client has no document “workbook”",
            "Did you mean “participant-workbook”?",
        ),
    ],
)
def test_what_the_client_does_not_have_is_answered_by_the_nearest(
    client: Workspace, cohorts: list[str], only: list[str], message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        workshop.plan(workshop.load(client.root, "test", READINGS), cohorts, only)
    [fault] = caught.value.diagnostics
    assert (fault.message, fault.hint) == (message, hint)


def editions(
    workspace: Workspace, *wanted: str, only: tuple[str, ...] = (), documents: str = ""
) -> set[str]:
    """Return the documents that are planned when these editions are asked for."""
    if documents:
        workspace.client(f"name: Test\ndocuments: {documents}\n")
    [cohort] = workshop.plan(
        workshop.load(workspace.root, "test", READINGS), (), only, wanted
    ).cohorts
    return {document.name for document in cohort.documents}


def test_an_edition_is_made_where_it_is_asked_for(workspace: Workspace) -> None:
    workspace.client("name: Test\n")
    usual = editions(workspace)
    assert "participant-workbook" in usual
    assert not any(name.endswith(("large-print", "fillable")) for name in usual)
    assert editions(workspace, "large-print") == {"participant-workbook-large-print"}
    assert editions(workspace, "standard", "fillable") == usual | {"participant-workbook-fillable"}
    book = ("participant-workbook",)
    assert editions(workspace, "fillable", only=book) == {"participant-workbook-fillable"}
    only = ("participant-workbook-fillable",)
    assert editions(workspace, only=only) == {"participant-workbook-fillable"}
    both = editions(workspace, documents="{editions: [large-print]}")
    assert both == usual | {"participant-workbook-large-print"}


def test_an_edition_lies_beside_the_usual_one(workspace: Workspace) -> None:
    workspace.client("name: Test\n")
    [cohort] = workshop.plan(
        workshop.load(workspace.root, "test", READINGS), (), (), ["fillable"]
    ).cohorts
    assert [str(job.path) for job in cohort.jobs] == ["participant-workbook-fillable/00-blank.pdf"]


@pytest.mark.parametrize(
    ("edition", "only", "message"),
    [
        ("large-prin", "participant-workbook", "This client has no edition “large-prin”"),
        ("fillable", "agenda", "None of these documents has the edition “fillable”"),
    ],
)
def test_an_edition_there_is_not_is_said(
    workspace: Workspace, edition: str, only: str, message: str
) -> None:
    workspace.client("name: Test\n")
    with pytest.raises(UsageError, match=message):
        editions(workspace, edition, only=(only,))


def test_people_of_one_name_get_a_file_each(client: Workspace) -> None:
    document = "title: Note\naudience: participant\nper: participant\nfile: notes/{name}.pdf\n"
    client.write("templates/note/document.yaml", document)
    client.client(CLIENT.replace("agenda,", "note,"))
    roster = (
        "name,email\nAnna Berg,a@example.com\nanna-berg,b@example.com\n"
        "Anna Berg 2,c@example.com\nANNA BERG,d@example.com\n"
    )
    assert paths(client, "note", roster=roster) == [
        "notes/anna-berg.pdf",
        "notes/anna-berg-2.pdf",
        "notes/anna-berg-2-2.pdf",
        "notes/anna-berg-3.pdf",
    ]


def test_every_cohort_that_cannot_be_is_reported(client: Workspace) -> None:
    client.client("name: T\ncohorts:\n  a: {times: {finish: 10:00}}\n  b: {times: {finish: 11:00}}")
    with pytest.raises(ContentError) as caught:
        plan(client, cohorts=())
    assert {fault.location.line for fault in caught.value.diagnostics if fault.location} == {3, 4}


def test_with_spares_there_is_one_nameless_copy_of_what_is_one_per_participant(
    workspace: Workspace,
) -> None:
    workspace.client(CLIENT.replace("cohorts:", "spares: 3\ncohorts:"))
    workspace.write("clients/test/roster.csv", ROSTER)
    [cohort] = plan(workspace, "participant-workbook", "agenda", "manager-briefing").cohorts
    assert [job.path.as_posix() for job in cohort.jobs if job.recipient is None] == [
        "agenda.pdf", "participant-workbook/00-blank.pdf",
    ]  # fmt: skip


def test_a_cohort_has_its_own_spares(workspace: Workspace) -> None:
    client = CLIENT.replace("cohorts:", "spares: 3\ncohorts:")
    workspace.client(client.replace("roster: roster.csv", "roster: roster.csv, spares: 0"))
    workspace.write("clients/test/roster.csv", ROSTER)
    tailored = workshop.load(workspace.root, "test", READINGS)
    assert [cohort.spares for cohort in tailored.cohorts] == [0, 3]

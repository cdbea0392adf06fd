from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tailoring.conftest import PROGRAMME, Small, module_text
from workshop.diagnostics import Report
from workshop.tailoring.documents import Document, read_documents
from workshop.workspace.overlay import library_root, make_overlay

BADGE = "title: Badge\naudience: participant\nper: participant\nfile: badges/{number}-{name}.pdf\n"


def read(small: Small, text: str) -> tuple[dict[str, Document], list[str]]:
    path = small.write("clients/test/templates/badge/document.yaml", text)
    report = Report()
    documents = read_documents(make_overlay("test", small.root, library_root()), report, {})
    texts = [str(fault).replace("error: ", "").replace("\n ", "") for fault in report]
    return documents, [fault.removeprefix(f"{path.as_posix()}:") for fault in texts]


def test_a_folder_with_a_document_file_is_a_document(small: Small) -> None:
    documents, faults = read(small, BADGE)
    assert faults == []
    badge = documents["badge"]
    assert (badge.file.title, badge.file.audience, badge.file.per) == (
        "Badge", "participant", "participant"
    )  # fmt: skip
    assert (badge.file.sides, badge.file.cover, badge.file.option) == ("duplex", False, None)
    assert {"agenda", "badge", "participant-workbook"} <= set(documents)


def test_the_documents_of_the_library_are_for_those_they_name() -> None:
    report = Report()
    documents = read_documents(make_overlay(None, library_root(), library_root()), report, {})
    assert list(report) == []
    assert {
        name: (document.file.audience, document.file.per) for name, document in documents.items()
    } == {
        "agenda": ("participant", "cohort"),
        "certificates": ("participant", "participant"),
        "coaching-kit": ("participant", "participant"),
        "evaluation": ("participant", "cohort"),
        "evaluation-90-days": ("participant", "cohort"),
        "exercises": ("participant", "cohort"),
        "facilitator-guide": ("facilitator", "cohort"),
        "follow-up-kit": ("participant", "cohort"),
        "follow-up-run-sheet": ("facilitator", "cohort"),
        "kit-list": ("facilitator", "cohort"),
        "manager-briefing": ("manager", "manager"),
        "name-tents": ("participant", "cohort"),
        "participant-workbook": ("participant", "participant"),
        "posters": ("room", "cohort"),
        "sign-in": ("participant", "cohort"),
        "slides": ("room", "cohort"),
        "sponsor-outline": ("sponsor", "cohort"),
    }
    assert {
        name: document.file.option for name, document in documents.items() if document.file.option
    } == {
        "coaching-kit": "coaching",
        "follow-up-kit": "follow-up",
        "follow-up-run-sheet": "follow-up",
        "manager-briefing": "manager-briefings",
    }


def test_a_clients_document_file_stands_over_the_librarys(small: Small) -> None:
    text = "title: Tagesplan\naudience: participant\nper: cohort\nfile: tagesplan.pdf\n"
    small.write("clients/test/templates/agenda/document.yaml", text)
    agenda = small.load().documents[0]
    assert (agenda.name, agenda.file.title, agenda.file.file) == (
        "agenda", "Tagesplan", "tagesplan.pdf"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("title: Badge", "titel: Badge", "1:1: “title” is missing [missing-key]"),
        (
            "audience: participant",
            "audience: participants",
            "2:11: “audience” cannot be “participants” [unknown-value] Did you mean “participant”?",
        ),
        (
            "per: participant",
            "per: person",
            "3:6: “per” cannot be “person” [unknown-value] "
            "Known here: cohort, manager, participant.",
        ),
        (
            "badges/{number}-{name}.pdf",
            "badges/{number}.pdf",
            "4:7: One PDF per participant needs {name} in its file name [file-name] "
            "Without it, each would be written over the one before.",
        ),
        (
            "badges/{number}-{name}.pdf",
            "badges/{team}-{name}.pdf",
            "4:7: Nothing fills in {team} in the file name of a document that is one per "
            "participant [file-name] It can have {number} and {name}.",
        ),
        (
            "badges/{number}-{name}.pdf",
            "badges/{name}-{.pdf",
            "4:7: Nothing fills in { in the file name of a document that is one per "
            "participant [file-name] It can have {number} and {name}.",
        ),
        (
            "per: participant\nfile: badges/{number}-{name}.pdf",
            "per: manager\nfile: badges/{number}-{name}.pdf",
            "4:7: Nothing fills in {number} in the file name of a document that is one per "
            "manager [file-name] It can have {name}.",
        ),
        (
            "per: participant\nfile: badges/{number}-{name}.pdf",
            "per: cohort\nfile: badges-{name}.pdf",
            "4:7: Nothing fills in {name} in the file name of a document that is one per "
            "cohort [file-name] Take it out.",
        ),
        (
            "badges/{number}-{name}.pdf",
            "../{name}.pdf",
            "4:7: A document’s file must lie inside the kit’s folder [file-name]",
        ),
        (
            "badges/{number}-{name}.pdf",
            "/tmp/{name}.pdf",
            "4:7: A document’s file must lie inside the kit’s folder [file-name]",
        ),
        ("{name}.pdf", "{name}.docx", "4:7: “file” must match pattern"),
    ],
)
def test_a_wrong_document_file(small: Small, right: str, wrong: str, fault: str) -> None:
    assert right in BADGE
    _, faults = read(small, BADGE.replace(right, wrong))
    assert faults[0].startswith(fault)


@pytest.mark.parametrize("name", ["a+b", "a@b", "a b", "{x}", "[x]", "a:b", "%", "-x", "a,b", "*"])
def test_a_folder_s_name_has_no_signs(small: Small, name: str) -> None:
    small.write(f"templates/{name}/document.yaml", BADGE)
    [fault] = small.faults("name: Test\n")
    assert fault == (
        f"templates/{name}/document.yaml:1:1: A document’s folder cannot have the name “{name}” "
        "[document-name] Use letters, digits, hyphens and underscores."
    )


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("audience: participant", "audience: participants"),
        ("per: participant", "per: [}"),
        (BADGE.partition("\n")[0], ""),
        (BADGE, ""),
        (BADGE, "- title: Badge\n"),
    ],
)
def test_a_faulty_document_file_is_told_and_not_that_there_is_no_document(
    small: Small, right: str, wrong: str
) -> None:
    small.write("templates/badge/document.yaml", BADGE.replace(right, wrong))
    head = "materials: [{item: Badges, each: person, count: 1, printed: badge}]\n"
    small.write("modules/ask.md", module_text("ask", "ask-it", head))
    for names in ("only: [agenda, badge]", "exclude: [badge]"):
        faults = small.faults(f"name: Test\ndocuments: {{{names}}}\npacks: [badge]\n")
        assert {fault.split(":")[0] for fault in faults} == {"templates/badge/document.yaml"}


def test_a_document_file_that_cannot_be_read_is_the_one_fault(small: Small) -> None:
    (small.root / "templates/badge").mkdir(parents=True)
    os.mkfifo(small.root / "templates/badge/document.yaml")
    [fault] = small.faults("name: Test\ndocuments: {only: [badge]}\npacks: [badge]\n")
    assert fault.startswith("templates/badge/document.yaml: The file cannot be read")


def test_an_unknown_term_is_told_once_for_title_and_file(small: Small) -> None:
    text = BADGE.replace("Badge", '"{manger} badge"')
    _, faults = read(small, text.replace("badges/{number}-{name}.pdf", '"{manger}-{name}.pdf"'))
    assert [fault.split(" [")[0] for fault in faults] == [
        "1:8: The programme has no term “manger”",
    ]


def test_a_term_of_the_program_s_own_papers_is_none_of_a_client_s(small: Small) -> None:
    small.write("modules/programme.yaml", PROGRAMME.replace(", manager: manager", ""))
    for name in ("aaa", "zzz"):
        text = BADGE.replace("title: Badge", 'title: "{manager} paper"').replace("badges", name)
        small.write(f"templates/{name}/document.yaml", text)
    faults = [fault for fault in small.faults("name: Test\n") if "[unknown-term]" in fault]
    assert [fault.split("/")[1] for fault in faults] == ["aaa", "zzz"]


def test_two_documents_are_not_written_to_one_file(small: Small) -> None:
    text = "title: Badge\naudience: participant\nper: cohort\nfile: agenda.pdf\n"
    small.write("clients/test/templates/badge/document.yaml", text)
    [fault] = small.faults("name: Test\n")
    assert fault == (
        "clients/test/templates/badge/document.yaml:4:7: “agenda” and “badge” would both be "
        "written to agenda.pdf [file-name] "
        "Give one of them another file name, or have the client exclude one."
    )
    tailored = small.load("name: Test\ndocuments: {exclude: [agenda]}\n")
    assert tailored.documents[0].name == "badge"


def test_a_document_that_is_a_link_out_of_the_templates_is_none(small: Small) -> None:
    outside = small.root.parent / "outside/badge"
    outside.mkdir(parents=True)
    (outside / "document.yaml").write_text(BADGE, encoding="utf-8")
    (small.root / "templates").mkdir()
    (small.root / "templates/badge").symlink_to(outside)
    assert "badge" not in {document.name for document in small.load().documents}


def test_a_document_file_is_checked_even_where_no_client_wants_it(
    small: Small, tmp_path: Path
) -> None:
    small.write("templates/badge/document.yaml", BADGE.replace("per: p", "per: P"))
    [fault] = small.faults("name: Test\ndocuments: {only: [agenda]}\n")
    assert fault.startswith("templates/badge/document.yaml:3:6: “per” cannot be “Participant”")

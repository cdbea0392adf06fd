"""The sample clients' kits: sound files that are what their manifest says."""

from __future__ import annotations

import hashlib
from pathlib import Path

import page
import pikepdf
import pytest

import workshop
from tests.conftest import READINGS, REPOSITORY, Kits, Workspace
from tests.kits.kit_text import pages_of
from workshop.building.kit.manifest import Recipient
from workshop.planning.job import Job
from workshop.planning.make_plan import CohortPlan
from workshop.tailoring.cohort import Trainer
from workshop.tailoring.people.roster import Managed

COHORTS = [
    ("acme", "boston-march"),
    ("acme", "leeds-february"),
    ("acme", "rotterdam-may"),
    ("minimal", "session"),
]


def planned(client: str, cohort: str) -> CohortPlan:
    [found] = workshop.plan(workshop.load(REPOSITORY, client, READINGS), [cohort]).cohorts
    return found


def person_of(job: Job) -> Recipient | None:
    person = job.recipient.person if isinstance(job.recipient, Managed) else job.recipient
    people = job.recipient.people if isinstance(job.recipient, Managed) else ()
    names = tuple(one.name for one in people)
    if person is None or isinstance(person, Trainer):
        return None
    return Recipient(person.name, person.email, names)


@pytest.mark.parametrize(("client", "cohort"), COHORTS)
def test_a_kit_is_what_was_planned(kits: Kits, client: str, cohort: str) -> None:
    manifest = kits.manifest(client, cohort)
    assert (manifest.client, manifest.cohort) == (client, cohort)
    jobs = {job.path.as_posix(): job for job in planned(client, cohort).jobs}
    assert [entry.path for entry in manifest.files] == sorted(jobs)
    for entry in manifest.files:
        job = jobs[entry.path]
        assert (entry.document, entry.audience) == (job.document.name, job.document.file.audience)
        assert entry.recipient == person_of(job)


@pytest.mark.parametrize(("client", "cohort"), COHORTS)
def test_a_kit_holds_nothing_else(kits: Kits, client: str, cohort: str) -> None:
    folder = kits.root / client / cohort
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {entry.path for entry in kits.manifest(client, cohort).files} | {
        "manifest.json"
    }


def test_pages_and_checksums_are_right(kits: Kits) -> None:
    for path, entry in kits.files():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256, path
        assert len(pages_of(path)) == entry.pages, path


def test_every_file_conforms_to_pdf_ua(kits: Kits) -> None:
    profile = page.ValidationProfile.PDF_UA_1
    failures = {
        path.name: [failure.message for failure in report.failures]
        for path, _ in kits.files()
        if not (report := page.validate_pdf(str(path), profile=profile)).is_compliant
    }
    assert failures == {}


def test_qpdf_finds_no_fault_in_any_file(kits: Kits, capfd: pytest.CaptureFixture[str]) -> None:
    for path, _ in kits.files():
        job = pikepdf.Job(["qpdf", "--check", str(path)])
        job.run()
        assert job.exit_code == 0, capfd.readouterr()


def test_every_file_says_what_it_is_and_in_which_language(kits: Kits) -> None:
    languages = {"boston-march": "en-US"}
    for path, entry in kits.files():
        cohort = path.relative_to(kits.root).parts[1]
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == languages.get(cohort, "en-GB")
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            title = str(pdf.docinfo["/Title"])
        assert entry.recipient is None or entry.recipient.name in title
        assert title.endswith("Acme Components" if "acme" in path.parts else "Minimal Ltd")


@pytest.mark.parametrize(("client", "cohort"), COHORTS)
def test_paper_is_the_cohort_s_and_the_page_the_document_s(
    kits: Kits, client: str, cohort: str
) -> None:
    short, long = (612, 792) if cohort == "boston-march" else (595.28, 841.89)
    sizes = {
        "portrait": (short, long),
        "landscape": (long, short),
        "double": (long, 2 * short),
        "slide": (907.09, 510.24),
    }
    pages = {job.document.name: job.document.file.page for job in planned(client, cohort).jobs}
    for entry in kits.manifest(client, cohort).files:
        with pikepdf.open(kits.root / client / cohort / entry.path) as pdf:
            for sheet in pdf.pages:
                left, bottom, right, top = (float(edge) for edge in sheet.mediabox)
                size = (right - left, top - bottom)
                assert size == pytest.approx(sizes[pages[entry.document]], abs=0.1), entry.path


def test_the_agenda_is_one_page(kits: Kits) -> None:
    agendas = kits.files("agenda")
    assert len(agendas) == len(COHORTS)
    assert [entry.pages for _, entry in agendas] == [1] * len(COHORTS)


def test_the_agenda_is_one_page_with_every_optional_module_too(workspace: Workspace) -> None:
    order = "[angle-of-lean, lean-out, who-starts, {module: step-back, after: outside-in}]"
    workspace.client(f"name: Test\npaper: Letter\nmodules: {{include: {order}}}\n")
    [kit] = workshop.build(workspace.root, "test", documents=["agenda"]).kits
    assert (kit.files, kit.pages) == (1, 1)


def test_every_file_is_drawn_with_fonts_of_its_own(kits: Kits) -> None:
    """A font that is not embedded would be another one on the next machine."""
    for path, _ in kits.files():
        with pikepdf.open(path) as pdf:
            descriptors = [
                thing
                for thing in pdf.objects
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
            ]
            assert descriptors, path
            for descriptor in descriptors:
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()), path


def test_a_kit_lies_where_its_client_and_cohort_are_named(kits: Kits) -> None:
    manifests = sorted(path.relative_to(kits.root).parts for path in kits.root.glob("*/*/*.json"))
    assert manifests == [(client, cohort, "manifest.json") for client, cohort in COHORTS]
    assert Path(kits.root, "acme", "leeds-february", "participant-workbook").is_dir()

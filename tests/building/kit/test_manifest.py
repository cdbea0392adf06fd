from __future__ import annotations

import json
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS
from tests.tiny_workspace.workspace import Tiny
from workshop.building.kit.manifest import (
    NAME,
    KitFile,
    Manifest,
    Recipient,
    entry_for,
    merged,
    read_or_tell,
)
from workshop.building.kit.manifest import read as read_manifest
from workshop.building.kit.manifest import write as write_manifest
from workshop.diagnostics import ContentError, Location


def entry(path: str, document: str = "agenda", pages: int = 1) -> KitFile:
    return KitFile(path, document, "participant", None, pages, "0" * 64)


INES = KitFile(
    "manager-briefing/inés-ruiz.pdf",
    "manager-briefing",
    "manager",
    Recipient("Inés Ruiz", "ines@example.com", ("Anna Berg", "Bo Lindt")),
    4,
    "f" * 64,
)
KIT = Manifest("tiny", "autumn", (entry("agenda.pdf"), INES))


def test_a_file_is_described_by_what_it_is_and_whom_it_is_for(tiny: Tiny) -> None:
    [cohort] = workshop.plan(workshop.load(tiny.root, "tiny", READINGS)).cohorts
    described = {
        job.path.as_posix(): entry_for(job, "e" * 64, pages=3)
        for job in cohort.jobs
        if job.document.name in ("agenda", "badge", "manager-briefing")
    }
    digest = "e" * 64
    anna = Recipient("Anna Berg", "anna@example.com")
    bo = Recipient("Bo Lindt", "bo@example.com")
    assert described == {
        "agenda.pdf": KitFile("agenda.pdf", "agenda", "participant", None, 3, digest),
        "badges/anna-berg.pdf": KitFile(
            "badges/anna-berg.pdf", "badge", "participant", anna, 3, digest
        ),
        "badges/bo-lindt.pdf": KitFile(
            "badges/bo-lindt.pdf", "badge", "participant", bo, 3, digest
        ),
        INES.path: KitFile(INES.path, "manager-briefing", "manager", INES.recipient, 3, digest),
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a kit, by whose name its manifest is known."""
    folder = tmp_path / "tiny" / "autumn"
    folder.mkdir(parents=True)
    return folder


def test_a_manifest_is_read_as_it_was_written(folder: Path) -> None:
    write_manifest(KIT, folder)
    assert read_manifest(folder) == KIT
    assert read_or_tell(folder) == KIT


def test_a_manifest_of_another_kit_is_none(folder: Path) -> None:
    other = folder.with_name("winter")
    folder.rename(other)
    write_manifest(KIT, other)
    assert read_manifest(other) is None


@pytest.mark.parametrize(
    "path",
    [
        "../a.pdf", "/etc/passwd", "a/../../b.pdf", "", ".", "a//b.pdf", "a/", "./a.pdf", "a" * 256,
        "a/" * 2500 + "a", "a\x00b.pdf", "a\nb.pdf", "\ud800.pdf", 5, None, ["a"],
    ],
)  # fmt: skip
def test_a_manifest_whose_paths_lead_anywhere_else_is_told_in_one_line(
    folder: Path, path: object
) -> None:
    write_manifest(Manifest("tiny", "autumn", (INES,)), folder)
    data = json.loads((folder / NAME).read_text())
    data["files"][0]["path"] = path
    (folder / NAME).write_text(json.dumps(data))
    assert read_manifest(folder) is None
    with pytest.raises(ContentError) as caught:
        read_or_tell(folder)
    [fault] = caught.value.diagnostics
    assert fault.message == "This list of the kit’s files is damaged"
    assert fault.location == Location(folder / NAME)
    assert fault.hint == "Build the kit again: workshop build --client tiny --cohort autumn"


def test_a_manifest_that_names_a_file_twice_is_none(folder: Path) -> None:
    write_manifest(Manifest("tiny", "autumn", (INES, INES)), folder)
    assert read_manifest(folder) is None


def test_a_manifest_is_json_with_every_field_in_a_fixed_order(tmp_path: Path) -> None:
    write_manifest(Manifest("tiny", "autumn", (INES,)), tmp_path)
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    data = json.loads(text)
    assert data == {
        "format": 1,
        "client": "tiny",
        "cohort": "autumn",
        "files": [
            {
                "path": "manager-briefing/inés-ruiz.pdf",
                "document": "manager-briefing",
                "audience": "manager",
                "recipient": {
                    "name": "Inés Ruiz",
                    "email": "ines@example.com",
                    "people": ["Anna Berg", "Bo Lindt"],
                },
                "pages": 4,
                "sha256": "f" * 64,
                "made_from": "",
            }
        ],
    }
    assert list(data) == ["format", "client", "cohort", "files"]
    assert list(data["files"][0]) == [
        "path", "document", "audience", "recipient", "pages", "sha256", "made_from",
    ]  # fmt: skip
    assert "inés-ruiz" in text
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"format": 1, "client": "ti',
        b"\xff\xfe{",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"format": 1, "files": ' + b"[" * 100_000,
        b'{"client": "tiny", "cohort": "autumn", "files": []}',
        b'{"format": 2, "client": "tiny", "cohort": "autumn", "files": []}',
        b'{"format": 1, "cohort": "autumn", "files": []}',
        b'{"format": 1, "client": "tiny", "cohort": "autumn", "files": 3}',
        b'{"format": 1, "client": "tiny", "cohort": "autumn", "files": [3]}',
        b'{"format": 1, "client": "tiny", "cohort": "autumn", "files": [{"path": "agenda.pdf"}]}',
        b'{"format": 1, "client": "tiny", "cohort": "autumn", "files": [{"colour": "red"}]}',
    ],
)
def test_what_is_no_manifest_of_this_format_is_no_manifest(folder: Path, content: bytes) -> None:
    (folder / NAME).write_bytes(content)
    assert read_manifest(folder) is None


def test_a_folder_without_a_kit_has_no_manifest(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "nowhere") is None
    (tmp_path / NAME).mkdir()
    assert read_manifest(tmp_path) is None


def test_files_of_documents_made_again_replace_the_old_ones() -> None:
    old = Manifest(
        "tiny",
        "autumn",
        (entry("agenda.pdf", pages=1), entry("b/anna.pdf", "badge"), entry("b/bo.pdf", "badge")),
    )
    new = Manifest("tiny", "autumn", (entry("b/zoe.pdf", "badge"),))
    assert [one.path for one in merged(old, new, ["badge"]).files] == ["agenda.pdf", "b/zoe.pdf"]
    assert merged(old, new, ["badge", "agenda"]).files == new.files
    assert merged(None, new, ["badge"]) == new


def test_files_are_listed_by_their_paths() -> None:
    made = Manifest("tiny", "autumn", (entry("b.pdf"), entry("c/a.pdf"), entry("a.pdf")))
    assert [one.path for one in merged(None, made, []).files] == ["a.pdf", "b.pdf", "c/a.pdf"]

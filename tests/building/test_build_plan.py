from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import workshop
from tests.conftest import TextOf
from tests.keeping.in_the_way import IN_THE_WAY
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents, in_part
from workshop.building.build_plan import BuildProgress
from workshop.building.kit import manifest
from workshop.building.kit.kit_folder import keep_files
from workshop.building.steps.kit_in_progress import KitInProgress
from workshop.diagnostics import ContentError, EnvironmentFault, Severity

pytestmark = pytest.mark.slow

BADGE = "templates/badge/document.html.j2"
BADGE_STYLE = "templates/badge/document.css"
# Of all that may go wrong, a picture outside the workspace is found by the layout alone.
FAULT_FOR_BO = """
{% if participant.name == "Bo Lindt" %}<img src="file:///etc/passwd" alt="">{% endif %}
"""


def forget(tiny: Tiny) -> None:
    """Remove the kit, and what is kept for the next one."""
    shutil.rmtree(tiny.root / ".workshop-cache")
    shutil.rmtree(tiny.kit)


def test_a_kit_is_its_documents_and_a_manifest_that_describes_them(
    tiny: Tiny, text_of: TextOf
) -> None:
    kit = tiny.build()
    assert kit.folder == tiny.kit
    assert list(contents(tiny.kit)) == [
        "agenda.pdf",
        "badges/anna-berg.pdf",
        "badges/bo-lindt.pdf",
        "exercises.pdf",
        "manager-briefing/inés-ruiz.pdf",
        "manifest.json",
        "participant-workbook/01-anna-berg.pdf",
        "participant-workbook/02-bo-lindt.pdf",
    ]
    assert manifest.read(tiny.kit) == kit.manifest
    assert set(kit.files) == set(kit.manifest.files)
    assert kit.warnings == ()
    for entry in kit.manifest.files:
        path = tiny.kit / entry.path
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256
        assert text_of(path).count("\n") >= entry.pages - 1
        if entry.recipient:
            assert entry.recipient.name in text_of(path)


def test_the_same_input_gives_the_same_bytes_however_many_processes(tiny: Tiny) -> None:
    tiny.build("participant-workbook")
    first = contents(tiny.kit)
    forget(tiny)
    tiny.build("participant-workbook", workers=2)
    assert contents(tiny.kit) == first


def test_the_bytes_do_not_depend_on_where_the_workspace_lies(
    tiny: Tiny, tmp_path: Path, repository: Path
) -> None:
    for output in ("here", "there"):
        workshop.build(repository, "minimal", (), ["agenda"], output=tmp_path / output, jobs=1)
    here, there = (contents(tmp_path / name / "minimal/session") for name in ("here", "there"))
    assert here == there
    tiny.build("badge")
    moved = Tiny(tmp_path / "elsewhere" / "moved")
    moved.root.parent.mkdir()
    first = contents(tiny.kit)
    tiny.root.rename(moved.root)
    forget(moved)
    moved.build("badge")
    assert contents(moved.kit) == first


def test_the_date_in_a_pdf_is_the_one_the_environment_sets(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    def created() -> str | None:
        tiny.build("badge")
        with pikepdf.open(tiny.kit / "badges/anna-berg.pdf") as pdf:
            date = pdf.docinfo.get("/CreationDate")
            return None if date is None else str(date)

    assert created() is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert created() == "D:20270115080000Z"


@pytest.mark.parametrize("epoch", ["yesterday", "1.5", "9" * 30])
def test_an_environment_with_an_impossible_date_is_refused(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(EnvironmentFault, match=f"SOURCE_DATE_EPOCH is “{epoch}”"):
        tiny.build("badge")


def test_progress_counts_up_to_all(tiny: Tiny) -> None:
    told: list[BuildProgress] = []
    tiny.build("badge", on_progress=told.append)
    # Badges print a name outside of a slot: each has to be laid out, and then written.
    assert told == [
        BuildProgress("lay out", "badge", 1, 2),
        BuildProgress("lay out", "badge", 2, 2),
        BuildProgress("write", "autumn/badges/anna-berg.pdf", 1, 2),
        BuildProgress("write", "autumn/badges/bo-lindt.pdf", 2, 2),
    ]


def test_progress_tells_what_is_kept_from_earlier(tiny: Tiny) -> None:
    tiny.build("agenda")
    told: list[BuildProgress] = []
    tiny.build("agenda", "badge", on_progress=told.append)
    assert [(step.what, step.kept) for step in told if step.stage == "lay out"] == [
        ("agenda", 1),
        ("badge", 1),
        ("badge", 1),
    ]


def test_a_fault_in_one_document_leaves_the_last_kit_byte_for_byte(tiny: Tiny) -> None:
    tiny.build("badge", "agenda")
    last = contents(tiny.kit)
    tiny.change(BADGE, "</p>", f"</p>{FAULT_FOR_BO}")
    with pytest.raises(ContentError) as caught:
        tiny.build("badge", "agenda")
    [fault] = caught.value.diagnostics
    assert fault.message.endswith(" (in badges/bo-lindt.pdf)")
    assert "/etc/passwd" in fault.message
    assert contents(tiny.kit) == last
    assert sorted(path.name for path in tiny.kit.parent.iterdir()) == [
        ".autumn.lock",
        ".autumn.written",
        "autumn",
    ]


def test_a_fault_found_before_layout_stops_every_cohort(tiny: Tiny) -> None:
    tiny.write(
        CLIENT,
        "name: Tiny Ltd\ncohorts:\n  autumn: {roster: roster.csv}\n  winter: {venue: Leeds}\n",
    )
    tiny.write(BADGE, in_part("{% if cohort.venue %}{{ oops }}{% endif %}"))
    with pytest.raises(ContentError, match="Nothing is called “oops” here"):
        workshop.build(tiny.root, "tiny", jobs=1)
    assert not (tiny.root / "build").exists()


def test_a_warning_about_many_files_is_given_once(tiny: Tiny) -> None:
    tiny.write(BADGE_STYLE, "h1 { colour: red }\n")
    with (tiny.root / ROSTER).open("a") as roster:
        roster.write("Cy Ode,cy@example.com,Sales,Buyer,keen,Inés Ruiz,ines@example.com\n")
    [warning] = tiny.build("badge").warnings
    assert warning.severity is Severity.WARNING
    assert warning.message.endswith("(in badges/anna-berg.pdf and 2 more)")
    assert warning.location is not None
    assert (warning.location.path.name, warning.location.line) == ("document.css", 1)


def test_making_one_document_keeps_the_others_as_they_are(tiny: Tiny) -> None:
    whole = tiny.build("agenda", "badge")
    before = contents(tiny.kit)
    tiny.change(BADGE, "<h1>", "<h1>Hello ")
    kit = tiny.build("badge")
    after = contents(tiny.kit)
    assert list(after) == list(before)
    changed = [path for path in after if after[path] != before[path]]
    assert changed == ["badges/anna-berg.pdf", "badges/bo-lindt.pdf", "manifest.json"]
    assert [entry.path for entry in kit.files] == changed[:2]
    assert kit.manifest.files[0] == whole.manifest.files[0]
    assert manifest.read(tiny.kit) == kit.manifest
    for entry in kit.manifest.files:
        assert hashlib.sha256(after[entry.path]).hexdigest() == entry.sha256


def test_a_file_somebody_deleted_is_not_missed(tiny: Tiny) -> None:
    tiny.build("agenda", "badge")
    (tiny.kit / "agenda.pdf").unlink()
    kit = tiny.build("badge")
    assert [entry.document for entry in kit.manifest.files] == ["badge", "badge"]


def without(name: str) -> Callable[[Tiny], None]:
    def leave(tiny: Tiny) -> None:
        lines = (tiny.root / ROSTER).read_text().splitlines(keepends=True)
        tiny.write(ROSTER, "".join(line for line in lines if not line.startswith(name)))

    return leave


def without_managers(tiny: Tiny) -> None:
    tiny.write(ROSTER, "name\nAnna Berg\n")


def without_the_option(tiny: Tiny) -> None:
    tiny.change(CLIENT, "cohorts:", "options: {manager-briefings: false}\ncohorts:")
    tiny.change(CLIENT, "manager-briefing, ", "")


@pytest.mark.parametrize(
    ("leave", "again", "gone"),
    [
        (without("Bo Lindt"), ("badge",), "badges/bo-lindt.pdf"),
        (without_managers, ("badge", "manager-briefing"), "manager-briefing/inés-ruiz.pdf"),
        (without_the_option, ("badge",), "manager-briefing/inés-ruiz.pdf"),
    ],
)
def test_files_nobody_is_to_get_any_more_disappear(
    tiny: Tiny, leave: Callable[[Tiny], None], again: tuple[str, ...], gone: str
) -> None:
    tiny.build("badge", "manager-briefing")
    assert gone in contents(tiny.kit)
    leave(tiny)
    kit = tiny.build(*again)
    assert gone not in contents(tiny.kit)
    assert gone not in [entry.path for entry in kit.manifest.files]
    assert "badges/anna-berg.pdf" in contents(tiny.kit)


def test_people_of_one_name_get_a_file_each(tiny: Tiny, text_of: TextOf) -> None:
    tiny.write(ROSTER, "name,email\nAnna Berg,a@example.com\nANNA  BERG,b@example.com\n")
    kit = tiny.build("badge")
    assert [(entry.path, entry.recipient and entry.recipient.email) for entry in kit.files] == [
        ("badges/anna-berg.pdf", "a@example.com"),
        ("badges/anna-berg-2.pdf", "b@example.com"),
    ]
    assert "ANNA BERG" in text_of(tiny.kit / "badges/anna-berg-2.pdf")


def test_two_builds_at_once_of_different_documents_both_stay(tiny: Tiny) -> None:
    def build_the_agenda_meanwhile(progress: BuildProgress) -> None:
        if progress.done == 1:
            tiny.build("agenda")

    kit = tiny.build("badge", on_progress=build_the_agenda_meanwhile)
    assert [entry.document for entry in kit.manifest.files] == ["agenda", "badge", "badge"]
    assert len(contents(tiny.kit)) == 4


@pytest.mark.parametrize("taken", ["build", "build/tiny", "build/tiny/autumn"])
def test_an_output_that_cannot_be_written_is_a_fault_of_the_machine(tiny: Tiny, taken: str) -> None:
    path = tiny.write(taken, "in the way")
    with pytest.raises(EnvironmentFault, match=rf"{taken} is a file, and a folder is to be there"):
        tiny.build("badge")
    assert path.read_text() == "in the way"


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling link"])
def test_what_lies_in_the_place_of_a_kit_s_lock_is_told_with_a_cure(tiny: Tiny, kind: str) -> None:
    make, said = IN_THE_WAY[kind]
    tiny.kit.parent.mkdir(parents=True)
    make(tiny.kit.parent / ".autumn.lock")
    with pytest.raises(EnvironmentFault, match=rf"/tiny/\.autumn\.lock {said}") as caught:
        tiny.build("badge")
    [fault] = caught.value.diagnostics
    assert str(fault.hint).startswith(("Give the folder another name.", "Remove it: rm "))


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        (errno.EACCES, "Close what other programs have open from there, such as a PDF. Or name"),
        (errno.EBUSY, "Close what other programs have open from there, such as a PDF. Or name"),
        (errno.EPERM, "Close what other programs have open from there, such as a PDF. Or name"),
        (errno.ENOSPC, "Make room there. Or name"),
        (errno.EIO, "Name"),
    ],
)
def test_what_keeps_a_kit_from_its_place_is_told_with_a_cure(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, code: int, cure: str
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code), str(tiny.kit))

    monkeypatch.setattr(KitInProgress, "put_in_place", refused)
    with pytest.raises(EnvironmentFault) as caught:
        tiny.build("badge")
    [fault] = caught.value.diagnostics
    assert (fault.code, fault.hint) == ("output", f"{cure} another folder with --output.")


def test_a_full_disk_leaves_the_last_kit(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.build("badge")
    last = contents(tiny.kit)
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    really = Path.open

    def on_a_full_disk(path: Path, mode: str = "r", **settings: Any) -> Any:
        return really(Path("/dev/full") if mode == "wb" else path, mode, **settings)

    monkeypatch.setattr(Path, "open", on_a_full_disk)
    with pytest.raises(EnvironmentFault, match="There is no room left on the disk") as caught:
        tiny.build("badge")
    assert caught.value.exit_code == 3
    assert contents(tiny.kit) == last


def test_files_that_another_program_removes_leave_the_last_kit(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.build("badge")
    last = contents(tiny.kit)
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")

    def clean(old: Path, new: Path, paths: list[str]) -> None:
        keep_files(old, new, paths)
        (new / "badges" / "anna-berg.pdf").unlink()

    monkeypatch.setattr("workshop.building.steps.kit_in_progress.keep_files", clean)
    with pytest.raises(EnvironmentFault, match="is gone again before") as caught:
        tiny.build("badge")
    assert caught.value.diagnostics[0].code == "kit-incomplete"
    assert contents(tiny.kit) == last

"""Files of the last kit that would come out the same are taken over, and no others."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.building.watched_executor import WatchedExecutor
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents
from tests.tiny_workspace.workspace import laid_out_before as tiny
from workshop.building.build_plan import BuildProgress
from workshop.building.kit import manifest
from workshop.building.reuse.same_file import linked_from, take_over
from workshop.composing.composition import Composition, DocumentInfo
from workshop.composing.pages.render_job import JobFile

pytestmark = pytest.mark.slow

__all__ = ["tiny"]

WORKBOOK = "participant-workbook"
STYLE = "templates/badge/document.css"


def made_by_building(tiny: Tiny, *documents: str) -> list[str]:
    """Build, and return the names of the files that were made and not taken over."""
    executor = WatchedExecutor()
    tiny.build(*documents, executor=executor)
    return [Path(path).name for path in executor.stamped]


def test_a_document_is_another_where_a_file_is_that_its_logo_shows() -> None:
    document = Composition((), DocumentInfo("T", "A", "en-GB", "simplex", has_cover=False))
    logo, signs = JobFile("/logo.svg", b""), (JobFile("/sign.svg", text) for text in (b"a", b"b"))
    assert len({linked_from(document, (), {}, (logo, sign)) for sign in signs}) == 2


def test_only_the_copy_of_whoever_changed_is_made(tiny: Tiny) -> None:
    tiny.build(WORKBOOK, "agenda")
    before = contents(tiny.kit)
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    assert made_by_building(tiny, WORKBOOK, "agenda") == ["02-bo-lindh.pdf"]
    after = contents(tiny.kit)
    same = {path for path in after if before.get(path) == after[path]}
    assert same == {"agenda.pdf", f"{WORKBOOK}/01-anna-berg.pdf"}


def test_a_kit_made_of_old_and_new_is_the_one_made_anew(tiny: Tiny) -> None:
    tiny.build(WORKBOOK)
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    tiny.build(WORKBOOK)
    mixed = contents(tiny.kit)
    tiny.kit.rename(tiny.kit.with_name("elsewhere"))
    assert made_by_building(tiny, WORKBOOK) == ["01-anna-berg.pdf", "02-bo-lindh.pdf"]
    assert contents(tiny.kit) == mixed


def test_a_file_somebody_changed_is_made_again(tiny: Tiny) -> None:
    tiny.build("agenda")
    whole = contents(tiny.kit)
    (tiny.kit / "agenda.pdf").write_bytes(b"%PDF-1.7")
    assert made_by_building(tiny, "agenda") == ["agenda.pdf"]
    assert contents(tiny.kit) == whole
    (tiny.kit / "agenda.pdf").unlink()
    assert made_by_building(tiny, "agenda") == ["agenda.pdf"]
    assert contents(tiny.kit) == whole


def test_a_part_that_changes_makes_all_copies_anew(tiny: Tiny) -> None:
    tiny.build(WORKBOOK)
    tiny.change(CLIENT, "Tiny Ltd", "Tiny Inc")
    assert made_by_building(tiny, WORKBOOK) == ["01-anna-berg.pdf", "02-bo-lindt.pdf"]


def test_what_was_complained_of_is_complained_of_again(tiny: Tiny) -> None:
    tiny.write(STYLE, "h1 { colour: red }\n")
    first = tiny.build("badge").warnings
    assert first
    executor = WatchedExecutor()
    assert tiny.build("badge", executor=executor).warnings == first
    assert executor.stamped == ["badges/anna-berg.pdf", "badges/bo-lindt.pdf"]
    kit = manifest.read(tiny.kit)
    assert kit is not None
    assert [entry.made_from for entry in kit.files] == ["", ""]


def test_what_is_taken_over_is_told_as_made(tiny: Tiny) -> None:
    first = tiny.build(WORKBOOK)
    told: list[BuildProgress] = []
    again = tiny.build(WORKBOOK, on_progress=told.append)
    assert again.files == first.files
    written = [step for step in told if step.stage == "write"]
    assert [(step.done, step.total) for step in written] == [(1, 2), (2, 2)]


def test_a_corrected_address_is_in_the_manifest_though_the_file_stays(tiny: Tiny) -> None:
    tiny.build("badge")
    tiny.change(ROSTER, "bo@example.com", "bo.lindt@example.com")
    executor = WatchedExecutor()
    kit = tiny.build("badge", executor=executor)
    assert executor.stamped == []
    bo = manifest.Recipient("Bo Lindt", "bo.lindt@example.com")
    assert [entry.recipient for entry in kit.manifest.files][1] == bo


OLD = b"as it was"
DIGEST = hashlib.sha256(OLD).hexdigest()


@pytest.mark.parametrize(
    ("content", "is_unchanged", "is_there"),
    [(OLD, False, True), (b"other", False, False), (b"not read", True, True)],
)
def test_a_file_is_taken_over_if_it_is_what_it_was(
    tmp_path: Path, content: bytes, *, is_unchanged: bool, is_there: bool
) -> None:
    old, new = tmp_path / "old.pdf", tmp_path / "badges" / "new.pdf"
    old.write_bytes(content)
    assert take_over(old, new, DIGEST, is_unchanged=is_unchanged) is is_there
    assert new.exists() is is_there
    assert old.read_bytes() == content
    assert not is_there or new.samefile(old)


def test_a_file_that_is_gone_is_not_taken_over(tmp_path: Path) -> None:
    for is_unchanged in (True, False):
        old, new = tmp_path / "old.pdf", tmp_path / "new.pdf"
        assert not take_over(old, new, DIGEST, is_unchanged=is_unchanged)
        assert not new.exists()

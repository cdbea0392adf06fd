"""Files of the last kit that would come out the same are taken over, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

import workshop
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents
from workshop.building.kit import manifest
from workshop.building.steps.stamping import Batch, Made, UnderWay

WORKBOOK = "participant-workbook"
STYLE = "templates/badge/document.css"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that were made, as they are."""
    paths: list[str] = []
    files = UnderWay.files

    def noted(under_way: UnderWay, more: Iterable[Batch]) -> Iterator[Made]:
        for one in files(under_way, more):
            paths.append(one.job.path.name)
            yield one

    monkeypatch.setattr(UnderWay, "files", noted)
    return paths


def test_only_the_copy_of_whoever_changed_is_made(tiny: Tiny, made: list[str]) -> None:
    tiny.build(WORKBOOK, "agenda")
    made.clear()
    before = contents(tiny.kit)
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    tiny.build(WORKBOOK, "agenda")
    assert made == ["02-bo-lindh.pdf"]
    after = contents(tiny.kit)
    same = {path for path in after if before.get(path) == after[path]}
    assert same == {"agenda.pdf", f"{WORKBOOK}/01-anna-berg.pdf"}


def test_a_kit_made_of_old_and_new_is_the_one_made_anew(tiny: Tiny, made: list[str]) -> None:
    tiny.build(WORKBOOK)
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    tiny.build(WORKBOOK)
    mixed = contents(tiny.kit)
    tiny.kit.rename(tiny.kit.with_name("elsewhere"))
    made.clear()
    tiny.build(WORKBOOK)
    assert made == ["01-anna-berg.pdf", "02-bo-lindh.pdf"]
    assert contents(tiny.kit) == mixed


def test_a_file_somebody_changed_is_made_again(tiny: Tiny, made: list[str]) -> None:
    tiny.build("agenda")
    whole = contents(tiny.kit)
    (tiny.kit / "agenda.pdf").write_bytes(b"%PDF-1.7")
    made.clear()
    tiny.build("agenda")
    assert made == ["agenda.pdf"]
    assert contents(tiny.kit) == whole
    (tiny.kit / "agenda.pdf").unlink()
    tiny.build("agenda")
    assert contents(tiny.kit) == whole


def test_a_part_that_changes_makes_all_copies_anew(tiny: Tiny, made: list[str]) -> None:
    tiny.build(WORKBOOK)
    made.clear()
    tiny.change(CLIENT, "Tiny Ltd", "Tiny Inc")
    tiny.build(WORKBOOK)
    assert made == ["01-anna-berg.pdf", "02-bo-lindt.pdf"]


def test_what_was_complained_of_is_complained_of_again(tiny: Tiny, made: list[str]) -> None:
    tiny.write(STYLE, "h1 { colour: red }\n")
    first = tiny.build("badge").warnings
    assert first
    made.clear()
    assert tiny.build("badge").warnings == first
    assert made == ["anna-berg.pdf", "bo-lindt.pdf"]
    kit = manifest.read(tiny.kit)
    assert kit is not None
    assert [entry.made_from for entry in kit.files] == ["", ""]


def test_what_is_taken_over_is_told_as_made(tiny: Tiny) -> None:
    first = tiny.build(WORKBOOK)
    seen: list[str] = []
    plan = workshop.plan(workshop.load(tiny.root, "tiny"), (), [WORKBOOK])
    [again] = workshop.build(plan, tiny.root / "build", 1, lambda one: seen.append(one.stage))
    assert again.made == first.made
    assert seen.count("write") == 2


def test_a_corrected_address_is_in_the_manifest_though_the_file_stays(
    tiny: Tiny, made: list[str]
) -> None:
    tiny.build("badge")
    made.clear()
    tiny.change(ROSTER, "bo@example.com", "bo.lindt@example.com")
    kit = tiny.build("badge")
    assert made == []
    bo = manifest.Recipient("Bo Lindt", "bo.lindt@example.com")
    assert [entry.recipient for entry in kit.manifest.files][1] == bo

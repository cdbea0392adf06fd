"""A file of the last kit that is as it was written is not read again to be taken over."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tiny_workspace.workspace import ROSTER, Tiny, contents
from workshop.building import build_plan
from workshop.building.kit import manifest
from workshop.building.reuse import same_file
from workshop.building.reuse.written import unchanged

WORKBOOK = "participant-workbook"


def paths(tiny: Tiny) -> frozenset[str]:
    """Return which files of the kit need not be read again."""
    read = manifest.read(tiny.kit)
    assert read
    return unchanged(tiny.kit, read.files)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """The files that are taken over, as they are, and whether they were known to be the same."""
    found: list[tuple[str, bool]] = []
    taken_over = same_file.taken_over

    def noted(old: Path, new: Path, sha256: str, *, known: bool) -> bool:
        found.append((old.name, known))
        return taken_over(old, new, sha256, known=known)

    monkeypatch.setattr(build_plan, "taken_over", noted)
    return found


def test_files_that_lie_as_they_were_written_are_known(
    tiny: Tiny, known: list[tuple[str, bool]]
) -> None:
    tiny.build(WORKBOOK, "agenda")
    assert known == []
    for name in ("Bo Lindh", "Bo Lindqvist"):
        tiny.change(ROSTER, "Bo Lindt" if name == "Bo Lindh" else "Bo Lindh", name)
        known.clear()
        tiny.build(WORKBOOK, "agenda")
        # The second time round they are links to what the first build wrote.
        assert sorted(known) == [("01-anna-berg.pdf", True), ("agenda.pdf", True)]


CHANGES: dict[str, Callable[[Path], object]] = {
    "written over": lambda path: path.write_bytes(path.read_bytes()),
    "shorter": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "another": lambda path: (
        path.with_name("x").write_bytes(path.read_bytes()) and path.with_name("x").replace(path)
    ),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_other_is_read(
    tiny: Tiny, known: list[tuple[str, bool]], change: Callable[[Path], object]
) -> None:
    tiny.build("agenda")
    whole = contents(tiny.kit)
    assert paths(tiny) == {"agenda.pdf"}
    os.utime(tiny.kit / "agenda.pdf", ns=(0, 0))
    change(tiny.kit / "agenda.pdf")
    assert paths(tiny) == frozenset()
    tiny.build("agenda")
    assert known == [("agenda.pdf", False)]
    assert contents(tiny.kit) == whole


@pytest.mark.parametrize("note", ["", "x", "1\n", "[]\n", "{}\n", '["agenda.pdf"]\n', "\x00"])
def test_without_a_note_all_are_read(tiny: Tiny, note: str) -> None:
    tiny.build("agenda")
    whole = contents(tiny.kit)
    (tiny.kit.parent / ".autumn.written").write_text(note)
    assert paths(tiny) == frozenset()
    tiny.build("agenda")
    assert contents(tiny.kit) == whole
    assert paths(tiny) == {"agenda.pdf"}


def test_a_note_that_cannot_be_written_is_done_without(tiny: Tiny) -> None:
    (tiny.kit.parent / ".autumn.written").mkdir(parents=True)
    tiny.build("agenda")
    whole = contents(tiny.kit)
    assert set(whole) == {"agenda.pdf", "manifest.json"}
    tiny.build("agenda")
    assert contents(tiny.kit) == whole

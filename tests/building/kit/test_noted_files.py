"""A file of the last kit that is as it was written is not read again to be taken over."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.building.watched_executor import WatchedExecutor
from tests.tiny_workspace.workspace import ROSTER, Tiny, contents
from tests.tiny_workspace.workspace import laid_out_before as tiny
from workshop.building.kit import manifest
from workshop.building.kit.manifest import KitFile
from workshop.building.kit.noted_files import kit_digest, unchanged_files

pytestmark = pytest.mark.slow

__all__ = ["tiny"]

WORKBOOK = "participant-workbook"


def unchanged(tiny: Tiny) -> frozenset[str]:
    """Return which files of the kit need not be read again."""
    kit = manifest.read(tiny.kit)
    assert kit
    return unchanged_files(tiny.kit, kit.files)


def spoil_unnoticed(path: Path) -> bytes:
    """Write something else into a file, so that only reading it tells; return what it is now."""
    status = path.stat()
    spoilt = path.read_bytes()[:-1] + b"X"
    path.write_bytes(spoilt)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return spoilt


def test_files_that_lie_as_they_were_written_are_not_read(tiny: Tiny) -> None:
    tiny.build(WORKBOOK, "agenda")
    assert unchanged(tiny) == {
        "agenda.pdf",
        f"{WORKBOOK}/01-anna-berg.pdf",
        f"{WORKBOOK}/02-bo-lindt.pdf",
    }
    # Whoever read them would make them again.
    spoilt = {
        path: spoil_unnoticed(tiny.kit / path)
        for path in ("agenda.pdf", f"{WORKBOOK}/01-anna-berg.pdf")
    }
    for before, after in (("Bo Lindt", "Bo Lindh"), ("Bo Lindh", "Bo Lindqvist")):
        tiny.change(ROSTER, before, after)
        tiny.build(WORKBOOK, "agenda")
        # The second time round they are links to what the first build wrote.
        kit = contents(tiny.kit)
        assert {path: kit[path] for path in spoilt} == spoilt


def with_the_same_in_another_file(path: Path) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


# Each with whether the file has to be made again once it was read.
CHANGES: dict[str, tuple[Callable[[Path], object], bool]] = {
    "written over": (lambda path: path.write_bytes(path.read_bytes()), False),
    "another": (with_the_same_in_another_file, False),
    "shorter": (lambda path: path.write_bytes(path.read_bytes()[:-1]), True),
    "other bytes": (lambda path: path.write_bytes(path.read_bytes()[:-1] + b"X"), True),
    "gone": (lambda path: path.unlink(), True),
}


@pytest.mark.parametrize(("change", "makes_again"), CHANGES.values(), ids=CHANGES)
def test_any_other_is_read(
    tiny: Tiny, change: Callable[[Path], object], *, makes_again: bool
) -> None:
    tiny.build("agenda")
    whole = contents(tiny.kit)
    assert unchanged(tiny) == {"agenda.pdf"}
    os.utime(tiny.kit / "agenda.pdf", ns=(0, 0))
    change(tiny.kit / "agenda.pdf")
    assert unchanged(tiny) == frozenset()
    executor = WatchedExecutor()
    tiny.build("agenda", executor=executor)
    assert executor.stamped == (["agenda.pdf"] if makes_again else [])
    assert contents(tiny.kit) == whole
    assert unchanged(tiny) == {"agenda.pdf"}


@pytest.mark.parametrize("note", ["", "x", "1\n", "[]\n", "{}\n", '["agenda.pdf"]\n', "\x00"])
def test_without_a_note_all_are_read(tiny: Tiny, note: str) -> None:
    tiny.build("agenda")
    whole = contents(tiny.kit)
    (tiny.kit.parent / ".autumn.written").write_text(note)
    assert unchanged(tiny) == frozenset()
    spoil_unnoticed(tiny.kit / "agenda.pdf")
    tiny.build("agenda")
    assert contents(tiny.kit) == whole
    assert unchanged(tiny) == {"agenda.pdf"}


def test_a_note_that_cannot_be_written_is_done_without(tiny: Tiny) -> None:
    (tiny.kit.parent / ".autumn.written").mkdir(parents=True)
    tiny.build("agenda")
    whole = contents(tiny.kit)
    assert set(whole) == {"agenda.pdf", "manifest.json"}
    tiny.build("agenda")
    assert contents(tiny.kit) == whole


def test_a_kit_has_a_digest_as_long_as_it_is_as_it_was_written(tiny: Tiny) -> None:
    tiny.build("badge", "agenda")
    digest = kit_digest(tiny.kit)
    tiny.build("badge", "agenda")
    assert kit_digest(tiny.kit) != digest, "a kit put in place again has other files"
    more = tiny.kit / "more.txt"
    more.write_text("mine")
    with pytest.raises(OSError, match="has other files than were noted"):
        kit_digest(tiny.kit)
    more.unlink()
    assert kit_digest(tiny.kit)
    (tiny.kit / "agenda.pdf").write_bytes(b"")
    with pytest.raises(OSError, match=r"agenda\.pdf has changed"):
        kit_digest(tiny.kit)


@pytest.mark.parametrize(
    "damage", [b"[" * 100_000, b"[1]\n", b'["a", 1, 2, 3]', b"\xff", b'{"a": 1}']
)
def test_a_damaged_note_tells_nothing(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "kit").mkdir()
    (tmp_path / ".kit.written").write_bytes(damage)
    entry = KitFile("agenda.pdf", "agenda", "manager", None, 1, "0" * 64)
    assert unchanged_files(tmp_path / "kit", [entry]) == frozenset()

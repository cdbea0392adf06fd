"""Files that the program keeps are regular ones of bounded size; links are never followed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop.keeping.file_lock import locked
from workshop.keeping.kept_file import make_real_folder, read_data, read_kept, write_kept


def link_to_a_file(path: Path) -> None:
    path.with_name("target").write_bytes(b"{}")
    path.symlink_to("target")


def link_without_end(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def too_long(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10_000_000_000)


OTHERS = (link_to_a_file, link_without_end, link_to_itself, pipe, too_long, Path.mkdir)


@pytest.mark.parametrize("make", OTHERS)
def test_what_is_no_file_of_ours_cannot_be_read(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "kept")
    with pytest.raises(OSError, match="kept"):
        read_kept(tmp_path / "kept")


@pytest.mark.parametrize("make", [link_to_a_file, pipe, too_long])
def test_what_is_written_takes_the_place_of_the_name_alone(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "kept"
    make(path)
    write_kept(path, b"a", b"b")
    assert read_kept(path) == b"ab"
    assert not path.is_symlink()
    assert {other.name for other in tmp_path.iterdir()} <= {"kept", "target"}
    if (tmp_path / "target").exists():
        assert (tmp_path / "target").read_bytes() == b"{}"


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    with pytest.raises(OSError, match="kept"):
        write_kept(tmp_path / "kept", b"a")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_lock_is_no_link(tmp_path: Path) -> None:
    link_to_a_file(tmp_path / "lock")
    with pytest.raises(OSError, match="lock"), locked(tmp_path / "lock"):
        pass
    assert (tmp_path / "target").read_bytes() == b"{}"


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "lock"),
        pytest.raises(BlockingIOError),
        locked(tmp_path / "lock", wait=False),
    ):
        pass
    with locked(tmp_path / "lock", wait=False):
        pass


def test_a_folder_is_no_link(tmp_path: Path) -> None:
    make_real_folder(tmp_path / "folder")
    make_real_folder(tmp_path / "folder")
    (tmp_path / "link").symlink_to("folder")
    with pytest.raises(NotADirectoryError):
        make_real_folder(tmp_path / "link")


def test_a_name_with_a_nul_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="null"):
        read_kept(tmp_path / "a\x00b")


@pytest.mark.parametrize(
    "text", [b"", b"{", b"\xff", b"[" * 100_000, b'{"a":' * 100_000, b"9" * 9999]
)
def test_what_is_no_json_is_a_value_error(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "kept").write_bytes(text)
    with pytest.raises(ValueError):  # noqa: PT011
        read_data(tmp_path / "kept")

"""What a file was when it was looked at, and whether it still is that."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop.keeping.file_state import FileState, is_as_noted, is_unchanged, state_of, states_of

CONTENT = b"as it was"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_bytes(CONTENT)
    return path


def test_a_state_is_size_time_number_and_digest(path: Path) -> None:
    status = path.stat()
    state = FileState(len(CONTENT), status.st_mtime_ns, status.st_ino, DIGEST)
    assert state_of(path, DIGEST) == state
    assert states_of([path]) == {str(path): state}


def test_files_that_cannot_be_read_are_told(path: Path) -> None:
    state = state_of(path, DIGEST)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        states_of([path])
    for question in (is_as_noted, is_unchanged):
        with pytest.raises(FileNotFoundError):
            question(path, state)


def put_a_copy_in_its_place(path: Path) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    status = path.stat()
    os.utime(copy, ns=(status.st_atime_ns, status.st_mtime_ns))
    copy.replace(path)


# Each with whether the file is as it was noted, and whether it holds what it held.
CHANGES: dict[str, tuple[Callable[[Path], object], bool, bool]] = {
    "nothing": (lambda path: path.read_bytes(), True, True),
    "a link": (lambda path: path.with_name("link").hardlink_to(path), True, True),
    "saved again": (lambda path: os.utime(path, (1, 1)), False, True),
    "copied": (put_a_copy_in_its_place, False, True),
    "other bytes": (lambda path: path.write_bytes(b"as it is!"), False, False),
    "longer": (lambda path: path.write_bytes(CONTENT + b"\n"), False, False),
    "emptied": (lambda path: path.write_bytes(b""), False, False),
}


@pytest.mark.parametrize(("change", "as_noted", "unchanged"), CHANGES.values(), ids=CHANGES)
def test_a_file_is_compared_with_what_was_noted(
    path: Path, change: Callable[[Path], object], *, as_noted: bool, unchanged: bool
) -> None:
    os.utime(path, (1_000_000, 1_000_000))
    state = state_of(path, DIGEST)
    change(path)
    assert is_as_noted(path, state) is as_noted
    assert is_unchanged(path, state) is unchanged


def test_a_file_that_is_as_noted_is_not_read(path: Path) -> None:
    state = state_of(path, "0" * 64)
    assert is_as_noted(path, state)
    assert is_unchanged(path, state)
    os.utime(path, (1, 1))
    assert not is_unchanged(path, state)

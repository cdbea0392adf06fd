"""A lock is held by one process at a time, also where the disk knows no locks."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workshop.keeping import file_lock
from workshop.keeping.file_lock import locked, takes_locks

REAL = fcntl.flock
CODES = [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL]


def refusing(*folders: Path, code: int = errno.ENOLCK) -> Callable[..., None]:
    """Return a `flock` that fails for files in some folders."""

    def flock(file: Any, how: int) -> None:
        path = Path(f"/proc/self/fd/{file.fileno()}").readlink()
        if any(path.is_relative_to(folder) for folder in folders):
            raise OSError(code, os.strerror(code))
        REAL(file, how)

    return flock


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a disk without locks, and a cache folder on another."""
    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(fcntl, "flock", refusing(tmp_path / "bare"))
    (tmp_path / "bare").mkdir()
    return tmp_path / "bare"


@pytest.mark.parametrize("code", CODES)
def test_a_lock_without_a_disk_s_help_is_held_by_one(
    bare: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(fcntl, "flock", refusing(bare, code=code))
    with (
        locked(bare / "lock"),
        pytest.raises(BlockingIOError),
        locked(bare / "lock", wait=False),
    ):
        pass
    with locked(bare / "lock", wait=False), locked(bare / "other", wait=False):
        pass


def test_whoever_only_looks_sees_whether_it_is_held(bare: Path) -> None:
    with locked(bare / "lock"), pytest.raises(BlockingIOError):  # noqa: SIM117
        with locked(bare / "lock", wait=False, alone=False):
            pass
    with (
        locked(bare / "lock", wait=False, alone=False),
        locked(bare / "lock", wait=False, alone=False),
    ):
        pass


def test_one_folder_by_two_ways_is_one_lock(bare: Path) -> None:
    (bare.parent / "link").symlink_to(bare)
    with locked(bare / "lock"), pytest.raises(BlockingIOError):  # noqa: SIM117
        with locked(bare.parent / "link/lock", wait=False):
            pass


def test_nothing_is_left_of_it(bare: Path, tmp_path: Path) -> None:
    with locked(bare / "lock"):
        assert len(list((tmp_path / "cache/workshop-kit/locks").iterdir())) == 1
    assert list((tmp_path / "cache/workshop-kit/locks").iterdir()) == []


def test_nothing_is_left_of_it_where_its_work_fails(bare: Path, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(bare / "lock"):
        raise ZeroDivisionError
    assert list((tmp_path / "cache/workshop-kit/locks").iterdir()) == []
    with locked(bare / "lock", wait=False):
        pass


def test_whoever_only_looks_leaves_the_file_to_the_others_who_do(
    bare: Path, tmp_path: Path
) -> None:
    with locked(bare / "lock", alone=False):
        with locked(bare / "lock", alone=False):
            pass
        with pytest.raises(BlockingIOError), locked(bare / "lock", wait=False):
            pass


def test_a_lock_file_removed_by_its_holder_is_made_anew(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse = refusing(bare)
    removed: list[Path] = []

    def late(file: Any, how: int) -> None:
        refuse(file, how)
        path = Path(f"/proc/self/fd/{file.fileno()}").readlink()
        if not removed:  # its last holder ends just now
            removed.append(path)
            path.unlink()

    monkeypatch.setattr(fcntl, "flock", late)
    with locked(bare / "lock"), pytest.raises(BlockingIOError):  # noqa: SIM117
        with locked(bare / "lock", wait=False):
            pass
    assert removed


def test_where_the_home_knows_no_locks_either_a_temporary_folder_serves(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fcntl, "flock", refusing(bare, tmp_path / "cache"))
    with locked(bare / "lock"), pytest.raises(BlockingIOError):  # noqa: SIM117
        with locked(bare / "lock", wait=False):
            pass


def test_without_any_the_disk_s_own_words_are_told(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_lock, "own_folders", lambda: iter(()))
    with pytest.raises(OSError, match="No locks available"), locked(bare / "lock"):
        pass


def test_a_database_is_told_whether_its_disk_has_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert takes_locks(tmp_path / "lock")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "lockf", refuse)
    assert not takes_locks(tmp_path / "lock")

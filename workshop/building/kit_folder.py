"""A kit's folder, replaced as a whole: whoever looks sees the last good kit or the new one.

A new kit is written into a folder beside the old one and takes its place by renaming. A run that is
killed leaves a folder of its own behind, which the next run removes.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NEW, _OLD = ".new-", ".old-"


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield an empty folder; when the block ends well, it replaces `folder`.

    When the block raises, `folder` stays as it was. Two runs may do this at once: each writes into
    a folder of its own, and the last one to finish is the one that stays.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _locked(_lock_of(folder)):
        _tidy(folder)
        staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}{_NEW}", dir=folder.parent))
    staging.chmod(0o755)
    try:
        # Held as long as this run lives: it tells a folder in use from one left behind.
        with _locked(_lock_of(staging)):
            yield staging
            with _locked(_lock_of(folder)):
                _swap(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        _lock_of(staging).unlink(missing_ok=True)


def keep_files(old: Path, new: Path, paths: list[str]) -> None:
    """Carry files of the old kit over into the new one, without copying them where possible."""
    for path in paths:
        target = new / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(old / path, target)
        except OSError:
            shutil.copy2(old / path, target)


def _swap(staging: Path, folder: Path) -> None:
    if not folder.exists():
        staging.rename(folder)
        return
    # A folder cannot be renamed onto another in one step. Killed between the two, the old kit is
    # found under its other name and put back by whoever comes next.
    old = folder.parent / f".{folder.name}{_OLD}{os.getpid()}"
    folder.rename(old)
    staging.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _tidy(folder: Path) -> None:
    """Put back a kit that a killed run had set aside; remove what killed runs left."""
    for old in sorted(folder.parent.glob(f".{folder.name}{_OLD}*")):
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(folder)
    for lock in folder.parent.glob(f".{folder.name}{_NEW}*.lock"):
        with suppress(BlockingIOError), _locked(lock, wait=False):
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink(missing_ok=True)


def _lock_of(folder: Path) -> Path:
    name = folder.name if folder.name.startswith(".") else f".{folder.name}"
    return folder.with_name(f"{name}.lock")


@contextmanager
def _locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold a lock file; raises `BlockingIOError` when another run does and `wait` is off."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield

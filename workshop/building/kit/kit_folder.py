"""Replace a kit's folder as a whole: whoever looks sees the last good kit or the new one.

A new kit is written into a folder beside the old one and changes places with it. Where the system
cannot exchange folders, there is a moment between two renames in which neither is to be seen. A run
that is killed leaves a folder of its own behind, which the next run removes.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from workshop.diagnostics import EnvironmentFault, display_path
from workshop.keeping.file_lock import locked
from workshop.keeping.kept_file import copy_kept

_NEW, _OLD, _LOCK = ".new-", ".old-", ".lock"
# linux/fs.h, sys/stdio.h of macOS; AT_FDCWD: a relative path begins at the current folder.
_EXCHANGE = 2
_HERE = -100
# What the names of folders that this program makes end with.
_OUR_ENDS = {_NEW: re.compile(r"[a-z0-9_]{8}(?:\.lock)?"), _OLD: re.compile(r"[0-9]+")}


def below(folder: Path, *names: str) -> Path:
    """Return the path of a file or folder some levels below a folder.

    Raises `EnvironmentFault` where a link or a name leads elsewhere.
    """
    path = folder
    for name in names:
        path /= name
        if path.is_symlink() or ".." in Path(name).parts:
            raise EnvironmentFault.single(
                "output-link",
                f"{display_path(path)} leads out of the folder for kits: nothing is written there",
                hint="Remove it: a folder is made in its place.",
            )
    return path


@contextmanager
def staging_for(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to write a new kit into; it is removed when the block ends.

    Raises `OSError` where nothing can be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    with ExitStack() as held:
        with locked(_lock_of(folder)):
            _tidy(folder)
            staging = held.enter_context(_new_folder(folder))
        yield staging


@contextmanager
def replacing(folder: Path, staging: Path) -> Iterator[None]:
    """Put `staging` into the place of `folder` when the block ends well.

    When the block raises, `folder` stays as it was. No other run replaces it meanwhile.
    """
    with locked(_lock_of(folder)):
        yield
        _swap(staging, folder)


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """Yield a new folder beside `folder`, locked for as long as this run lives.

    The lock tells a folder in use from one that a killed run left behind.
    """
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}{_NEW}", dir=folder.parent))
    with suppress(OSError):  # some disks know no rights
        staging.chmod(0o755)
    try:
        with locked(_lock_of(staging)):
            yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        _lock_of(staging).unlink(missing_ok=True)


def keep_files(old: Path, new: Path, paths: list[str]) -> None:
    """Carry files of the old kit over into the new one, without copying them where possible."""
    for path in paths:
        keep_file(old / path, new / path)


def keep_file(old: Path, new: Path) -> None:
    """Carry a file over under another path, without copying it where possible."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        copy_kept(old, new)


def _swap(staging: Path, folder: Path) -> None:
    if not folder.exists():
        staging.rename(folder)
        return
    if exchange(staging, folder):
        # The old kit is now where the new one was, and goes with that folder.
        return
    # Here it takes two steps. Killed between them, the old kit is found under its other name and
    # put back by whoever comes next.
    old = folder.parent / f".{folder.name}{_OLD}{os.getpid()}"
    folder.rename(old)
    try:
        staging.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def put_back(folder: Path) -> None:
    """Put back a kit that a killed run had set aside, if there is one and none in its place."""
    if not folder.exists() and _left(folder, _OLD):
        with suppress(OSError), locked(_lock_of(folder)):
            _tidy(folder)


def _tidy(folder: Path) -> None:
    """Put back a kit that a killed run had set aside; remove what killed runs left."""
    for old in _left(folder, _OLD):
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(folder)
    for staging in {path.with_name(path.name.removesuffix(_LOCK)) for path in _left(folder, _NEW)}:
        # One whose lock is held is in use; where something else has the lock's name, nobody knows.
        with suppress(OSError), locked(_lock_of(staging), wait=False):
            shutil.rmtree(staging, ignore_errors=True)
            _lock_of(staging).unlink(missing_ok=True)


def _left(folder: Path, mark: str) -> list[Path]:
    """Return what runs have left beside a folder, by the mark in its name and how that ends."""
    start = f".{folder.name}{mark}"
    beside = folder.parent.iterdir() if folder.parent.is_dir() else ()
    return sorted(
        path
        for path in beside
        if path.name.startswith(start) and _OUR_ENDS[mark].fullmatch(path.name.removeprefix(start))
    )


def _lock_of(folder: Path) -> Path:
    name = folder.name if folder.name.startswith(".") else f".{folder.name}"
    return folder.with_name(f"{name}{_LOCK}")


def exchange(first: Path, second: Path) -> bool:
    """Swap two folders, so that at no moment either is missing; False where that cannot be done.

    Linux 3.15 and macOS 10.12 can, on most file systems; some network drives cannot.
    """
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = library.renamex_np(os.fsencode(first), os.fsencode(second), _EXCHANGE)
        else:
            failed = library.renameat2(
                _HERE, os.fsencode(first), _HERE, os.fsencode(second), ctypes.c_uint(_EXCHANGE)
            )
    except (OSError, AttributeError):  # no such library, no such function in it
        return False
    return not failed

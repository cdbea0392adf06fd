"""Hold locks that end with the process, also for files on disks that know no locks.

Some network drives and memory cards cannot lock a file. A file in the user's own cache is locked
in its place then, which all processes of this user on this machine find by the first one's path.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from workshop.keeping.kept_file import make_real_folder, open_kept
from workshop.keeping.user_folder import own_folders

# What file systems without locks say: there are none left, no such function, no such operation.
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)


@contextmanager
def locked(path: Path, *, wait: bool = True, alone: bool = True) -> Iterator[None]:
    """Hold a lock file, `alone` or with others who only look whether somebody has it alone.

    Raises `BlockingIOError` when another run does and `wait` is off.

    The file is made where it is not there. Raises `OSError` where something else has its name.
    """
    how = (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB)
    with ExitStack() as held:
        lock = held.enter_context(open_kept(path, os.O_RDWR | os.O_CREAT))
        try:
            fcntl.flock(lock, how)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            held.enter_context(_locked_elsewhere(path, how, error))
        yield


def takes_locks(path: Path) -> bool:
    """Tell whether parts of a file can be locked, as databases do; the file is made if need be."""
    with open_kept(path, os.O_RDWR | os.O_CREAT) as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in _NO_LOCKS  # otherwise somebody else has it
    return True


@contextmanager
def _locked_elsewhere(path: Path, how: int, reason: OSError) -> Iterator[None]:
    """Lock a file of the user's that stands for `path`, and is gone after an exclusive lock."""
    name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()
    with ExitStack() as held:
        for folder in own_folders():
            make_real_folder(folder / "locks", 0o700)
            place = folder / "locks" / name
            try:
                _take(place, how, held)
            except OSError as error:
                if error.errno not in _NO_LOCKS:
                    raise
                continue  # the home lies on such a disk too
            try:
                yield
            finally:
                # Who shares a lock may not be the last: the next exclusive one removes the file.
                if how & fcntl.LOCK_EX:
                    place.unlink(missing_ok=True)
            return
        raise reason


def _take(place: Path, how: int, held: ExitStack) -> None:
    """Lock a file that is removed by whoever had it; one that is gone by then is made anew."""
    while True:
        lock = held.enter_context(open_kept(place, os.O_RDWR | os.O_CREAT, 0o600))
        fcntl.flock(lock, how)
        if _is_still(place, lock.fileno()):
            return
        held.close()


def _is_still(path: Path, number: int) -> bool:
    with suppress(OSError):
        return os.path.samestat(path.lstat(), os.fstat(number))
    return False

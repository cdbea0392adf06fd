"""Open the ledger's database as safely as its disk allows: some know no locks, some no flushing."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from workshop.keeping.file_lock import locked, takes_locks
from workshop.keeping.kept_file import is_real_file

_NO_SYNC = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)


@contextmanager
def database_of(path: Path, lock: Path) -> Iterator[sqlite3.Connection]:
    """Yield a database whose commits are on the disk when they return; `path` must be there.

    Where its disk cannot lock it, as `lock` beside it tells, a lock of ours is held meanwhile.
    """
    with ExitStack() as held:
        _check_beside(path)
        where = path.absolute().as_uri()
        if not takes_locks(lock):
            held.enter_context(locked(path.with_name(f"{path.name}.lock")))
            where += "?nolock=1"
        database = sqlite3.connect(where, isolation_level=None, timeout=30, uri=True)
        held.callback(database.close)  # undoes what was not committed
        # A commit deletes the journal; with EXTRA that, too, is on the disk at once.
        database.execute(f"PRAGMA synchronous = {'EXTRA' if _can_sync(path) else 'OFF'}")
        yield database


def _check_beside(path: Path) -> None:
    """Raise `OSError` where something has the name of a file that SQLite keeps beside a database.

    SQLite would wait for whoever writes into a pipe (https://sqlite.org/tempfiles.html).
    """
    for end in ("-journal", "-wal", "-shm"):
        beside = path.with_name(f"{path.name}{end}")
        if os.path.lexists(beside) and not is_real_file(beside):
            raise OSError(errno.EINVAL, "it is no regular file", str(beside))


def _can_sync(path: Path) -> bool:
    """Tell whether the disk can say that a file is on it; some say that they have no such thing."""
    with path.open("rb") as file:
        try:
            os.fsync(file.fileno())
        except OSError as error:
            if error.errno not in _NO_SYNC:
                raise
            return False
    return True

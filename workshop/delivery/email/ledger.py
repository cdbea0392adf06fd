"""Note in the workspace what was sent to whom, so that nobody gets a file twice.

A line is about one version of a file for one person. Its status goes from `queued` to `sending`,
and then to `sent`, `refused` or `unknown`. `sending` is on the disk before the server gets the
file, and `sent` after the server has taken it. So a line that says `sending` when no run is under
way is from a run that was cut short, and nobody can know whether the server took the file.
"""

from __future__ import annotations

import datetime
import enum
import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, fields
from pathlib import Path

from workshop.delivery.email.addressed import ManagerFile
from workshop.delivery.email.database_file import database_of
from workshop.diagnostics import EnvironmentFault, display_path
from workshop.file_errors import why_unwritten
from workshop.keeping.file_lock import locked
from workshop.keeping.kept_file import is_real_file, make_real_folder, write_kept

FOLDER = ".workshop-delivery"
_FORMAT = 1
_TABLE = """
CREATE TABLE delivery (
    client TEXT NOT NULL,
    cohort TEXT NOT NULL,
    document TEXT NOT NULL,
    address TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    message_id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'sending', 'sent', 'refused', 'unknown')),
    reply TEXT NOT NULL,
    changed TEXT NOT NULL,
    PRIMARY KEY (client, cohort, document, address, sha256)
)
"""


# Beside the first table, so that earlier versions of this program can still use the file.
_LETTERS = """
CREATE TABLE IF NOT EXISTS letter (
    client TEXT NOT NULL,
    cohort TEXT NOT NULL,
    document TEXT NOT NULL,
    address TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (client, cohort, document, address, sha256)
)
"""


class Status(enum.Enum):
    """Says what has become of a file for one person, as a line of the ledger has it."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class State(enum.Enum):
    """Says how the version of a file in the kit stands, which decides whether a run sends it."""

    NEW = "to send"
    QUEUED = "to send, not taken yet"
    REFUSED = "refused before"
    UNKNOWN = "unknown whether sent"
    CHANGED = "changed since it was sent"
    SENT = "sent"


@dataclass(frozen=True)
class LedgerLine:
    """Holds one line: a version of a file for one person, and what the server said last.

    `said` are the facts that the letter with it gave, as `deliver` wrote them; empty if not known.
    """

    client: str
    cohort: str
    document: str
    address: str
    sha256: str
    name: str
    message_id: str
    status: Status
    reply: str
    changed: str
    said: str


class Ledger:
    """Keeps the lines of a workspace in a file that only its owner can read.

    Every change is on the disk when the call returns. Methods raise `EnvironmentFault` where the
    file cannot be read or written.
    """

    def __init__(self, workspace: Path) -> None:
        self._folder = workspace / FOLDER
        self.path = self._folder / "ledger.sqlite"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Keep other runs from sending while the block runs.

        Lines that an earlier run left in `sending` become `unknown`. Raises `EnvironmentFault` when
        another run is under way.
        """
        with ExitStack() as held:
            try:
                self._make_folder()
                # The kernel drops this lock when the process ends, however it ends.
                held.enter_context(locked(self._folder / "lock", wait=False))
            except BlockingIOError:
                message = "Another run is sending e-mails from this workspace"
                hint = "Wait until it is done; `workshop email --status` shows how far it is."
                raise EnvironmentFault.single("already-sending", message, hint=hint) from None
            except OSError as error:
                raise self._unusable(error) from error
            with self._open() as database:
                database.execute("UPDATE delivery SET status = 'unknown' WHERE status = 'sending'")
            yield

    def _is_running(self) -> bool:
        lock = self._folder / "lock"
        try:
            with locked(lock, wait=False, alone=False) if is_real_file(lock) else nullcontext():
                return False
        except BlockingIOError:
            return True
        except OSError as error:
            raise self._unusable(error) from error

    def lines(self, client: str) -> list[LedgerLine]:
        """Return all lines about a client, in the order of cohorts, documents and names.

        Lines that are `sending` while no run is under way are returned as `unknown`.
        """
        if not os.path.lexists(self.path):
            return []
        running = self._is_running()
        with self._open() as database:
            rows = database.execute(
                "SELECT delivery.*, coalesce(said, '') AS said FROM delivery"
                " LEFT JOIN letter USING (client, cohort, document, address, sha256)"
                " WHERE client = ?"
                " ORDER BY cohort, document, name, changed",
                (client,),
            ).fetchall()
            lines = [_line(row) for row in rows]
        if running:
            return lines
        return [
            LedgerLine(**{**vars(line), "status": Status.UNKNOWN})
            if line.status is Status.SENDING
            else line
            for line in lines
        ]

    def queue(self, files: list[tuple[ManagerFile, str, str]]) -> None:
        """Note the files that are going to be sent: all of them or none.

        With each comes its message's id, and what the letter says.
        """
        with self._open() as database:
            for file, message_id, said in files:
                database.execute(
                    # An older version that was not sent will not be sent any more.
                    "DELETE FROM delivery WHERE client = ? AND cohort = ? AND document = ?"
                    " AND address = ? AND status IN ('queued', 'refused', 'unknown')",
                    file.artefact,
                )
                database.execute(
                    "INSERT OR REPLACE INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', '', ?)",
                    (*file.artefact, file.entry.sha256, file.to.name, message_id, _now()),
                )
                database.execute(
                    "INSERT OR REPLACE INTO letter VALUES (?, ?, ?, ?, ?, ?)",
                    (*file.artefact, file.entry.sha256, said),
                )

    def sending(self, file: ManagerFile) -> None:
        """Note that the server is about to get the file."""
        self._set(file, Status.SENDING, "")

    def ended(self, file: ManagerFile, status: Status, reply: str) -> None:
        """Note what became of the file; `reply` is what the server said."""
        self._set(file, status, reply)

    def _set(self, file: ManagerFile, status: Status, reply: str) -> None:
        with self._open() as database:
            changed = database.execute(
                "UPDATE delivery SET status = ?, reply = ?, changed = ? WHERE client = ?"
                " AND cohort = ? AND document = ? AND address = ? AND sha256 = ?",
                (status.value, reply, _now(), *file.artefact, file.entry.sha256),
            )
            if changed.rowcount != 1:
                raise AssertionError("what is sent must have been queued")

    def _make_folder(self) -> None:
        make_real_folder(self._folder, 0o700)
        if not is_real_file(self._folder / ".gitignore"):
            write_kept(self._folder / ".gitignore", b"*\n")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Yield the database in a transaction, which is on the disk when the block ends."""
        try:
            self._make_folder()
            # SQLite gives its journal the same rights as this file.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))
            if not is_real_file(self.path):
                raise OSError(errno.EINVAL, "it is no regular file", str(self.path))
            with database_of(self.path, self._folder / "lock") as database:
                database.row_factory = sqlite3.Row
                database.execute("BEGIN IMMEDIATE")
                self._prepare(database)
                yield database
                database.execute("COMMIT")
        except (sqlite3.Error, OSError, ValueError) as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> EnvironmentFault:
        why, cure = str(error), None
        if isinstance(error, OSError) and error.filename:
            why, cure = why_unwritten(error, self.path)
        message = f"{display_path(self.path)} cannot be used: {why}"
        hint = "It says who was written to; nothing is sent without it."
        return EnvironmentFault.single("ledger", message, hint=f"{hint} {cure or ''}".rstrip())

    def _prepare(self, database: sqlite3.Connection) -> None:
        [version] = database.execute("PRAGMA user_version").fetchone()
        if version == 0:
            database.execute(_TABLE)
            database.execute(f"PRAGMA user_version = {_FORMAT}")
        elif version != _FORMAT:
            message = f"{display_path(self.path)} was written by a later version of this program"
            raise EnvironmentFault.single("ledger-format", message, hint="Use that version.")
        database.execute(_LETTERS)


def _line(row: sqlite3.Row) -> LedgerLine:
    """Return a row of the table as a line; raise `ValueError` where it has another shape."""
    texts = dict(row)
    if set(texts) != {field.name for field in fields(LedgerLine)}:
        raise ValueError("its table has other columns")
    if not all(isinstance(text, str) for text in texts.values()):
        raise ValueError("its table has other values")
    return LedgerLine(**{**texts, "status": Status(texts["status"])})


def _about(file: ManagerFile, lines: list[LedgerLine]) -> list[LedgerLine]:
    return [
        line
        for line in lines
        if (line.client, line.cohort, line.document, line.address) == file.artefact
    ]


def sent_before(file: ManagerFile, lines: list[LedgerLine]) -> list[LedgerLine]:
    """Return the lines of other versions of a file that were sent, the latest one last."""
    others = (line for line in _about(file, lines) if line.sha256 != file.entry.sha256)
    return sorted((line for line in others if line.status is Status.SENT), key=_when)


def state_of(file: ManagerFile, lines: list[LedgerLine]) -> State:
    """Return how a file stands, by all lines about it and its earlier versions."""
    mine = _about(file, lines)
    if any(line.status in (Status.UNKNOWN, Status.SENDING) for line in mine):
        return State.UNKNOWN
    sent = max((line for line in mine if line.status is Status.SENT), key=_when, default=None)
    if sent:
        return State.SENT if sent.sha256 == file.entry.sha256 else State.CHANGED
    now = next((line for line in mine if line.sha256 == file.entry.sha256), None)
    if now is None:
        return State.NEW
    return State.REFUSED if now.status is Status.REFUSED else State.QUEUED


def _when(line: LedgerLine) -> str:
    return line.changed


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")

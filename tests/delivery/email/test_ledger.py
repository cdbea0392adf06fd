from __future__ import annotations

import sqlite3
import stat
from contextlib import closing

import pytest

from tests.delivery.office import Office
from workshop.diagnostics import EnvironmentFault


def test_only_its_owner_can_read_it_and_git_does_not_see_it(office: Office) -> None:
    office.send()
    folder = office.ledger.path.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(office.ledger.path.stat().st_mode) == 0o600
    assert (folder / ".gitignore").read_text() == "*\n"


def test_one_of_a_later_program_is_left_alone(office: Office) -> None:
    office.send()
    with closing(sqlite3.connect(office.ledger.path)) as database:
        database.execute("PRAGMA user_version = 2")
    with pytest.raises(EnvironmentFault, match="written by a later version"):
        office.send()


def test_one_that_is_damaged_stops_the_run(office: Office) -> None:
    messages = office.messages()
    office.send(messages[:1])
    office.ledger.path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(EnvironmentFault, match="nothing is sent without it"):
        office.send(messages)


def test_a_client_sees_its_own_lines_alone(office: Office) -> None:
    office.send()
    assert len(office.ledger.lines("tiny")) == 4
    assert office.ledger.lines("other") == []

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.delivery.office import Office
from tests.delivery.postbox import Postbox
from tests.keeping.in_the_way import IN_THE_WAY
from workshop.delivery.email.ledger import FOLDER, Ledger, State
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


def test_what_an_earlier_program_sent_is_not_sent_again(office: Office, postbox: Postbox) -> None:
    office.send()
    with closing(sqlite3.connect(office.ledger.path)) as database:
        database.execute("DROP TABLE letter")  # it kept no more than the first table
    assert office.send() == []
    assert {line.said for line in office.lines()} == {""}
    office.build(more=" revised")
    office.send(states=(State.CHANGED,))
    text = postbox.received[-1][1].decode()
    assert "Subject: Update: Manager briefing" in text
    assert "The day has moved" not in text


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


def link_elsewhere(path: Path) -> None:
    path.symlink_to(path.parent.parent / "elsewhere")


def of_text(path: Path) -> None:
    path.write_text("not a database" * 1000)


def another_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        columns = "client TEXT, cohort TEXT, document INT, name TEXT, changed TEXT"
        database.execute(f"CREATE TABLE delivery ({columns})")
        database.execute("INSERT INTO delivery VALUES ('tiny', '', 1, '', '')")
        database.execute("PRAGMA user_version = 1")
        database.commit()


@pytest.mark.parametrize("make", [link_elsewhere, os.mkfifo, Path.mkdir, of_text, another_table])
def test_a_ledger_that_is_none_is_told_in_one_line(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    ledger = Ledger(tmp_path)
    ledger.path.parent.mkdir()
    make(ledger.path)
    with pytest.raises(EnvironmentFault, match="cannot be used"):
        ledger.lines("tiny")
    if make is not another_table:
        with pytest.raises(EnvironmentFault, match="cannot be used"), ledger.running():
            pass
    assert not (tmp_path / "elsewhere").exists()


def test_a_ledger_s_folder_is_no_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / FOLDER).symlink_to("elsewhere")
    with pytest.raises(EnvironmentFault, match="cannot be used"), Ledger(tmp_path).running():
        pass
    assert list((tmp_path / "elsewhere").iterdir()) == []


# In a process of its own: SQLite waits for a pipe in a way that no test can end.
TRY = """
import sys
from pathlib import Path
from workshop.delivery.email.ledger import Ledger
from workshop.diagnostics import EnvironmentFault
ledger = Ledger(Path(sys.argv[1]))
def run():
    with ledger.running():
        pass
for work in (run, lambda: ledger.lines("tiny")):
    try:
        work()
    except EnvironmentFault as fault:
        print(fault)
"""


@pytest.mark.parametrize(
    "name", ["lock", "ledger.sqlite", "ledger.sqlite-journal", "ledger.sqlite-wal"]
)
@pytest.mark.parametrize("kind", IN_THE_WAY)
def test_what_has_the_name_of_one_of_its_files_is_told_with_a_cure(
    tmp_path: Path, name: str, kind: str
) -> None:
    make, said = IN_THE_WAY[kind]
    with Ledger(tmp_path).running():
        pass
    path = tmp_path / FOLDER / name
    path.unlink(missing_ok=True)
    make(path)
    tried = subprocess.run(
        [sys.executable, "-c", TRY, str(tmp_path)], capture_output=True, text=True, timeout=30
    )
    lines = tried.stdout.splitlines()
    assert tried.stderr == ""
    assert len(lines) == 4
    for message, hint in (lines[:2], lines[2:]):
        assert f"ledger.sqlite cannot be used: {path} {said}" in message
        assert hint.endswith(
            (f"Remove it: rm {path}.", "its place.", "Give the folder another name.")
        )

"""Users' files are opened in one place: ordinary ones, no larger than their kind may be."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workshop.keeping.file_state import is_unchanged, states_of
from workshop.limits import ANY_FILE, Limit, all_limits
from workshop.user_files import (
    RefusedFile,
    is_conflicted_copy,
    is_left_behind,
    open_file,
    read_file,
    read_source,
)

PACKAGE = Path(__file__).parent.parent / "workshop"
SMALL = Limit("A note", 10, "bytes", "It is short.")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    # Its address may have 107 bytes, and pytest's folders are long.
    with socket.socket(socket.AF_UNIX) as server, working_in(path.parent):
        server.bind(path.name)


@contextmanager
def working_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def a_link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (a_pipe, "a named pipe"),
        (a_socket, "a socket"),
        (a_link_to("/dev/zero"), "a device"),
    ],
)
def test_what_is_no_ordinary_file_is_refused_at_once(
    make: Callable[[Path], None], kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "x"
    make(path)
    with pytest.raises(OSError, match=f"it is {kind}, not an ordinary file"):
        read_file(path, SMALL)


def test_a_large_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "film"
    with path.open("wb") as file:
        file.truncate(6_000_000_000)
    with pytest.raises(RefusedFile, match="it has 6 GB, and may have 10 bytes") as caught:
        read_file(path, SMALL)
    assert "a note may have at most 10 bytes" in caught.value.hint


def test_a_file_that_says_it_is_empty_is_bounded_too() -> None:
    path = Path("/proc/self/maps")
    if not path.exists():
        pytest.skip("there is no /proc here")
    assert path.stat().st_size == 0
    with pytest.raises(RefusedFile, match="may have 10 bytes"):
        read_file(path, SMALL)


def test_an_ordinary_file_is_read_also_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "note").write_bytes("\ufeffa\r\nb\rc".encode())
    (tmp_path / "link").symlink_to("note")
    assert read_source(tmp_path / "link", SMALL) == "a\nb\nc"
    with open_file(tmp_path / "note") as file:
        assert file.read(3) == b"\xef\xbb\xbf"
    with pytest.raises(IsADirectoryError):
        read_file(tmp_path, SMALL)


def test_the_state_of_what_nobody_reads_is_noted_without_reading(tmp_path: Path) -> None:
    pipe, film = tmp_path / "pipe", tmp_path / "film"
    os.mkfifo(pipe)
    with film.open("wb") as file:
        file.truncate(6_000_000_000)
    states = states_of([pipe, film])
    assert {state.sha256 for state in states.values()} == {""}
    assert is_unchanged(film, states[str(film)])
    film.write_bytes(b"short")
    assert not is_unchanged(film, states[str(film)])


def test_no_kind_of_file_may_be_larger_than_any() -> None:
    sizes = [limit.most for name, limit in all_limits().items() if name.endswith("_FILE")]
    assert max(sizes) == ANY_FILE.most


LEFT_BEHIND = """
._knots.md ~$knots.md .~lock.roster.csv# .DS_Store Thumbs.db desktop.ini knots.md~ #knots.md#
knots.md:Zone.Identifier .#knots.md .knots.md.swp knots.md.bak knots.md.orig 4913.tmp .nfs0001
.syncthing.knots.md.tmp
"""
CONFLICTED = [
    "knots (Anna's conflicted copy 2027-01-05).md",
    "knots (conflicted copy 2027-01-05 101010).md",
    "knots.sync-conflict-20270105-101010-ABCDEFG.md",
    "client_conflict-20270105-101010.yaml",
    "knots-DESKTOP-AB12CD3.md",
    "knots (Case Conflict).md",
]
MEANT = [
    "knots.md",
    "01-knots.md",
    "#1.md",
    "a~b.md",
    "conflict.md",
    "a-conflicted-day.md",
    ".gitkeep",
]


@pytest.mark.parametrize("name", [*LEFT_BEHIND.split(), "Icon\r"])
def test_files_that_systems_and_editors_leave_behind_are_seen(name: str) -> None:
    assert is_left_behind(name)


@pytest.mark.parametrize("name", CONFLICTED)
def test_conflicted_copies_are_seen(name: str) -> None:
    assert is_conflicted_copy(name)
    assert not is_left_behind(name)


@pytest.mark.parametrize("name", MEANT)
def test_files_of_people_are_not_taken_for_others(name: str) -> None:
    assert not is_left_behind(name)
    assert not is_conflicted_copy(name)


# Packages that read users' files, and the lines in them that open another file, with the reason.
READERS = ("content", "workspace", "tailoring", "planning", "composing", "proofing")
OTHERS = {
    ("tailoring/starting/new_workspace.py", "shutil.copyfile(path, target)"),  # our own example
    ("tailoring/starting/new_client.py", 'starter = FIRST_CLIENT.read_text(encoding="utf-8")'),
    # Pieces of a workbook whose bytes have been read.
    ("tailoring/people/tables/workbook.py", "with archive.open(entry) as part:"),
    ("tailoring/people/tables/sheet_marks.py", "for event, element in etree.iterparse("),
    ("tailoring/people/tables/sheet_marks.py", "for _, element in etree.iterparse("),
    # And the bytes of a font.
    ("tailoring/look/own_fonts.py", "with TTFont(io.BytesIO(content), lazy=True) as font:"),
    # No user's file.
    ("tailoring/people/tables/workbook.py", 'with Path(os.devnull).open("wb") as nowhere:'),
}
OPENING = re.compile(
    r"\.(?:read_text|read_bytes|open)\(|(?<![\w.])open\(|Image\.open\(|shutil\.copy\w*\("
    r"|fromfile\(|ET\.parse\(|TTFont\((?!file\b)|iterparse\(|linecache|fileinput|mmap"
)


def test_nothing_else_opens_users_files() -> None:
    opened = {
        (path.relative_to(PACKAGE).as_posix(), line.strip())
        for package in READERS
        for path in (PACKAGE / package).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if OPENING.search(line)
    }
    assert opened == OTHERS

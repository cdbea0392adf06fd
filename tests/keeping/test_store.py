"""What is kept on disk: whole entries under their own names, and no more than there is room for."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop.diagnostics import EnvironmentFault
from workshop.keeping.store import FOLDER, Store

KEY, ANOTHER = "a" * 64, "b" * 64
# Bytes, more than half of what a store may take: of two such entries one has to go.
LARGE = 300_000_000
HOUR = 3600


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def path_of(store: Store, kind: str, key: str) -> Path:
    return store.folder / kind / key


def keys_in(store: Store) -> list[str]:
    """Return the keys of all entries, of whatever kind."""
    return sorted(path.name for path in store.folder.glob("*/*"))


def put_large(store: Store, key: str, used: float) -> None:
    """Keep an entry that takes no room on the disk but is long, last used at a time."""
    store.put("parts", key, b"long")
    path = path_of(store, "parts", key)
    os.truncate(path, LARGE)
    os.utime(path, (used, used))


@pytest.mark.parametrize("body", [b"", b"a part", bytes(range(256)) * 40])
def test_an_entry_is_given_back_as_it_was(store: Store, body: bytes) -> None:
    assert store.get("parts", KEY) is None
    assert not store.has("parts", KEY)
    store.put("parts", KEY, body)
    assert store.has("parts", KEY)
    assert store.get("parts", KEY) == body
    assert Store(store.folder.parent).get("parts", KEY) == body
    assert path_of(store, "parts", KEY).is_file()


def test_entries_of_two_kinds_may_have_one_key(store: Store) -> None:
    store.put("parts", KEY, b"a part")
    store.put("linked", KEY, b"a document")
    assert (store.get("parts", KEY), store.get("linked", KEY)) == (b"a part", b"a document")
    assert store.get("texts", KEY) is None


def test_the_last_entry_of_a_name_counts(store: Store) -> None:
    store.put("parts", KEY, b"first")
    store.put("parts", KEY, b"second")
    assert store.get("parts", KEY) == b"second"


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[:10],
        lambda whole: whole[:-1],
        lambda whole: whole + b"X",
        lambda whole: whole[:-1] + b"X",
        lambda whole: b"X" + whole[1:],
    ],
)
def test_an_entry_that_is_not_whole_is_not_there(store: Store, damage: object) -> None:
    assert callable(damage)
    store.put("parts", KEY, b"a part")
    path = path_of(store, "parts", KEY)
    path.write_bytes(damage(path.read_bytes()))
    assert store.get("parts", KEY) is None
    store.put("parts", KEY, b"a part")
    assert store.get("parts", KEY) == b"a part"


def test_entries_in_each_other_s_place_are_not_there(store: Store) -> None:
    store.put("parts", KEY, b"a part")
    store.put("parts", ANOTHER, b"another part")
    store.put("linked", KEY, b"a document")
    contents = {path: path.read_bytes() for path in store.folder.glob("*/*")}
    part, another = path_of(store, "parts", KEY), path_of(store, "parts", ANOTHER)
    part.write_bytes(contents[another])
    another.write_bytes(contents[part])
    assert store.get("parts", KEY) is None
    assert store.get("parts", ANOTHER) is None
    path_of(store, "linked", KEY).write_bytes(contents[part])
    assert store.get("linked", KEY) is None


def test_the_folder_keeps_out_of_version_control_and_backups(store: Store) -> None:
    store.put("parts", KEY, b"a part")
    assert store.folder.name == FOLDER
    assert (store.folder / ".gitignore").read_text() == "*\n"
    tag = (store.folder / "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_a_folder_that_cannot_be_written_to_is_done_without(store: Store) -> None:
    store.folder.write_text("in the way")
    store.put("parts", KEY, b"a part")
    assert store.get("parts", KEY) is None
    assert not store.has("parts", KEY)
    store.tidy()
    store.trim()
    cleaned = store.clean()
    assert (cleaned.entries, cleaned.size) == (0, 0)
    assert store.folder.read_text() == "in the way"


def test_what_was_not_used_for_longest_is_dropped_when_there_is_too_much(store: Store) -> None:
    put_large(store, "oldest", used=1_000_000)
    put_large(store, "newest", used=3_000_000)
    put_large(store, "middle", used=2_000_000)
    store.trim()
    assert keys_in(store) == ["newest"]


def test_of_what_there_is_room_for_nothing_is_dropped(store: Store) -> None:
    put_large(store, "large", used=2_000_000)
    store.put("linked", KEY, b"a document")
    store.trim()
    assert keys_in(store) == sorted(("large", KEY))


def test_what_is_read_counts_as_used(store: Store) -> None:
    for key in (KEY, ANOTHER):
        store.put("parts", key, b"a part")
        os.utime(path_of(store, "parts", key), (1_000_000, 1_000_000))
    put_large(store, "large", used=2_000_000)
    put_large(store, "also large", used=1_500_000)
    assert store.get("parts", KEY) == b"a part"
    store.trim()
    assert keys_in(store) == sorted(("large", KEY))


def test_it_is_trimmed_once_an_hour_if_anything_was_added(store: Store) -> None:
    for key in ("first", "second"):
        put_large(store, key, used=time.time())
    store.tidy()
    assert keys_in(store) == ["first", "second"]
    tag = store.folder / "CACHEDIR.TAG"
    os.utime(tag, (0, tag.stat().st_mtime - HOUR - 1))
    Store(store.folder.parent).tidy()
    assert keys_in(store) == ["first", "second"]
    store.tidy()
    assert len(keys_in(store)) == 1
    # It has been trimmed just now, and is not for another hour.
    assert abs(tag.stat().st_mtime - time.time()) < 60
    put_large(store, "third", used=time.time())
    put_large(store, "fourth", used=time.time())
    store.tidy()
    assert len(keys_in(store)) == 3
    assert tag.read_text().startswith("Signature: ")


def test_a_clock_that_was_put_back_does_not_keep_it_from_being_trimmed(store: Store) -> None:
    for key in ("first", "second"):
        put_large(store, key, used=time.time())
    tomorrow = time.time() + 24 * HOUR
    os.utime(store.folder / "CACHEDIR.TAG", (tomorrow, tomorrow))
    store.tidy()
    assert len(keys_in(store)) == 1


def test_to_clean_removes_every_entry_and_says_how_many_and_how_large(store: Store) -> None:
    for kind in ("parts", "linked", "composed", "texts"):
        store.put(kind, KEY, b"four")
    (store.folder / "built").mkdir()
    (store.folder / "built" / "request").write_text("path", encoding="utf-8")
    # As an earlier version left it.
    (store.folder / "0f").mkdir()
    (store.folder / "0f" / "part").write_bytes(b"part")
    size = sum(path.stat().st_size for path in store.folder.glob("*/*"))
    cleaned = store.clean()
    assert (cleaned.folder, cleaned.entries, cleaned.size) == (store.folder, 6, size)
    assert sorted(path.name for path in store.folder.iterdir()) == [".gitignore", "CACHEDIR.TAG"]
    assert store.clean().entries == 0
    store.put("parts", KEY, b"a part")
    assert store.get("parts", KEY) == b"a part"


def test_what_somebody_else_put_there_stays(store: Store) -> None:
    store.put("parts", KEY, b"a part")
    notes = store.folder / "mine" / "notes.txt"
    notes.parent.mkdir()
    notes.write_text("mine", encoding="utf-8")
    os.truncate(notes, 2 * LARGE)
    store.trim()
    store.clean()
    assert notes.is_file()


def test_without_a_folder_there_is_nothing_to_clean(store: Store) -> None:
    assert store.clean().entries == 0
    assert not store.folder.exists()


@pytest.mark.slow
def test_two_may_write_and_read_the_same_entry_at_once(store: Store) -> None:
    body = b"a part" * 10_000
    store.put("parts", KEY, body)

    def write() -> None:
        mine = Store(store.folder.parent)
        for _ in range(200):
            mine.put("parts", KEY, body)

    bodies: set[bytes | None] = set()
    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        bodies.add(store.get("parts", KEY))
    assert bodies <= {body}
    assert keys_in(store) == [KEY]


WRITE = """
import sys
from pathlib import Path
from workshop.keeping.store import Store
store = Store(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(300):
    store.put("parts", f"{number % 10:064}", bytes([number % 10]) * 20_000)
    body = store.get("parts", f"{number % 10:064}")
    assert body in (None, bytes([number % 10]) * 20_000)
"""


def test_two_processes_may_share_a_folder_and_a_third_clean_it(store: Store) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, str(store.folder.parent)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for writer in writers:
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("go on\n")
        writer.stdin.flush()
    while any(writer.poll() is None for writer in writers):
        store.clean()
        time.sleep(0.01)
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    store.put("parts", KEY, b"a part")
    assert store.get("parts", KEY) == b"a part"


def test_an_entry_that_cannot_be_put_in_place_leaves_nothing_behind(store: Store) -> None:
    in_the_way = path_of(store, "parts", KEY) / "a folder"
    in_the_way.mkdir(parents=True)
    store.put("parts", KEY, b"a part")
    assert list(store.folder.glob("parts/*")) == [in_the_way.parent]


def test_an_entry_whose_time_cannot_be_noted_is_read_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(path)

    store.put("parts", KEY, b"a part")
    # A folder that somebody else made, to be read by all.
    monkeypatch.setattr(os, "utime", refuse)
    assert store.get("parts", KEY) == b"a part"


def everything_in(folder: Path) -> dict[str, bytes | None]:
    """Return all that lies below a folder, with the content of files."""
    return {str(path): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder outside of the workspace with a file in it, named as an entry is."""
    (tmp_path / "outside" / "parts").mkdir(parents=True)
    (tmp_path / "outside" / "parts" / KEY).write_bytes(b"of somebody else")
    (tmp_path / "workspace").mkdir()
    return tmp_path / "outside"


def use(store: Store) -> None:
    """Do all that can be done with a store but clean it."""
    store.put("parts", KEY, b"a part")
    store.get("parts", KEY)
    store.has("parts", KEY)
    with contextlib.suppress(OSError):
        os.utime(store.folder / "CACHEDIR.TAG", (1, 1), follow_symlinks=False)
    store.tidy()
    store.trim()


def test_a_folder_that_is_a_link_is_left_alone(tmp_path: Path, outside: Path) -> None:
    before = everything_in(outside)
    store = Store(tmp_path / "workspace")
    store.folder.symlink_to(outside)
    use(store)
    assert store.get("parts", KEY) is None
    with pytest.raises(EnvironmentFault, match="is a link: nothing is kept in it"):
        store.clean()
    assert everything_in(outside) == before


@pytest.mark.parametrize("name", ["parts", f"parts/{KEY}", "CACHEDIR.TAG", ".gitignore"])
@pytest.mark.parametrize("target", ["parts", f"parts/{KEY}", "nothing"])
def test_a_link_in_the_folder_is_never_followed(
    tmp_path: Path, outside: Path, name: str, target: str
) -> None:
    before = everything_in(outside)
    times = {path: path.lstat().st_mtime_ns for path in outside.rglob("*")}
    store = Store(tmp_path / "workspace")
    (store.folder / "parts").mkdir(parents=True)
    if name == "parts":
        (store.folder / "parts").rmdir()
    (store.folder / name).symlink_to(outside / target)
    use(store)
    store.clean()
    assert everything_in(outside) == before
    assert {path: path.lstat().st_mtime_ns for path in outside.rglob("*")} == times


def pipe(path: Path) -> None:
    os.mkfifo(path)


def long(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2_000_000_000)


@pytest.mark.parametrize("make", [pipe, long, Path.mkdir])
def test_what_is_no_entry_is_not_there_and_is_cleaned(
    store: Store, make: Callable[[Path], None]
) -> None:
    store.put("parts", ANOTHER, b"another")
    make(path_of(store, "parts", KEY))
    assert store.get("parts", KEY) is None
    assert store.clean().entries == 2
    store.put("parts", KEY, b"a part")
    assert store.get("parts", KEY) == b"a part"

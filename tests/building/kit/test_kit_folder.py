from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.keeping.in_the_way import IN_THE_WAY
from tests.tiny_workspace.workspace import contents
from workshop.building.kit import kit_folder
from workshop.building.kit.kit_folder import (
    exchange,
    keep_files,
    put_back,
    replacing,
    staging_for,
)

OLD = {"agenda.pdf": b"old", "badges/anna.pdf": b"old"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A kit's folder with a kit in it."""
    folder = tmp_path / "client" / "autumn"
    for path, content in OLD.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def beside(folder: Path) -> set[str]:
    """Return what lies beside a kit, but for the lock that stays."""
    return {path.name for path in folder.parent.iterdir()} - {folder.name, f".{folder.name}.lock"}


def replace_by(folder: Path, text: str) -> None:
    with staging_for(folder) as staging:
        (staging / "agenda.pdf").write_text(text)
        with replacing(folder, staging):
            pass


class Run:
    """A process that makes a new kit as far as its last line, says so, and waits for a line."""

    def __init__(self, folder: Path, *lines: str) -> None:
        script = "\n".join(["import sys", "from pathlib import Path", *_IMPORTS, *lines])
        self.process = subprocess.Popen(
            [sys.executable, "-c", script, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def said(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def finish(self) -> None:
        self.process.communicate("go on\n", timeout=30)
        assert self.process.returncode == 0


_IMPORTS = (
    "from workshop.building.kit.kit_folder import replacing, staging_for",
    "folder = Path(sys.argv[1])",
)
WRITING = (
    "with staging_for(folder) as staging:",
    "    (staging / 'agenda.pdf').write_text('from the other run')",
    "    print(staging.name, flush=True)",
    "    sys.stdin.readline()",
    "    with replacing(folder, staging):",
    "        pass",
)


def test_a_new_kit_replaces_the_old_one_as_a_whole(folder: Path) -> None:
    replace_by(folder, "new")
    assert contents(folder) == {"agenda.pdf": b"new"}
    assert beside(folder) == set()


def test_the_first_kit_makes_its_folders(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there" / "yet"
    replace_by(folder, "new")
    assert contents(folder) == {"agenda.pdf": b"new"}
    assert folder.stat().st_mode & 0o777 == 0o755


def test_until_the_end_the_old_kit_is_to_be_seen(folder: Path) -> None:
    with staging_for(folder) as staging:
        (staging / "agenda.pdf").write_text("new")
        assert contents(folder) == OLD
        with replacing(folder, staging):
            (staging / "more.pdf").write_text("new")
            assert contents(folder) == OLD
        assert contents(folder) == {"agenda.pdf": b"new", "more.pdf": b"new"}


@pytest.mark.parametrize("late", [False, True])
def test_a_fault_leaves_the_old_kit_and_nothing_else(folder: Path, late: bool) -> None:
    def fail() -> None:
        with staging_for(folder) as staging:
            (staging / "agenda.pdf").write_text("half")
            if not late:
                raise ZeroDivisionError
            with replacing(folder, staging):
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert contents(folder) == OLD
    assert beside(folder) == set()


def test_a_run_killed_while_writing_leaves_the_old_kit_and_the_next_tidies_up(
    folder: Path,
) -> None:
    killed = Run(folder, *WRITING)
    left = killed.said()
    killed.kill()
    assert contents(folder) == OLD
    assert beside(folder) == {left, f"{left}.lock"}
    replace_by(folder, "new")
    assert contents(folder) == {"agenda.pdf": b"new"}
    assert beside(folder) == set()


def test_what_a_run_left_before_it_had_its_lock_is_tidied_up_too(folder: Path) -> None:
    (folder.parent / ".autumn.new-abcdefgh").mkdir()
    (folder.parent / ".autumn.new-ijklmnop.lock").touch()
    replace_by(folder, "new")
    assert beside(folder) == set()


def test_a_run_killed_between_its_two_renames_loses_nothing(folder: Path) -> None:
    killed = Run(
        folder,
        "from workshop.building.kit import kit_folder",
        "kit_folder.exchange = lambda one, other: False",
        "rename = Path.rename",
        "def rename_and_stop(path, target):",
        "    rename(path, target)",
        "    print('half-way', flush=True)",
        "    sys.stdin.readline()",
        "Path.rename = rename_and_stop",
        "with staging_for(folder) as staging, replacing(folder, staging):",
        "    pass",
    )
    assert killed.said() == "half-way"
    killed.kill()
    assert not folder.exists()
    with staging_for(folder):
        assert contents(folder) == OLD
    assert contents(folder) == OLD
    assert beside(folder) == set()


def test_a_living_run_keeps_what_it_is_writing(folder: Path) -> None:
    living = Run(folder, *WRITING)
    staging = living.said()
    replace_by(folder, "new")
    assert contents(folder.parent / staging) == {"agenda.pdf": b"from the other run"}
    assert contents(folder) == {"agenda.pdf": b"new"}
    living.finish()
    assert contents(folder) == {"agenda.pdf": b"from the other run"}
    assert beside(folder) == set()


def test_runs_at_once_each_leave_a_whole_kit(folder: Path) -> None:
    lines = (
        "from os import getpid",
        "for number in range(20):",
        "    with staging_for(folder) as staging:",
        "        for name in 'abcdef':",
        "            (staging / name).write_text(f'{getpid()} {number}')",
        "        with replacing(folder, staging):",
        "            seen = {path.read_text() for path in folder.glob('?')}",
        "            assert len(seen) <= 1, seen",
        "            print('replaced', flush=True)",
    )
    runs = [Run(folder, *lines) for _ in range(3)]
    for run in runs:
        run.finish()
    kit = contents(folder)
    assert sorted(kit) == list("abcdef")
    assert len(set(kit.values())) == 1
    assert beside(folder) == set()


def test_cohorts_whose_names_begin_alike_are_kept_apart(folder: Path) -> None:
    with staging_for(folder.with_name("autumn-2")) as staging:
        replace_by(folder, "new")
        assert staging.is_dir()
    assert contents(folder) == {"agenda.pdf": b"new"}


def test_kept_files_are_the_same_files_and_not_copies(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    keep_files(folder, new, ["badges/anna.pdf"])
    assert contents(new) == {"badges/anna.pdf": b"old"}
    assert (new / "badges/anna.pdf").samefile(folder / "badges/anna.pdf")


def test_files_are_copied_where_they_cannot_be_linked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    keep_files(folder, tmp_path / "new", ["agenda.pdf"])
    assert contents(tmp_path / "new") == {"agenda.pdf": b"old"}


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_kit_is_replaced_where_the_system_cannot_do_it_in_one_step_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool
) -> None:
    if not in_one_step:
        monkeypatch.setattr(kit_folder, "exchange", lambda _one, _other: False)
    replace_by(folder, "new")
    assert contents(folder) == {"agenda.pdf": b"new"}
    assert beside(folder) == set()


def test_folders_change_places_in_one_step(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for path in (one, other):
        path.mkdir()
        (path / "name").write_text(path.name)
    assert exchange(one, other)
    assert ((one / "name").read_text(), (other / "name").read_text()) == ("other", "one")
    assert not exchange(one, tmp_path / "nothing")
    assert (one / "name").read_text() == "other"


def test_whoever_looks_while_kits_are_replaced_always_finds_one(folder: Path) -> None:
    replaced = threading.Event()

    def replace_often() -> None:
        for number in range(100):
            replace_by(folder, str(number))
        replaced.set()

    replacing_thread = threading.Thread(target=replace_often)
    replacing_thread.start()
    seen = 0
    try:
        while not replaced.is_set():
            assert (folder / "agenda.pdf").read_bytes()
            seen += 1
    finally:
        replacing_thread.join()
    assert seen > 100


def test_where_folders_cannot_be_exchanged_a_refusal_leaves_the_old_kit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit_folder, "exchange", lambda *_folders: False)
    with staging_for(folder) as staging, pytest.raises(FileNotFoundError):  # noqa: SIM117
        with replacing(folder, staging):
            staging.rmdir()
    assert contents(folder) == OLD
    assert beside(folder) == set()


def test_a_kit_that_was_set_aside_is_put_back_when_there_is_none_in_its_place(
    folder: Path,
) -> None:
    put_back(folder)
    assert contents(folder) == OLD
    folder.rename(folder.parent / ".autumn.old-1")
    put_back(folder)
    assert contents(folder) == OLD
    assert beside(folder) == set()
    put_back(folder.parent / "winter")
    assert beside(folder) == set()


@pytest.mark.parametrize("kind", IN_THE_WAY)
def test_what_has_a_lock_s_name_is_told_at_once(folder: Path, kind: str) -> None:
    make, _ = IN_THE_WAY[kind]
    lock = folder.parent / ".autumn.lock"
    make(lock)
    with pytest.raises(OSError, match=r"\.autumn\.lock"), staging_for(folder):
        pass
    assert contents(folder) == OLD
    put_back(folder)


@pytest.mark.parametrize("kind", IN_THE_WAY)
def test_what_has_the_lock_s_name_of_a_killed_run_keeps_nobody_from_a_kit(
    folder: Path, kind: str
) -> None:
    make, _ = IN_THE_WAY[kind]
    (folder.parent / ".autumn.new-abcdefgh").mkdir()
    make(folder.parent / ".autumn.new-abcdefgh.lock")
    replace_by(folder, "new")
    assert contents(folder) == {"agenda.pdf": b"new"}
    assert (folder.parent / ".autumn.new-abcdefgh").is_dir()

"""Whatever becomes of kept and made files, each command is right or says in a line what is wrong.

Every file below the kits, the cache, the ledger and the user's cache folder is damaged by chance,
from a seed: bits turned, cut short, in another's place, a link, a pipe, a folder, without an end.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.tiny_workspace.workspace import CLIENT, Tiny
from workshop.cli import main

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("nothing_parsed_before")]

CASES = int(os.environ.get("WORKSHOP_FUZZ_CASES", "4"))
# Files that are damaged in one case.
_AT_ONCE = 4
COMMANDS = (
    ("build", "--client", "tiny", "--jobs", "1"),
    ("build", "--client", "tiny", "--only", "badge", "--jobs", "1"),
    ("check", "--client", "tiny", "--jobs", "1"),
    ("print", "--client", "tiny", "--profile", "office-simplex"),
    ("pictures", "--client", "tiny"),
    ("email", "--client", "tiny"),
    ("email", "--client", "tiny", "--status"),
    ("email", "--client", "tiny", "--drafts"),
    ("clean",),
)
BUILD = COMMANDS[0]
MADE = ("build", ".workshop-cache", ".workshop-delivery", "home")
Damage = Callable[[Path, Path, random.Random], None]


def flipped(path: Path, _other: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes() or b"x")
    for _ in range(3):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def cut(path: Path, _other: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data) + 1)])


def exchanged(path: Path, other: Path, _chance: random.Random) -> None:
    first, second = path.read_bytes(), other.read_bytes()
    path.write_bytes(second)
    other.write_bytes(first)


def nested(path: Path, _other: Path, chance: random.Random) -> None:
    path.write_text(chance.choice(("[", '{"a":', '{"format": 1, "files": [')) * 100_000)


def without_end(path: Path, _other: Path, _chance: random.Random) -> None:
    path.write_bytes(b"")
    os.truncate(path, 50_000_000_000)


def replaced(make: Callable[[Path], object]) -> Damage:
    def damage(path: Path, _other: Path, _chance: random.Random) -> None:
        path.unlink()
        make(path)

    return damage


def outside_of(path: Path) -> Path:
    return next(parent for parent in path.parents if parent.name == "workspace").parent / "outside"


def linked_outside(path: Path, _other: Path, _chance: random.Random) -> None:
    path.unlink()
    path.symlink_to(outside_of(path) / "file")


DAMAGES: tuple[Damage, ...] = (
    flipped,
    cut,
    exchanged,
    nested,
    without_end,
    linked_outside,
    replaced(os.mkfifo),
    replaced(Path.mkdir),
    replaced(lambda path: path.symlink_to("/dev/zero")),
    replaced(lambda path: path.symlink_to(path.name)),
    replaced(lambda path: path.write_bytes(b"")),
    replaced(lambda path: None),
)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose kit was built, printed and sent as drafts, with a cache of its own."""
    root = tmp_path_factory.mktemp("pristine") / "workspace"
    tiny = Tiny.copied_to(root)
    tiny.change(CLIENT, "[agenda, badge, exercises,", "[badge,")
    tiny.change(CLIENT, "manager-briefing, participant-workbook]", "manager-briefing]")
    (root / CLIENT).write_text((root / CLIENT).read_text("utf-8") + "packs: [badge]\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("XDG_CACHE_HOME", str(root / "home"))
        for command in (BUILD, *COMMANDS[3:5], COMMANDS[7]):
            assert CliRunner().invoke(main, command, catch_exceptions=False).exit_code == 0
        mark = ("email", "--client", "tiny", "--mark-sent", "--yes")
        assert CliRunner().invoke(main, mark, catch_exceptions=False).exit_code == 0
    return root


def pdfs_of(root: Path) -> dict[str, bytes]:
    kit = root / "build" / "tiny" / "autumn"
    return {path.name: path.read_bytes() for path in sorted(kit.rglob("*.pdf"))}


def state_of(folder: Path) -> dict[str, object]:
    return {
        str(path): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in (folder, *sorted(folder.rglob("*")))
    }


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that nothing may be written to."""
    (tmp_path / "outside" / "parts").mkdir(parents=True)
    (tmp_path / "outside" / "file").write_bytes(b"of somebody else")
    (tmp_path / "outside" / "parts" / ("a" * 64)).write_bytes(b"of somebody else")
    return tmp_path / "outside"


@pytest.fixture
def root(pristine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the workspace, to be damaged."""
    root = tmp_path / "workspace"
    shutil.copytree(pristine, root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / "home"))
    return root


def run(*command: str) -> None:
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert result.exit_code in (0, 1, 2, 3), result.output
    assert len(result.stderr.splitlines()) <= 12, result.stderr


@pytest.mark.parametrize("seed", range(CASES))
def test_damaged_files_are_told_or_made_again(
    root: Path, pristine: Path, outside: Path, seed: int
) -> None:
    chance = random.Random(seed)
    before = state_of(outside)
    made = [path for name in MADE for path in sorted((root / name).rglob("*")) if path.is_file()]
    # The files of fontconfig itself are its own.
    made = [path for path in made if path.parent.name != "fontconfig"]
    done = []
    for path in chance.sample(made, _AT_ONCE):
        damage, other = chance.choice(DAMAGES), chance.choice(made)
        if path.is_file() and other.is_file() and not path.is_symlink():
            damage(path, other, chance)
            done.append((path.name, damage.__name__))
    for command in (*chance.choice(COMMANDS), BUILD):
        run(*command)
    assert pdfs_of(root) == pdfs_of(pristine), done
    assert state_of(outside) == before, done


LINKED = {
    ".workshop-cache": (COMMANDS[1], ("clean",)),
    "home/workshop-kit": (COMMANDS[1],),
    ".workshop-delivery": (COMMANDS[5], COMMANDS[6]),
    "build/tiny": (COMMANDS[1], COMMANDS[3]),
    "build/tiny/autumn.print/office-simplex": (COMMANDS[3],),
    "build/tiny/autumn.pictures/pictures": (COMMANDS[4],),
    "build/tiny/_drafts/autumn": (COMMANDS[7],),
}


@pytest.mark.parametrize(("name", "commands"), LINKED.items(), ids=LINKED)
def test_a_folder_that_is_a_link_leads_nothing_out(
    root: Path, outside: Path, name: str, commands: tuple[tuple[str, ...], ...]
) -> None:
    before = state_of(outside)
    (root / name).rename(root / "aside")
    (root / name).symlink_to(outside)
    for command in commands:
        run(*command)
    assert state_of(outside) == before

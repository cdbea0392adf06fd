"""Digests of texts, files and the program: equal for what is the same, and for nothing else."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from workshop.keeping.fingerprint import (
    code_of,
    digest_of,
    digest_of_file,
    package_root,
    program,
)


def test_each_text_counts_by_itself() -> None:
    texts = [[], [""], ["ab"], ["a", "b"], ["", "ab"], ["ab", ""], ["b", "a"], ["1 a", "b"]]
    for first, second in combinations(texts, 2):
        assert digest_of(first) != digest_of(second), (first, second)
    assert digest_of(iter(["a", "b"])) == digest_of(["a", "b"])
    assert len(digest_of([])) == 64


def test_a_text_may_hold_what_a_name_of_a_file_may() -> None:
    assert digest_of(["Ελένη"]) != digest_of(["\udcff"])


def test_a_file_s_digest_is_its_sha_256(tmp_path: Path) -> None:
    path = tmp_path / "large"
    content = bytes(range(256)) * 10_000
    path.write_bytes(content)
    assert digest_of_file(path) == hashlib.sha256(content).hexdigest()
    with pytest.raises(FileNotFoundError):
        digest_of_file(tmp_path / "nothing")


def test_the_package_is_where_its_files_are() -> None:
    assert (package_root() / "keeping" / "fingerprint.py").is_file()


def test_folders_have_digests_of_their_own() -> None:
    digests = {code_of(folder) for folder in ("content", "content/yaml", "assembly")}
    digests |= {code_of(), code_of("content", "assembly")}
    assert len(digests) == 5
    assert code_of("assembly", "content") == code_of("content", "assembly")


@pytest.mark.parametrize("folder", ["typesettings", "", "content/yam", "__init__.py "])
def test_a_folder_without_code_has_none(folder: str) -> None:
    with pytest.raises(LookupError, match="no code lies in"):
        code_of(folder)
    with pytest.raises(LookupError, match="no code lies in"):
        code_of("content", folder)


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from workshop.keeping import fingerprint
assert str(fingerprint.package_root().parent) == sys.argv[1]
print(fingerprint.code_of(), fingerprint.code_of("content"), fingerprint.code_of("keeping"))
print(fingerprint.program())
"""


class Installed:
    """A copy of the package with little in it, to be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.package = self.folder / "workshop"
        read_first = ("limits.py", "user_files.py", "keeping/__init__.py", "keeping/fingerprint.py")
        for name in ("__init__.py", *read_first):
            path = self.package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(package_root() / name, path)
        for name in ("content/module.py", "content/yaml/source.py"):
            path = self.package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"# {name}\n", encoding="utf-8")

    def digests(self) -> dict[str, str]:
        """Return what a process that begins now says of all code, two folders and the program."""
        command = [sys.executable, "-I", "-c", SCRIPT, str(self.folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return dict(zip(("all", "content", "keeping", "program"), done.stdout.split(), strict=True))


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    return Installed(tmp_path / "site")


def rename(path: Path) -> None:
    path.rename(path.with_name("renamed.py"))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file": lambda content: (content / "module.py").write_text("# another\n"),
    "a file further down": lambda content: (content / "yaml" / "source.py").write_text("x = 1\n"),
    "a new file": lambda content: (content / "cues.py").write_text("# cues\n"),
    "a file that is gone": lambda content: (content / "module.py").unlink(),
    "the name of a file": lambda content: rename(content / "module.py"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_code_is_told_of_its_folder_and_of_all(
    installed: Installed, change: Callable[[Path], object]
) -> None:
    before = installed.digests()
    change(installed.package / "content")
    after = installed.digests()
    assert {name for name in before if before[name] != after[name]} == {"all", "content", "program"}


def test_what_is_no_code_does_not_count(installed: Installed) -> None:
    before = installed.digests()
    (installed.package / "content" / "notes.txt").write_text("notes")
    module = installed.package / "content" / "module.py"
    module.write_bytes(module.read_bytes())
    assert installed.digests() == before
    moved = Installed(installed.folder.with_name("elsewhere"))
    assert moved.digests() == before


def test_another_version_of_a_package_is_another_program(installed: Installed) -> None:
    before = installed.digests()
    (installed.folder / "weasyprint-71.0.dist-info").mkdir()
    after = installed.digests()
    assert {name for name in before if before[name] != after[name]} == {"program"}


def test_a_process_asks_once_what_program_it_is() -> None:
    assert program() == program()
    assert len(program()) == 64

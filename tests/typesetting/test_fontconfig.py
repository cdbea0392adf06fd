"""Only what a job names is used: another machine, user or cache gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from pathlib import Path
from threading import Barrier

import pytest

from tests.typesetting.conftest import Table, fonts_in
from workshop.composing.pages.render_job import JobFile
from workshop.diagnostics import EnvironmentFault
from workshop.tailoring.look.typefaces import families
from workshop.typesetting.fontconfig import use_only
from workshop.typesetting.typeset import typeset


@pytest.fixture(autouse=True)
def own_fontconfig(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the process as it was."""
    monkeypatch.setenv("FONTCONFIG_FILE", os.environ.get("FONTCONFIG_FILE", ""))


@pytest.mark.parametrize(
    "family", ["DejaVu Sans", "Noto Sans Mono", "Liberation Sans", "Arial", "monospace", "serif"]
)
def test_a_family_of_the_system_is_not_used(table: Table, family: str) -> None:
    part = table.lay_out(f"<p style='font-family: \"{family}\"'>Words</p>")
    assert fonts_in(part.pdf) == {"Source-Sans-3"}


def test_a_family_is_there_only_if_it_was_named(table: Table) -> None:
    job = table.job("<p style='font-family: Lato'>Words</p>")
    assert not any("Lato" in name for name in fonts_in(typeset(job).pdf))
    with_lato = replace(job, families=(*job.families, "Lato"))
    assert any("Lato" in name for name in fonts_in(typeset(with_lato).pdf))
    assert typeset(job).pdf != typeset(with_lato).pdf


def test_a_clients_own_font_prints_what_no_other_has(table: Table) -> None:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "mark"])
    builder.setupCharacterMap({0xE123: "mark"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 0))
    pen.lineTo((500, 500))
    pen.closePath()
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "mark": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "mark": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "House Marks", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    job = table.job("<p>\ue123</p>")
    assert [finding.code for finding in typeset(job).findings] == ["missing-glyph"]
    builder.save(table.outside / "marks.ttf")
    own = JobFile("marks.ttf", (table.outside / "marks.ttf").read_bytes())
    # Only the job is asked: the file may be on another machine by now.
    (table.outside / "marks.ttf").unlink()
    part = typeset(replace(job, fonts=(own,)))
    assert not part.diagnostics
    assert any("House" in name for name in fonts_in(part.pdf))


SCRIPT = """\
import hashlib, pickle, sys
from workshop.typesetting.typeset import typeset
made = typeset(pickle.load(open(sys.argv[1], "rb")))
assert not made.diagnostics, made.diagnostics
print(hashlib.sha256(made.pdf).hexdigest())
"""


@pytest.mark.slow
@pytest.mark.parametrize("case", ["another user", "a cache that cannot be written to"])
def test_another_users_pages_are_the_same_bytes(table: Table, tmp_path: Path, case: str) -> None:
    job = table.job("<h1>Words</h1><p>Слово, λόγος, 言葉, مرحبا, שלום, คำ</p>")
    stored = tmp_path / "job.pickle"
    stored.write_bytes(pickle.dumps(job))
    home = tmp_path / "home"
    (home / ".fonts").mkdir(parents=True)
    # Were the user's own fonts looked at, this one would be taken.
    for path in families()["Lato"].glob("*.ttf"):
        shutil.copy(path, home / ".fonts")
    cache = home / "cache" if case == "another user" else Path("/dev/null/cache")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CACHE_HOME": str(cache),
        "TMPDIR": str(home),
        "LANG": "C",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(stored)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    assert run.stdout.strip() == hashlib.sha256(typeset(job).pdf).hexdigest()


def conf() -> Path:
    """Return the file fontconfig is to read."""
    return Path(os.environ["FONTCONFIG_FILE"])


def folders() -> list[Path]:
    """Return the folders that fontconfig is told of."""
    return [Path(unescape(folder)) for folder in re.findall("<dir>(.*?)</dir>", conf().read_text())]


def test_fontconfig_is_told_of_the_families_folders_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "A & B"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    use_only(["Lato", "Noto Sans Thai", "Noto Sans Arabic"], ())
    assert folders() == [families()["Lato"], families()["Noto Sans Thai"]]
    assert "include" not in conf().read_text()
    written = f"<cachedir>{tmp_path}/A &amp; B/workshop-kit/fontconfig</cachedir>"
    assert written in conf().read_text()


def test_a_clients_own_fonts_are_written_into_the_cache_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    own = [JobFile("../House.TTF", b"one"), JobFile("house.otf", b"two")]
    use_only(["Lato"], own)
    lato, unpacked = folders()
    assert lato == families()["Lato"]
    assert unpacked.parent == tmp_path / "workshop-kit"
    assert {path.name: path.read_bytes() for path in unpacked.iterdir()} == {
        "0.TTF": b"one",
        "1.otf": b"two",
    }
    first = conf()
    status = (unpacked / "0.TTF").stat()
    use_only(["Lato"], own)
    assert conf() == first
    assert (unpacked / "0.TTF").stat() == status
    use_only(["Lato"], [own[0], JobFile("house.otf", b"another")])
    assert folders()[1] != unpacked
    assert {path.name.partition("-")[0] for path in unpacked.parent.iterdir()} == {
        "fontconfig", "fonts", "own"
    }  # fmt: skip


def test_the_file_of_other_families_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    use_only(["Lato"], ())
    first = conf()
    use_only(["EB Garamond"], ())
    assert conf() != first
    assert str(families()["Lato"]) in first.read_text()
    use_only(["Lato"], ())
    assert conf() == first
    assert {path.suffix for path in first.parent.iterdir()} == {".conf", ""}


@pytest.mark.parametrize("unusable", ["/dev/null/cache", "relative/cache", ""])
def test_a_cache_folder_that_cannot_be_used_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unusable: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", unusable)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    use_only(["Lato"], ())
    assert conf().parent == tmp_path / f"workshop-kit-{os.getuid()}"
    assert conf().parent.stat().st_mode & 0o077 == 0
    assert not (tmp_path / "relative").exists()


def test_without_any_folder_the_user_is_told_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/cache")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    # Somebody else has taken the name.
    (tmp_path / f"workshop-kit-{os.getuid()}").write_text("")
    with pytest.raises(EnvironmentFault, match="no folder to keep the list of fonts") as caught:
        use_only(["Lato"], ())
    assert "XDG_CACHE_HOME" in str(caught.value)


def test_what_is_no_file_in_the_list_of_fonts_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    use_only(["Lato"], ())
    kept = tmp_path / "workshop-kit" / "fontconfig"
    (kept / "list.cache-8").write_bytes(b"a list")
    os.mkfifo(kept / "pipe.cache-8")
    (kept / "link.cache-8").symlink_to("/dev/zero")
    use_only(["Lato"], ())
    assert [path.name for path in kept.iterdir()] == ["list.cache-8"]


def test_what_is_in_the_place_of_the_list_of_fonts_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = tmp_path / "workshop-kit" / "fontconfig"
    kept.parent.mkdir(mode=0o700)
    kept.write_text("a file")
    use_only(["Lato"], ())
    kept.rmdir()
    kept.symlink_to(tmp_path)
    use_only(["Lato"], ())
    assert kept.is_dir()
    assert not kept.is_symlink()


def test_processes_that_come_first_at_once_all_find_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_turn(number: int) -> str:
        ready.wait()
        use_only([], [])
        return str(number)

    for time in range(40):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / str(time)))
        monkeypatch.setenv("FONTCONFIG_FILE", "")
        ready = Barrier(8)
        with ThreadPoolExecutor(8) as executor:
            assert len(set(executor.map(in_turn, range(8)))) == 8

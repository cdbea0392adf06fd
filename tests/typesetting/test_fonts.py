"""Only the given folders have fonts: another machine, user or cache gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.typesetting.conftest import Table, fonts_in, typefaces
from workshop.diagnostics import EnvironmentFault
from workshop.tailoring.fonts import families
from workshop.typesetting.fonts import use_only
from workshop.typesetting.typeset import typeset


@pytest.fixture(autouse=True)
def own_fontconfig(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the process as it was."""
    monkeypatch.setenv("FONTCONFIG_FILE", os.environ.get("FONTCONFIG_FILE", ""))


@pytest.mark.parametrize(
    "family", ["DejaVu Sans", "Noto Sans Mono", "Liberation Sans", "Arial", "monospace", "serif"]
)
def test_a_family_of_the_system_is_not_used(table: Table, family: str) -> None:
    made = table.lay_out(f"<p style='font-family: \"{family}\"'>Words</p>")
    assert fonts_in(made.pdf) == {"Source-Sans-3"}


def test_a_family_is_there_only_if_its_folder_was_given(table: Table) -> None:
    job = table.job("<p style='font-family: Lato'>Words</p>")
    assert not any("Lato" in name for name in fonts_in(typeset(job).pdf))
    with_lato = replace(job, font_folders=(*job.font_folders, families()["Lato"]))
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
    folder = table.assets / "fonts"
    folder.mkdir()
    job = table.job("<p>\ue123</p>")
    assert [one.code for one in typeset(job).diagnostics] == ["missing-glyph"]
    builder.save(folder / "marks.ttf")
    made = typeset(replace(job, font_folders=typefaces(folder).folders))
    assert not made.diagnostics
    assert any("House" in name for name in fonts_in(made.pdf))


SCRIPT = """\
import hashlib, pickle, sys
from workshop.typesetting.typeset import typeset
made = typeset(pickle.load(open(sys.argv[1], "rb")))
assert not made.diagnostics, made.diagnostics
print(hashlib.sha256(made.pdf).hexdigest())
"""


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


def test_fontconfig_is_told_of_the_folders_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    use_only([Path("/fonts/A & B"), Path("/fonts/c")])
    text = conf().read_text()
    assert text.count("<dir>") == 2
    assert "<dir>/fonts/A &amp; B</dir>" in text
    assert "include" not in text
    assert f"<cachedir>{tmp_path}/workshop-kit/fontconfig</cachedir>" in text


def test_the_file_of_other_folders_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    use_only([Path("/fonts/a")])
    first = conf()
    use_only([Path("/fonts/b")])
    assert conf() != first
    assert "/fonts/a" in first.read_text()
    use_only([Path("/fonts/a")])
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
    use_only([Path("/fonts/a")])
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
        use_only([Path("/fonts/a")])
    assert "XDG_CACHE_HOME" in str(caught.value)

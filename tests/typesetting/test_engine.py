"""What tells one engine from another, and where the fonts of a layout are found again."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import grimp
import pytest

from tests.typesetting.conftest import Table
from workshop.composing.pages.render_job import JobFile
from workshop.keeping.fingerprint import package_root
from workshop.keeping.memory import Memory
from workshop.tailoring.look.typefaces import families
from workshop.typesetting import engine as module
from workshop.typesetting.engine import engine
from workshop.typesetting.font_files import content_of, named_by
from workshop.typesetting.laid_out import FontUse
from workshop.typesetting.typeset import typeset


def test_all_code_that_a_layout_can_run_is_part_of_its_engine() -> None:
    imports = grimp.build_graph("workshop", exclude_type_checking_imports=True)
    [*waiting] = [name for name in imports.modules if name.startswith("workshop.typesetting")]
    reached = set(waiting)
    while waiting:
        behind = imports.find_modules_directly_imported_by(waiting.pop()) - reached
        reached |= behind
        waiting += behind
    assert len(reached) > 60
    within = tuple(f"workshop.{place}".replace("/", ".") for place in module.CODE)
    assert [name for name in reached if not name.startswith(within)] == []


@pytest.fixture(autouse=True)
def looked_up_anew() -> Iterator[None]:
    """Forget what was found before a test, and what it found."""
    engine.cache_clear()
    yield
    engine.cache_clear()


def changed(monkeypatch: pytest.MonkeyPatch, name: str, value: object) -> str:
    """Return the digest with one thing of the machine's another."""
    monkeypatch.setattr(module, name, value)
    engine.cache_clear()
    return engine()


def engine_of_new_process(folder: Path) -> str:
    """Return the digest that a process in this folder computes."""
    script = "from workshop.typesetting.engine import engine; print(engine())"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=folder
    )
    return run.stdout.strip()


def test_the_same_engine_has_the_same_name_in_every_process() -> None:
    assert engine_of_new_process(package_root().parent) == engine()
    assert len(engine()) == 64


def test_it_is_named_without_loading_it() -> None:
    script = (
        "import sys; from workshop.typesetting.engine import engine; engine();"
        "print([name for name in ('weasyprint', 'pydyf', 'fontTools') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("package", ["weasyprint", "pydyf", "fonttools", "rendercv-fonts"])
def test_another_version_of_a_package_is_another_engine(
    monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    before, version = engine(), module._version
    after = changed(monkeypatch, "_version", lambda name: "0" if name == package else version(name))
    assert after != before


@pytest.mark.parametrize("library", ["pango-1.0", "harfbuzz", "fontconfig"])
def test_another_version_of_a_native_library_is_another_engine(
    monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    before, version = engine(), module._native_version

    def version_of(name: str, number: str, function: str) -> str:
        return "0" if name == library else version(name, number, function)

    assert changed(monkeypatch, "_native_version", version_of) != before


def test_other_fonts_of_the_products_are_another_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    before = engine()
    assert changed(monkeypatch, "families", lambda: {"Lato": families()["Lato"]}) != before


@pytest.mark.parametrize(
    ("name", "is_same"),
    [
        ("typesetting/typeset.py", False),
        ("typesetting/inside/drawn_slots.py", False),
        ("composing/composer.py", True),
    ],
)
@pytest.mark.slow
def test_a_change_of_this_packages_code_is_another_engine(
    tmp_path: Path, name: str, is_same: bool
) -> None:
    # A process looks for packages in its own folder first.
    shutil.copytree(package_root(), tmp_path / "workshop")
    with (tmp_path / "workshop" / name).open("a") as file:
        file.write("# changed\n")
    assert (engine_of_new_process(tmp_path) == engine()) is is_same


def use_of(content: bytes, with_content: bytes = b"") -> FontUse:
    """Return the use of a font file."""
    digest = hashlib.sha256(content).hexdigest()
    return FontUse(
        "AAAAAA", digest, len(content), 0, with_content, True, "A", "A", 0, 0, 0, 0, ()
    )  # fmt: skip


def lato() -> bytes:
    """Return one of the product's font files."""
    return sorted(families()["Lato"].rglob("*.ttf"))[0].read_bytes()


def test_a_font_is_found_again_by_what_it_holds() -> None:
    use = use_of(lato())
    assert content_of(use, ["EB Garamond", "Lato"], (), Memory()) == lato()
    assert content_of(use, ["EB Garamond"], (), Memory()) == b""


def test_a_clients_own_font_is_found_in_the_job() -> None:
    own = JobFile("house.ttf", b"not a font, but of this length")
    assert content_of(use_of(own.content), ["Lato"], [own], Memory()) == own.content
    # One as long is not taken for it.
    as_long = JobFile("other.ttf", own.content[::-1])
    assert content_of(use_of(own.content), ["Lato"], [as_long], Memory()) == b""


def test_only_fonts_that_a_job_names_are_left_out() -> None:
    named, unnamed = use_of(lato(), lato()), use_of(b"another", b"another")
    assert named_by(["Lato"], (), [named, unnamed], Memory()) == (
        replace(named, content=b""),
        unnamed,
    )
    assert named_by(["EB Garamond"], (), [named], Memory()) == (named,)


def test_every_font_of_a_page_is_found_again(table: Table) -> None:
    job = replace(table.job("<p>Anna <b>Berg</b> <i>王 λ</i></p>"))
    fonts = typeset(job, table.memory).fonts
    assert len(fonts) >= 3
    for use in fonts:
        content = content_of(use, job.families, job.fonts, table.memory)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (use.size, use.sha256)

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.tiny_workspace.workspace import Tiny
from tests.tiny_workspace.workspace import laid_out_before as tiny
from workshop.building.kit.finished_kit import FinishedKit, read_kit
from workshop.building.kit.manifest import KitFile, Manifest
from workshop.diagnostics import ContentError, EnvironmentFault, Location, UsageError

pytestmark = pytest.mark.slow

__all__ = ["tiny"]


def test_a_file_is_given_out_as_it_was_built(tiny: Tiny) -> None:
    tiny.build("badge")
    kit = read_kit(tiny.root / "build", "tiny", "autumn")
    [anna, _] = kit.manifest.files
    assert kit.content(anna) == (tiny.kit / "badges" / "anna-berg.pdf").read_bytes()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda path: path.unlink(), "kit-file-missing"),
        (lambda path: path.write_bytes(path.read_bytes() + b"\n"), "kit-file-changed"),
    ],
)
def test_a_file_that_is_gone_or_another_is_not(
    tiny: Tiny, change: Callable[[Path], object], code: str
) -> None:
    tiny.build("badge")
    kit = read_kit(tiny.root / "build", "tiny", "autumn")
    change(tiny.kit / "badges" / "anna-berg.pdf")
    with pytest.raises(ContentError) as caught:
        kit.content(kit.manifest.files[0])
    [fault] = caught.value.diagnostics
    assert fault.code == code
    assert fault.hint == "Build again: workshop build --client tiny"


def test_a_manifest_leads_to_nothing_outside_its_kit(tmp_path: Path) -> None:
    folder = tmp_path / "tiny" / "autumn"
    folder.mkdir(parents=True)
    (tmp_path / "secret.pdf").write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    outside = KitFile("../../secret.pdf", "agenda", "manager", None, 1, empty)
    kit = FinishedKit(folder, Manifest("tiny", "autumn", (outside,)))
    with pytest.raises(ContentError, match="not in the kit"):
        kit.content(outside)


def broken() -> bytes:
    return b"not a PDF"


def encrypted() -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))
    return made.getvalue()


def of_two_pages() -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.add_blank_page()
        pdf.save(made)
    return made.getvalue()


@pytest.mark.parametrize("content", [broken(), encrypted(), of_two_pages()])
def test_a_file_that_is_no_pdf_is_told_though_its_checksum_fits(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "agenda.pdf").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    entry = KitFile("agenda.pdf", "agenda", "manager", None, 1, digest)
    with pytest.raises(ContentError, match="no PDF that can be read, or is encrypted") as caught:
        FinishedKit(tmp_path, Manifest("tiny", "autumn", (entry,))).content(entry)
    assert caught.value.diagnostics[0].location == Location(tmp_path / "agenda.pdf")


def test_a_folder_that_is_a_link_has_no_kit(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "tiny").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EnvironmentFault, match="build/tiny leads out of the folder for kits"):
        read_kit(tmp_path / "build", "tiny", "autumn")


def test_without_a_kit_the_message_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no finished kit") as caught:
        read_kit(tmp_path, "tiny", "autumn")
    assert (
        caught.value.diagnostics[0].hint
        == "Build it first: workshop build --client tiny --cohort autumn"
    )


def test_a_kit_in_another_kits_place_is_not_taken_for_it(tiny: Tiny) -> None:
    tiny.build("badge")
    tiny.kit.rename(tiny.kit.with_name("winter"))
    with pytest.raises(ContentError, match="list of the kit’s files is damaged"):
        read_kit(tiny.root / "build", "tiny", "winter")


def test_a_kit_that_a_killed_build_had_set_aside_is_read(tiny: Tiny) -> None:
    tiny.build("badge")
    tiny.kit.rename(tiny.kit.with_name(f".{tiny.kit.name}.old-1"))
    assert read_kit(tiny.root / "build", "tiny", "autumn").manifest.files

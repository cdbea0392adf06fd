from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tiny_workspace.workspace import Tiny
from workshop.building.kit.finished_kit import read_kit
from workshop.building.kit.manifest import KitFile, Manifest
from workshop.building.kit.manifest import write as write_manifest
from workshop.diagnostics import ContentError, UsageError

pytestmark = pytest.mark.slow


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
    write_manifest(Manifest("tiny", "autumn", (outside,)), folder)
    with pytest.raises(ContentError, match="not in the kit"):
        read_kit(tmp_path, "tiny", "autumn").content(outside)


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
    with pytest.raises(UsageError, match="There is no finished kit"):
        read_kit(tiny.root / "build", "tiny", "winter")


def test_a_kit_that_a_killed_build_had_set_aside_is_read(tiny: Tiny) -> None:
    tiny.build("badge")
    tiny.kit.rename(tiny.kit.with_name(f".{tiny.kit.name}.old-1"))
    assert read_kit(tiny.root / "build", "tiny", "autumn").manifest.files

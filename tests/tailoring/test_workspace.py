from __future__ import annotations

from pathlib import Path

import pytest

from workshop.diagnostics import ContentError
from workshop.tailoring.workspace import output_folder


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("output: kits/made\n", "kits/made"),
        ("", "build"),
        ("# nothing set\n", "build"),
        ("output: ../kits\n", "../kits"),
    ],
)
def test_kits_go_below_the_workspace_unless_it_says_otherwise(
    tmp_path: Path, text: str, folder: str
) -> None:
    (tmp_path / "workshop.yaml").write_text(text, encoding="utf-8")
    assert output_folder(tmp_path) == tmp_path / folder


def test_an_absolute_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "workshop.yaml").write_text("output: /srv/kits\n", encoding="utf-8")
    assert output_folder(tmp_path) == Path("/srv/kits")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("outptu: x\n", "Unknown key “outptu” [unknown-key]\n  Did you mean “output”?"),
        ("output: 7\n", '“output” must be text [wrong-type]\n  Put it in quotes: "7".'),
        ("output: [\n", "This is not valid YAML [yaml-syntax]"),
        (None, "There is no such file [file-missing]"),
    ],
)
def test_a_fault_in_the_settings(tmp_path: Path, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / "workshop.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        output_folder(tmp_path)
    assert message in str(caught.value)

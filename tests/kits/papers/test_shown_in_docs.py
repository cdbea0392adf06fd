"""What the guides show of the sample kits is what those have: pages, copies, papers and packs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import workshop
from tests.conftest import READINGS, REPOSITORY, Kits
from workshop.cli import main

DOCS = REPOSITORY / "docs"


def test_the_page_of_all_documents_is_the_one_that_is_written(kits: Kits, tmp_path: Path) -> None:
    [catalogue] = workshop.pictures(
        REPOSITORY, "acme", ["leeds-february"], target=tmp_path, output=kits.root, memory=READINGS
    )
    written = catalogue.page.read_text("utf-8")
    assert written.splitlines() == (DOCS / "documents.md").read_text("utf-8").splitlines()
    for picture in re.findall(r"\]\((pictures/[^)]+)\)", written):
        assert (DOCS / picture).is_file(), picture


def test_the_packs_of_a_kit_are_those_that_are_shown(
    kits: Kits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (DOCS / "printing.md").read_text("utf-8")
    [shown] = re.findall(r"^```\nbuild/(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    command, *_ = re.findall(r"^workshop (print .*)$", text, re.MULTILINE)
    monkeypatch.chdir(REPOSITORY)
    kit = "acme/boston-march"
    shutil.copytree(kits.root / kit, tmp_path / kit)
    arguments = [*command.split(), "--output", str(tmp_path)]
    printed = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert printed.exit_code == 0
    assert printed.stdout.replace(f"{tmp_path.as_posix()}/", "") == shown

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import CLIENT, Tiny


@pytest.mark.slow
def test_pictures_lie_beside_the_kit_or_where_one_says(tiny: Tiny, run: Run) -> None:
    tiny.build("badge")
    result = run("pictures", "--client", "tiny")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "build/tiny/autumn.pictures/documents.html: 1 document\n"
    result = run("pictures", "--client", "tiny", "--to", "shown")
    assert result.stdout == "shown/documents.md: 1 document\n"
    assert (tiny.root / "shown/pictures/badge.png").read_bytes().startswith(b"\x89PNG")


def test_without_a_kit_the_message_says_how_to_make_it(tiny: Tiny, run: Run) -> None:
    result = run("pictures", "--client", "tiny")
    assert result.exit_code == 2
    assert "Build it first: workshop build --client tiny --cohort autumn" in result.stderr


def test_two_cohorts_do_not_go_into_one_folder(tiny: Tiny, run: Run) -> None:
    tiny.change(CLIENT, "cohorts:\n", "cohorts:\n  winter: {headcount: 4}\n")
    result = run("pictures", "--client", "tiny", "--to", "shown")
    assert result.exit_code == 2
    assert "Name one with --cohort: winter, autumn." in result.stderr
    assert not (tiny.root / "shown").exists()

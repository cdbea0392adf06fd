from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from workshop.cli.show_faults import ShownError, show
from workshop.diagnostics import (
    ContentError,
    Diagnostic,
    EnvironmentFault,
    Location,
    Severity,
    UsageError,
    WorkshopError,
)

PLACE = Location(Path("client.yaml"), 7, 3)
ERROR = Diagnostic("unknown-key", "Unknown key “papr”", PLACE, "Did you mean “paper”?")
WARNING = Diagnostic("contrast", "This is pale", severity=Severity.WARNING)
SHOWN = (
    "client.yaml:7:3: error: Unknown key “papr” [unknown-key]\n"
    "  Did you mean “paper”?\n"
    "warning: This is pale [contrast]\n"
)


def test_place_sentence_and_hint_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    show([ERROR, WARNING])
    assert capsys.readouterr() == ("", SHOWN)


@pytest.mark.parametrize(
    ("family", "code"), [(ContentError, 1), (UsageError, 2), (EnvironmentFault, 3)]
)
def test_each_family_of_faults_has_its_exit_code(family: type[WorkshopError], code: int) -> None:
    @click.command()
    def command() -> None:
        raise ShownError(family([ERROR, WARNING]))

    result = CliRunner().invoke(command)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", SHOWN)


def test_colour_is_for_terminals_only() -> None:
    @click.command()
    def command() -> None:
        show([ERROR])

    assert "\x1b[" not in CliRunner().invoke(command).stderr
    assert "\x1b[31m" in CliRunner().invoke(command, color=True).stderr

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import RealRun, Run
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, in_part
from tests.tiny_workspace.workspace import laid_out_before as tiny

__all__ = ["tiny"]

BADGE = "templates/badge/document.html.j2"
TIGHT = '<div style="height: 6mm"><p>one<p>two<p>three</div>'
FOUND = (
    f"{BADGE}: SEVERITY: tiny autumn, badge, page 1: “two” runs out of its box at the bottom "
    "[clipped-text]"
)


def test_a_client_in_order_is_told_what_there_is_to_make(run: Run, tiny: Tiny) -> None:
    result = run("check", "--quick", "--client", "tiny")
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.fullmatch(r"tiny: 1 cohort, \d+ PDFs to make, nothing wrong\.\n", result.stdout)
    assert not (tiny.root / "build").exists()


def test_without_a_name_every_client_is_checked(run: Run, tiny: Tiny) -> None:
    tiny.write("clients/other/client.yaml", "name: Other\npaper: A3\n")
    result = run("check", "--quick")
    assert result.exit_code == 1
    assert re.fullmatch(r"tiny: 1 cohort, \d+ PDFs to make, nothing wrong\.\n", result.stdout)
    assert result.stderr.startswith("clients/other/client.yaml:2:8: error: ")


def test_a_cohort_is_checked_alone(run: Run, tiny: Tiny) -> None:
    tiny.change(CLIENT, "cohorts:\n", "cohorts:\n  spring: {roster: none.csv}\n")
    assert run("check", "--quick", "--client", "tiny").exit_code == 1
    result = run("check", "--quick", "--client", "tiny", "--cohort", "autumn")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("tiny: 1 cohort, ")
    result = run("check", "--quick", "--client", "tiny", "--cohort", "atumn")
    assert result.exit_code == 2
    assert "Did you mean “autumn”?" in result.stderr
    result = run("check", "--quick", "--cohort", "autumn")
    assert result.exit_code == 2
    assert "no client is named [no-client]\n  Name it with `--client`." in result.stderr


@pytest.mark.slow
def test_every_fault_is_shown_in_one_run(real_run: RealRun, tiny: Tiny) -> None:
    tiny.write("clients/tiny/client.yaml", "nmae: Tiny\npaper: A3\ncohorts: {Autumn: {}}\n")
    done = real_run("check", "--quick", "--client", "tiny")
    assert (done.returncode, done.stdout) == (1, "")
    faults = [line for line in done.stderr.splitlines() if not line.startswith("  ")]
    assert len(faults) >= 3
    assert all(line.startswith("clients/tiny/client.yaml:") for line in faults)
    assert "Did you mean “name”?" in done.stderr


def test_warnings_do_not_fail_it(run: Run, tiny: Tiny) -> None:
    tiny.write(ROSTER, "name\nAnna Berg\n")
    result = run("check", "--quick")
    assert result.exit_code == 0
    assert result.stdout.endswith(", 2 warnings.\n")
    assert result.stderr.startswith("clients/tiny/roster.csv:1: warning: ")


def test_the_workspace_s_settings_are_checked_too(run: Run, tiny: Tiny) -> None:
    tiny.write("workshop.yaml", "outptu: kits\n")
    result = run("check", "--quick", "--client", "tiny")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "workshop.yaml:1:1: error: Unknown key “outptu” [unknown-key]",
        "  Did you mean “output”?",
    ]


def test_a_workspace_without_clients_says_so(run: Run, tiny: Tiny) -> None:
    (tiny.root / "clients").rename(tiny.root / "no-clients")
    result = run("check", "--quick")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "No clients yet.\n", "")


@pytest.mark.slow
def test_pages_are_looked_through_and_what_is_wrong_is_counted(run: Run, tiny: Tiny) -> None:
    tiny.write(BADGE, in_part(TIGHT))
    result = run("check", "--jobs", "1")
    assert result.exit_code == 0
    assert re.fullmatch(r"tiny: 1 cohort, \d+ PDFs to make, 1 fault on pages\.\n", result.stdout)
    told, hint = result.stderr.splitlines()
    assert told == FOUND.replace("SEVERITY", "warning")
    assert hint.startswith("  Shorten the text")
    assert not (tiny.root / "build").exists()


@pytest.mark.slow
def test_to_be_strict_makes_it_fail(run: Run, tiny: Tiny) -> None:
    tiny.write(BADGE, in_part(TIGHT))
    result = run("check", "--jobs", "1", "--strict")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[0] == FOUND.replace("SEVERITY", "error")
    assert run("check", "--quick", "--strict").exit_code == 0


@pytest.mark.slow
def test_a_sound_client_passes_strictly(run: Run, tiny: Tiny) -> None:
    tiny.write(ROSTER, "name\nAnna Berg\n")
    result = run("check", "--jobs", "1", "--strict")
    assert result.exit_code == 0
    assert result.stdout.endswith(", 2 warnings.\n")

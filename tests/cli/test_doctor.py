from __future__ import annotations

import ctypes.util

import pytest

from tests.cli.conftest import Run


def test_a_machine_with_everything_is_fine(run: Run) -> None:
    result = run("doctor")
    assert (result.exit_code, result.stderr) == (0, "")
    *findings, last = result.stdout.splitlines()
    assert last == "This machine has all it needs."
    assert all(line.startswith("ok  ") for line in findings)
    assert {"Python", "HarfBuzz subsetter", "weasyprint", "fonts", "library"} <= {
        line[4:].split("  ")[0] for line in findings
    }


def test_a_missing_library_is_named_with_the_line_that_installs_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(name: str) -> str | None:
        return None if name == "harfbuzz-subset" else ctypes.util.find_library(name)

    monkeypatch.setattr("workshop.typesetting.examine_machine.find_library", find)
    result = run("doctor")
    assert result.exit_code == 3
    [missing] = [line for line in result.stdout.splitlines() if line.startswith("missing")]
    assert missing.split("  ")[1] == "HarfBuzz subsetter"
    assert "This machine has all it needs." not in result.stdout
    fault, hint = result.stderr.splitlines()
    assert fault == "error: HarfBuzz subsetter: not found [machine]"
    assert "libharfbuzz-subset0" in hint or "brew install pango" in hint

"""What layout needs of the machine: found, or told how to get it."""

from __future__ import annotations

import builtins
import sys
from types import ModuleType

import pytest

from tests.typesetting.conftest import Table
from workshop.diagnostics import EnvironmentFault
from workshop.typesetting import examine_machine
from workshop.typesetting.examine_machine import examine, how_to_install


def test_this_machine_has_all_that_layout_needs() -> None:
    assert [finding.what for finding in examine() if not finding.fine] == []


def test_a_native_library_that_is_missing_is_told_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(examine_machine, "find_library", lambda _name: None)
    lacking = [finding for finding in examine() if not finding.fine]
    assert "Pango" in [finding.what for finding in lacking]
    fault = lacking[0].diagnostic()
    assert "Pango: not found" in fault.message
    assert fault.hint == how_to_install()


@pytest.mark.parametrize(
    ("platform", "line"), [("linux", "apt-get install libpango-1.0-0"), ("darwin", "brew install")]
)
def test_the_line_to_type_is_the_systems_own(
    monkeypatch: pytest.MonkeyPatch, platform: str, line: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert line in how_to_install()


def test_a_package_or_font_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine_machine, "_PACKAGES", ("no-such-package-anywhere",))
    monkeypatch.setattr(examine_machine, "families", dict)
    lacking = {finding.what: finding for finding in examine() if not finding.fine}
    assert lacking["no-such-package-anywhere"].state == "not installed"
    assert "Source Sans 3" in lacking["fonts"].state


def test_layout_without_its_library_is_the_machines_fault_and_no_traceback(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    imports = builtins.__import__

    def without_pango(name: str, *args: object, **words: object) -> ModuleType:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'\nand more")
        return imports(name, *args, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(EnvironmentFault) as caught:
        table.lay_out("<p>x</p>")
    [fault] = caught.value.diagnostics
    assert fault.message.endswith("cannot load library 'libpango-1.0-0'")
    assert "workshop doctor" in str(fault.hint)
    assert caught.value.exit_code == 3

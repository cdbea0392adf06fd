from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from workshop.diagnostics import Diagnostic, Report
from workshop.tailoring.people.columns import RosterSettings
from workshop.tailoring.people.read_roster import RosterReading, understand_roster

SEGMENTS = ("high-flier", "stalled-manager", "solid-performer", "demotivated")

Understand = Callable[..., tuple[RosterReading, list[Diagnostic]]]


@pytest.fixture
def understand(tmp_path: Path) -> Understand:
    """Read a table, of the bytes or the text of a file, and return the faults besides."""

    def understood(
        content: bytes | str, settings: RosterSettings | None = None
    ) -> tuple[RosterReading, list[Diagnostic]]:
        raw = content.encode() if isinstance(content, str) else content
        path = tmp_path / ("people.xlsx" if raw.startswith(b"PK") else "people.csv")
        path.write_bytes(raw)
        report = Report()
        reading = understand_roster(path, SEGMENTS, report, None, settings)
        assert (reading.roster is None) == bool(report.errors)
        return reading, report.diagnostics

    return understood

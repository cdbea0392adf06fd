"""The library's looks on whole papers: no two are alike, and each takes its colours late."""

from __future__ import annotations

import pytest

from tests.assembly.reading import Reading
from tests.tiny_workspace.workspace import CLIENT, Tiny
from workshop.building.build_plan import BuildProgress

pytestmark = pytest.mark.slow
LOOKS = ("letterpress", "signal", "field-notes")


def test_looks_differ_and_a_colour_takes_no_layout_in_any(tiny: Tiny) -> None:
    pages = []
    for look in LOOKS:
        head = f'name: Tiny Ltd\nlook: {look}\ncolours:\n  brand: "#0b5d4e"\n'
        cohorts = (tiny.root / CLIENT).read_text(encoding="utf-8").partition("cohorts:")
        tiny.write(CLIENT, head + "".join(cohorts[1:]))
        tiny.build("participant-workbook")
        tiny.change(CLIENT, "#0b5d4e", "#7a1f5c")
        told: list[BuildProgress] = []
        tiny.build("participant-workbook", on_progress=told.append)
        assert sum(step.done - step.kept for step in told if step.stage == "lay out") == 0
        [workbook, *_] = sorted((tiny.kit / "participant-workbook").iterdir())
        cover, _, opener, *_ = Reading(workbook.read_bytes()).images(20, "RGB")
        pages.append((cover.tobytes(), opener.tobytes()))
    assert len({cover for cover, _ in pages}) == len({page for _, page in pages}) == len(LOOKS)

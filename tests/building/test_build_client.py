"""A client's build from start to end: asked, read, built and remembered, or nothing to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import workshop
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents
from workshop.building.build_client import build_client
from workshop.building.build_plan import BuildProgress
from workshop.building.reuse.nothing_to_do import BuildReport, BuildRequest, KitSummary
from workshop.diagnostics import ContentError, Diagnostic, UsageError
from workshop.keeping.memory import Memory

pytestmark = pytest.mark.slow

BADGE = "templates/badge/document.html.j2"
TIGHT = '{% call part("badge") %}<div style="height: 6mm"><p>one<p>two<p>three</div>{% endcall %}'


class Client:
    """Builds badges of the tiny workspace's client, and notes what is told meanwhile."""

    def __init__(self, tiny: Tiny, output: Path | None = None) -> None:
        self._request = BuildRequest(tiny.root, "tiny", documents=("badge",), output=output)
        self.progress: list[BuildProgress] = []
        self.warnings: list[Diagnostic] = []

    def build(self, memory: Memory | None = None, *, strict: bool = False) -> BuildReport:
        """Build once more."""
        self.progress.clear()
        self.warnings.clear()
        return build_client(
            self._request, self.progress.append, self._warn, memory, jobs=1, strict=strict
        )

    def _warn(self, warnings: Sequence[Diagnostic]) -> None:
        self.warnings.extend(warnings)


def test_a_second_build_of_the_same_does_nothing_and_says_so(tiny: Tiny) -> None:
    client = Client(tiny)
    first = client.build()
    assert first == BuildReport((KitSummary(tiny.kit, 2, 2),), ())
    assert first.is_new
    assert client.progress
    whole, inode = contents(tiny.kit), tiny.kit.stat().st_ino
    second = client.build()
    assert (second.kits, second.files, second.is_new) == (first.kits, 2, False)
    assert client.progress == []
    assert tiny.kit.stat().st_ino == inode
    assert contents(tiny.kit) == whole
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    assert client.build().is_new
    assert "badges/bo-lindh.pdf" in contents(tiny.kit)


def test_kits_go_where_they_are_asked_to_go(tiny: Tiny, tmp_path: Path) -> None:
    client = Client(tiny, tmp_path / "elsewhere")
    [kit] = client.build().kits
    assert kit.folder == tmp_path / "elsewhere" / "tiny" / "autumn"
    assert not (tiny.root / "build").exists()
    assert not client.build().is_new
    assert Client(tiny).build().is_new


def test_warnings_of_files_and_of_pages_are_told_and_told_again(tiny: Tiny) -> None:
    tiny.write(ROSTER, "name\nAnna Berg\n")
    tiny.write(BADGE, TIGHT)
    client = Client(tiny)
    first = client.build()
    codes = [warning.code for warning in first.warnings]
    assert codes == ["roster-no-manager", "too-few", "clipped-text"]
    assert client.warnings == list(first.warnings)
    second = client.build()
    assert not second.is_new
    assert second.warnings == first.warnings
    assert client.warnings == list(first.warnings)


def test_a_strict_build_does_not_pass_what_a_build_has_warned_of(tiny: Tiny) -> None:
    client = Client(tiny)
    client.build()
    sound = contents(tiny.kit)
    assert not client.build(strict=True).is_new
    tiny.write(BADGE, TIGHT)
    with pytest.raises(ContentError, match="runs out of its box"):
        client.build(strict=True)
    assert contents(tiny.kit) == sound
    client.build()
    warned = contents(tiny.kit)
    assert warned != sound
    with pytest.raises(ContentError, match="runs out of its box"):
        client.build(strict=True)
    assert contents(tiny.kit) == warned


def test_a_strict_build_passes_warnings_about_files(tiny: Tiny) -> None:
    tiny.write(ROSTER, "name\nAnna Berg\n")
    client = Client(tiny)
    codes = [warning.code for warning in client.build().warnings]
    assert codes == ["roster-no-manager", "too-few"]
    assert not client.build(strict=True).is_new


def test_a_memory_s_parts_are_used_again(tiny: Tiny) -> None:
    memory = Memory()
    workshop.build(tiny.root, "tiny", (), ["agenda"], jobs=1, memory=memory)
    told: list[BuildProgress] = []
    workshop.build(
        tiny.root, "tiny", (), ["agenda", "badge"], jobs=1, memory=memory, on_progress=told.append
    )
    laid_out = [(step.what, step.kept) for step in told if step.stage == "lay out"]
    assert ("agenda", 1) in laid_out
    assert laid_out[-1][1] == 1
    assert not (tiny.root / ".workshop-cache" / "parts").exists()


def test_processes_of_this_machine_and_of_others_are_not_both_asked_for(tiny: Tiny) -> None:
    with pytest.raises(UsageError, match="--jobs is for this machine, --cluster for others"):
        workshop.build(tiny.root, "tiny", jobs=2, cluster="127.0.0.1:8786")
    assert not (tiny.root / "build").exists()


def test_nothing_is_remembered_of_a_build_that_failed(tiny: Tiny) -> None:
    client = Client(tiny)
    client.build()
    tiny.change(CLIENT, "roster: roster.csv", "roster: none.csv")
    for _ in range(2):
        with pytest.raises(ContentError):
            client.build()

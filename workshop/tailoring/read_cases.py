"""Read the cases that modules call for, and the pages of prompts for some participants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workshop.content.block_tree import Block, walk
from workshop.content.case import Case, read_case
from workshop.content.module import Module
from workshop.diagnostics import Location, Report, nearest
from workshop.keeping.memory import Memory
from workshop.workspace.overlay import Overlay


class CaseReader:
    """Reads cases of an overlay; faults go into `report`."""

    def __init__(self, overlay: Overlay, report: Report, memory: Memory) -> None:
        self._overlay = overlay
        self._report = report
        self._memory = memory

    def called_by(self, modules: Iterable[Module]) -> Iterator[tuple[str, Case]]:
        """Yield the cases that modules call for, by name, without those at fault."""
        calls: dict[str, Block] = {}
        for module in modules:
            for block in walk(module.body):
                if block.kind == "case":
                    calls.setdefault(str(block.options["name"]), block)
        for name, block in calls.items():
            if case := self._case(name, block):
                yield name, case

    def for_segments(self, segments: Iterable[str], place: Location) -> Iterator[tuple[str, Case]]:
        """Yield the page of prompts of each segment; `place` is where the client asks for them."""
        for segment in segments:
            name = f"segments/{segment}.md"
            file = self._overlay.find("cases", name)
            if file is None:
                self._report.error(
                    "no-segment-page",
                    f"There is no page of prompts for the segment “{segment}”",
                    place,
                    f"Write cases/{name} in the client’s folder.",
                )
            elif page := read_case(file.path, self._report, self._memory):
                yield segment, page

    def _case(self, name: str, block: Block) -> Case | None:
        file = self._overlay.find("cases", f"{name}.md")
        if file is None:
            names = [case.removesuffix(".md") for case in self._overlay.names("cases", "*.md")]
            message = f"There is no case “{name}”"
            self._report.error("unknown-case", message, block.location, nearest(name, names))
            return None
        return read_case(file.path, self._report, self._memory)

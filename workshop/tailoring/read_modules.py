"""Read the modules of an overlay, each once, so that each fault in them is told once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from workshop.content.module import Module, read_module
from workshop.content.programme import Programme
from workshop.diagnostics import Report
from workshop.keeping.memory import Memory
from workshop.workspace.overlay import LayerFile, Overlay


class ModuleReader:
    """Reads modules of an overlay for a programme, if that could be read.

    Faults go into `report`. `titles` are the client's own, by the modules' names.
    """

    def __init__(
        self,
        overlay: Overlay,
        programme: Programme | None,
        report: Report,
        memory: Memory,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        self._overlay = overlay
        self._programme = programme
        self._report = report
        self._memory = memory
        self._titles = titles or {}
        self._read: dict[str, Module | None] = {}

    @cached_property
    def names(self) -> list[str]:
        """The names of all modules there are."""
        return [name.removesuffix(".md") for name in self._overlay.names("modules", "*.md")]

    def module(self, name: str) -> Module | None:
        """Return a module; None for an unknown one, which is not reported, or one at fault."""
        if name not in self._read:
            file = self._overlay.find("modules", f"{name}.md")
            module = (
                read_module(file.path, self._segments(file), self._report, self._memory)
                if file
                else None
            )
            self._read[name] = self._called(module) if module else None
        return self._read[name]

    def _called(self, module: Module) -> Module:
        """Return a module with the title that the client gives it, if it does."""
        title = self._titles.get(module.name)
        return module.with_title(title) if title else module

    def _segments(self, file: LayerFile) -> Collection[str] | None:
        """Return the segments that a module may suit; None where it may suit any.

        The library's modules suit the segments of its own programme; in another programme they are
        for everybody.
        """
        if self._programme is None:
            return None
        library = self._overlay.layers[-1].folder("modules")
        is_another = library != self._programme.source.path.parent
        return None if is_another and file.path.parent == library else self._programme.file.segments

    def read_own(self) -> None:
        """Read all modules of the topmost layer, for the faults in them."""
        for name in self.names:
            file = self._overlay.find("modules", f"{name}.md")
            if file and file.layer is self._overlay.layers[0]:
                self.module(name)

    def left_out(self, modules: Mapping[str, Module]) -> dict[str, Module]:
        """Return the modules that are not among `modules`; those with faults are left out too."""
        absent: dict[str, Module] = {}
        for name in self.names:
            file = self._overlay.find("modules", f"{name}.md")
            if name in modules or file is None:
                continue
            faults = Report()
            # Whom they suit does not matter: they may be made for another programme's segments.
            module = read_module(file.path, None, faults, self._memory)
            if module and not faults.errors:
                absent[module.name] = self._called(module)
        return absent

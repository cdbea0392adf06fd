"""Runs of earlier builds: those whose templates would read the same of the modules' texts again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from workshop.composing.language.mistakes import Faults
from workshop.composing.pages.make_jobs import Jobs
from workshop.composing.reuse.template_run import Kept, TemplateRun, from_data, to_data
from workshop.composing.views.module_read import Notes, ReadPath, digest_of_read
from workshop.composing.views.records import ModuleView
from workshop.planning.day import Day
from workshop.tailoring.documents import Document

_RUNS, _READ = "runs", "read"


class Earlier:
    """The runs kept of one cohort's documents; `module` gives what an audience reads of one.

    Of a document two things are kept: its runs, by what they read of the modules' texts; and what
    that was, so that it can be looked at before a template is.
    """

    def __init__(
        self, kept: Kept, jobs: Jobs, day: Day, module: Callable[[str, str], ModuleView]
    ) -> None:
        self._kept = kept
        self._jobs = jobs
        self._module = module
        names = [planned.module.name for planned in day.modules]
        self._texts = {name: kept.texts.get(name, "") for name in names}
        self._paths: dict[str, Mapping[str, Iterable[ReadPath]]] = {}

    def runs_of(self, document: Document) -> list[TemplateRun]:
        """Return the runs that are kept of a document.

        Raises `ContentError` for what is wrong in the text of a module that has changed.
        """
        read = self._kept.get(_READ, document.name, self._kept.fronts)
        if read is None:
            return []
        digests = self._texts if read["paths"] is None else self._digests(document, read)
        data = self._kept.get(_RUNS, document.name, self._kept.fronts, *_flat(digests))
        if data is None:
            return []
        if read["paths"] is not None:
            self._paths[document.name] = _as_paths(read["paths"])
            if read["texts"] != self._texts:
                self._note(document.name, read["paths"], digests)
        return [from_data(one, self._jobs) for one in data]

    def keep(self, document: Document, runs: Sequence[TemplateRun], notes: Notes) -> None:
        """Keep runs of a document for the next build, with all that its templates read."""
        paths, digests = None, self._texts
        if not notes.everything:
            paths, digests = {}, {}
            before = self._paths.get(document.name, {})
            for name in sorted({*notes.paths, *before}):
                if found := {*notes.paths.get(name, ()), *before.get(name, ())}:
                    paths[name] = sorted(found, key=repr)
                    view = self._module(document.file.audience, name)
                    digests[name] = digest_of_read(view, found)
        self._note(document.name, paths, digests)
        data = [to_data(run) for run in runs]
        self._kept.put(data, _RUNS, document.name, self._kept.fronts, *_flat(digests))

    def _note(self, document: str, paths: object, digests: Mapping[str, str]) -> None:
        data = {"texts": self._texts, "paths": paths, "digests": digests}
        self._kept.put(data, _READ, document, self._kept.fronts)

    def _digests(self, document: Document, read: Mapping[str, Any]) -> dict[str, str]:
        """Return the digests of what was read as they would be now."""
        digests, paths = dict(read["digests"]), _as_paths(read["paths"])
        faults = Faults()
        for name, text in self._texts.items():
            if read["texts"].get(name) != text:
                # Looked at even if nothing of it was read: it may be wrong now.
                with faults.kept():
                    view = self._module(document.file.audience, name)
                    if name in paths:
                        digests[name] = digest_of_read(view, paths[name])
        faults.stop()
        return digests


def _as_paths(data: Mapping[str, Iterable[Iterable[str | int]]]) -> dict[str, list[ReadPath]]:
    return {name: [tuple(path) for path in paths] for name, paths in data.items()}


def _flat(digests: Mapping[str, str]) -> list[str]:
    return [piece for pair in sorted(digests.items()) for piece in pair]

"""Find files of a kit that would be written over each other, before anything is made.

No path can be that of a file and of another's folder. Nor can two differ only in capitals, or in
how Unicode writes an accent: many disks take them for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import combinations

from workshop.diagnostics import Report
from workshop.planning.file_names import as_disks_see
from workshop.planning.job import Job
from workshop.tailoring.documents import Document

_BLANK = re.compile(r"\{.*?\}")


def report_clashes(
    documents: Iterable[Document], jobs_of: Callable[[Document], Iterable[Job]], report: Report
) -> None:
    """Report documents of which a file would be in the place of another document's."""
    pairs = [pair for pair in combinations(documents, 2) if _may_meet(*pair)]
    taken: dict[str, Job] = {}
    told: set[tuple[str, str]] = set()
    # Hardly ever are there any: most documents have a folder of their own.
    for document in {document.name: document for pair in pairs for document in pair}.values():
        own: dict[str, Job] = {}
        for job in jobs_of(document):
            *folders, path = _with_folders(as_disks_see(job.file))
            # A file may lie in a folder of another's files, but not be that folder.
            other = next((taken[folder] for folder in folders if folder in taken), None)
            other = other or taken.get(path) or taken.get(f"{path}/")
            if other and (other.document.name, document.name) not in told:
                told.add((other.document.name, document.name))
                _report(other, job, report)
            own[path] = job
            for folder in folders:
                own.setdefault(f"{folder}/", job)
        taken |= own


def _report(first: Job, second: Job, report: Report) -> None:
    where = f"{first.file} and {second.file}" if first.file != second.file else first.file
    report.error(
        "file-name",
        f"{_words(first)} and {_words(second)} would be written over each other, to {where}",
        second.document.place,
        f"Give one of them another file name: that of “{first.document.name}” is set in"
        f" {first.document.place}. Or have the client exclude one.",
    )


def _words(job: Job) -> str:
    return f"“{job.document.name}”" + (f" for {job.name}" if job.name else "")


def _with_folders(path: str) -> list[str]:
    """Return the folders that a path leads through, the outermost first, and then the path."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _may_meet(first: Document, second: Document) -> bool:
    """Tell whether some file of a document could have the path of another's, or be its folder."""
    parts = (as_disks_see(document.file.file).split("/") for document in (first, second))
    return all(
        own == other or bool(_BLANK.search(own + other)) for own, other in zip(*parts, strict=False)
    )

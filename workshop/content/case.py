"""Read a case, fictional material that a client may replace, into its title and blocks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from workshop.content.block_scanner import scan_all
from workshop.content.block_tree import Node
from workshop.content.doubts.doubtful_texts import check_texts
from workshop.content.source_file import parse_source
from workshop.content.yaml.files import FileModel, read_text, validate
from workshop.diagnostics import Report
from workshop.keeping.memory import Memory


class CaseFrontMatter(FileModel):
    """Describes what the head of a case's file may say."""

    title: str = Field(min_length=1)


@dataclass(frozen=True)
class Case:
    """Holds the material for an exercise: a text to read, cards to cut out, or both."""

    name: str
    path: Path
    title: str
    body: tuple[Node, ...]


def read_case(path: Path, report: Report, memory: Memory | None = None) -> Case | None:
    """Read a case's file; return None if its head or its blocks are at fault.

    `report` gets every fault; what is wrong in its texts alone leaves a case.
    """
    faults, doubts = Report(), Report()
    text = read_text(path, faults)
    file = None if text is None else parse_source(text, path, faults, memory)
    front = validate(file.front, CaseFrontMatter, faults) if file and file.front else None
    tree: tuple[Node, ...] = ()
    if file:
        block_faults = Report()
        scanned = scan_all(file.body, path, block_faults, root="case", first_line=file.first_line)
        tree = scanned.tree
        faults.extend(block_faults)
        check_texts("case", file, scanned, block_faults, doubts, memory)
    report.extend((*faults, *doubts))
    return Case(path.stem, path, front.title, tree) if front and not faults.errors else None

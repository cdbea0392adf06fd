"""Read a case, fictional material that a client may replace, into its title and blocks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from workshop.content.block_tree import Node, scan
from workshop.content.doubtful_texts import check_marks, check_plain_values
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
    """Read a case's file; return None, with every fault in `report`, if anything is wrong."""
    faults = Report()
    text = read_text(path, faults)
    file = None if text is None else parse_source(text, path, faults, memory)
    front = validate(file.front, CaseFrontMatter, faults) if file else None
    body = scan(file.body, path, faults, root="case", first_line=file.first_line) if file else ()
    check_marks(body, faults)
    if file:
        check_plain_values(file.front, faults)
    report.extend(faults)
    return Case(path.stem, path, front.title, body) if front and not faults.errors else None

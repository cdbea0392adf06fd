"""A case's file into its title and blocks: fictional material that a client may replace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from workshop.content.block_tree import Node, scan
from workshop.content.source_file import parse_source
from workshop.content.yaml.files import FileModel, read_text, validate
from workshop.diagnostics import Report


class CaseFrontMatter(FileModel):
    """What the head of a case's file may say."""

    title: str = Field(min_length=1)


@dataclass(frozen=True)
class Case:
    """Material for an exercise: a text to read, cards to cut out, or both."""

    name: str
    path: Path
    title: str
    body: tuple[Node, ...]


def read_case(path: Path, report: Report) -> Case | None:
    """Read a case's file; None when anything in it is wrong, with every fault in `report`."""
    own = Report()
    text = read_text(path, own)
    file = None if text is None else parse_source(text, path, own)
    front = validate(file.front, CaseFrontMatter, own) if file else None
    body = scan(file.body, path, own, root="case", first_line=file.first_line) if file else ()
    report.extend(own)
    return Case(path.stem, path, front.title, body) if front and not own.errors else None

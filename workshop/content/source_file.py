"""Split a Markdown file into its front matter and the text below it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workshop.content.yaml.files import YamlSource, parse_yaml, split_front_matter
from workshop.diagnostics import Report
from workshop.keeping.memory import Memory


@dataclass(frozen=True)
class SourceFile:
    """Holds a file's text, its front matter, its body, and the line the body begins on.

    Without front matter, there are faults in it; the body may still be looked through.
    """

    path: Path
    text: str
    front: YamlSource | None
    body: str
    first_line: int


def parse_source(
    text: str, path: Path, report: Report, memory: Memory | None = None
) -> SourceFile | None:
    """Split a module's or case's text; return None, with the fault in `report`, if that fails.

    `report` gets what is wrong in the front matter, too.
    """
    halves = split_front_matter(text, path, report)
    if halves is None:
        return None
    front = parse_yaml(halves.front, path, report, memory, first_line=2)
    return SourceFile(path, text, front, halves.body, halves.body_line)

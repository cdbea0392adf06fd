"""Read the trainer's text files, and parse and validate the YAML in them.

All other modules import the reading and validating of YAML from here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from workshop.content.yaml.error_wording import Fault
from workshop.content.yaml.parse import parse_yaml
from workshop.content.yaml.source import YamlSource
from workshop.content.yaml.validation import FileModel, is_valid, validate
from workshop.diagnostics import Location, Report
from workshop.file_errors import why_unread
from workshop.keeping.memory import Memory
from workshop.limits import SETTINGS_FILE, TEXT_FILE, Limit
from workshop.user_files import RefusedFile, read_file

__all__ = [
    "Fault",
    "FileModel",
    "FileParts",
    "YamlSource",
    "is_valid",
    "parse_yaml",
    "read_text",
    "read_yaml",
    "split_front_matter",
    "validate",
]


class FileParts(NamedTuple):
    """Holds a file's front matter, which begins in line 2, its body, and the body's first line."""

    front: str
    body: str
    body_line: int


def read_yaml(path: Path, report: Report, memory: Memory | None = None) -> YamlSource | None:
    """Read a YAML file that holds a mapping; an empty file counts as an empty mapping.

    Return None, with the faults in `report`, if the file cannot be read or holds no mapping.
    """
    text = read_text(path, report, SETTINGS_FILE)
    return None if text is None else parse_yaml(text, path, report, memory)


def read_text(path: Path, report: Report, limit: Limit = TEXT_FILE) -> str | None:
    r"""Read a UTF-8 file, with or without a byte order mark; line ends become `\n`.

    Return None, with the fault in `report`, if the file cannot be read.
    """
    try:
        content = read_file(path, limit)
    except (FileNotFoundError, NotADirectoryError):
        report.error("file-missing", "There is no such file", Location(path))
    except OSError as error:
        reason, cure = why_unread(error)
        message = f"The file cannot be read: {reason}"
        report.error(_code(error), message, Location(path), cure)
    except ValueError as error:  # a NUL in the name
        report.error("file-unreadable", f"The file cannot be read: {error}", Location(path))
    else:
        return _decode(content, path, report)
    return None


def _code(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "file-folder"
    return "file-refused" if isinstance(error, RefusedFile) else "file-unreadable"


def _decode(content: bytes, path: Path, report: Report) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        line = before.count("\n") + 1
        report.error(
            "file-encoding",
            "The file is not UTF-8 text from here on",
            Location(path, line, len(before) - before.rfind("\n")),
            "Save it again with the encoding “UTF-8”.",
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_front_matter(text: str, path: Path, report: Report) -> FileParts | None:
    """Split a file at the two lines `---` around its front matter.

    Return None, with the fault in `report`, if the first line is not `---` or no second follows.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    fences = [number for number, line in enumerate(lines) if re.fullmatch(r"---\s*", line)]
    if fences[:1] != [0]:
        report.error(
            "no-front-matter",
            "The file does not begin with front matter",
            Location(path, 1, 1),
            "Write a line --- first, then the keys, then a line --- again.",
        )
        return None
    if len(fences) == 1:
        report.error(
            "front-matter-unclosed",
            "The front matter that opens here is not closed",
            Location(path, 1, 1),
            "Write a line --- between the keys and the text.",
        )
        return None
    end = fences[1]
    return FileParts("\n".join(lines[1:end]) + "\n", "\n".join(lines[end + 1 :]), end + 2)

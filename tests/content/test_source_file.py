from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.source_file import SourceFile, parse_source
from workshop.content.yaml.files import read_text
from workshop.diagnostics import Report


def read(tmp_path: Path, content: bytes) -> tuple[SourceFile | None, Report]:
    path = tmp_path / "case.md"
    path.write_bytes(content)
    report = Report()
    text = read_text(path, report)
    return None if text is None else parse_source(text, path, report), report


@pytest.mark.parametrize(
    "content",
    [b"---\ntitle: A\n---\n\nText.\n", b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\n\r\nText.\r\n"],
    ids=["plain", "from Windows, with a byte order mark"],
)
def test_a_file_is_front_matter_and_text_with_the_lines_of_the_file(
    tmp_path: Path, content: bytes
) -> None:
    file, report = read(tmp_path, content)
    assert list(report) == []
    assert file
    assert file.front
    assert file.front.data == {"title": "A"}
    assert (file.front.location("title").line, file.front.location("title").column) == (2, 8)
    assert (file.body, file.first_line) == ("\nText.\n", 4)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Text.\n", "no-front-matter"),
        (b"---\ntitle: A\n", "front-matter-unclosed"),
        (b"---\ntitle: \xe9\n---\n", "file-encoding"),
    ],
)
def test_a_file_that_cannot_be_parted_is_one_fault(
    tmp_path: Path, content: bytes, code: str
) -> None:
    file, report = read(tmp_path, content)
    assert file is None
    assert [fault.code for fault in report] == [code]


@pytest.mark.parametrize(
    ("front", "code"), [(b"title: [\n", "yaml-syntax"), (b"- title\n", "yaml-no-keys")]
)
def test_below_front_matter_at_fault_the_body_can_be_looked_through(
    tmp_path: Path, front: bytes, code: str
) -> None:
    file, report = read(tmp_path, b"---\n" + front + b"---\nText.\n")
    assert file
    assert (file.front, file.body, file.first_line) == (None, "Text.\n", 4)
    assert [fault.code for fault in report] == [code]

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.yaml.files import read_text, read_yaml, split_front_matter
from workshop.diagnostics import Location, Report

FILE = Path("/ws/client.yaml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a: 1")
    (tmp_path / "latin.yaml").write_bytes("a: 1\nb: é, Café\n".encode("latin-1"))
    report = Report()
    names = ("none.yaml", "file/none.yaml", ".", "latin.yaml", "x" * 300, "nul\0.yaml")
    assert [read_yaml(tmp_path / name, report) for name in names] == [None] * 6
    codes = ["file-missing", "file-missing", "file-folder", "file-encoding"]
    assert [fault.code for fault in report] == [*codes, "file-unreadable", "file-unreadable"]
    latin = report.diagnostics[3]
    assert latin.location == Location(tmp_path / "latin.yaml", 2, 4)
    assert latin.message == "The file is not UTF-8 text from here on"
    assert report.diagnostics[4].message.startswith("The file cannot be read: File name too long")


def test_a_file_with_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "client.yaml"
    path.write_bytes(b"\xef\xbb\xbfname: Acme\r\nnote: |\r\n  one\r\n  two\r\n")
    source = read_yaml(path, Report())
    assert source is not None
    assert source.data == {"name": "Acme", "note": "one\ntwo\n"}
    assert source.location("name") == Location(path, 1, 7)
    assert read_text(path, Report()) == "name: Acme\nnote: |\n  one\n  two\n"
    path.write_bytes(b"")
    empty = read_yaml(path, Report())
    assert empty is not None
    assert empty.data == {}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\ntitle: A\n---\nText\n---\nmore\n", ("title: A\n", "Text\n---\nmore\n", 4)),
        ("---  \ntitle: A\n---\t\n", ("title: A\n", "", 4)),
        ("\ufeff---\n---\nText", ("\n", "Text", 3)),
        ("---\na: 1\n\n---", ("a: 1\n\n", "", 5)),
    ],
)
def test_front_matter(text: str, parts: tuple[str, str, int]) -> None:
    report = Report()
    assert split_front_matter(text, FILE, report) == parts
    assert not list(report)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-front-matter"),
        ("# Title\n---\na: 1\n---\n", "no-front-matter"),
        ("\n---\na: 1\n---\n", "no-front-matter"),
        ("----\na: 1\n---\n", "no-front-matter"),
        ("---\na: 1\n --- \nText", "front-matter-unclosed"),
    ],
)
def test_no_front_matter_is_a_fault_with_its_line(text: str, code: str) -> None:
    report = Report()
    assert split_front_matter(text, FILE, report) is None
    [fault] = report
    assert (fault.code, fault.location) == (code, Location(FILE, 1, 1))
    assert "---" in (fault.hint or "")

"""Characters that nobody sees: one rule for texts, YAML and rosters, and what scripts need."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.case import read_case
from workshop.content.hidden_characters import hidden_in
from workshop.content.yaml.files import read_yaml
from workshop.diagnostics import Location, Report

HIDDEN = (
    *("\x00", "\x07", "\x1b", "\x85", "\u061c", "\u200b", "\u200e", "\u200f", "\u2029", "\u202a"),
    *("\u202e", "\u2060", "\u2066", "\u2069", "\ufeff", "\ufff9", "\U000e0041"),
)
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
NEEDED = (
    *("می\u200cخواهم", "क्\u200dष", "👩\u200d🚀", ENGLAND, "ភាសា\u200bខ្មែរ", "ภาษา\u200bไทย"),
    *("שלום C++\u200e!", "(سلام)\u200f.", "so\u00adft", "a\tb", "\uf0b7 pasted"),
)


@pytest.mark.parametrize("character", HIDDEN, ids=ascii)
def test_a_hidden_character_is_found(character: str) -> None:
    assert list(hidden_in(f"ab{character}c")) == [2]


@pytest.mark.parametrize("text", NEEDED, ids=ascii)
def test_what_a_script_needs_is_not(text: str) -> None:
    assert list(hidden_in(text)) == []


def told_in_case(tmp_path: Path, text: str) -> list[tuple[str, Location]]:
    path = tmp_path / "case.md"
    path.write_text(text, encoding="utf-8")
    report = Report()
    read_case(path, report)
    return sorted((fault.code, fault.location) for fault in report if fault.location)


@pytest.mark.parametrize("character", [sign for sign in HIDDEN if sign != "\x00"], ids=ascii)
def test_texts_and_titles_are_told_with_line_and_column(tmp_path: Path, character: str) -> None:
    text = f"---\ntitle: A c{character}ase\n---\n\nOne\n\ntw{character}o\n"
    path = tmp_path / "case.md"
    assert told_in_case(tmp_path, text) == [
        ("hidden-character", Location(path, 7, 3)),
        ("yaml-character", Location(path, 2, 11)),
    ]


def test_what_stands_for_values_in_texts_is_told_there(tmp_path: Path) -> None:
    assert told_in_case(tmp_path, "---\ntitle: A\n---\na\ue000b\n") == [
        ("hidden-character", Location(tmp_path / "case.md", 4, 2))
    ]


def test_a_line_end_within_a_fence_is_told(tmp_path: Path) -> None:
    text = '---\ntitle: A\n---\n::: cards {each=pair}\n::: card {title="a\x0bb"}\nSo.\n:::\n:::\n'
    assert told_in_case(tmp_path, text)[0] == (
        "hidden-character",
        Location(tmp_path / "case.md", 5, 19),
    )


def test_all_hidden_characters_of_a_yaml_file_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "client.yaml"
    path.write_text('a: o\u200bne\nb: "t\u202ewo\\u2066"\nc: "\\u202e"\n', encoding="utf-8")
    report = Report()
    read_yaml(path, report)
    assert [str(fault.location).rpartition("client.yaml:")[2] for fault in report] == [
        "1:5", "2:6", "2:4", "3:4",
    ]  # fmt: skip
    assert all(fault.hint and "Delete it" in fault.hint for fault in report)

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.content.yaml.files import parse_yaml
from workshop.diagnostics import Report

FILE = Path("/ws/client.yaml")


def faults(text: str, first_line: int = 1) -> list[str]:
    report = Report()
    assert parse_yaml(text, FILE, report, first_line=first_line) is None
    return [str(fault) for fault in report]


@pytest.mark.parametrize(
    ("text", "where", "message", "hint"),
    [
        ("a:\n\tb: 1\n", "2:1", "A tab stands here", "Replace it by spaces."),
        ("a: 1\nb: 'x\nc: 2\n", "2:4", "The quote that opens here is never closed", "same quote"),
        ("a: 'it's'\n", "1:8", "Text goes on here after a closing quote", "may hold an apostrophe"),
        ("a:\n    b: 1\n  c: 2\n", "3:3", "not indented like the lines", "same column"),
        ("  a: 1\nb: 2\n", "2:1", "not indented like the lines", "same column"),
        ("a:\n  - x\n - y\n", "3:2", "not indented like the lines", "same column"),
        ("a: 1\n  b: 2\n", "2:4", "This key does not go with the line above", "Line it up"),
        ("a: Probing: why\n", "1:11", "A text with a colon and a space", "whole text in quotes"),
        ("a: 1\nb:2\nc: 3\n", "2:1", "neither “key: value” nor an entry", "a colon and a space"),
        ("a: - b\n", "1:4", "A list cannot begin here", "on a line of its own"),
        ("a: [x, y\nb: 1\n", "1:4", "The “[” that opens here is not closed", "Put “]”"),
        ("a: {x: 1 y: 2}\n", "1:11", "A comma is missing before this", "commas"),
        ("a: [x,, y]\n", "1:7", "A value is missing before “,”", "in quotes"),
        ("a: @home\n", "1:4", "A text cannot begin with “@” without quotes", "in quotes"),
        ("a: & b\n", "1:4", "A text cannot begin with “&” without quotes", "in quotes"),
        ('a: "C:\\Users"\n', "1:9", "A backslash between double quotes", "single quotes"),
        ("a: |x\n  y\n", "1:4", "After “|” or “>” the text must begin", "next line"),
        ("a: |\n    \n  y\n", "3:3", "This line is not indented", "same column"),
        (
            "a: |\n \n   \n  y\n",
            "4:3",
            "An empty line above has more spaces",
            "Take the spaces out",
        ),
        ("a: ? b\n", "1:4", "This is not valid YAML", "Check the indentation"),
        ("# Hi\n%YAML 1.1\n---\na: no\n", "2:1", "begins with “%” has no meaning", "Take it out"),
        ("a: 1\n%TAG x\n", "2:1", "begins with “%” has no meaning", "Take it out"),
        ("a: 1\n---\nb: 1\n", "2:1", "A second document begins here", "Take out the line ---"),
        ("a: &x 1\nb: *x\n", "1:4", "“&” sets an anchor, which is not used here", "in quotes"),
        ("a: **bold**\n", "1:4", "“*” refers to an anchor", "in quotes"),
        ("a: !!int 1\n", "1:4", "“!” sets a tag, which is not used here", "in quotes"),
        ("a: {{ client.name }}\n", "1:5", "A key must be a word", "begins with “{”"),
        ("- a\n- b\n", "1:1", "The file must consist of keys with values", "after the colon"),
        ("name\n", "1:1", "The file must consist of keys with values", "after the colon"),
        ("a: x\x07y\n", "1:5", "cannot be printed stands here (U+0007)", "copied text"),
        ("é: b\na: x\u2028y\n", "2:5", "cannot be printed stands here (U+2028)", "Delete it"),
        ('a: "\\ud800"\n', "1:4", "cannot be printed stands here (U+D800)", "Delete it"),
        ("...\n", "1:1", "This is not valid YAML", "Check the indentation"),
    ],
)
def test_a_syntax_fault_has_a_place_a_sentence_and_a_hint(
    text: str, where: str, message: str, hint: str
) -> None:
    [fault] = faults(text)
    sentence, advice = fault.split("\n")
    assert sentence.startswith(f"/ws/client.yaml:{where}: error: ")
    assert message in sentence
    assert hint in advice
    assert "<" not in fault  # the parser's own names for tokens


def test_what_the_parser_lets_slip_is_a_fault_too() -> None:
    [fault] = faults('a: 1\nb: "\\U99999999"\n')
    assert fault == "/ws/client.yaml:2:1: error: This is not valid YAML from here on [yaml-syntax]"


def test_every_bad_key_is_reported_in_one_run() -> None:
    text = "1: a\nb: {x: 1, x: 2}\nno: fine\ntrue: c\n: d\nb: again\n"
    assert faults(text) == [
        '/ws/client.yaml:1:1: error: The key “1” is not text [yaml-key]\n  Put it in quotes: "1".',
        "/ws/client.yaml:2:11: error: The key “x” stands here a second time [yaml-duplicate-key]\n"
        "  It stands first in line 2. Keep one, with what both say.",
        "/ws/client.yaml:4:1: error: The key “true” is not text [yaml-key]\n"
        '  Put it in quotes: "true".',
        "/ws/client.yaml:5:1: error: A key is missing before the colon [yaml-key]",
        "/ws/client.yaml:6:1: error: The key “b” stands here a second time [yaml-duplicate-key]\n"
        "  It stands first in line 2. Keep one, with what both say.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 5_000,
        "a: " + "{b: " * 5_000,
        "".join(" " * depth + "a:\n" for depth in range(500)),
        "a:\n" + "- " * 5_000 + "x\n",
    ],
)
def test_deep_nesting_is_a_fault_and_not_a_crash(text: str) -> None:
    [fault] = faults(text)
    assert "more than 32 deep" in fault


def test_lines_count_from_the_first_line_given() -> None:
    assert faults("a: 1\n\tb: 2\n", first_line=5)[0].startswith("/ws/client.yaml:6:1: ")
    assert faults("a: 1\nb: \0\n", first_line=5)[0].startswith("/ws/client.yaml:6:4: ")


marks = [*"ab1~é\n\r\t\0 :-?[]{},|>'#&*!%@=", '"']
pieces = st.sampled_from(
    [*marks, "b: ", "- ", "\n  ", "---\n", "...", "%YAML 1.3\n", "\\U99999999"]
)


@pytest.mark.slow
@settings(deadline=None, max_examples=400)
@given(st.text() | st.lists(pieces, max_size=30).map("".join))
def test_no_text_makes_parse_yaml_raise(text: str) -> None:
    report = Report()
    source = parse_yaml(text, FILE, report)
    assert (source is None) == bool(report.errors)
    lines = re.split("\r\n|\r|\n", text)
    for fault in report:
        assert fault.location is not None
        line, column = fault.location.line, fault.location.column
        assert line is not None
        assert column is not None
        assert 1 <= line <= len(lines) + 1
        assert 1 <= column <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "place", "length"),
    [("a: " + "x" * 50_000, "1:1", "50,003"), ("b: 1\n!" + "a" * 900_000, "2:1", "900,001")],
)
def test_a_line_that_would_take_minutes_is_a_fault(text: str, place: str, length: str) -> None:
    [fault] = faults(text)
    assert fault.startswith(f"{FILE}:{place}: error: This line has {length} characters; there may")


@pytest.mark.slow
@pytest.mark.parametrize("text", ["a:\n" + "- 1\n" * 20_000, "a: [\n" + "1,\n" * 300_000])
def test_entries_without_an_end_are_a_fault_where_they_become_too_many(text: str) -> None:
    [fault] = faults(text)
    assert "error: The file has more than 20,000 keys and values" in fault
    assert fault.startswith((f"{FILE}:19998:", f"{FILE}:19999:"))

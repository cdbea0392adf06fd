from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.content.yaml.files import YamlSource, parse_yaml
from workshop.diagnostics import Location, Report

FILE = Path("/ws/client.yaml")


def parsed(text: str, first_line: int = 1) -> YamlSource:
    report = Report()
    source = parse_yaml(text, FILE, report, first_line=first_line)
    assert source is not None, [str(fault) for fault in report]
    assert not list(report)
    return source


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("9:30", "9:30"),
        ("2026-05-31", "2026-05-31"),
        ("12", 12),
        ("-3", -3),
        ("0o17", 15),
        ("0xff", 255),
        ("1.50", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-.inf", -math.inf),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        ("1.2.3", "1.2.3"),
        ("<<", "<<"),
        ("004420712345678901234", "004420712345678901234"),
        ('"12"', "12"),
        ("'true'", "true"),
        ("|\n  12\n", "12\n"),
        ("[1, two, [true]]", [1, "two", [True]]),
        ("{a: 1, b: {c: no}}", {"a": 1, "b": {"c": "no"}}),
    ],
)
def test_values_follow_the_core_schema_of_yaml_1_2(written: str, value: object) -> None:
    data = parsed(f"key: {written}\n").data["key"]
    assert data == value
    assert type(data) is type(value)


TEXT = """\
# A client
name: Acme
colours: {brand: "#0a3d62", text: black}
modules:
  include:
    - probing
    - module: alliances
      after: probing
  exclude:
  - close
empty:
"""


@pytest.mark.parametrize(
    ("keys", "value_at", "key_at"),
    [
        ((), (2, 1), (2, 1)),
        (("name",), (2, 7), (2, 1)),
        (("colours",), (3, 10), (3, 1)),
        (("colours", "text"), (3, 35), (3, 29)),
        (("modules",), (5, 3), (4, 1)),
        (("modules", "include"), (6, 5), (5, 3)),
        (("modules", "include", 0), (6, 7), (6, 7)),
        (("modules", "include", 1), (7, 7), (7, 7)),
        (("modules", "include", 1, "after"), (8, 14), (8, 7)),
        (("modules", "exclude", 0), (10, 5), (10, 5)),
        (("empty",), (11, 1), (11, 1)),
        # What is not there has the place of what is around it.
        (("modules", "include", 1, "before"), (7, 7), (7, 7)),
        (("modules", "include", 7, "x", 0), (6, 5), (6, 5)),
        (("nothing",), (2, 1), (2, 1)),
    ],
)
def test_location(
    keys: tuple[str | int, ...], value_at: tuple[int, int], key_at: tuple[int, int]
) -> None:
    source = parsed(TEXT)
    assert source.location(*keys) == Location(FILE, *value_at)
    assert source.location(*keys, key=True) == Location(FILE, *key_at)


def test_locations_count_from_the_first_line_given() -> None:
    assert parsed("a:\n  b: 1\n", first_line=5).location("a", "b") == Location(FILE, 6, 6)


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "\ufeff"])
def test_an_empty_text_is_an_empty_mapping(text: str) -> None:
    assert parsed(text).data == {}
    assert parsed(text, first_line=2).location("name").line in (2, 3)


Place = tuple[int, int]
Keys = tuple[str | int, ...]
Plain = str | dict[str, "Plain"] | list["Plain"]
# Characters that cannot be printed are refused; most are of these categories.
words = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cn", "Cs", "Zl", "Zp")))
data = st.dictionaries(
    words,
    st.recursive(
        words,
        lambda below: st.lists(below, max_size=3) | st.dictionaries(words, below, max_size=3),
        max_leaves=12,
    ),
    max_size=4,
)


class Dumper:
    """Write data in block style by hand, and note where each value and key is put."""

    def __init__(self, top: dict[str, Plain]) -> None:
        self.lines = [""]
        self.values: dict[Keys, Place] = {}
        self.keys: dict[Keys, Place] = {}
        self.put((), top, 0)

    def write(self, text: str) -> Place:
        place = (len(self.lines), len(self.lines[-1]) + 1)
        self.lines[-1] += text
        return place

    def put(self, path: Keys, value: Plain, indent: int) -> None:
        if isinstance(value, str) or not value:
            self.values[path] = self.write(scalar(value) if isinstance(value, str) else f"{value}")
            return
        self.values[path] = (len(self.lines), len(self.lines[-1]) + 1)
        keys: list[str | int] = list(value if isinstance(value, dict) else range(len(value)))
        for key in keys:
            if key != keys[0]:
                self.lines.append(" " * indent)
            below = value[str(key)] if isinstance(value, dict) else value[int(key)]
            self.item((*path, key), below, indent)

    def item(self, path: Keys, value: Plain, indent: int) -> None:
        if isinstance(path[-1], int):
            self.write("- ")
        else:
            self.keys[path] = self.write(scalar(path[-1]) + ":")
            if isinstance(value, str) or not value:
                self.write(" ")
            else:
                self.lines.append(" " * (indent + 2))
        self.put(path, value, indent + 2)


def scalar(text: str) -> str:
    return text if re.fullmatch("[a-z]{6,}", text) else json.dumps(text, ensure_ascii=False)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(data)
def test_every_value_and_key_is_found_where_it_was_written(top: dict[str, Plain]) -> None:
    dumped = Dumper(top)
    source = parsed("\n".join(dumped.lines) + "\n", first_line=10)
    assert source.data == top
    for keys, (line, column) in dumped.values.items():
        assert source.location(*keys) == Location(FILE, line + 9, column)
    for keys, (line, column) in dumped.keys.items():
        assert source.location(*keys, key=True) == Location(FILE, line + 9, column)

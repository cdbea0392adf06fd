"""Values that YAML reads as less, or as more, than was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.yaml.files import parse_yaml
from workshop.diagnostics import Report


def told(text: str) -> list[tuple[str, int | None, int | None]]:
    report = Report()
    parse_yaml(text, Path("c.yaml"), report)
    places = [(fault.code, fault.location) for fault in report]
    return [(code, place.line, place.column) for code, place in places if place]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: Acme #1 Consulting", [("yaml-cut", 1, 12)]),
        ("a: x\nvenue: Room # 3", [("yaml-cut", 2, 13)]),
        ("gains:\n  - Fewer #silos", [("yaml-cut", 2, 11)]),
        ("outcomes:\n  - You can A.\n    - You can B.", [("yaml-run-on", 3, 5)]),
        ("name: Acme\n  venue:Room", [("yaml-run-on", 2, 3)]),
        ('logo: "C:\\new"', [("yaml-escape", 1, 8)]),
    ],
)
def test_what_is_read_otherwise_is_told(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "name: Acme # the client",
        "name: Acme #",
        "name: Acme  #old",
        "name: Acme ## no longer Apex",
        "count: 3 #4",
        'name: "Acme #1"',
        "name: 'Acme #1' # quoted",
        "colour: '#0a3d62'",
        "text: |\n  Acme #1\n  - item",
        "link: https://example.org/#top",
        "text: see\n  https://example.org",
        'text: "one\\ntwo"',
    ],
)
def test_comments_and_plain_values_are_not(text: str) -> None:
    assert told(text) == []


def test_the_hint_shows_the_whole_value() -> None:
    report = Report()
    parse_yaml("venue: Room #3, Building #2", Path("c.yaml"), report)
    [fault] = report
    assert fault.message == "“#” begins a comment, so the value ends before it: “Room”"
    assert '"Room #3, Building #2"' in (fault.hint or "")

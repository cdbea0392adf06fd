"""What is known of YAML from an earlier run is what parsing it again would give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workshop.content.yaml import source as yaml_source
from workshop.content.yaml.files import YamlSource, parse_yaml, split_front_matter
from workshop.content.yaml.source import knowing
from workshop.diagnostics import Report

REPOSITORY = Path(__file__).resolve().parents[3]
HERE, THERE = Path("/here.yaml"), Path("/there.md")
ODD = """\
# A comment
a: {b: [1, 2.5, "three", ~], "c d": no}
empty:
colour: #0a3d62
text: |
  Two lines,
  one of them “quoted”.
big: [.inf, -12, 0x1f]
"""


def read(text: str, path: Path = HERE, first_line: int = 1) -> YamlSource | None:
    """Read a text as a run of its own would."""
    yaml_source._parsed.cache_clear()
    report = Report()
    source = parse_yaml(text, path, report, first_line=first_line)
    assert bool(report.errors) == (source is None)
    return source


def carried_over(known: dict[str, Any]) -> dict[str, Any]:
    """Return it as the next run has it."""
    again: dict[str, Any] = json.loads(json.dumps(known))
    return again


def shipped() -> list[str]:
    folders = ("modules", "templates", "clients")
    files = (path for folder in folders for path in (REPOSITORY / folder).rglob("*.yaml"))
    yaml = [path.read_text("utf-8") for path in files]
    modules = (
        split_front_matter(path.read_text("utf-8"), path, Report())
        for path in REPOSITORY.glob("modules/**/*.md")
    )
    return [*yaml, *(parts.front for parts in modules if parts)]


def test_what_is_known_is_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [ODD, "", *shipped()]
    assert len(texts) > 40
    parsed = [read(text, THERE, 7) for text in texts]
    known: dict[str, Any] = {}
    with knowing(known):
        for text in texts:
            read(text, HERE)
    monkeypatch.setattr("workshop.content.yaml.parser.built", lambda *_of: 1 / 0)
    with knowing(carried_over(known)):
        # In another file, and further down in it.
        again = [read(text, THERE, 7) for text in texts]
    assert again == parsed
    assert [one and one.places for one in again] == [one and one.places for one in parsed]


@pytest.mark.parametrize("text", ["a: b: c", "a: 1\na: 2", "- a", "{"])
def test_what_is_wrong_is_read_again_and_told_again(text: str) -> None:
    known: dict[str, Any] = {}
    for _ in range(2):
        with knowing(known):
            assert read(text) is None
    assert known == {}


def test_a_text_changed_in_anything_is_read_again() -> None:
    known: dict[str, Any] = {}
    with knowing(known):
        read("a: 1")
        changed = read("a: 1 ")
    assert changed == YamlSource(HERE, {"a": 1}, changed.places if changed else {})
    assert len(known) == 2

"""What a memory has of YAML from an earlier run is what parsing it again would give."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.yaml.files import YamlSource, parse_yaml, split_front_matter
from workshop.diagnostics import Report
from workshop.keeping.memory import Memory
from workshop.keeping.store import Store

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


def read(
    text: str, memory: Memory | None = None, path: Path = HERE, first_line: int = 1
) -> YamlSource | None:
    report = Report()
    source = parse_yaml(text, path, report, memory, first_line=first_line)
    assert bool(report.errors) == (source is None)
    return source


def shipped() -> list[str]:
    folders = ("modules", "templates", "clients")
    files = (path for folder in folders for path in (REPOSITORY / folder).rglob("*.yaml"))
    yaml = [path.read_text("utf-8") for path in files]
    modules = (
        split_front_matter(path.read_text("utf-8"), path, Report())
        for path in REPOSITORY.glob("modules/**/*.md")
    )
    return [*yaml, *(parts.front for parts in modules if parts)]


def test_what_is_remembered_is_what_was_read(tmp_path: Path) -> None:
    texts = [ODD, "", *shipped()]
    assert len(texts) > 40
    parsed = [read(text, None, THERE, 7) for text in texts]
    earlier = Memory(Store(tmp_path))
    for text in texts:
        read(text, earlier)
    earlier.texts.save()
    # In another process, in another file, and further down in it.
    later = Memory(Store(tmp_path))
    again = [read(text, later, THERE, 7) for text in texts]
    assert again == parsed
    assert [source and source.places for source in again] == [
        source and source.places for source in parsed
    ]
    # Nothing was parsed: what is, is added.
    assert len(later.texts) == len(earlier.texts) == len(set(texts))


def test_a_process_parses_a_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    parsed = read(ODD, memory)
    monkeypatch.setattr("workshop.content.yaml.parser.built", lambda *_: pytest.fail("parsed"))
    again = read(ODD, memory)
    assert again == parsed
    assert again
    assert parsed
    assert again.places == parsed.places


@pytest.mark.parametrize("text", ["a: b: c", "a: 1\na: 2", "- a", "{"])
def test_what_is_wrong_is_read_again_and_told_again(text: str) -> None:
    memory = Memory()
    for _ in range(2):
        assert read(text, memory) is None
    assert len(memory.texts) == 0


def test_a_text_changed_in_anything_is_read_again() -> None:
    memory = Memory()
    read("a: 1", memory)
    changed = read("a: 1 ", memory)
    assert changed == YamlSource(HERE, {"a": 1}, changed.places if changed else {})
    assert len(memory.texts) == 2

"""What a text prints without what it builds on, and what it leaves out, as a message quotes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.module import read_module
from workshop.diagnostics import Report
from workshop.planning.checks.other_words import OtherWords, other_words

FRONT = (
    "---\ntitle: Extra\nsummary: More.\nminutes: {min: 5, ideal: 5, max: 5}\n"
    "outcomes: [You can.]\nsuits: [demotivated]\n---\n\n"
)
LONG = "Nobody has ever seen it, and those who have seen it say nothing of what it was like then."


def told(tmp_path: Path, text: str, *names: str) -> list[OtherWords]:
    path = tmp_path / "extra.md"
    path.write_text(f"{FRONT}::: input {{title=A minutes=5 min=5}}\n{text}\n:::\n", "utf-8")
    report = Report()
    module = read_module(path, {"demotivated"}, report)
    assert module, report.diagnostics
    return list(other_words(module, names or ("rings",), {"team": "ward"}))


@pytest.mark.parametrize(
    ("text", "phrase", "left_out"),
    [
        ('As in {{ ref("rings", else="that list") }}.', "that list", ""),
        ('As in {{ ref("rings", else="") }}.', "", ""),
        ('{% if has("rings") %}A map.{% else %}No map.{% endif %}', "No map.", "A map."),
        ('{% if has("rings") %}A\nlong  map.{% endif %}', "", "A long map."),
        ('{% if not has("rings") %}No map.{% endif %}', "No map.", ""),
        ('{{ "a map" if has("rings") else "no map" }}', "no map", "a map"),
        ('{{ ["a map" if has("rings"), "a list"] | listed }}', "", "a map"),
        ('{% if has("rings") %}One {{ term("team") }}, {{ part }}.{% endif %}', "", "One ward, …."),
        ('{% if has("rings") %}{{ term("team") | capitalize }}s{% endif %}', "", "Wards"),
        (
            '{% if has("rings") and has("page") %}Both.{% elif has("page") %}One.{% endif %}',
            "One.",
            "Both.",
        ),
        (
            '{% if has("page") %}{% if has("rings") %}{{ ref("rings") }}.{% endif %}{% endif %}',
            "",
            "….",
        ),
        ('{% set there = has("rings") %}', "", ""),
        (f'{{% if has("rings") %}}{LONG} {LONG}{{% endif %}}', "", f"{LONG} Nobody ha…"),
    ],
)
def test_a_line_is_quoted(tmp_path: Path, text: str, phrase: str, left_out: str) -> None:
    assert told(tmp_path, text) == [OtherWords(10, phrase, left_out)]


@pytest.mark.parametrize(
    "text",
    [
        'See {{ ref("rings") }}.',
        '{% if has("page") %}rings{% else %}Nothing.{% endif %}',
        '{{ "a ring" if part else "rings" }}',
        '{% if has("rings") %}The same.{% else %}The same.{% endif %}',
    ],
)
def test_what_is_printed_all_the_same_is_not_told(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


def test_all_places_are_told_with_their_lines(tmp_path: Path) -> None:
    text = 'A.\n\n{{ ref("rings", else="it") }} or\n{% if has("storm") %}a storm{% endif %}\n'
    words = told(tmp_path, text, "rings", "storm")
    assert [(word.line, word.phrase or word.left_out) for word in words] == [
        (12, "it"),
        (13, "a storm"),
    ]

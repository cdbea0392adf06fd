"""Texts that nest too deep are found by their line; what people write is not."""

from __future__ import annotations

import pytest

from workshop.composing.language.bounds.deep_texts import line_nested_too_deep

DEEP = [
    "first\n" + "> " * 200 + "quoted",
    "first\n" + ">" * 200 + "quoted",
    "first\n" + "- " * 200 + "item",
    "first\n<div>" + "<div>" * 300 + "</div>" * 301,
    "first\n" + "<table><tr><td>" * 200,
]


@pytest.mark.parametrize("source", DEEP)
def test_the_line_that_is_nested_too_deep_is_found(source: str) -> None:
    assert line_nested_too_deep(source) == 1


def test_a_list_500_deep_is_found() -> None:
    source = "\n".join("    " * level + "- item" for level in range(500))
    line = line_nested_too_deep(source)
    assert line is not None
    assert 20 < line < 40


@pytest.mark.parametrize(
    "source",
    [
        "\n".join("  " * level + "- item" for level in range(6)),
        "> > quoted\n\n---\n\n* * *\n\n- - -\n\n" + "<p>one\n" * 9,
        "| a | b |\n|---|---|\n" + "| <br> | 1 |\n" * 99,
        "-" * 200 + "\n" + "*" * 99 + "\n" + "a <b and c> d\n" * 20,
        "\n".join("<div>x</div>" for _ in range(500)),
        " " * 300 + "centred words",
    ],
)
def test_what_people_write_is_not_too_deep(source: str) -> None:
    assert line_nested_too_deep(source) is None

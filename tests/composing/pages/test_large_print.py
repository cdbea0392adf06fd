"""Sizes of type in large print: none below 16 points, and still in their order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.composing.pages.large_print import LEAST, enlarged, large


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p { font-size: 8pt }", "p { font-size: 16pt }"),
        ("p { font-size:12px; }", "p { font-size:16pt; }"),
        ("p { font: italic 700 14pt/1.3 serif }", "p { font: italic 700 18.8475pt/1.3 serif }"),
        ("p { FONT-SIZE: 3mm }", "p { FONT-SIZE: 16pt }"),
        ("h1 { font-size: 62pt }", "h1 { font-size: 62pt }"),
        ("th { font-size: 0; line-height: 0 }", "th { font-size: 0; line-height: 0 }"),
        ("p { font-size: 0.9em; margin: 3pt; border: 1pt solid }",) * 2,
        ("p { font-family: Lato; height: 9mm }",) * 2,
        ("@font-face { font-family: 'A 8pt'; src: url(a.ttf) }",) * 2,
    ],
)  # fmt: skip
def test_sizes_of_type_are_raised_and_nothing_else(css: str, expected: str) -> None:
    assert enlarged(css) == expected


@given(st.floats(0.1, 200), st.floats(0.1, 200))
def test_no_type_is_small_and_what_was_larger_is_not_smaller(first: float, second: float) -> None:
    assert large(first) >= max(LEAST, first)
    if first < second:
        assert large(first) <= large(second)


@given(st.text("font-size: 0123456789.pt;{}/mx", max_size=60))
def test_any_css_is_taken_and_keeps_all_but_its_numbers(css: str) -> None:
    def without_sizes(text: str) -> str:
        return re.sub(r"[\d.]+|pt|px|mm", "", text)

    assert without_sizes(enlarged(css)) == without_sizes(css)

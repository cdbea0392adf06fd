"""Style sheets for pages that are read from right to left."""

from __future__ import annotations

import pytest

from workshop.composing.pages.mirrored import mirrored
from workshop.tailoring.direction import direction_of


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { left: 1mm }", "a { right: 1mm }"),
        ("a { margin-left: 1mm; float: right; }", "a { margin-right: 1mm; float: left; }"),
        ("a{border-left-width:0}", "a{border-right-width:0}"),
        ("a { text-align: left !important }", "a { text-align: right !important }"),
        ("a { margin: 1mm 2mm 3mm 4mm }", "a { margin: 1mm 4mm 3mm 2mm }"),
        (
            "a { padding: 0 calc(-1 * (var(--b) + 2mm)) 1mm 0 }",
            "a { padding: 0 0 1mm calc(-1 * (var(--b) + 2mm)) }",
        ),
        ("@media print { a { left: 0 } }", "@media print { a { right: 0 } }"),
        ("@page { @top-left { text-align: left } }", "@page { @top-left { text-align: right } }"),
    ],
)
def test_left_and_right_change_places(css: str, expected: str) -> None:
    assert mirrored(css) == expected
    assert mirrored(expected) == css


@pytest.mark.parametrize(
    "css",
    [
        "a { margin: 1mm 2mm; margin-top: 1mm; padding: 0 }",
        "@page :left { margin-left: 3mm; @left-top { content: element(tab-left) } }",
        '/* left: 0; */ a::before { content: "left; float: left"; background: url(left.svg) }',
        "/* stays */ .tab { margin-left: 0; text-align: left }",
        ".left, a.right:hover { --left: 1mm; color: red }",
        "a { padding-inline-start: 1mm; text-align: start }",
    ],
)
def test_what_has_no_side_and_what_is_bound_to_one_stays(css: str) -> None:
    assert mirrored(css) == css


def test_only_the_rule_behind_the_comment_stays() -> None:
    css = "/* stays */ a { left: 0 } b { left: 0 }"
    assert mirrored(css) == "/* stays */ a { left: 0 } b { right: 0 }"


def test_languages_are_read_from_either_side() -> None:
    assert [direction_of(name) for name in ("ar", "he", "fa", "en-GB", "de")] == [
        *("rtl", "rtl", "rtl", "ltr", "ltr")
    ]

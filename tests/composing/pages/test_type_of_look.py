"""Style sheets written for the usual look, set in the type of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.composing.pages.render_job import Stylesheet
from workshop.composing.pages.type_of_look import in_type_of
from workshop.tailoring.look.looks import HeadingType, LeadType, PaperLook, TextType

USUAL = PaperLook("usual", "", TextType(), HeadingType(), LeadType(), {}, (), "", {})
LOUD = PaperLook(
    "loud",
    "",
    TextType(scale=0.9),
    HeadingType(scale=0.72, weight=700),
    LeadType(face="text", style="normal", scale=0.8),
    {},
    (),
    "",
    {},
)


def typed(css: str, look: PaperLook = LOUD) -> str:
    [sheet] = in_type_of(look, [Stylesheet(Path("a.css"), css)])
    return sheet.css


def test_the_usual_look_leaves_them_as_they_are() -> None:
    css = "/* A. */ h1 { font: 400 31pt/1.08 var(--heading-face); }"
    assert typed(css, USUAL) == css


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("h1 { font: 400 25pt/1.1 var(--heading-face); }",
         "h1 { font: 700 18pt/1.1 var(--heading-face); }"),
        ("p { font: italic 400 20pt/1.3 var(--heading-face); }",
         "p { font: normal 400 16pt/1.3 var(--lead-face); }"),
        ("p { font: 700 10pt/12mm var(--text-face); }",
         "p { font: 700 9pt/12mm var(--text-face); }"),
        ("p { font-size: 10pt; width: 10pt }", "p { font-size: 9pt; width: 10pt }"),
        # In em the text around has its size already.
        ("b { font: 400 2em/1 var(--heading-face); }",
         "b { font: 700 1.6em/1 var(--heading-face); }"),
        ("b { font-size: 0.9em }", "b { font-size: 0.9em }"),
        ("@page { @top-left { font-size: 10pt; } }", "@page { @top-left { font-size: 9pt; } }"),
        ("p { font-size: inherit }", "p { font-size: inherit }"),
        # No text becomes smaller than 9 points, and what is so already stays as it is.
        ("p { font-size: 9.6pt }", "p { font-size: 9pt }"),
        ("p { font: 700 8pt/1.3 var(--text-face) }", "p { font: 700 8pt/1.3 var(--text-face) }"),
        ("p { font-size: 3.2mm }", "p { font-size: 3.175mm }"),
    ],
)  # fmt: skip
def test_sizes_weight_and_slant(written: str, expected: str) -> None:
    assert typed(written) == expected


def test_a_size_alone_follows_the_face_that_another_rule_sets() -> None:
    css = "h1 { font: 400 10pt/1 var(--heading-face); }\n.head h1, .x h1 { font-size: 50pt; }"
    assert ".head h1, .x h1 { font-size: 36pt; }" in typed(css)


def test_lines_stay_where_they_are() -> None:
    css = "/* one\n{ two */\np { font-size: 10pt }"
    assert typed(css) == "\n\np { font-size: 9pt }"

"""A trainer's notes, parted by what they lead with."""

from __future__ import annotations

import pytest

from workshop.content.markdown import notes_to_html, to_html


def notes(source: str) -> str:
    return notes_to_html(source, 3, str).replace("\n", "")


@pytest.mark.parametrize("cue", ["Say", "Do", "Ask", "Watch"])
def test_a_cue_and_what_follows_is_a_block(cue: str) -> None:
    source = f"**{cue}** One thing.\n\nAnd more of it.\n\n- a list\n\n**Do** Another."
    assert notes(source) == (
        f'<div class="cue cue-{cue.lower()}"><p class="cue-name">{cue}</p><p>One thing.</p>'
        "<p>And more of it.</p><ul><li>a list</li></ul></div>"
        '<div class="cue cue-do"><p class="cue-name">Do</p><p>Another.</p></div>'
    )


def test_what_stands_before_the_first_cue_stays_outside() -> None:
    assert notes("Before.\n\n**Ask** Why?").startswith('<p>Before.</p><div class="cue cue-ask">')


@pytest.mark.parametrize(
    "source",
    [
        "Then **Say** it again.",
        "**Tell** them.",
        "*Say* it.",
        "- **Say** it.",
        "> **Say** it.",
        "**Say it** again.",
        "No cue at all.",
    ],
)
def test_nothing_else_is_a_cue(source: str) -> None:
    assert notes(source) == to_html(source, 3, str).replace("\n", "")


def test_the_rest_of_the_paragraph_keeps_its_markup() -> None:
    html = notes("**Ask** (to *all*) “Who?”, and **who else**?")
    assert "<p>(to <em>all</em>) “Who?”, and <strong>who else</strong>?</p>" in html


def test_text_for_everybody_has_no_cues() -> None:
    assert to_html("**Say** it.", 3, str) == "<p><strong>Say</strong> it.</p>"

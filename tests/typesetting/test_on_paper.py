"""What composing decides holds on paper: in the text extracted from the PDF."""

from __future__ import annotations

import pytest

from tests.composing.conftest import EVERYTHING
from tests.composing.test_audiences import CASE, EXERCISE, MODULE, PLACES
from tests.typesetting.conftest import Desk, Table, text_of_pdf
from workshop.composing.composition import Part
from workshop.typesetting.typeset import typeset


def parts_of(desk: Desk, document: str) -> tuple[Part, ...]:
    """Return the parts of a document's only copy."""
    [copy] = desk.copies(document)
    return copy.composition.parts


@pytest.mark.parametrize(
    ("audience", "seen"),
    [("participant", {"participant"}), ("manager", {"manager"}), ("sponsor", {"sponsor"})],
)
@pytest.mark.slow
def test_the_text_of_the_pdf_holds_only_its_own_audiences_blocks(
    desk: Desk, audience: str, seen: set[str]
) -> None:
    desk.module(MODULE, EXERCISE)
    desk.write("modules/cases/story.md", CASE)
    desk.page(EVERYTHING, audience)
    [part] = parts_of(desk, "page")
    text = text_of_pdf(typeset(part.job).pdf)
    written = MODULE + EXERCISE + CASE
    for audience in ("participant", "manager", "facilitator", "sponsor"):
        words = [f"{audience}-{place}" for place in PLACES if f"{audience}-{place}" in written]
        assert [word for word in words if word in text] == (words if audience in seen else [])
    assert "For all." in text


# One of every form of space.
SPACES = """
::: space {lines=2 label="Heard"}
:::

::: space {box=20}
:::

::: space {boxes="Aim | Obstacle"}
:::

::: space {rows=2 columns="What | When" first="One | Two"}
:::

::: space {rating="0-10" columns="Now | Later"}
- I can ask.
:::

::: space {canvas=firm}
:::
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "document", ["agenda", "exercises", "participant-workbook", "manager-briefing"]
)
def test_a_shipped_document_lays_out_without_a_complaint(desk: Desk, document: str) -> None:
    case = "::: case {name=story}\n:::\n"
    desk.module(
        MODULE.replace(case, SPACES), EXERCISE.replace("::: cards", case + "\n::: cards", 1)
    )
    desk.write("modules/cases/story.md", CASE)
    for part in parts_of(desk, document):
        laid_out = typeset(part.job)
        assert (part.name, laid_out.diagnostics) == (part.name, ())
        assert laid_out.pages


def test_lists_begin_and_count_as_html_says(table: Table) -> None:
    body = (
        '<ol start="1986"><li>What a year.</li></ol><ol type="a"><li>x</li>'
        '<li value="5">y</li></ol><table><tr><td align="right" width="9">z</td></tr></table>'
    )
    text = " ".join(text_of_pdf(table.lay_out(body).pdf).split())
    assert "1986. a. e." in text


LAYOUTS = ("points", "statement", "question", "steps", "columns", "rings", "picture", "sheet")


@pytest.mark.slow
def test_every_word_of_a_slide_title_of_300_letters_is_shown_or_told(desk: Desk) -> None:
    words = {layout: f"{layout:x<12}" for layout in LAYOUTS}
    desk.module(
        "\n".join(
            f'::: slide {{title="{" ".join([words[layout]] * 23)}" layout={layout}}}\n:::\n'
            for layout in LAYOUTS
        )
    )
    [part] = [part for part in parts_of(desk, "slides") if part.name == "module"]
    laid_out = typeset(part.job)
    told = [word for finding in laid_out.findings for word in finding.words]
    found = " ".join((*laid_out.texts, *told))
    assert {word: found.count(word) for word in words.values()} == dict.fromkeys(words.values(), 23)

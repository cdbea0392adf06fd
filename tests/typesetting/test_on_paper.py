"""What composing decides holds on paper: in the text extracted from the PDF."""

from __future__ import annotations

import page
import pytest

from tests.composing.conftest import EVERYTHING
from tests.composing.test_audiences import CASE, EXERCISE, MODULE, PLACES
from tests.typesetting.conftest import Desk, text_of_pdf
from workshop.typesetting.typeset import typeset


@pytest.mark.parametrize(
    ("audience", "seen"),
    [("participant", {"participant"}), ("manager", {"manager"}), ("sponsor", {"sponsor"})],
)
def test_the_text_of_the_pdf_holds_only_its_own_audiences_blocks(
    desk: Desk, audience: str, seen: set[str]
) -> None:
    desk.module(MODULE, EXERCISE)
    desk.write("modules/cases/story.md", CASE)
    desk.page(EVERYTHING, audience)
    [job] = desk.jobs("page")
    text = text_of_pdf(typeset(job).pdf)
    written = MODULE + EXERCISE + CASE
    for one in ("participant", "manager", "facilitator", "sponsor"):
        words = [f"{one}-{place}" for place in PLACES if f"{one}-{place}" in written]
        assert [word for word in words if word in text] == (words if one in seen else [])
    assert "For all." in text


def test_a_page_number_is_that_of_the_target(desk: Desk) -> None:
    desk.page(
        '<p>See {{ page_ref("there") }}.</p>{% endcall %}'
        '{% call part("empty") %}<p>Between.</p>{% endcall %}'
        '{% call part("last") %}<h1 id="there">There</h1>'
    )
    [job] = desk.jobs("page")
    made = typeset(job)
    assert made.pages == 3
    assert "See 3." in text_of_pdf(made.pdf)


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


@pytest.mark.parametrize(
    "document", ["agenda", "exercises", "participant-workbook", "manager-briefing"]
)
def test_a_shipped_document_lays_out_without_a_complaint(desk: Desk, document: str) -> None:
    case = "::: case {name=story}\n:::\n"
    desk.module(
        MODULE.replace(case, SPACES), EXERCISE.replace("::: cards", case + "\n::: cards", 1)
    )
    desk.write("modules/cases/story.md", CASE)
    [job] = desk.jobs(document)
    made = typeset(job)
    assert not made.diagnostics
    report = page.validate_pdf_bytes(made.pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, report.failures

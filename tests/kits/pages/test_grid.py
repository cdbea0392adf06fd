"""What lies side by side or back to back is in register: rules of an opening, cards and backs."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from lxml.html import document_fromstring

import workshop
from tests.conftest import READINGS, REPOSITORY, Kits
from tests.kits.pages.ruled import blank_above_tint, lines_apart, rules_across, rules_down
from workshop.composing.compose_plan import compose_kits
from workshop.composing.language.measures import MEASURES
from workshop.composing.pages.render_job import RenderJob, Stylesheet
from workshop.typesetting.typeset import typeset

COHORTS = [("acme", "leeds-february"), ("acme", "boston-march"), ("minimal", "session")]
# In mm. A page that is ruled all over has ten lines or more of the pitch, down to its foot.
PITCH, ROUNDING, LINES, FOOT = MEASURES.line, 0.1, 10, 32
EXACT = 0.02
ALIGNED, REGISTER = 0.2, 0.3
BRIEFING = "manager-briefing"
# Between what is written on and the questions at the foot.
HOLE = 25
MM = 25.4 / 72
BORDERS = Stylesheet(
    Path("/borders.css"), ".card.no-card, .card.card-back { border: 0.5pt solid #000 }"
)


def lines_of(page: pypdfium2.PdfPage) -> list[float]:
    """Return the lines to write on of a page that is ruled down to its foot; none of others."""
    width, height = (side * MM for side in page.get_size())
    rules = rules_across(page, 0.2 * width, 0.8 * width)
    below = [lower for upper, lower in pairwise(rules) if abs(lower - upper - PITCH) < ROUNDING]
    return below if len(below) >= LINES and below[-1] > height - FOOT else []


@pytest.mark.parametrize(("client", "cohort"), COHORTS)
def test_lines_of_facing_pages_lie_on_each_other(kits: Kits, client: str, cohort: str) -> None:
    workbook = min((kits.root / client / cohort / "participant-workbook").iterdir())
    with pypdfium2.PdfDocument(workbook) as pdf:
        ruled = [lines_of(page) for page in pdf]
    for number in range(1, len(ruled) - 1, 2):
        left, right = ruled[number : number + 2]
        for line in left if right else ():
            nearest = min(abs(line - other) for other in right)
            if right[0] - ALIGNED <= line <= right[-1] + ALIGNED:
                assert nearest <= ALIGNED, f"pages {number + 1} and {number + 2}"
    assert any(ruled)


@pytest.mark.parametrize("document", ["participant-workbook", "exercises", "coaching-kit"])
@pytest.mark.parametrize(("client", "cohort"), COHORTS[:2])
def test_lines_to_write_on_are_as_far_apart_as_the_design_says(
    kits: Kits, client: str, cohort: str, document: str
) -> None:
    path = min((kits.root / client / cohort).glob(f"{document}*/*.pdf"), default=None)
    path = path or kits.root / client / cohort / f"{document}.pdf"
    with pypdfium2.PdfDocument(path) as pdf:
        steps = [lines_apart(page, PITCH) for page in pdf]
    # Two lines of a table may be as far apart by chance.
    of_lines = {number: on_page for number, on_page in enumerate(steps, 1) if len(on_page) > 1}
    assert of_lines
    for number, on_page in of_lines.items():
        assert on_page == pytest.approx([PITCH] * len(on_page), abs=EXACT), f"page {number}"


@pytest.mark.parametrize(("client", "cohort"), COHORTS)
def test_what_is_written_on_goes_down_to_the_questions(
    kits: Kits, client: str, cohort: str
) -> None:
    workbook = min((kits.root / client / cohort / "participant-workbook").iterdir())
    with pypdfium2.PdfDocument(workbook) as pdf:
        blank = {number: blank_above_tint(page) for number, page in enumerate(pdf, 1)}
    assert len([room for room in blank.values() if room]) > 10
    assert {number: room for number, room in blank.items() if room > HOLE} == {}


@pytest.mark.parametrize(("client", "cohort"), COHORTS)
def test_cells_of_a_briefing_are_as_high_as_a_line_and_grow(client: str, cohort: str) -> None:
    plan = workshop.plan(workshop.load(REPOSITORY, client, READINGS), [cohort], [BRIEFING])
    [kit] = compose_kits(plan)
    tables = [
        table
        for copy in kit.copies
        for part in copy.composition.parts
        for table in document_fromstring(part.job.html).find_class("writing-table")
    ]
    assert tables
    for table in tables:
        parent = table.getparent()
        assert parent is not None
        assert "data-grows" in parent.attrib
        for row in table.xpath("tbody/tr"):
            height = float(row.get("style").removeprefix("height: ").removesuffix("mm"))
            assert height >= MEASURES.line


@pytest.mark.parametrize("cohort", ["leeds-february", "boston-march"])
def test_backs_lie_behind_their_cards(cohort: str) -> None:
    plan = workshop.plan(workshop.load(REPOSITORY, "acme", READINGS), [cohort], ["exercises"])
    [kit] = compose_kits(plan)
    parts = kit.copies[0].composition.parts
    pairs = [(part.job, back.job) for part, back in pairwise(parts) if back.name == "card-backs"]
    assert pairs
    for front, back in pairs:
        across, down, width = edges(front)
        behind_across, behind_down, _ = edges(back)
        # Turned over along its long edge, what was on the left is on the right.
        mirrored = sorted(width - edge for edge in behind_down)
        assert len(across) > 1
        assert len(down) > 1
        assert behind_across == pytest.approx(across, abs=REGISTER)
        assert mirrored == pytest.approx(down, abs=REGISTER)


def edges(job: RenderJob) -> tuple[list[float], list[float], float]:
    """Return where the edges of cards lie across and down a page, and its width, in mm."""
    bordered = replace(job, stylesheets=(*job.stylesheets, BORDERS))
    with pypdfium2.PdfDocument(io.BytesIO(typeset(bordered).pdf)) as pdf:
        width, height = (side * MM for side in pdf[0].get_size())
        across = rules_across(pdf[0], 14, 0.45 * width)
        return across, rules_down(pdf[0], 21, 0.27 * height), width

"""A book with a back cover fills its last folded sheet, and has no page that it does not need."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.typesetting.conftest import Table
from workshop.composing.pages.render_job import Side
from workshop.typesetting.typeset import typeset

NOTES = '<p>notes</p><div data-fills-sheet=""><p class="more">c</p><p class="more">d</p></div>'
CSS = '.more { break-before: page } @page :blank { @top-left { content: "b" } }'


@pytest.mark.parametrize(("before", "pages"), [(0, 3), (1, 2), (2, 1), (3, 4)])
def test_a_back_cover_is_the_last_page_of_a_sheet(table: Table, before: int, pages: int) -> None:
    start: Side = "left" if before % 2 else "right"
    job = replace(table.job(NOTES, CSS), start=start, then="back", pages_before=before)
    part = typeset(job, table.memory)
    assert part.pages == pages
    assert part.findings == ()


def test_pages_to_fill_a_sheet_are_not_printed_elsewhere(table: Table) -> None:
    part = table.lay_out(NOTES, CSS)
    assert part.pages == 1
    assert part.findings == ()

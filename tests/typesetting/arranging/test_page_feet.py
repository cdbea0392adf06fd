"""The foot of a short page has lines for notes, and a full one has none."""

from __future__ import annotations

import pytest

from tests.typesetting.conftest import Table

# A page holds 50 mm.
CSS = "p { margin: 0; height: 20mm }"
FOOT = '<div data-foot="20">notes</div>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(f"<p>a</p>{FOOT}", ["anotes"], id="a short page"),
        pytest.param(f"<p>a</p><p>b</p>{FOOT}", ["ab"], id="a full page"),
        pytest.param(f"<p>a</p>{FOOT}<p>b</p>", ["ab"], id="something goes on below"),
        pytest.param('<p>a</p><div data-foot="x">notes</div>', ["anotes"], id="no number"),
        pytest.param(f"<p>a</p><p>b</p>{FOOT}c", ["abc"], id="a text behind it stays"),
        pytest.param(
            f'<p>a</p>{FOOT}<p style="break-before: page">b</p>{FOOT}',
            ["anotes", "bnotes"],
            id="each page",
        ),
    ],
)
def test_the_foot_of_a_short_page_is_for_notes(
    table: Table, body: str, expected: list[str]
) -> None:
    part = table.lay_out(body, CSS)
    assert ["".join(page.split()) for page in part.texts] == expected
    assert part.findings == ()

"""What is longer than a page is seen at once: on an opening of a book, or on sheets in a row."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.typesetting.conftest import Table
from workshop.typesetting.laid_out import LaidOut

# A page holds 50 mm: two of these.
CSS = "p { margin: 0; height: 20mm } .space { height: 20mm; break-inside: avoid }"


def read(word: str, paragraphs: int = 1) -> str:
    return f"<p>{word}</p>" * paragraphs


def write(word: str) -> str:
    return f'<div class="space">{word}</div>'


def exercise(inside: str, wanted: str = "opening") -> str:
    return f'<section data-if-long="{wanted}">{inside}</section>'


def words(part: LaidOut) -> list[str]:
    """Return the letters on each page."""
    document = pypdfium2.PdfDocument(part.pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize(
    ("before", "body", "expected"),
    [
        pytest.param(4, exercise(read("a", 2)), ["aa"], id="what fits on a page stays"),
        pytest.param(4, exercise(read("a", 3)), ["", "aa", "a"], id="what does not opens left"),
        pytest.param(2, exercise(read("a", 3)), ["aa", "a"], id="what is on the left stays"),
        pytest.param(
            4, exercise(read("a", 2) + write("w")), ["", "aa", "w"], id="room to write faces it"
        ),
        pytest.param(
            2, exercise(read("a") + write("v") + write("w")), ["a", "vw"], id="all room to write"
        ),
        pytest.param(
            2,
            exercise(read("a") + write("v") + write("w") + read("c")),
            ["av", "wc"],
            id="unless that takes a page more",
        ),
        pytest.param(
            4,
            exercise(read("a", 3)) + exercise(read("c", 3)),
            ["", "aa", "a", "cc", "c"],
            id="what follows is looked at where it then is",
        ),
        pytest.param(
            4, exercise(read("a", 2) + read("c"), "sheets"), ["aa", "", "c"], id="the next sheet"
        ),
        pytest.param(
            4,
            exercise(read("a") + write("w") + write("v"), "sheets"),
            ["aw", "", "v"],
            id="the next sheet has room to write",
        ),
    ],
)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_what_is_longer_than_a_page_is_seen_at_once(
    table: Table, before: int, body: str, expected: list[str], direction: str
) -> None:
    part = table.lay_out(read("b", before) + body, f"{CSS} html {{ direction: {direction} }}")
    assert words(part) == [*["bb"] * (before // 2), *expected]
    assert part.diagnostics == ()


def test_room_to_write_stays_where_the_left_page_would_be_empty(table: Table) -> None:
    css = "@page { size: 90mm 160mm } p { margin: 0; height: 40mm } "
    css += ".space { height: 60mm; break-inside: avoid }"
    body = exercise(read("a") + write("v") + write("w"))
    assert words(table.lay_out(read("x", 3) + body, css)) == ["xxx", "av", "w"]

from __future__ import annotations

import pikepdf

from tests.tiny_workspace.workspace import Tiny, in_part
from tests.tiny_workspace.workspace import laid_out_before as tiny
from workshop.assembly.page_ranges import page_ranges
from workshop.assembly.values import PageRange

__all__ = ["tiny"]


def test_a_built_file_says_which_of_its_pages_are_which_part(tiny: Tiny) -> None:
    cards = in_part("<h1>Cards</h1>").replace('part("only")', 'part("cards", copies=4)')
    long = in_part('<p>One</p><p style="break-before: page">Two</p>')
    tiny.write("templates/badge/document.html.j2", long + cards)
    tiny.build("badge")
    for path in (tiny.kit / "badges").iterdir():
        with pikepdf.open(path) as pdf:
            assert page_ranges(pdf) == (PageRange("only", 2), PageRange("cards", 1, 4))


def test_a_file_from_elsewhere_says_nothing() -> None:
    with pikepdf.new() as pdf:
        assert page_ranges(pdf) == ()

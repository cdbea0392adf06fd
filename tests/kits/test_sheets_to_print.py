"""The kit list counts the sheets that `workshop print` makes: cards once for the room."""

from __future__ import annotations

import re
from itertools import chain

import pypdfium2
import pytest

import workshop
from tests.conftest import Workspace

pytestmark = pytest.mark.slow

PEOPLE = 7
CLIENT = """\
name: Linden
variant: half-day
documents: {only: [exercises, kit-list]}
packs: [exercises]
cohorts: {day: {roster: people.csv}}
"""


def test_the_kit_list_says_what_printing_takes(workspace: Workspace) -> None:
    people = chain(["name,email"], (f"P{number}," for number in range(PEOPLE)))
    workspace.write("clients/linden/people.csv", "\n".join(people) + "\n")
    workspace.client(CLIENT, "linden")
    workshop.build(workspace.root, "linden", jobs=1)
    kit = workspace.root / "build/linden/day"
    text = pypdfium2.PdfDocument(kit / "kit-list.pdf")[0].get_textpage().get_text_bounded()
    row = re.search(
        r"Exercise sheets, and the cards once for the room (\d+) (\d+) A4, two sides (\d+)",
        " ".join(text.split()),
    )
    packs, cards = (
        workshop.print(workspace.root, "linden", profile=profile)[0].ticket.total.sheets
        for profile in ("office-duplex", "cards")
    )
    assert cards > 0
    assert packs % PEOPLE == 0
    assert row
    copies, pages, sheets = map(int, row.groups())
    assert (copies, sheets) == (PEOPLE, packs + cards)
    assert -(-pages // 2) == packs // PEOPLE

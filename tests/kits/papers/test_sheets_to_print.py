"""The kit list counts the sheets that `workshop print` makes: cards once for the room."""

from __future__ import annotations

import re
from itertools import chain

import pypdfium2
import pytest

import workshop
from tests.conftest import Workspace
from tests.kits.test_called_for import DAY, day_without

pytestmark = pytest.mark.slow

PEOPLE = 7
CLIENT = """\
name: Linden
documents: {only: [exercises, kit-list]}
packs: [exercises]
cohorts: {day: {roster: people.csv}}
"""


def printed_row(workspace: Workspace, client: str) -> str:
    """Build the kit of some people, and return the kit list's words."""
    # A day of one module, which has cards: what is counted does not grow with the pages.
    day = day_without([name for name in DAY if name != "lead-upwards"])
    workspace.write("modules/programme.yaml", day)
    people = chain(["name,email"], (f"P{number}," for number in range(PEOPLE)))
    workspace.write("clients/linden/people.csv", "\n".join(people) + "\n")
    workspace.client(client, "linden")
    workshop.build(workspace.root, "linden", jobs=1)
    kit = workspace.root / "build/linden/day"
    text = pypdfium2.PdfDocument(kit / "kit-list.pdf")[0].get_textpage().get_text_bounded()
    return " ".join(text.split())


def sheets_of(workspace: Workspace, profile: str) -> int:
    [run] = workshop.print(workspace.root, "linden", profile=profile)
    return run.ticket.total.sheets


def test_with_a_workbook_the_sheets_are_printed_for_their_cards_alone(
    workspace: Workspace,
) -> None:
    client = CLIENT.replace("only: [", "only: [participant-workbook, ")
    text = printed_row(workspace, client.replace("packs: [exercises]\n", ""))
    row = re.search(
        r"Exercise sheets: only the cards, once 1 ?2 a sheet ?A4, two sides ?(\d+)",
        text,
    )
    books = re.search(r"workbook (\d) ?\d+ ?A4, two sides ?(\d+)", text)
    assert row
    assert books
    assert int(row[1]) == sheets_of(workspace, "cards") > 0
    [run] = workshop.print(workspace.root, "linden")
    assert run.packing.documents == ("participant-workbook",)
    assert (int(books[1]), int(books[2])) == (PEOPLE, run.ticket.total.sheets)


def test_the_kit_list_says_what_printing_takes(workspace: Workspace) -> None:
    row = re.search(
        r"Exercise sheets, and the cards once for the room (\d) ?(\d+) ?A4, two sides ?(\d+)",
        printed_row(workspace, CLIENT),
    )
    packs, cards = (sheets_of(workspace, profile) for profile in ("office-duplex", "cards"))
    assert cards > 0
    assert packs % PEOPLE == 0
    assert row
    copies, pages, sheets = map(int, row.groups())
    assert (copies, sheets) == (PEOPLE, packs + cards)
    assert -(-pages // 2) == packs // PEOPLE

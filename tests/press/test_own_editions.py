"""Whoever has an edition of their own gets their pack in it, and keeps it through later builds."""

from __future__ import annotations

import re

import pytest

from tests.press.conftest import Press
from tests.tiny_workspace.workspace import CLIENT, ROSTER
from workshop.diagnostics import UsageError
from workshop.press.run import PrintRun

WORKBOOK, LARGE = "participant-workbook", "participant-workbook-large-print"


def papers(run: PrintRun) -> dict[str, list[str]]:
    return {pack.name: [entry.path for entry in pack.files] for pack in run.packing.packs}


def asked_for(press: Press, *editions: str) -> None:
    """Give the people of the roster their editions, in its order."""
    tiny = press.tiny
    head, *rows = (tiny.root / ROSTER).read_text(encoding="utf-8").splitlines()
    lines = [f"{head},edition", *map(",".join, zip(rows, editions, strict=True))]
    tiny.write(ROSTER, "\n".join(lines) + "\n")


def test_what_is_filled_in_on_screen_is_in_no_pack_and_the_ticket_says_so(press: Press) -> None:
    asked_for(press, "fillable", "")
    press.tiny.build()
    assert (press.tiny.kit / "participant-workbook-fillable/01-anna-berg.pdf").exists()
    run = press.run()
    assert papers(run)["Anna Berg"] == ["exercises.pdf", "badges/anna-berg.pdf"]
    assert papers(run)["Bo Lindt"][0] == f"{WORKBOOK}/02-bo-lindt.pdf"
    note = f"Not printed: {WORKBOOK} of 1 person, who fills it in on screen."
    assert run.ticket.notes[-1] == note


def test_a_pack_of_nothing_else_is_none(press: Press) -> None:
    client = (press.tiny.root / CLIENT).read_text("utf-8")
    press.tiny.write(CLIENT, re.sub("packs: .*", "packs: [participant-workbook]", client))
    asked_for(press, "fillable", "")
    press.tiny.build()
    assert "Anna Berg" not in papers(press.run())
    press.tiny.change(ROSTER, "ines@example.com,\n", "ines@example.com,fillable\n")
    press.tiny.build()
    with pytest.raises(UsageError, match="Nobody gets participant-workbook on paper"):
        press.run(spares=0)


def test_a_pack_is_in_its_persons_edition_and_stays_so(press: Press) -> None:
    tiny = press.tiny
    roster = (tiny.root / ROSTER).read_text(encoding="utf-8")
    rows = roster.replace("manager_email", "manager_email,edition")
    rows = rows.replace("ines@example.com\n", "ines@example.com,Large print\n", 1)
    (tiny.root / ROSTER).write_text(rows[:-1] + ",\n", encoding="utf-8")
    tiny.build()
    expected = {
        "Anna Berg": [f"{LARGE}/01-anna-berg.pdf", "exercises.pdf", "badges/anna-berg.pdf"],
        "Bo Lindt": [f"{WORKBOOK}/02-bo-lindt.pdf", "exercises.pdf", "badges/bo-lindt.pdf"],
        "Spare": [f"{WORKBOOK}/00-blank.pdf", "exercises.pdf", "badges/blank.pdf"],
    }
    first = press.run()
    assert papers(first) == expected
    assert "participant-workbook-large-print" in first.ticket.packs[0].documents
    assert not (tiny.kit / WORKBOOK / "01-anna-berg.pdf").exists()
    assert [path.name for path in (tiny.kit / LARGE).iterdir()] == ["01-anna-berg.pdf"]
    tiny.change(ROSTER, "Bo Lindt", "Bo Linde")
    tiny.build()
    assert (tiny.kit / LARGE / "01-anna-berg.pdf").exists()
    assert papers(press.run())["Anna Berg"] == expected["Anna Berg"]
    # Copies of an edition for everybody lie there besides, and are in nobody’s pack.
    tiny.build(LARGE)
    assert (tiny.kit / LARGE / "02-bo-linde.pdf").exists()
    assert papers(press.run())["Bo Linde"][0] == f"{WORKBOOK}/02-bo-linde.pdf"

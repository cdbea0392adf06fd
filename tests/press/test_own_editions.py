"""Whoever has an edition of their own gets their pack in it, and keeps it through later builds."""

from __future__ import annotations

from tests.press.conftest import Press
from tests.tiny_workspace.workspace import ROSTER
from workshop.press.run import PrintRun

WORKBOOK, LARGE = "participant-workbook", "participant-workbook-large-print"


def papers(run: PrintRun) -> dict[str, list[str]]:
    return {pack.name: [entry.path for entry in pack.files] for pack in run.packing.packs}


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

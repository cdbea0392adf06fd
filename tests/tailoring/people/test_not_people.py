"""Rows below a roster's people that are none are told, and no person is taken for such a row."""

from __future__ import annotations

import pytest

from tests.tailoring.people.conftest import Understand
from tests.tailoring.people.sheets import workbook
from workshop.diagnostics import Severity

ANNA = "Anna Berg,Ops,anna@example.com\n"


def told(understand: Understand, text: str) -> tuple[list[str], dict[int | None, str]]:
    reading, faults = understand(text)
    wanted = ("roster-no-person", "roster-second-table")
    return (
        [person.name for person in reading.participants],
        {
            fault.location.line: fault.message
            for fault in faults
            if fault.code in wanted and fault.location
        },
    )


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("Total: 1,,", "a total"),
        ("Grand total,12,", "a total"),
        ("Summe,,3", "a total"),
        ("Anzahl Teilnehmer: 12,,", "a total"),
        ("Participants 12,,", "a total"),
        ("Totaal,,", "a total"),
        ("* vegetarian,,", "a note"),
        ("¹ arrives at ten,,", "a note"),
        ("Note: bring badges,,", "a note"),
        ("Stand 12.3.2027,,", "a note"),
        ("Page 1 of 2,,", "a note"),
        ("https://example.com/list,,", "a note"),
    ],
)
@pytest.mark.parametrize("gap", ["", ",,\n", "\n"])
def test_totals_and_notes_are_left_out_and_told(
    understand: Understand, row: str, kind: str, gap: str
) -> None:
    people, faults = told(understand, f"name,team,email\n{ANNA}{gap}{row}\n")
    assert people == ["Anna Berg"]
    line = 3 if gap == "" else 4
    assert faults == {line: f"“{row.partition(',')[0]}” is no person, but {kind}"}


@pytest.mark.parametrize(
    "header", ["name,team,email", "Name,Team,E-mail", "full name,,e-mail address"]
)
def test_a_second_header_begins_another_table(understand: Understand, header: str) -> None:
    text = f"name,team,email\n{ANNA}{header}\nBo Lindt,Ops,bo@example.com\n"
    people, faults = told(understand, text)
    assert people == ["Anna Berg", "Bo Lindt"]
    assert faults[3].startswith("The names of the columns stand here again: nobody can tell")


@pytest.mark.parametrize("title", ["Waiting list", "WAITLIST:", "Warteliste (2)", "Cancelled"])
def test_a_list_of_others_is_asked_about(understand: Understand, title: str) -> None:
    _, faults = told(understand, f"name,team,email\n{ANNA},,\n{title},,\nBo,Ops,bo@example.com\n")
    assert "no person, but seems to begin a list" in faults[4]


def test_what_stands_alone_below_the_table_is_asked_about(understand: Understand) -> None:
    text = f"name,team,email\n{ANNA},,\nKim Sample books the room,,\n"
    people, faults = told(understand, text)
    assert people == ["Anna Berg", "Kim Sample books the room"]
    assert faults == {4: "Is “Kim Sample books the room” a person? It stands alone below the table"}


def test_a_workbook_is_looked_through_as_well(understand: Understand) -> None:
    raw = workbook(
        ("Name", "Team"), ("Anna", "Ops"), (), ("Total", 1), ("Name", "Team"), ("Bo", "Ops")
    )
    reading, faults = understand(raw)
    assert [person.name for person in reading.participants] == ["Anna", "Bo"]
    codes = [fault.code for fault in faults if fault.severity is Severity.ERROR]
    assert codes == ["roster-second-table"]
    assert "roster-no-person" in {fault.code for fault in faults}


@pytest.mark.parametrize(
    "text",
    [
        "name\nAnna\n\nBo\n",
        "name,team\nSuma,\nSum,\nTotal Berg,Ops\nBo Total,\n",
        "name,team\nAnna,Ops\nBo,\n",
        "name,team\nAnna,\n\nBo,\n",
        "first name,last name,team\nName,Berg,Ops\nNom,Lund,\n",
        "name,number\nAnna,12\nBo,13\n",
        "name,team\nBo (née Berg),Ops\nMary Key,\nJ. R. Stand,\nAnna Page,\n",
        "name,team\nAnna Waiting,\nBo Reserve,\n",
    ],
)
def test_people_are_people(understand: Understand, text: str) -> None:
    people, faults = told(understand, text)
    assert len(people) == len([line for line in text.splitlines()[1:] if line])
    assert not faults

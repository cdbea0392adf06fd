"""What nobody needs is not read, stops nothing, and is named with what it may be."""

from __future__ import annotations

import pytest

from tests.tailoring.people.conftest import Understand
from tests.tailoring.people.test_columns import by_code
from workshop.diagnostics import Severity

_NUMBERS = """
Pers. No.|Employee ID|Person ID|Pers. Nr|Pers.-Nr.|No.|Nr.|N°|Nº|ID|Staff No|Staff|Staff number
Payroll|Payroll number|Employee number|Person No.|Personalnummer|PersNr|Mitarbeiternummer|Name ID
Matricule|Numéro d’employé|Número de empleado|Personeelsnummer|Participant no|Manager ID|Email no
"""


@pytest.mark.parametrize("heading", _NUMBERS.strip().replace("\n", "|").split("|"))
@pytest.mark.parametrize("names", ["Name", "Full name", "Surname,First name"])
def test_numbers_of_people_are_never_their_names(
    heading: str, names: str, understand: Understand
) -> None:
    cells = "Berg,Anna" if "," in names else "Anna Berg"
    reading, faults = understand(f"{heading},{names},Team\n00417,{cells},Tax\n")
    assert [person.name for person in reading.participants] == ["Anna Berg"]
    assert [fault.code for fault in faults] == ["roster-columns-ignored", "roster-no-manager"]
    assert faults[0].message == f"This column is not read: “{heading}”"


@pytest.mark.parametrize("heading", ["Employee", "Person", "Participant", "Mitarbeiter"])
@pytest.mark.parametrize(
    ("names", "cells"),
    [("Surname,First name", "Berg,Anna"), ("Full name", "Anna Berg"), ("Name", "Anna Berg")],
)
def test_what_is_headed_as_people_and_holds_numbers_is_not_read(
    heading: str, names: str, cells: str, understand: Understand
) -> None:
    reading, faults = understand(f"{heading},{names}\nE-00417,{cells}\n418,{cells} B\n")
    assert reading.roster
    assert reading.participants[0].name == "Anna Berg"
    assert "“" + heading + "”" in by_code(faults, "roster-columns-ignored").message


def test_numbers_of_managers_are_not_their_names(understand: Understand) -> None:
    header = "Name,Manager,Manager name,Manager e-mail"
    reading, _ = understand(f"{header}\nAnna,0042,Inés Ruiz,ines@example.com\n")
    assert reading.participants[0].manager
    assert reading.participants[0].manager.name == "Inés Ruiz"


@pytest.mark.parametrize(
    ("slip", "column"),
    [("emial", "email"), ("Segmnt", "segment"), ("Departmnt", "team"), ("manger_email", None)],
)
def test_a_slip_stops_nothing_where_there_are_names(
    slip: str, column: str | None, understand: Understand
) -> None:
    reading, faults = understand(f"Name,{slip}\nAnna,\n")
    assert reading.roster
    fault = by_code(faults, "roster-column-unknown")
    column = column or "manager_email"
    assert (fault.severity, fault.message) == (
        Severity.WARNING,
        f"The column “{slip}” is not read",
    )
    assert fault.hint == (
        f"Did you mean “{column}”? Then call it that, "
        f"or write in the client file `columns: {{{column}: {slip}}}`."
    )


@pytest.mark.parametrize(
    "heading",
    ["Yrs of service", "User name", "Union", "Store name", "Maiden name", "Employee type"],
)
def test_other_words_are_not_asked_about(heading: str, understand: Understand) -> None:
    _, faults = understand(f"Email,{heading}\nanna@example.com,7\n")
    assert "roster-column-unknown" not in [fault.code for fault in faults]
    assert f"“{heading}”" in by_code(faults, "roster-columns-ignored").message


def test_a_slip_of_what_another_column_has_is_not_asked_about(understand: Understand) -> None:
    _, faults = understand("Name,Full nmae,Fist name,Email,Emial\nAnna,,,,\n")
    fault = by_code(faults, "roster-columns-ignored")
    assert fault.message == "These 3 columns are not read: “Full nmae”, “Fist name” and “Emial”"
    assert "roster-column-unknown" not in [fault.code for fault in faults]


@pytest.mark.parametrize("slip", ["Full nmae", "Frist name", "Surnmae"])
def test_a_slip_of_the_only_names_is_one_error(slip: str, understand: Understand) -> None:
    _, faults = understand(f"Email,{slip},Team\na@example.com,Anna,\n")
    [error] = [fault for fault in faults if fault.severity is Severity.ERROR]
    assert error.code == "roster-column-unknown"


def test_the_hint_proposes_what_is_plausible_alone(understand: Understand) -> None:
    header = "No.,Name,Start date,Ward / Unit,Talent pool,Shirt,Needs: food"
    rows = [
        "1,Anna,2020-01-01,Theatres,High flier,large,Vegetarian",
        "2,Ben,2021-01-01,Theatres,solid performer,small,Large print please",
    ]
    _, faults = understand("\n".join([header, *rows]))
    assert by_code(faults, "roster-columns-ignored").hint == (
        "If they are needed, write in the client file `columns: "
        '{team: "Ward / Unit", segment: Talent pool, edition: "Needs: food"}`.'
    )


def test_a_proposed_line_is_read_as_it_is_meant(understand: Understand) -> None:
    _, faults = understand("Name,Ward # of unit\nAnna,Sales\nBen,Sales\n")
    hint = by_code(faults, "roster-columns-ignored").hint
    assert hint
    assert 'columns: {team: "Ward # of unit"}' in hint


def test_where_nothing_is_plausible_nothing_is_proposed(understand: Understand) -> None:
    _, faults = understand("Name,Start date,Cost centre\nAnna,2020-01-01,4711\n")
    hint = by_code(faults, "roster-columns-ignored").hint
    assert hint == "If one is needed, say as what in the client file, with `columns`."


def test_a_missing_column_is_proposed_by_what_its_cells_hold(understand: Understand) -> None:
    header = "Start date,Who,Manager,Boss's contact"
    rows = "2020-01-01,Anna,Inés,ines@example.com\n2020-01-01,Ben,Inés,ines@example.com\n"
    _, faults = understand(f"{header}\n{rows}")
    hints = [fault.hint for fault in faults if fault.code == "roster-column-missing"]
    assert hints == [
        "Add it; or, if it is there, write in the client file `columns: {name: Who}`.",
        "Add it; or, if it is there, write in the client file "
        '`columns: {manager_email: "Boss\'s contact"}`.',
    ]

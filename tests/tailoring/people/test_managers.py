"""Nothing that is wrong with a manager alone stops the run: packs can be printed without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tailoring.people.conftest import Understand
from workshop.diagnostics import Diagnostic, Location, Severity
from workshop.tailoring.people.roster import Person, Roster

_HEADER = "name,manager,manager_email\n"
_INES = Person("Inés Ruiz", "ines@example.com")
_ERRORS = ["#N/A", "#BEZUG!", "=VLOOKUP(A2;B:C;2)"]
_FILLERS = ["NULL", "-", "n/a", ""]


def managers(rows: str, understand: Understand) -> tuple[list[Person | None], list[Diagnostic]]:
    reading, faults = understand(_HEADER + rows)
    assert reading.roster
    return [person.manager for person in reading.roster.participants], faults


@pytest.mark.parametrize("error", _ERRORS)
@pytest.mark.parametrize("other", [*_ERRORS, *_FILLERS])
def test_a_spreadsheet_error_in_place_of_a_manager_is_one_warning(
    error: str, other: str, understand: Understand, tmp_path: Path
) -> None:
    for cells in (f"{error},{other}", f"{other},{error}"):
        found, [fault] = managers(f"Anna,{cells}\n", understand)
        assert found == [None]
        assert (fault.code, fault.severity) == ("roster-no-manager", Severity.WARNING)
        first = error if cells.startswith(error) or other in _FILLERS else other
        assert fault.message.startswith(f"The manager is “{first}”, ")
        assert fault.message.endswith(": no briefing will name this person")
        assert fault.location
        assert fault.location.path == tmp_path / "people.csv"


@pytest.mark.parametrize("filler", _FILLERS)
def test_a_word_for_nothing_is_no_manager(filler: str, understand: Understand) -> None:
    found, [fault] = managers(f"Anna,{filler},{filler}\nBen,{filler},\n", understand)
    assert found == [None, None]
    assert fault.message.startswith("No manager is given in lines 2 to 3")


@pytest.mark.parametrize(
    ("nothing", "what"),
    [
        ("", "is missing"),
        ("#NV", "is “#NV”, an error of the spreadsheet"),
        ("-", "is “-”, a word for nothing"),
    ],
)
def test_a_manager_without_an_address_has_a_briefing_to_print(
    nothing: str, what: str, understand: Understand, tmp_path: Path
) -> None:
    found, [fault] = managers(f"Anna,Inés Ruiz,{nothing}\n", understand)
    assert found == [Person("Inés Ruiz", None)]
    assert (fault.code, fault.severity) == ("roster-manager-half", Severity.WARNING)
    assert fault.location == Location(tmp_path / "people.csv", 2, 16)
    assert fault.message == (
        f"The manager’s e-mail {what}: "
        "the briefing for “Inés Ruiz” can be printed, but not e-mailed"
    )


def test_a_manager_without_a_name_goes_by_the_address(understand: Understand) -> None:
    found, [fault] = managers("Anna,,ines@example.com\n", understand)
    assert found == [Person("ines@example.com", "ines@example.com")]
    assert fault.severity is Severity.WARNING
    assert fault.message == (
        "The manager’s name is missing: the briefing is made for “ines@example.com”"
    )


@pytest.mark.parametrize("half", ["Inés Ruiz,", ",INES@example.com", "#N/A,ines@example.com"])
def test_the_other_half_is_taken_from_another_row(half: str, understand: Understand) -> None:
    found, [fault] = managers(f"Anna,{half}\nBen,Inés Ruiz,ines@example.com\n", understand)
    assert found == [_INES, _INES]
    assert fault.message.endswith(": taken from line 3, as it is the same person")


def test_of_two_managers_of_a_name_neither_is_taken(understand: Understand) -> None:
    rows = "A,Inés Ruiz,i@example.com\nB,Inés Ruiz,ines@example.org\nC,Inés Ruiz,\n"
    found, _ = managers(rows, understand)
    assert found[2] == Person("Inés Ruiz", None)


def test_managers_without_addresses_are_told_apart_by_their_names(understand: Understand) -> None:
    reading, _ = understand(_HEADER + "A,Inés Ruiz,\nB,Ken Ito,\nC,Inés Ruiz,\n")
    assert isinstance(reading.roster, Roster)
    teams = reading.roster.managers()
    assert [(team.person.name, len(team.people)) for team in teams] == [
        ("Inés Ruiz", 2),
        ("Ken Ito", 1),
    ]


@pytest.mark.parametrize(
    ("header", "cells", "missing", "manager"),
    [
        ("manager", "Inés Ruiz", "manager_email", Person("Inés Ruiz", None)),
        ("manager_email", "i@example.com", "manager", Person("i@example.com", "i@example.com")),
    ],
)
def test_a_column_that_is_missing_is_told_once(
    header: str, cells: str, missing: str, manager: Person, understand: Understand
) -> None:
    reading, [fault] = understand(f"name,{header}\nAnna,{cells}\nBen,{cells}\n")
    assert [person.manager for person in reading.participants] == [manager, manager]
    assert (fault.code, fault.severity) == ("roster-column-missing", Severity.WARNING)
    assert fault.message.startswith(f"The column “{missing}” is missing: ")
    assert (fault.hint or "").startswith("Begin the file with the line: name,email")


def test_what_is_no_address_is_told_once_and_is_an_error(understand: Understand) -> None:
    _, [fault] = understand(_HEADER + "Anna,Inés Ruiz,ines@\n")
    assert (fault.code, fault.severity) == ("roster-email", Severity.ERROR)

"""What a spreadsheet left in a cell is no person, in whatever language it was left."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.diagnostics import Diagnostic, Location, Report, Severity
from workshop.tailoring.people.read_roster import read_roster
from workshop.workspace.cell_errors import cell_error, has_letter

_ERRORS = """
#N/A #REF! #VALUE! #NAME? #NUM! #DIV/0! #NULL! #SPILL! #CALC! #GETTING_DATA #ERROR! #BLOCKED!
#NV #BEZUG! #WERT! #ZAHL! #ÜBERLAUF! #NUL! #VALEUR! #NOM? #NOMBRE! #PROPAGATION! #N/D #¡REF!
#¡VALOR! #¿NOMBRE? #¡NUM! #¡DIV/0! #¡NULO! #RIF! #VALORE! #NOME? #LEEG! #DEEL/0! #WAARDE! #VERW!
#NAAM? #N/B #VÄRDEFEL! #REFERENS! #SAKNAS! #I/T #VÆRDI! #PUUTTUU! #ARG! #ADR! #NAZWA? #HODNOTA!
#HIÁNYZIK #ÉRTÉK! #DEĞER! #BAŞV! #YOK #ЗНАЧ! #ССЫЛКА! #ИМЯ? #Н/Д #Name? #n/a #### Err:502 Fehler:502
"""
_FORMULAS = '=VLOOKUP(A2,People!A:C,2,FALSE) =A2 =HYPERLINK("x") = +A2 -$B$7 @SUM(A1)'
_FILLERS = "NULL null N/A n/a - -- – — NaN None k.A. (blank) ? NA"
NO_VALUES = [*_ERRORS.split(), *_FORMULAS.split(), *_FILLERS.split(), "k. A."]
NAMES = [
    *(
        "Anna Berg",
        "Christopher Null",
        "Na",
        "Nil",
        "Ng",
        "O",
        "Tom -",
        "A. N/A Other",
        "張",
        "عمر",
    ),
    *("+49 Anna", "-Anna", "@anna", "Anna #2", "X Æ A-12", "علی\u200cرضا", "Tba Okoro", "D’Arcy"),
]


@pytest.mark.parametrize("text", NO_VALUES)
def test_what_is_no_value_is_seen(text: str) -> None:
    assert cell_error(text)


@pytest.mark.parametrize("text", NAMES)
def test_names_of_people_are_values(text: str) -> None:
    assert cell_error(text) is None
    assert has_letter(text)


@pytest.mark.parametrize("text", ["", "\u200d", "\u200c\u200d", "123", "*", "\u3164", "\u0301"])
def test_without_a_visible_letter_there_is_no_name(text: str) -> None:
    assert not has_letter(text)


# Where the cells of the row below begin, if each but the last has its usual text.
COLUMNS = {"name": 1, "email": 8}


def faults(folder: Path, **cells: str) -> list[Diagnostic]:
    sound = {"name": "Anna", "email": "a@example.com", "team": "Tax", "role": "Partner"}
    manager = {"manager": "Inés", "manager_email": "i@example.com"}
    row = {**sound, **manager, **cells}
    path = folder / "roster.csv"
    quoted = ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row.values())
    path.write_text(f"{','.join(row)}\n{quoted}\n", encoding="utf-8")
    report = Report()
    read_roster(path, (), report)
    return report.diagnostics


@pytest.mark.parametrize("column", ["name", "email"])
@pytest.mark.parametrize("text", ["#N/A", "#BEZUG!", "=VLOOKUP(A2;B:C;2)", "NULL", "-"])
def test_it_is_a_fault_with_its_row(column: str, text: str, tmp_path: Path) -> None:
    [fault] = faults(tmp_path, **{column: text})
    assert (fault.code, fault.severity) == ("roster-no-value", Severity.ERROR)
    assert fault.location == Location(tmp_path / "roster.csv", 2, COLUMNS[column])
    assert f"is “{text}”: " in fault.message
    assert fault.hint


def test_a_role_that_is_a_dash_is_printed_and_told(tmp_path: Path) -> None:
    [fault] = faults(tmp_path, role="-")
    assert fault.severity is Severity.WARNING
    assert fault.message == "The role is “-”: a word for nothing, printed as it is"
    [error] = faults(tmp_path, role="#REF!")
    assert error.severity is Severity.ERROR


@pytest.mark.parametrize("column", ["name", "manager"])
@pytest.mark.parametrize("name", ["\u200d\u200d", "42", "***"])
def test_a_name_without_letters_is_a_fault(column: str, name: str, tmp_path: Path) -> None:
    [fault] = faults(tmp_path, **{column: name})
    assert fault.code == "roster-no-letter"
    assert fault.message == f"The {column} holds no letter that can be seen"

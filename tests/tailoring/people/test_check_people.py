"""People who may be one are asked about."""

from __future__ import annotations

import pytest

from tests.tailoring.people.conftest import Understand
from workshop.diagnostics import Diagnostic, Severity

HEADER = "name,email,manager,manager_email\n"


def of(
    understand: Understand, *managers: tuple[str, str], people: str = "Anna Ben Cleo Dora"
) -> list[Diagnostic]:
    rows = [
        f"{person},,{name},{email}\n"
        for person, (name, email) in zip(people.split(), managers, strict=False)
    ]
    return understand(HEADER + "".join(rows))[1]


def test_one_name_with_two_addresses_is_asked_about(understand: Understand) -> None:
    [fault] = of(understand, ("Maya Lind", "maya@example.com"), ("MAYA  Lind", "ml@example.org"))
    assert (fault.code, fault.severity) == ("roster-manager-addresses", Severity.WARNING)
    assert fault.location
    assert (fault.location.line, fault.location.column) == (3, 17)
    assert fault.message == (
        "Is this one manager? “MAYA Lind” has the address ml@example.org here, "
        "“Maya Lind” has maya@example.com in line 2: two briefings"
    )
    assert fault.hint == (
        "If so, write maya@example.com here as well; if they are two, accept this warning "
        "(`about: MAYA Lind`). No e-mail goes to either before that."
    )


def test_every_row_with_the_other_address_is_told_at_once(understand: Understand) -> None:
    old, new = ("Maya Lind", "maya@example.com"), ("Maya Lind", "ml@example.org")
    other = ("Omar Sy", "omar@example.com")
    [fault] = of(understand, old, new, other, new, new, old, people="A B C D E F")
    assert fault.message == (
        "Is this one manager? “Maya Lind” has the address ml@example.org in lines 3 and 5 to 6, "
        "“Maya Lind” has maya@example.com in line 2: two briefings"
    )
    assert fault.hint == (
        "If so, write maya@example.com in these 3 rows as well; if they are two, accept this "
        "warning (`about: Maya Lind`). No e-mail goes to either before that."
    )
    assert fault.location
    assert fault.location.line == 3


def test_every_row_with_the_other_name_is_told_at_once(understand: Understand) -> None:
    first, other = ("Inés Ruiz", "ines@example.com"), ("Ines Ruiz", "ines@example.com")
    [fault] = of(understand, first, other, first, other, other, people="A B C D E")
    assert fault.message.endswith("“Inés Ruiz” in line 2; the same in lines 5 to 6")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            ("Grace Adeyemi", "grace.adeyemi@example.org"),
            ("Grace Adeyemy", "grace.adeyemy@example.org"),
        ),
        (("Inés Ruiz", "ines.ruiz@example.org"), ("Ines Ruíz", "inesruiz@example.org")),
        (("Jon Snow", "jon@example.org"), ("John Snow", "jon@exampel.org")),
        (("Jon Snow", "jon@example.org"), ("John Snow", "jon@exmple.org")),
        (("Lind Maya", "maya@example.com"), ("Maya Lind", "maya@example.org")),
    ],
)
def test_one_address_in_two_spellings_is_asked_about(
    first: tuple[str, str], second: tuple[str, str], understand: Understand
) -> None:
    [fault] = of(understand, first, second)
    assert (fault.code, fault.severity) == ("roster-manager-addresses", Severity.WARNING)
    assert fault.hint
    assert first[1] in fault.hint


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Anna Lee", "a.lee@example.com"), ("Ben Lee", "b.lee@example.com")),
        (("Manager 1", "manager1@example.com"), ("Manager 2", "manager2@example.com")),
        (("Maya Lind", "maya@example.com"), ("Omar Sy", "omar@example.com")),
    ],
)
def test_two_managers_are_two(
    first: tuple[str, str], second: tuple[str, str], understand: Understand
) -> None:
    assert not of(understand, first, second)


def test_one_address_with_two_spellings_of_a_name_is_asked_about(understand: Understand) -> None:
    [fault] = of(understand, ("Inés Ruiz", "ines@example.com"), ("Ines Ruiz", "INES@example.com"))
    assert (fault.code, fault.severity) == ("roster-manager-names", Severity.WARNING)
    assert fault.message == (
        "The manager ines@example.com is “Ines Ruiz” here and “Inés Ruiz” in line 2"
    )
    assert fault.hint == "The briefing says “Inés Ruiz”. Write one name in both rows."


def test_one_address_of_two_people_is_an_error(understand: Understand) -> None:
    [fault] = of(understand, ("Maya Lind", "office@example.com"), ("Omar Sy", "office@example.com"))
    assert (fault.code, fault.severity) == ("roster-manager-names", Severity.ERROR)


def test_a_person_who_is_there_twice(understand: Understand) -> None:
    _, faults = understand("name,email\nAnna Berg,anna@example.com\nBERG Anna,Anna@example.com\n")
    [fault] = [fault for fault in faults if fault.code == "roster-email-twice"]
    assert fault.message == "The e-mail Anna@example.com is in line 2 already"
    assert str(fault.hint).startswith("If this is the same person, take one of the rows out.")


def test_a_name_is_the_same_without_its_accents(understand: Understand) -> None:
    _, faults = understand("name,team\nInés Ruiz,\nInes Ruiz,\n")
    [fault] = [fault for fault in faults if fault.code == "roster-name-twice"]
    assert fault.message == "“Ines Ruiz” is in line 2 already"


def test_a_row_that_is_there_twice_is_taken_once(understand: Understand) -> None:
    header = "No.,name,email,team,manager,manager_email\n"
    row = "Anna Berg,anna@example.com,Tax,Inés Ruiz,ines@example.com\n"
    reading, faults = understand(
        f"{header}1,{row}2,{row.replace('nna', 'da')}3,{row.replace('Anna', 'ANNA')}"
    )
    assert [person.number for person in reading.participants] == [1, 2]
    [fault] = [fault for fault in faults if fault.code == "roster-row-twice"]
    assert fault.severity is Severity.WARNING
    assert fault.location
    assert fault.location.line == 4
    assert fault.message == "This row says the same as line 2: it is left out"


def test_what_differs_in_columns_that_are_not_read_is_shown(understand: Understand) -> None:
    reading, faults = understand(
        "No.,name,email,Depot,,Shift\n1,Jo Day,jo@example.com,Leeds,x,Early\n"
        "2,Jo Day,jo@example.com,Bradford,,early\n"
    )
    assert len(reading.participants) == 1
    [fault] = [fault for fault in faults if fault.code == "roster-row-twice"]
    assert fault.severity is Severity.WARNING
    assert fault.location
    assert fault.location.line == 3
    assert fault.message == (
        "This row says the same as line 2 in all columns that are read, and differs in others "
        "(“Depot”: “Bradford”, and there “Leeds”, column 5: “”, and there “x”): it is left out"
    )
    assert fault.hint == (
        "If they are two people, give each an e-mail of their own; if it is one person, take one "
        "of the rows out."
    )


def test_rows_that_differ_or_have_no_address_are_not_taken_for_one(understand: Understand) -> None:
    reading, faults = understand("name,email,team\nAnna,,Tax\nAnna,,Tax\n")
    assert len(reading.participants) == 2
    assert "roster-name-twice" in [fault.code for fault in faults]
    _, faults = understand("name,email,team\nAnna,a@example.com,Tax\nAnna,a@example.com,IT\n")
    assert "roster-email-twice" in [fault.code for fault in faults]


def test_namesakes_in_one_team_are_told_with_all_their_rows(understand: Understand) -> None:
    rows = (
        "Anna Berg,a@example.com,Tax\nBen Ode,b@example.com,Tax\nAnna Berg,c@example.com,Law\n"
        "anna  Berg,d@example.com,tax\nAnna Berg,e@example.com,Tax\n"
    )
    reading, faults = understand(f"name,email,team\n{rows}")
    [fault] = [fault for fault in faults if fault.code == "roster-namesakes"]
    assert reading.roster
    assert (fault.code, fault.severity) == ("roster-namesakes", Severity.WARNING)
    assert fault.location
    assert fault.location.line == 5
    assert fault.message == (
        "There is more than one “Anna Berg” of “Tax”, in lines 2 and 5 to 6: nobody can tell their "
        "name tents and certificates apart"
    )
    assert fault.hint == (
        "If this is one person, take one row out; if not, give all but one a middle initial, or "
        "the name by which they are called."
    )


def test_namesakes_without_a_team_are_told_too(understand: Understand) -> None:
    _, faults = understand("name,email\nAnna Berg,a@example.com\nAnna Berg,b@example.com\n")
    [fault] = [fault for fault in faults if fault.code == "roster-namesakes"]
    assert fault.message.startswith("There is more than one “Anna Berg”, in lines 2 to 3: ")


@pytest.mark.parametrize("other", ["Anna B. Berg", "Ana Berg", "Änna Berg"])
def test_people_whose_names_differ_in_print_are_no_namesakes(
    other: str, understand: Understand
) -> None:
    _, faults = understand(f"name,email\nAnna Berg,a@example.com\n{other},b@example.com\n")
    assert "roster-namesakes" not in {fault.code for fault in faults}


@pytest.mark.parametrize(
    "emails", [("a@example.com", "A@example.com"), ("a@example.com", ""), ("", "")]
)
def test_who_may_be_one_person_is_not_told_as_namesakes_besides(
    emails: tuple[str, str], understand: Understand
) -> None:
    _, faults = understand("name,email\n" + "".join(f"Anna Berg,{email}\n" for email in emails))
    codes = [fault.code for fault in faults if "twice" in fault.code or "namesakes" in fault.code]
    assert "roster-namesakes" not in codes
    assert len(codes) == 1


@pytest.mark.parametrize(
    ("name", "typed"), [("Ken Ito", "Ken Ito"), ("Ann O'Hara: Law", '"Ann O\'Hara: Law"')]
)
def test_the_line_that_says_they_are_two_can_be_typed_as_it_stands(
    name: str, typed: str, understand: Understand
) -> None:
    rows = "".join(f"P{place},{name},{place}@example.com\n" for place in "ab")
    _, faults = understand(f"name,manager,manager_email\n{rows}")
    [fault] = [fault for fault in faults if fault.code == "roster-manager-addresses"]
    assert f"(`about: {typed}`)" in str(fault.hint)


def test_every_manager_with_two_addresses_is_asked_about(understand: Understand) -> None:
    rows = "".join(
        f"P{number}{half},{chr(65 + number) * 8},{half}{chr(65 + number) * 8}@example.com\n"
        for number in range(26)
        for half in "ab"
    )
    _, faults = understand(f"name,manager,manager_email\n{rows}")
    asked = [fault.message for fault in faults if fault.code == "roster-manager-addresses"]
    assert len(asked) == 26
    assert all("Is this one manager?" in question for question in asked)

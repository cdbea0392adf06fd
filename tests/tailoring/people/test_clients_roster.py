"""A client file says where its rosters lie, and which sheet and columns of them are meant."""

from __future__ import annotations

import pytest

from tests.tailoring.conftest import Small
from tests.tailoring.people.sheets import workbook
from workshop.diagnostics import ContentError
from workshop.tailoring.tailor import tailor

ROSTER = "name,email\nAnna Berg,anna@example.com\nBo Lindt,bo@example.com\n"
CLIENT = """\
name: Test
columns: {team: Ward, role: Post}
sheet: Staff
cohorts:
  one: {variant: evening, roster: people.xlsx}
  two: {variant: evening, roster: people.xlsx, sheet: Others, columns: {team: Site}}
"""


def test_a_cohort_sets_columns_and_sheet_for_itself(small: Small) -> None:
    row = ("Ward", "Site", "Post", "Name")
    path = small.write("clients/test/people.xlsx", "")
    sheets = {"Staff": [row, ("3B", "Leeds", "Nurse", "Anna")]}
    path.write_bytes(workbook(**sheets, Others=[row, ("3C", "York", "Cook", "Ben")]))
    people = [
        person
        for cohort in small.load(CLIENT).cohorts
        if cohort.roster
        for person in cohort.roster.participants
    ]
    assert [(person.name, person.team, person.role) for person in people] == [
        ("Anna", "3B", "Nurse"),
        ("Ben", "York", "Cook"),
    ]


def test_a_cohort_s_roster_may_say_the_client_s_words(small: Small) -> None:
    small.write("clients/test/people.csv", "Name,Matron\nAnna,Kim Ott\n")
    client = "name: Test\n{}cohorts: {{one: {{variant: evening, roster: people.csv}}}}\n"
    for terms, managers in (("", []), ("terms: {manager: matron}\n", ["Kim Ott"])):
        [cohort] = small.load(client.format(terms)).cohorts
        assert cohort.roster
        assert [managed.person.name for managed in cohort.roster.managers()] == managers


def test_two_files_of_one_name_are_told(small: Small) -> None:
    small.write("clients/test/people.csv", "name\nAnna\n")
    small.write("clients/test/people.xlsx", "")
    tailored = small.load("name: Test\ncohorts: {one: {variant: evening, roster: people.csv}}\n")
    [twin] = [warning for warning in tailored.warnings if warning.code == "roster-twin"]
    assert twin.message == "Beside people.csv there is people.xlsx, which is not read"
    assert twin.hint
    assert "`roster: people.xlsx`" in twin.hint
    assert twin.location
    assert twin.location.path.name == "client.yaml"


def test_a_roster_lies_with_the_client_or_in_the_workspace(small: Small) -> None:
    small.write("clients/test/people.csv", ROSTER)
    small.write("rosters/shared.csv", ROSTER + "Cy Dahl,cy@example.com\n")
    first, second = small.load(
        "name: Test\ncohorts:\n  a: {roster: people.csv, headcount: 30}\n"
        "  b: {roster: ../../rosters/shared.csv}\n"
    ).cohorts
    assert (first.headcount, second.headcount) == (2, 3)
    assert first.roster
    assert [participant.name for participant in first.roster.participants] == [
        "Anna Berg",
        "Bo Lindt",
    ]


@pytest.mark.parametrize("name", ["../../../people.csv", "{outside}", "link.csv"])
def test_a_roster_outside_the_workspace_is_not_read(small: Small, name: str) -> None:
    outside = small.root.parent / "people.csv"
    outside.write_text("not even a roster", encoding="utf-8")
    name = name.format(outside=outside)
    folder = small.workspace.client().parent
    (folder / "link.csv").symlink_to(outside)
    [fault] = small.faults(f"name: Test\ncohorts:\n  a:\n    roster: {name}\n")
    assert fault == (
        f"4:13: The roster “{name}” lies outside the workspace [roster-outside] "
        "Copy it into the client’s folder."
    )


_ONE_LIST = """\
name: Test
cohorts:
  one: {variant: evening, roster: people.csv}
  two: {variant: evening, roster: people.csv}
"""


def test_what_is_wrong_with_one_file_is_told_once_for_all_cohorts(small: Small) -> None:
    small.write("clients/test/people.csv", "name,email\nAnna,\nAnna,\n")
    small.write("clients/test/people.xlsx", "")
    codes = [warning.code for warning in small.load(_ONE_LIST).warnings]
    assert sorted(codes) == ["roster-name-twice", "roster-no-manager", "roster-twin"]


def test_errors_of_one_file_are_told_once_for_all_cohorts(small: Small) -> None:
    small.write("clients/test/people.csv", "name,email\nAnna,anna@\n")
    with pytest.raises(ContentError) as caught:
        small.load(_ONE_LIST)
    codes = [fault.code for fault in caught.value.diagnostics]
    assert sorted(codes) == ["roster-email", "roster-no-manager"]


def test_notes_on_how_a_roster_is_read_are_told_by_check_alone(small: Small) -> None:
    path = small.write("clients/test/people.csv", "")
    content = "Name,Access needs,Start date\nJörg,Vegetarian,2020-01-01\n"
    path.write_bytes(content.encode("cp1252"))
    tailored = small.load(_ONE_LIST)
    assert [warning.code for warning in tailored.warnings] == ["roster-no-manager"]
    _, report = tailor(small.root, "test")
    notes = {"roster-columns-ignored", "roster-encoding", "roster-remarks"}
    assert notes <= {fault.code for fault in report}


def test_notes_are_not_among_the_errors_either(small: Small) -> None:
    small.write("clients/test/people.csv", "name,Start date\n,2020-01-01\n")
    with pytest.raises(ContentError) as caught:
        small.load(_ONE_LIST)
    codes = [fault.code for fault in caught.value.diagnostics]
    assert sorted(codes) == ["roster-name-missing", "roster-no-manager"]

"""A client file says which sheet and columns of its rosters are meant."""

from __future__ import annotations

from tests.tailoring.conftest import Small
from tests.tailoring.people.sheets import workbook

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

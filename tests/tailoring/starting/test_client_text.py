from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.yaml.files import parse_yaml
from workshop.diagnostics import Report, UsageError
from workshop.tailoring.starting.client_text import text_for_another
from workshop.tailoring.starting.new_workspace import FIRST_CLIENT

ASKED = """\
    headcount: 12                 # how many come, until there is a roster
    # date: 2027-03-04            # when it takes place
    # venue: Conference room 1    # where
    # roster: roster.csv          # the table of those who take part
"""
OLD = """\
# What we know of them.
name: Old Ltd   # since 1902
# Their own words.
terms:
  manager: "team lead"   # they insist


cohorts:
  # The first of many.
  leeds:
    date: 2027-02-11   # a Thursday
    variant: full-day
    venue: >
      The long room,

      Leeds
    trainer: Ruth Ashdown
    roster: people.csv
    # date: 2026-01-01
    modules:
      # They asked for it.
      include: [step-back]
  # The second.
  york:
    date: 2027-03-11
    # With Daniel.
paper: A4
"""
NEW = f"""\
# What is theirs.
name: New & Sons   # since 1902
# Their own words.
terms:
  manager: "team lead"   # they insist


cohorts:
  # The first of many.
  first-cohort:
    variant: full-day
    trainer: Ruth Ashdown
    modules:
      # They asked for it.
      include: [step-back]
{ASKED}paper: A4
"""


def read(text: str) -> dict[str, object]:
    source = parse_yaml(text, Path("client.yaml"), Report())
    assert source
    return source.data


HEAD = ("# What is theirs.",)
WITHOUT = ("logo", "sheet", "columns")


def spliced(
    text: str,
    name: str = "New",
    without: tuple[str, ...] = WITHOUT,
    head: tuple[str, ...] = (),
) -> str:
    source = parse_yaml(text, Path("client.yaml"), Report())
    assert source
    return text_for_another(text, source, name, without, head).text


def test_what_stays_keeps_its_words_its_order_and_its_comments() -> None:
    assert spliced(OLD, "New & Sons", head=HEAD) == NEW


def test_what_is_left_out_is_named() -> None:
    source = parse_yaml(OLD, Path("client.yaml"), Report())
    assert source
    left_out = text_for_another(OLD, source, "New", WITHOUT, ()).left_out
    assert left_out == ("cohort york", "date of leeds", "venue of leeds", "roster of leeds")


def test_done_twice_nothing_is_asked_for_twice() -> None:
    assert spliced(spliced(OLD), "New & Sons", head=HEAD) == NEW


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: Old\n", "# Theirs.\nname: New\n"),
        ("# A maker of pumps.\n\n# Since 1902.\nname: Old\n", "# Theirs.\nname: New\n"),
        (
            "# A maker of pumps.\npaper: A4\n# Of the group.\n# Since 1902.\nname: Old\n",
            "# Theirs.\npaper: A4\nname: New\n",
        ),
        ("# Pumps.\n---\n# More.\nname: Old\n", "# Theirs.\n---\nname: New\n"),
        (
            "name: Old\n# Their paper.\npaper: A4\n",
            "# Theirs.\nname: New\n# Their paper.\npaper: A4\n",
        ),
    ],
)
def test_remarks_at_the_head_and_above_the_name_give_way(old: str, new: str) -> None:
    assert spliced(old, head=("# Theirs.",)) == new


@pytest.mark.parametrize(
    ("line", "new"),
    [
        ("name: Old #1", "name: New #1"),
        ("name: 'Old''s'  # so", "name: New  # so"),
        ('name: "Old \\" Ltd" # so', "name: New # so"),
        ("name: Old#Ltd", "name: New"),
        ("name: >-\n  Old\n  Ltd", "name: New"),
        ("name:\n  Old Ltd", "name: New"),
        ('"name": Old', '"name": New'),
    ],
)
def test_the_name_is_replaced_however_it_is_written(line: str, new: str) -> None:
    assert spliced(f"paper: A4\n{line}\n") == f"paper: A4\n{new}\n"


@pytest.mark.parametrize("name", ["St. Brigid’s: #1", "#1", "true", "42", "- a", 'A "B" C', "it's"])
def test_a_name_is_quoted_where_yaml_would_read_something_else(name: str) -> None:
    assert read(spliced("name: Old\n", name)) == {"name": name}


def test_a_logo_of_their_own_stays_as_a_reminder() -> None:
    assert (
        spliced("name: Old\nlogo: old.svg # in assets\n")
        == "name: New\n# logo: old.svg # in assets\n"
    )
    kept = spliced("name: Old\nlogo: firm.svg\n", without=())
    assert kept == "name: New\nlogo: firm.svg\n"


@pytest.mark.parametrize(
    "cohorts",
    [
        "cohorts: {leeds: {date: 2027-02-11, trainer: Ruth Ashdown}, york: {}}",
        "cohorts:\n  leeds: {date: 2027-02-11, trainer: Ruth Ashdown}\n  york: {}",
        "cohorts:\n  leeds:\n    {date: 2027-02-11,\n     trainer: Ruth Ashdown}",
    ],
)
def test_cohorts_in_braces_get_lines(cohorts: str) -> None:
    assert read(spliced(f"name: Old\n{cohorts}\npaper: A4\n")) == {
        "name": "New",
        "cohorts": {"first-cohort": {"trainer": "Ruth Ashdown", "headcount": 12}},
        "paper": "A4",
    }


def test_a_file_in_braces_is_refused_with_its_place() -> None:
    with pytest.raises(UsageError) as caught:
        spliced("{name: Old, paper: A4}\n")
    [fault] = caught.value.diagnostics
    assert str(fault.location) == "client.yaml:1:1"
    assert fault.hint
    assert "a line of its own" in fault.hint


def test_the_starter_s_file_can_be_taken_over() -> None:
    text = FIRST_CLIENT.read_text("utf-8")
    new = spliced(text)
    assert new.count("# date:") == new.count("# roster:") == new.count("headcount:") == 1
    assert "2027-03-04\n" not in new


def test_how_their_tables_look_stays_as_a_reminder() -> None:
    text = "name: Old\nsheet: A\ncolumns:\n  # HR’s\n  role: Job\npaper: A4\n"
    assert spliced(text) == (
        "name: New\n# sheet: A\n# columns:\n#   # HR’s\n#   role: Job\npaper: A4\n"
    )

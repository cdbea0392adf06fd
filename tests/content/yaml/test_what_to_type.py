"""For numbers, dates, times and empty values written in another way, what to type is told."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from workshop.content.yaml.what_to_type import date_meant, time_meant, whole_number_meant
from workshop.diagnostics import Report
from workshop.tailoring.client_file.client import ClientFile, read_client


def read(tmp_path: Path, line: str) -> tuple[ClientFile, list[str]]:
    """Return a client whose file has a line, which may be a cohort's, and what is told."""
    path, report = tmp_path / "client.yaml", Report()
    path.write_text(f"name: Test\ncohorts:\n  a:\n    {line}\n", encoding="utf-8")
    read = read_client(path, report)
    assert read
    told = [str(fault).replace(path.as_posix(), "").replace("\n ", "") for fault in report]
    return read[0], told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("headcount: 1e3", "quotes: 1000."),
        ("headcount: 1_000", "quotes: 1000."),
        ("headcount: 1,000", "quotes: 1000."),
        ("headcount: 1'000", "quotes: 1000."),
        ("headcount: 12.0", "quotes: 12."),
        ("headcount: '12'", "quotes: 12."),
        ("headcount: 12 people", "quotes: 12."),
        ("headcount: 12 people or 14", "from 1 to 10000 [wrong-type]"),
        ("headcount: 2027-10-05", "from 1 to 10000 [wrong-type]"),
        ("headcount: 0x10", "“0x10” is another way to write 16 [yaml-number] Write 16."),
        ("headcount: 0o17", "“0o17” is another way to write 15 [yaml-number] Write 15."),
        ("headcount: Null", 'empty [yaml-null] If it is meant as a word, write "Null"; '),
        ("trainer: Null", 'empty [yaml-null] If it is meant as a word, write "Null"; '),
        ("trainer: ~", 'empty [yaml-null] If it is meant as a word, write "~"; '),
        ("trainer: 0x10", 'in quotes: "0x10".'),
        ("date: 20271005", "year-month-day: 2027-10-05."),
        ("date: 2027-10-5", "year-month-day: 2027-10-05."),
        ("date: 2027-10-05T09:00", "year-month-day: 2027-10-05."),
        ("date: 5.10.2027", "year-month-day: 2027-10-05."),
        ("date: 5/10/2027", "year-month-day: 2027-10-05 or 2027-05-10."),
        ("date: 25/10/2027", "year-month-day: 2027-10-25."),
        (
            "times: {start: 9.30}",
            '“9.30” is not a time of day [wrong-value] Write it like "09:30".',
        ),
        (
            "times: {start: 0930}",
            '“0930” is not a time of day [wrong-value] Write it like "09:30".',
        ),
        ("times: {start: 9h30}", 'Write it like "09:30".'),
        ("times: {start: 2 pm}", 'Write it like "14:00".'),
        ("times: {start: [9]}", "This is not a time of day"),
    ],
)
@pytest.mark.slow
def test_what_to_type_is_told_at_the_place(tmp_path: Path, line: str, told: str) -> None:
    _, [first, *_] = read(tmp_path, line)
    column = 5 + len("times: {start: ") if "{" in line else 5 + line.index(" ") + 1
    assert first.startswith(f":4:{column}: ")
    assert any(told in fault for fault in read(tmp_path, line)[1])


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("headcount: 010", 10),
        ("headcount: 12 # people", 12),
        ("trainer:", None),
        ("trainer: yes", "yes"),
        ("trainer: Off", "Off"),
        ("trainer: 12:30", "12:30"),
        ("trainer: 2027-10-05", "2027-10-05"),
        ("trainer: 1_000", "1_000"),
        ('trainer: "Null"', "Null"),
        ("date: 2027-10-05", datetime.date(2027, 10, 5)),
    ],
)
def test_what_is_plain_is_read_as_it_is_written(tmp_path: Path, line: str, value: object) -> None:
    client, told = read(tmp_path, line)
    assert told == []
    assert getattr(client.cohorts["a"], line.partition(":")[0]) == value


@pytest.mark.parametrize("word", ["Null", "null", "~"])
def test_a_required_name_that_means_nothing_is_told_how_to_be_quoted(
    tmp_path: Path, word: str
) -> None:
    path, report = tmp_path / "client.yaml", Report()
    path.write_text(f"name: {word}\n", encoding="utf-8")
    read_client(path, report)
    [fault] = report
    assert fault.message == "“name” has no value"
    assert f'"{word}"' in (fault.hint or "")


@pytest.mark.parametrize(
    "text", ["", "x", "9" * 500, "1e999", "-", "99:99", "13/13/2027", "0.0.0000", "１２:３", "\0"]
)
def test_what_means_nothing_gives_nothing_or_something_to_type(text: str) -> None:
    assert re.fullmatch(r"\d{4}(-\d\d){2}( or .*)?", date_meant(text) or "2027-10-05")
    assert re.fullmatch(r"\d\d:\d\d", time_meant(text) or "09:15")
    assert (whole_number_meant(text) or 0) < 10**18

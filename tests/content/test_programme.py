from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.programme import Programme, ProgrammeItem, read_programme
from workshop.diagnostics import Report

PROGRAMME = """\
title: Leading
promise: Look around.
gains: [Control.]
segments:
  high-flier: to keep
terms:
  manager: manager
variants:
  day:
    title: Day
    start: "09:00"
    finish: "12:00"
    items:
      - module: open
      - {break: Lunch, minutes: 45, at: "10:30"}
      - module: close
"""


def read(tmp_path: Path, text: str) -> tuple[Programme | None, list[str]]:
    path = tmp_path / "programme.yaml"
    path.write_text(text, encoding="utf-8")
    report = Report()
    programme = read_programme(path, report)
    texts = [str(fault).replace("error: ", "").replace("\n ", "") for fault in report]
    return programme, [fault.removeprefix(f"{path.as_posix()}:") for fault in texts]


def test_a_programme_is_words_and_days(tmp_path: Path) -> None:
    programme, faults = read(tmp_path, PROGRAMME)
    assert faults == []
    assert programme
    day = programme.file.variants["day"]
    assert (day.start, day.finish, day.pace) == (540, 720, "ideal")
    assert day.items[0] == ProgrammeItem(module="open")
    assert (day.items[1].title, day.items[1].minutes, day.items[1].at) == ("Lunch", 45, 630)
    assert programme.source.location("variants", "day", "start").line == 11


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("- module: open", "- {}", "14:9: An item is either a module or a break [wrong-value]"),
        (
            "- module: open",
            "- {module: open, break: Tea, minutes: 5}",
            "14:24: An item is either a module or a break [wrong-value]",
        ),
        (
            "minutes: 45, ",
            "",
            "15:10: The break “Lunch” has no minutes [wrong-value] Add `minutes: 15`.",
        ),
        (
            "- module: open",
            "- {module: open, minutes: 20}",
            "14:24: `minutes`, `at` and `back` belong to breaks, not to the module “open” "
            "[wrong-value] A module's minutes stand in its own front matter.",
        ),
        (
            "- module: close",
            "- module: open",
            "16:9: The variant “Day” has the module “open” more than once [wrong-value] "
            "Exercises have one number each, so a module comes once in a day.",
        ),
        (
            'at: "10:30"',
            'at: "10:61"',
            '15:41: “10:61” is not a time of day [wrong-value] Write it like "09:15".',
        ),
        (
            'start: "09:00"',
            "start: 9",
            '11:12: “9” is not a time of day [wrong-value] Write it like "09:00".',
        ),
        (
            '    finish: "12:00"\n',
            "    finish: 12:00\n    pace: fast\n",
            "13:11: “pace” cannot be “fast” [unknown-value] Known here: ideal, minimum.",
        ),
        ("gains: [Control.]", "gains: []", "3:8: “gains” must not be empty [wrong-length]"),
        ("gains: [Control.]", "gains: ['']", "3:9: Entry 1 of “gains” must not be empty"),
        ("break: Lunch", "brake: Lunch", "15:10: Unknown key “brake” in entry 2 of “items”"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, right: str, wrong: str, fault: str) -> None:
    assert PROGRAMME.count(right) == 1
    programme, faults = read(tmp_path, PROGRAMME.replace(right, wrong))
    assert programme is None
    assert len(faults) == 1
    assert faults[0].startswith(fault)


def test_every_fault_is_said_in_one_run(tmp_path: Path) -> None:
    text = PROGRAMME.replace("title: Leading", "titel: Leading").replace("09:00", "9 am")
    _, faults = read(tmp_path, text.replace("45", "0"))
    assert [fault.split(": ")[0] for fault in faults] == ["1:1", "1:1", "11:12", "15:33"]


def test_what_opens_and_closes_the_day_has_to_be_in_it(tmp_path: Path) -> None:
    programme, faults = read(tmp_path, PROGRAMME)
    assert programme
    assert programme.file.frame == ["open", "close"]
    assert faults == []
    _, faults = read(tmp_path, PROGRAMME + "frame: [open, closing]\n")
    assert faults == [
        "17:15: No variant has the module “closing” [unknown-module] Did you mean “close”?"
    ]

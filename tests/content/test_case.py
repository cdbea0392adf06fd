from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.block_tree import Block, Text
from workshop.content.case import Case, read_case
from workshop.diagnostics import Report

CARDS = """\
---
title: Fact sheet
---

A firm.

::: cards {title="Roles" each=trio}
::: card {title="Senior"}
You have little time.
:::
:::
"""


def read(tmp_path: Path, text: str) -> tuple[Case | None, list[str]]:
    path = tmp_path / "fact-sheet.md"
    path.write_text(text, encoding="utf-8")
    report = Report()
    case = read_case(path, report)
    texts = [str(fault).replace("error: ", "").replace("\n ", "") for fault in report]
    return case, [fault.removeprefix(f"{path.as_posix()}:") for fault in texts]


def test_a_case_is_a_title_with_text_and_cards(tmp_path: Path) -> None:
    case, faults = read(tmp_path, CARDS)
    assert faults == []
    assert case
    assert (case.name, case.title) == ("fact-sheet", "Fact sheet")
    text, cards = case.body
    assert isinstance(text, Text)
    assert isinstance(cards, Block)
    assert text.source.strip() == "A firm."
    assert (cards.kind, cards.location.line) == ("cards", 7)


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("title: F", "titel: F", "2:1: “title” is missing [missing-key]"),
        ("title: Fact sheet", 'title: ""', "2:8: “title” must not be empty [wrong-length]"),
        ("::: cards", "::: crads", "7:5: There is no block “crads” [unknown-block]"),
        ("A firm.", "::: case {name=other}\n:::", "5:5: “case” cannot stand in"),
        ("A firm.", "::: exercise {#a}\n:::", "5:5: “exercise” cannot stand in"),
    ],
)
def test_a_case_with_a_fault_is_none(tmp_path: Path, right: str, wrong: str, fault: str) -> None:
    case, faults = read(tmp_path, CARDS.replace(right, wrong, 1))
    assert case is None
    assert faults[0].startswith(fault)


def test_faults_of_front_matter_and_text_are_said_in_one_run(tmp_path: Path) -> None:
    _, faults = read(tmp_path, CARDS.replace("title: F", "titel: F").replace("each=", "eech="))
    assert [fault.split(": ")[0] for fault in faults] == ["2:1", "2:1", "7:26", "7:5"]

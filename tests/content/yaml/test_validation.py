from __future__ import annotations

import datetime
import enum
import json
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Discriminator, Field, Tag, ValidationError

from workshop.content.yaml.files import FileModel, YamlSource, parse_yaml, validate
from workshop.diagnostics import Location, Report

FILE = Path("/ws/client.yaml")


class Paper(enum.StrEnum):
    A4 = "A4"
    LETTER = "Letter"


class Include(FileModel):
    module: str
    after: str | None = None


class Break(FileModel):
    title: str = Field(alias="break")
    round_minutes: Annotated[int, Field(alias="round-minutes", ge=0, le=480)]


class Mail(FileModel):
    kind: Literal["mail"]
    to: str


class Print(FileModel):
    kind: Literal["print"]
    copies: int = Field(1, gt=0)


def which(item: object) -> str | None:
    tags = [tag for tag in ("break", "module") if isinstance(item, dict) and tag in item]
    return tags[0] if tags else None


Item = Annotated[
    Annotated[Include, Tag("module")] | Annotated[Break, Tag("break")], Discriminator(which)
]


class Client(FileModel):
    name: str = "x"
    paper: Paper = Paper.A4
    date: datetime.date | None = None
    start: datetime.time | None = None
    folder: Path | None = None
    follow_up: bool = Field(False, alias="follow-up")
    ratio: float = 1.0
    tags: tuple[str, ...] = ()
    include: list[str | Include] = Field([])
    either: list[Include | Break] = Field([])
    items: list[Item] = Field([])
    jobs: list[Annotated[Mail | Print, Field(discriminator="kind")]] = Field([])
    lines: Literal["auto"] | Annotated[int, Field(ge=1)] = "auto"
    many: str | list[str] = ""


def source_of(text: str) -> YamlSource:
    report = Report()
    source = parse_yaml(text, FILE, report)
    assert source is not None, [str(fault) for fault in report]
    return source


def faults_in(text: str, model: type[BaseModel] = Client) -> list[str]:
    """Validate what must be wrong; "line:column: message [code] hint" for each fault."""
    report = Report()
    assert validate(source_of(text), model, report) is None
    texts = [str(fault).replace("error: ", "").replace("\n ", "") for fault in report]
    return [fault.removeprefix("/ws/client.yaml:") for fault in texts]


def test_a_right_file_becomes_the_model() -> None:
    text = """\
name: Acme
paper: Letter
date: 2026-05-31
start: 09:30
folder: kits/acme
follow-up: true
ratio: 2
tags: [a, b]
include: [probing, {module: x, after: y}]
either: [{break: Tea, round-minutes: 5}]
"""
    report = Report()
    client = validate(source_of(text), Client, report)
    assert not list(report)
    assert client is not None
    assert client.model_dump(exclude_unset=True) == {
        "name": "Acme",
        "paper": Paper.LETTER,
        "date": datetime.date(2026, 5, 31),
        "start": datetime.time(9, 30),
        "folder": Path("kits/acme"),
        "follow_up": True,
        "ratio": 2.0,
        "tags": ("a", "b"),
        "include": ["probing", {"module": "x", "after": "y"}],
        "either": [{"title": "Tea", "round_minutes": 5}],
    }
    with pytest.raises(ValidationError, match="frozen"):
        client.name = "Other"  # type: ignore[misc]


def test_code_names_fields_and_files_name_keys() -> None:
    assert Client.model_validate({"follow_up": True}).follow_up
    assert faults_in("follow_up: true\n") == [
        "1:1: Unknown key “follow_up” [unknown-key] Did you mean “follow-up”?"
    ]


MUST_BE_KEYS = "Entry 1 of “items” must be a group of keys (module, after, break, round-minutes)"
RANGE = "“round-minutes” must be a whole number from 0 to 480 [out-of-range]"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        # Of another kind than any branch: what the branches take.
        ("lines: aut", "1:8: “lines” must be “auto” or a whole number, at least 1 [wrong-type]"),
        ("lines:", "1:1: “lines” has no value [no-value]"),
        ("many: {a: b}", "1:7: “many” must be text or a list [wrong-type]"),
        (
            "include: [3]",
            "1:11: Entry 1 of “include” must be text or a group of keys (module, after)",
        ),
        # Of one branch's kind: that branch's faults.
        ("lines: 0", "1:8: “lines” must be a whole number, at least 1 [out-of-range]"),
        ("many: [a, 5]", "1:11: Entry 2 of “many” must be text [wrong-type]"),
        (
            "include: [{after: y}]",
            "1:11: “module” is missing from entry 1 of “include” [missing-key]",
        ),
        # Of several models, the one with the fewest faults.
        (
            "either: [{break: Tea}]",
            "1:10: “round-minutes” is missing from entry 1 of “either” [missing-key]",
        ),
        ("either: [{break: Tea, round-minutes: 481}]", f"1:38: {RANGE}"),
        # Told apart by a function: the tag in pydantic's place is also a key of the file.
        ("items: [{break: Tea, round-minutes: 481}]", f"1:37: {RANGE}"),
        ("items: [x]", f"1:9: {MUST_BE_KEYS} [wrong-type]"),
        (
            "items: [{modul: x}]",
            "1:9: Entry 1 of “items” has none of the keys that say what it is [missing-key]",
        ),
        # Told apart by a key.
        ("jobs: [{kind: male}]", "1:15: “kind” cannot be “male” [unknown-value]"),
        ("jobs: [{to: x}]", "1:8: “kind” is missing from entry 1 of “jobs” [missing-key]"),
        (
            "jobs: [{kind: print, copies: 0}]",
            "1:30: “copies” must be a whole number, above 0 [out-of-range]",
        ),
        (
            "jobs: [{kind: print, copy: 2}]",
            "1:22: Unknown key “copy” in entry 1 of “jobs” [unknown-key]",
        ),
    ],
)
def test_a_union_reports_a_fault_once(text: str, fault: str) -> None:
    [sentence] = faults_in(text + "\n")
    assert sentence.startswith(fault)


def test_hints_in_unions() -> None:
    assert faults_in("lines: aut\n")[0].endswith("] Did you mean “auto”?")
    assert faults_in("include: [3]\n")[0].endswith('] Put it in quotes: "3".')
    assert faults_in("items: [{modul: x}]\n")[0].endswith("] Did you mean “module”?")
    assert faults_in("jobs: [{kind: male}]\n")[0].endswith("] Did you mean “mail”?")
    assert faults_in("jobs: [{kind: mail, to: x, cc: y}]\n")[0].endswith("] Known here: kind, to.")


def test_all_faults_of_a_file_come_in_one_run_in_its_order() -> None:
    text = """\
jobs:
  - {kind: mail, to: 3, cc: x}
either:
  - {brek: Tea, round-minutes: 5}
nam: Acme
lines: [1]
date: soon
"""
    assert faults_in(text) == [
        '2:22: “to” must be text [wrong-type] Put it in quotes: "3".',
        "2:25: Unknown key “cc” in entry 1 of “jobs” [unknown-key] Known here: kind, to.",
        "4:5: “break” is missing from entry 1 of “either” [missing-key]",
        "4:6: Unknown key “brek” in entry 1 of “either” [unknown-key] Did you mean “break”?",
        "5:1: Unknown key “nam” [unknown-key] Did you mean “name”?",
        "6:8: “lines” must be “auto” or a whole number, at least 1 [wrong-type]",
        "7:7: “date” must be a date such as 2026-05-31 [wrong-type]",
    ]


class Branch(FileModel):
    name: str
    below: list[Branch] = Field([])


def test_a_model_that_holds_itself() -> None:
    text = "name: a\nbelow:\n  - name: b\n    below: [{nam: c}]\n"
    assert faults_in(text, Branch) == [
        "4:13: “name” is missing from entry 1 of “below” [missing-key]",
        "4:14: Unknown key “nam” in entry 1 of “below” [unknown-key] Did you mean “name”?",
    ]


def test_a_missing_key_of_an_empty_file_stands_at_its_beginning() -> None:
    report = Report()
    source = parse_yaml("", FILE, report, first_line=2)
    assert source is not None
    assert validate(source, Include, report) is None
    [fault] = report
    assert (fault.message, fault.location) == ("“module” is missing", Location(FILE, 2, 1))


names = st.sampled_from([*Client.model_fields, "follow-up", "module", "break", "kind", "str", "x"])
letters = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=5)
single = st.none() | st.booleans() | st.integers() | st.floats() | letters
value = st.recursive(
    single | st.sampled_from(["mail", "print", "Tea"]),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(names, below, max_size=4),
    max_leaves=10,
)


@pytest.mark.slow
@settings(deadline=None, max_examples=120)
@given(st.dictionaries(names, value, min_size=1, max_size=6))
def test_whatever_a_file_holds_is_valid_or_has_faults_with_a_place(data: dict[str, Any]) -> None:
    report = Report()
    client = validate(source_of(json.dumps(data, ensure_ascii=False)), Client, report)
    assert (client is None) == bool(report.errors)
    texts = [str(fault) for fault in report]
    assert len(texts) == len(set(texts))
    for fault in report:
        assert fault.location is not None
        assert fault.location.line == 1
        assert not fault.message.startswith(("Input", "Value"))

from __future__ import annotations

import ast
import datetime
import enum
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import (
    AfterValidator,
    BeforeValidator,
    EmailStr,
    Field,
    field_validator,
    model_validator,
)

import workshop
from workshop.content.yaml.files import Fault, FileModel, parse_yaml, validate
from workshop.diagnostics import Report

FILE = Path("/ws/client.yaml")


class Paper(enum.StrEnum):
    A4 = "A4"
    LETTER = "Letter"


def even(text: object) -> object:
    if text == "odd":
        raise Fault("“odd” cannot be halved", hint="Write “even”.")
    return text


class Minutes(FileModel):
    min: int = 0
    max: int = Field(0, le=480, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Minutes:
        if self.min > self.max:
            raise Fault("Minutes must rise")
        return self


def refused(text: str) -> str:
    raise Fault(f"“{text}” is refused")


class Client(FileModel):
    name: str = "x"
    labels: list[str] = []
    minutes: Minutes | None = None
    paper: Paper = Paper.A4
    pace: Literal["ideal", "minimum"] | None = None
    date: datetime.date | None = None
    start: datetime.time | None = None
    follow_up: bool = Field(False, alias="follow-up")
    ratio: float = Field(1.0, gt=0)
    margin: float = Field(1.0, gt=0, le=9.5)
    outcomes: list[str] = Field(["x"], min_length=1, max_length=3)
    label: str = Field("x", min_length=1, max_length=9)
    code: str = Field("x", min_length=2, pattern="^[a-z]+$")
    halves: Annotated[str, BeforeValidator(even)] = ""
    sure: str = ""
    alike: Annotated[str, AfterValidator(refused)] | Annotated[str, BeforeValidator(refused)] = ""
    mail: EmailStr | None = None
    pair: tuple[str, int] | None = None
    breaks: dict[Literal["Coffee", "Lunch"], Annotated[int, Field(ge=1)]] = Field({})
    rooms: dict[Annotated[str, Field(max_length=3)], str] = Field({})

    @field_validator("label")
    @classmethod
    def _no_shouting(cls, label: str) -> str:
        if label.endswith("!"):
            raise ValueError("A label does not shout")
        return label

    @model_validator(mode="after")
    def _ratio_fits_margin(self) -> Client:
        if self.ratio > self.margin:
            raise Fault("The ratio is more than the margin", at=("ratio",))
        return self

    @field_validator("sure")
    @classmethod
    def _sure(cls, sure: str) -> str:
        if sure == "no":
            raise AssertionError("Be sure")
        return sure


NUMBER_ALONE = "Write the number alone, without quotes: 35."
LIST = "Begin each entry with “- ” on a line of its own."
COLON = "A text with a colon and a space in it must be in quotes."
NO_AT = "An email address must have an @-sign"
NOTHING = '“null” means nothing here; put it in quotes if it is meant: "null".'
COMMENT = "“#” begins a comment; put the value in quotes: "


@pytest.mark.parametrize(
    ("text", "fault", "hint"),
    [
        ("nam: x", "1:1 Unknown key “nam” [unknown-key]", "Did you mean “name”?"),
        (
            "follow_up: true",
            "1:1 Unknown key “follow_up” [unknown-key]",
            "Did you mean “follow-up”?",
        ),
        (
            "minutes: {x: 1}",
            "1:11 Unknown key “x” in “minutes” [unknown-key]",
            "Known here: max, min.",
        ),
        (
            "breaks: {Lunsh: 3}",
            "1:10 Unknown key “Lunsh” in “breaks” [unknown-key]",
            "Did you mean “Lunch”?",
        ),
        (
            "rooms: {attic: x}",
            "1:9 The key “attic” must have at most 3 characters [wrong-length]",
            None,
        ),
        ("rooms: {ok: 1}", "1:13 “ok” must be text [wrong-type]", 'Put it in quotes: "1".'),
        ("pace: ideel", "1:7 “pace” cannot be “ideel” [unknown-value]", "Did you mean “ideal”?"),
        ("paper: A5", "1:8 “paper” cannot be “A5” [unknown-value]", "Known here: A4, Letter."),
        ("pace: [x]", "1:7 “pace” must be “ideal” or “minimum” [unknown-value]", None),
        ("name: 2026", "1:7 “name” must be text [wrong-type]", 'Put it in quotes: "2026".'),
        ("name: 0800", "1:7 “name” must be text [wrong-type]", 'Put it in quotes: "0800".'),
        ("name: True", "1:7 “name” must be text [wrong-type]", 'Put it in quotes: "True".'),
        ("name: {a: b}", "1:7 “name” must be text [wrong-type]", COLON),
        ("name: [a]", "1:7 “name” must be text [wrong-type]", None),
        ("name:", "1:1 “name” has no value [no-value]", None),
        ("name: null", "1:7 “name” has no value [no-value]", NOTHING),
        ("name: #0a3d62", "1:1 “name” has no value [no-value]", COMMENT + '"#0a3d62".'),
        ("name: # the client", "1:1 “name” has no value [no-value]", None),
        ("paper:", "1:1 “paper” has no value [no-value]", None),
        (
            "outcomes:\n  - #1\n",
            "2:4 Entry 1 of “outcomes” has no value [no-value]",
            COMMENT + '"#1".',
        ),
        ("minutes: 30", "1:10 “minutes” must be a group of keys (min, max) [wrong-type]", None),
        ("minutes: {min: 35.0}", "1:16 “min” must be a whole number [wrong-type]", NUMBER_ALONE),
        ("minutes: {min: 3.5}", "1:16 “min” must be a whole number [wrong-type]", None),
        ("minutes: {min: true}", "1:16 “min” must be a whole number [wrong-type]", None),
        ("minutes: {min: 9:30}", "1:16 “min” must be a whole number [wrong-type]", None),
        ("minutes: {min: '35'}", "1:16 “min” must be a whole number [wrong-type]", NUMBER_ALONE),
        ("minutes: {min: 35 min}", "1:16 “min” must be a whole number [wrong-type]", NUMBER_ALONE),
        ("minutes: {max: x}", "1:16 “max” must be a whole number from 0 to 480 [wrong-type]", None),
        (
            "minutes: {max: 481}",
            "1:16 “max” must be a whole number from 0 to 480 [out-of-range]",
            None,
        ),
        ("minutes: {min: 2, max: 1}", "1:10 Minutes must rise [wrong-value]", None),
        (
            "breaks: {Lunch: 0}",
            "1:17 “Lunch” must be a whole number, at least 1 [out-of-range]",
            None,
        ),
        ("follow-up: no", "1:12 “follow-up” must be true or false [wrong-type]", "Write false."),
        ("follow-up: On", "1:12 “follow-up” must be true or false [wrong-type]", "Write true."),
        ("follow-up: 1", "1:12 “follow-up” must be true or false [wrong-type]", "Write true."),
        ("follow-up: 2", "1:12 “follow-up” must be true or false [wrong-type]", None),
        ("ratio: x", "1:8 “ratio” must be a number, above 0 [wrong-type]", None),
        ("ratio: 0", "1:8 “ratio” must be a number, above 0 [out-of-range]", None),
        ("ratio: .inf", "1:8 “ratio” must be a number, above 0 [wrong-type]", None),
        (
            "margin: 10",
            "1:9 “margin” must be a number, above 0 and at most 9.5 [out-of-range]",
            None,
        ),
        (
            "date: 31.5.2026",
            "1:7 “date” must be a date such as 2026-05-31 [wrong-type]",
            "Write it as year-month-day: 2026-05-31.",
        ),
        ("date: 31 May", "1:7 “date” must be a date such as 2026-05-31 [wrong-type]", None),
        ("start: 9.30", "1:8 “start” must be a time such as 09:30 [wrong-type]", None),
        ("start: noon", "1:8 “start” must be a time such as 09:30 [wrong-type]", None),
        ("outcomes: x", "1:11 “outcomes” must be a list [wrong-type]", LIST),
        ("outcomes: {x: y}", "1:11 “outcomes” must be a list [wrong-type]", None),
        ("outcomes: []", "1:11 “outcomes” must not be empty [wrong-length]", None),
        (
            "outcomes: [a, b, c, d]",
            "1:11 “outcomes” must have at most 3 entries [wrong-length]",
            None,
        ),
        (
            "outcomes: [a, 7]",
            "1:15 Entry 2 of “outcomes” must be text [wrong-type]",
            'Put it in quotes: "7".',
        ),
        ("label: [a, b]", "1:8 “label” must be text [wrong-type]", "For several, write `labels`."),
        ("pair: [a]", "1:7 Entry 2 of “pair” is missing [missing-key]", None),
        ("label: ''", "1:8 “label” must not be empty [wrong-length]", None),
        ("label: much too long", "1:8 “label” must have at most 9 characters [wrong-length]", None),
        ("code: a", "1:7 “code” must have at least 2 characters [wrong-length]", None),
        ("code: A1", "1:7 “code” must match pattern '^[a-z]+$' [wrong-value]", None),
        ("label: Hey!", "1:8 A label does not shout [wrong-value]", None),
        ("halves: odd", "1:9 “odd” cannot be halved [wrong-value]", "Write “even”."),
        ("ratio: 2", "1:1 The ratio is more than the margin [wrong-value]", None),
        ("label: x\nratio: 2", "2:1 The ratio is more than the margin [wrong-value]", None),
        ("label: x\nmargin: 0.5", "1:1 The ratio is more than the margin [wrong-value]", None),
        ("alike: x", "1:8 “x” is refused [wrong-value]", None),
        ("sure: no", "1:7 Be sure [wrong-value]", None),
        (
            "mail: nobody",
            f"1:7 “mail” is not a valid email address: {NO_AT} [wrong-value]",
            None,
        ),
    ],
)
def test_a_fault_in_plain_words(text: str, fault: str, hint: str | None) -> None:
    report = Report()
    source = parse_yaml(text + "\n", FILE, report)
    assert source is not None
    assert validate(source, Client, report) is None
    [diagnostic] = report
    assert diagnostic.location is not None
    where = f"{diagnostic.location.line}:{diagnostic.location.column}"
    assert f"{where} {diagnostic.message} [{diagnostic.code}]" == fault
    assert diagnostic.hint == hint


def faults_of_whole_models(path: Path) -> list[ast.Call]:
    """Return where the validators of a file's models raise a fault that is of several keys."""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any("model_validator" in ast.unparse(decorator) for decorator in node.decorator_list)
    ]
    return [
        node
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Fault"
    ]


def test_each_fault_of_keys_that_hold_together_names_the_key_to_look_at() -> None:
    package = Path(workshop.__file__).parent
    faults = {path: faults_of_whole_models(path) for path in package.rglob("*.py")}
    assert sum(map(len, faults.values())) > 10
    assert [
        f"{path.relative_to(package)}:{call.lineno}"
        for path, calls in faults.items()
        for call in calls
        if len(call.args) < 3 and "at" not in {keyword.arg for keyword in call.keywords}
    ] == []


def test_a_value_that_may_be_empty_and_is_a_comment_is_told() -> None:
    report = Report()
    source = parse_yaml("name: Test\nmail: #1 ada@example.org\n", FILE, report)
    assert source is not None
    assert validate(source, Client, report) is not None
    [told] = report
    assert (told.code, told.message) == ("yaml-cut", "“#” begins a comment, so “mail” is empty")
    assert str(told.location).endswith(":2:1")

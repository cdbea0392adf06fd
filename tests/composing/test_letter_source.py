"""What a letter would leave out, or send as it stands, is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.composing.letter_source import report_letter
from workshop.diagnostics import Report

BLOCKS = ("subject", "body", "talk_note")
PATH = Path("email.md.j2")


def told(source: str) -> list[str]:
    report = Report()
    report_letter(source, PATH, BLOCKS, report)
    return [f"{fault.location and fault.location.line} {fault.code}" for fault in report]


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("{% block body %}\n::: facilitator\nsecret\n:::\n{% endblock %}", [
            "2 malformed-fence", "4 malformed-fence",
        ]),
        ("{% block body %}Hello\n```{facilitator}\nsecret\n```\n{% endblock %}", [
            "2 malformed-fence",
        ]),
        ('{% extends "library/x" %}\n{% block bdy %}Hello{% endblock %}', ["2 unknown-block"]),
        ("{% block body %}Hello{% endblock %}\n\nStray words.", ["3 outside-blocks"]),
        ("{{ manager.name }}\n{% block body %}Hello{% endblock %}", ["1 outside-blocks"]),
    ],
)  # fmt: skip
def test_what_nobody_would_read_is_told(source: str, faults: list[str]) -> None:
    assert told(source) == faults


@pytest.mark.parametrize(
    "source",
    [
        "{# A note. #}\n{% set on = 1 %}\n{% block body scoped %}Hello{% endblock %}\n",
        "{% macro greet(name) %}Dear {{ name }}{% endmacro %}{% block body %}{{ greet(1) }}"
        "{% endblock %}",
        "{% set words %}Dear all{% endset %}{% block body %}{{ words }}{% endblock %}",
        "{% block body %}{% block own %}Hello{% endblock %}{% endblock %}",
        "{% if a %}{% block body %}Hello{% endblock %}{% endif %}",
        "{% block body %}At 10:30: come.{% endblock %}",
    ],
)
def test_what_is_written_is_not(source: str) -> None:
    assert told(source) == []


def test_the_shipped_letters_are_sound() -> None:
    for path in Path("templates").glob("*/email.md.j2"):
        report = Report()
        every = (*BLOCKS, "talk_title", "ask_title", "ask_note")
        report_letter(path.read_text("utf-8"), path, every, report)
        assert list(report) == []

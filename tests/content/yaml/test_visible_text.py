"""Where words are wanted, blanks and marks that nobody sees are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.yaml.files import FileModel, parse_yaml, validate
from workshop.content.yaml.visible_text import Words
from workshop.diagnostics import Report


class Sign(FileModel):
    """Is a file with one text that has to be seen."""

    title: Words


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("' '", ["2:8: Nothing of this can be seen in print"]),
        ('"\\t"', ["2:8: Nothing of this can be seen in print"]),
        ("''", ["2:8: “title” must not be empty"]),
        ("‘A’", []),
        ("½ + 1", []),
        ("…", []),
    ],
)
def test_a_text_that_nobody_sees_is_told(written: str, told: list[str]) -> None:
    report = Report()
    source = parse_yaml(f"# a sign\ntitle: {written}\n", Path("sign.yaml"), report)
    assert source
    validate(source, Sign, report)
    assert [f"{f.location.line}:{f.location.column}: {f.message}"
            for f in report if f.location] == told  # fmt: skip

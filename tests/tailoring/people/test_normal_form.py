"""What is written in the normal form reads as the same people."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.diagnostics import Report
from workshop.tailoring.people.normal_form import in_normal_form
from workshop.tailoring.people.read_roster import understand_roster

_CELL = st.text(alphabet="abÄß ,;\"'|éő王\t", max_size=6)
_HEADINGS = ("Name", "E-mail", "Department", "Job title", "Edition")


@given(
    people=st.lists(st.tuples(_CELL, _CELL, _CELL), max_size=5), delimiter=st.sampled_from(",;|")
)
@settings(deadline=None, max_examples=60)
def test_what_was_read_and_written_reads_the_same(
    people: list[tuple[str, str, str]], delimiter: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    lines = [delimiter.join(_HEADINGS)]
    for number, (name, team, role) in enumerate(people):
        cells = (name, f"p{number}@example.com", team, role, ("large print", "")[number % 2])
        lines.append(delimiter.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells))
    path = folder / "people.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    first = understand_roster(path, (), Report())
    if first.roster is None:
        return
    path.write_text(in_normal_form(first.participants), encoding="utf-8-sig")
    again = understand_roster(path, (), Report())
    assert again.roster == first.roster

from __future__ import annotations

import pytest

from workshop.content.clock import clock, parse_clock, parse_opening
from workshop.content.yaml.files import Fault


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("00:00", 0), ("9:15", 555), ("09:15", 555), ("9.15", 555), (" 13:00 ", 780), ("23:59", 1439)],
)
def test_a_time_of_day_is_minutes_after_midnight(text: str, minutes: int) -> None:
    assert parse_clock(text) == minutes


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("", "09:15"), ("24:00", "09:15"), ("12:60", "09:15"), ("9:5", "09:15"),
        ("-1:00", "09:15"), ("noon", "09:15"), (True, "09:15"), ("13 am", "09:15"),
        ("9", "09:00"), (9, "09:00"), ("9 am", "09:00"), ("12 am", "00:00"), ("12 pm", "12:00"),
        ("8:30 p.m.", "20:30"), ("8 Uhr", "08:00"), ("09:15:00", "09:15"), (9.2, "09:20"),
    ],
)  # fmt: skip
def test_anything_else_is_a_fault_that_shows_the_form(text: object, form: str) -> None:
    with pytest.raises(Fault, match="is not a time of day") as caught:
        parse_clock(text)
    assert caught.value.message == f"“{text}” is not a time of day"
    assert caught.value.hint == f'Write it like "{form}".'


@pytest.mark.parametrize("note", ["", " for tea", ", tea", "; tea", " – tea", ". With tea", "."])
def test_behind_the_time_of_an_opening_a_text_may_follow(note: str) -> None:
    opening = parse_opening(f"08:15{note}")
    assert (opening.at, opening.note) == (495, note)
    assert str(opening) == f"08:15{note}"


@pytest.mark.parametrize("text", ["08:15Tea", "08:15: tea", "08:15/tea", "08:15.tea"])
def test_what_follows_in_another_way_brings_the_line_to_type(text: str) -> None:
    with pytest.raises(Fault, match="is not a time of day") as caught:
        parse_opening(text)
    words = text.lstrip("0815:./ ")
    assert caught.value.hint == f'Words may follow the time behind a comma: "08:15, {words}".'


def test_a_time_is_written_as_it_is_read() -> None:
    assert clock(555) == "09:15"
    assert all(parse_clock(clock(minutes)) == minutes for minutes in range(24 * 60))

"""The calendar's entries are read alike, and are in the zone where the day takes place."""

from __future__ import annotations

import datetime
from pathlib import Path

import icalendar
import pytest
import vobject

from tests.delivery.email.other_readers import read_by_node, said_by
from tests.other_programs import program
from workshop.delivery.email.calendar_file import calendar_file, calendar_uid
from workshop.delivery.email.conversations import conversations

STAMP = datetime.datetime(2027, 9, 1, 8, tzinfo=datetime.UTC)
WORDS = {"talk": ("Talk, with Zoë; 王", "One\n\n- two"), "ask": ("Ask", "Three")}
# Summer time ends between the two.
DAY, LATER = datetime.date(2027, 10, 28), datetime.date(2027, 11, 18)


def written(day: datetime.date, timezone: str | None, sequence: int = 0) -> bytes:
    wanted = conversations(day, 1, datetime.date(2027, 9, 1))
    return calendar_file(wanted, WORDS, calendar_uid("a"), sequence, STAMP, timezone)


def entries(content: bytes) -> list[tuple[str, str]]:
    events = icalendar.Calendar.from_ical(content).events
    return [(event.start.isoformat(), str(event["SUMMARY"])) for event in events]


def test_times_are_those_of_the_zone() -> None:
    assert entries(written(DAY, "Europe/Amsterdam")) == [
        ("2027-10-25T10:00:00+02:00", WORDS["talk"][0]),
        ("2027-11-04T10:00:00+01:00", WORDS["ask"][0]),
    ]
    assert [start for start, _ in entries(written(DAY, "America/New_York"))] == [
        "2027-10-25T10:00:00-04:00",
        "2027-11-04T10:00:00-04:00",
    ]


def test_without_a_zone_they_are_the_readers_own() -> None:
    content = written(DAY, None)
    assert [start for start, _ in entries(content)] == [
        "2027-10-25T10:00:00",
        "2027-11-04T10:00:00",
    ]
    assert b"VTIMEZONE" not in content


def test_the_file_explains_its_zone_and_is_one_object() -> None:
    content = written(DAY, "Europe/Amsterdam")
    calendar = icalendar.Calendar.from_ical(content)
    assert [zone.tz_name for zone in calendar.timezones] == ["Europe/Amsterdam"]
    assert {str(event["UID"]) for event in calendar.events} == {calendar_uid("a")}
    assert calendar["METHOD"] == "PUBLISH"
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_one_that_is_left_over_is_an_entry_of_its_own() -> None:
    wanted = conversations(DAY, 1, DAY)
    content = calendar_file(wanted, WORDS, calendar_uid("a"), 1, STAMP, None)
    assert entries(content) == [("2027-11-04T10:00:00", "Ask")]
    assert b"RRULE" not in content
    assert b"RECURRENCE-ID" not in content


@pytest.mark.slow
def test_four_other_readers_read_the_same(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    path = tmp_path / "dates.ics"
    path.write_bytes(written(DAY, "Europe/Amsterdam"))
    expected = [["2027-10-25T08:00:00.000Z", WORDS["talk"][0]], ["2027-11-04T09:00:00.000Z", "Ask"]]
    assert read_by_node("calendar.mjs", request.config, path) == {
        "ical.js": expected,
        "node-ical": expected,
    }
    read = vobject.readOne(path.read_text(encoding="utf-8")).vevent_list
    times = [event.dtstart.value.astimezone(datetime.UTC).isoformat() for event in read]
    assert times == ["2027-10-25T08:00:00+00:00", "2027-11-04T09:00:00+00:00"]
    assert [event.summary.value for event in read] == [title for _, title in expected]
    khal = Khal(tmp_path)
    khal.take(path)
    assert khal.shown() == [f"2027-10-25 10:00 {WORDS['talk'][0]}", "2027-11-04 10:00 Ask"]


@pytest.mark.slow
def test_a_calendar_moves_its_entries_when_the_day_moves(tmp_path: Path) -> None:
    khal, path = Khal(tmp_path), tmp_path / "dates.ics"
    for day, sequence in ((DAY, 0), (LATER, 1)):
        path.write_bytes(written(day, "Europe/Amsterdam", sequence))
        khal.take(path)
    assert khal.shown() == [f"2027-11-15 10:00 {WORDS['talk'][0]}", "2027-11-25 10:00 Ask"]


class Khal:
    """A calendar program with one calendar."""

    def __init__(self, folder: Path) -> None:
        self._config = folder / "khal.conf"
        (folder / "calendar").mkdir()
        zone, formats = "Europe/Amsterdam", "%Y-%m-%d"
        self._config.write_text(
            f"[calendars]\n[[home]]\npath = {folder}/calendar\n"
            f"[sqlite]\npath = {folder}/khal.db\n[default]\ndefault_calendar = home\n"
            f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\ntimeformat = %H:%M\n"
            f"dateformat = {formats}\nlongdateformat = {formats}\n"
            f"datetimeformat = {formats} %H:%M\nlongdatetimeformat = {formats} %H:%M\n"
        )

    def take(self, path: Path) -> None:
        """Import a file without questions."""
        self._run("import", "--batch", str(path))

    def shown(self) -> list[str]:
        """Return what it shows: the start and the title of each entry."""
        form = "{start-date} {start-time} {title}"
        return self._run(
            "list", "2027-09-01", "2028-02-01", "--day-format", "", "--format", form
        ).split("\n")

    def _run(self, *arguments: str) -> str:
        khal = program("khal", "khal")
        return said_by([khal, "-c", str(self._config), *arguments]).strip()

"""A day's date into the two conversations a briefing asks for, and those into a calendar file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from icalendar import Calendar, Event

_TALK_MINUTES, _ASK_MINUTES = 10, 20
_MORNING = datetime.time(10)
_WORKING_DAYS_BEFORE, _DAYS_AFTER = 3, 7


@dataclass(frozen=True)
class Conversation:
    """A proposal: the talk before the day, or the one about the ask card in the week after it.

    `start` has no time zone: it is ten o'clock wherever the calendar is opened (RFC 5545, 3.3.5,
    form 1).
    """

    kind: Literal["talk", "ask"]
    start: datetime.datetime
    minutes: int


def conversations(
    day: datetime.date | None, people: int, today: datetime.date
) -> tuple[Conversation, ...]:
    """Return what is still to come of the two, on working days, with time for each of the people.

    The talk is three working days before the day, or on the next one where that has passed.
    """
    if day is None:
        return ()
    talk = day
    for _ in range(_WORKING_DAYS_BEFORE):
        talk = _working_day(talk - datetime.timedelta(1), -1)
    talk = max(talk, _working_day(today + datetime.timedelta(1), 1))
    ask = _working_day(day + datetime.timedelta(_DAYS_AFTER), -1)
    found = []
    if talk < day:
        found.append(Conversation("talk", _at(talk), _TALK_MINUTES * people))
    if ask > max(day, today):
        found.append(Conversation("ask", _at(ask), _ASK_MINUTES * people))
    return tuple(found)


def _working_day(date: datetime.date, step: int) -> datetime.date:
    while date.weekday() > 4:  # Saturday, Sunday
        date += datetime.timedelta(step)
    return date


def _at(date: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(date, _MORNING)


def calendar(
    wanted: tuple[Conversation, ...],
    words: Mapping[str, tuple[str, str]],
    uid: str,
    stamp: datetime.datetime,
) -> bytes:
    """Return an iCalendar file (RFC 5545); `words` are each kind's title and note.

    `uid` is a part of every entry's own: the same one again replaces it.
    """
    made = Calendar.new(prodid="-//workshop-kit//workshop email//EN", method="PUBLISH", uid=uid)
    for one in wanted:
        title, note = words[one.kind]
        entry = Event.new(
            uid=f"{one.kind}.{uid}",
            stamp=stamp,
            summary=title,
            description=note,
            start=one.start,
            end=one.start + datetime.timedelta(minutes=one.minutes),
        )
        made.add_component(entry)
    return bytes(made.to_ical())

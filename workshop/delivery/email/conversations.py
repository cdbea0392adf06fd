"""Propose dates for the two conversations of a briefing, and write them into a calendar file."""

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
    """Proposes a conversation: the talk before the day, or the one about the ask card after it.

    `start` has no time zone: it is ten o'clock wherever the calendar is opened (RFC 5545, 3.3.5,
    form 1).
    """

    kind: Literal["talk", "ask"]
    start: datetime.datetime
    minutes: int


def conversations(
    day: datetime.date | None, people: int, today: datetime.date
) -> tuple[Conversation, ...]:
    """Return those of the two conversations that are not over yet, with time for each person.

    Both are on working days. The talk is three working days before the day, or on the next working
    day where that has passed. The other conversation is within a week after the day.
    """
    if day is None:
        return ()
    talk = day
    for _ in range(_WORKING_DAYS_BEFORE):
        talk = _working_day(talk - datetime.timedelta(1), -1)
    talk = max(talk, _working_day(today + datetime.timedelta(1), 1))
    ask = _working_day(day + datetime.timedelta(_DAYS_AFTER), -1)
    to_come = []
    if talk < day:
        to_come.append(Conversation("talk", _at(talk), _TALK_MINUTES * people))
    if ask > max(day, today):
        to_come.append(Conversation("ask", _at(ask), _ASK_MINUTES * people))
    return tuple(to_come)


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
    """Return an iCalendar file (RFC 5545); `words` are the title and the note of each kind.

    The ids of the entries are made from `uid`, so that a later file with the same `uid` replaces
    them.
    """
    file = Calendar.new(prodid="-//workshop-kit//workshop email//EN", method="PUBLISH", uid=uid)
    for conversation in wanted:
        title, note = words[conversation.kind]
        entry = Event.new(
            uid=f"{conversation.kind}.{uid}",
            stamp=stamp,
            summary=title,
            description=note,
            start=conversation.start,
            end=conversation.start + datetime.timedelta(minutes=conversation.minutes),
        )
        file.add_component(entry)
    return bytes(file.to_ical())

"""Propose dates for the two conversations of a briefing."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

_TALK_MINUTES, _ASK_MINUTES = 10, 20
_MORNING = datetime.time(10)
_WORKING_DAYS_BEFORE, _DAYS_AFTER = 3, 7


@dataclass(frozen=True)
class Conversation:
    """Proposes a conversation: the talk before the day, or the one about the ask card after it.

    `start` is the clock's time where the day takes place.
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

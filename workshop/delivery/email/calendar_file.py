"""Write proposed conversations into a calendar file (RFC 5545) that calendars take and update."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from workshop.delivery.email.conversations import Conversation

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "workshop-kit.invalid")  # RFC 2606


def calendar_uid(*key: str) -> str:
    """Return the id of the entries that belong to a key (RFC 7986, 5.3), whoever sends them."""
    return str(uuid.uuid5(_NAMESPACE, "\0".join(key)))


def calendar_file(
    wanted: tuple[Conversation, ...],
    words: Mapping[str, tuple[str, str]],
    uid: str,
    sequence: int,
    stamp: datetime.datetime,
    timezone: str | None,
) -> bytes:
    """Return a calendar file; `words` are the title and the note of each kind of conversation.

    A later file with the same `uid` and a larger `sequence` or `stamp` replaces its entries.
    Without `timezone` a conversation is at ten o'clock wherever the file is opened (RFC 5545,
    3.3.5, form 1).

    Two conversations are one entry that takes place twice, the second time in other words: under
    two ids, Thunderbird updates one and spoils the other, and CalDAV takes neither (RFC 4791, 4.1).
    """
    file = Calendar.new(prodid="-//workshop-kit//workshop email//EN", method="PUBLISH", uid=uid)
    zone = ZoneInfo(timezone) if timezone else None
    starts = [one.start.replace(tzinfo=zone) for one in wanted]
    for conversation, start in zip(wanted, starts, strict=True):
        title, note = words[conversation.kind]
        entry = Event.new(
            uid=uid,
            sequence=sequence,
            stamp=stamp,
            summary=title,
            description=note,
            start=start,
            end=start + datetime.timedelta(minutes=conversation.minutes),
        )
        if start != starts[0]:
            entry.add("recurrence-id", start)
        elif len(starts) > 1:
            days = (starts[1].date() - start.date()).days
            entry.add("rrule", {"freq": "daily", "interval": days, "count": len(starts)})
        file.add_component(entry)
    # From the first day of a year to that of another: a reader may look for one more change.
    first, last = starts[0].year, starts[-1].year + 1
    file.add_missing_timezones(datetime.date(first, 1, 1), datetime.date(last, 1, 1))
    return bytes(file.to_ical())

"""Note what a letter says of the day, and tell the next one what its manager was told before."""

from __future__ import annotations

import datetime
import json
from typing import Any

from workshop.composing.letter import EarlierLetter
from workshop.delivery.email.ledger import LedgerLine
from workshop.tailoring.cohort import Cohort


def said_of(cohort: Cohort) -> str:
    """Return what letters say of a cohort's day, as the ledger keeps it."""
    date = cohort.date.isoformat() if cohort.date else None
    facts = {"date": date, "start": cohort.start, "finish": cohort.finish, "venue": cohort.venue}
    return json.dumps(facts, ensure_ascii=False)


def earlier_letter(line: LedgerLine, timezone: datetime.tzinfo | None) -> EarlierLetter:
    """Return what the letter of a ledger's line said; lines of earlier programs have no facts."""
    facts: dict[str, Any] = json.loads(line.said or "{}")
    date = facts.get("date")
    return EarlierLetter(
        sent=datetime.datetime.fromisoformat(line.changed).astimezone(timezone).date(),
        date=datetime.date.fromisoformat(date) if date else None,
        start=facts.get("start"),
        finish=facts.get("finish"),
        venue=facts.get("venue") or "",
    )

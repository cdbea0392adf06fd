from __future__ import annotations

import datetime

import pytest

from workshop.delivery.email.conversations import conversations

THURSDAY = datetime.date(2027, 2, 11)


def starts(day: datetime.date | None, today: str, people: int = 1) -> list[str]:
    proposed = conversations(day, people, datetime.date.fromisoformat(today))
    return [f"{item.kind} {item.start:%a %d %H:%M} {item.minutes}" for item in proposed]


def test_the_talk_is_three_working_days_before_and_the_card_within_a_week() -> None:
    assert starts(THURSDAY, "2027-01-04") == ["talk Mon 08 10:00 10", "ask Thu 18 10:00 20"]
    assert starts(THURSDAY, "2027-01-04", people=4) == [
        "talk Mon 08 10:00 40",
        "ask Thu 18 10:00 80",
    ]


def test_neither_is_on_a_weekend() -> None:
    for add in range(14):
        day = THURSDAY + datetime.timedelta(add)
        for conversation in conversations(day, 1, datetime.date(2027, 1, 4)):
            assert conversation.start.weekday() < 5
            assert (conversation.start.date() < day) == (conversation.kind == "talk")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2027-02-08", ["talk Tue 09 10:00 10", "ask Thu 18 10:00 20"]),
        ("2027-02-10", ["ask Thu 18 10:00 20"]),  # no day left before it
        ("2027-02-17", ["ask Thu 18 10:00 20"]),
        ("2027-02-18", []),
    ],
)
def test_what_has_passed_is_not_proposed(today: str, expected: list[str]) -> None:
    assert starts(THURSDAY, today) == expected


def test_a_day_without_a_date_has_none() -> None:
    assert starts(None, "2027-01-04") == []

"""Signs that nobody sees, and letters that only look like others, are asked about."""

from __future__ import annotations

import pytest

from tests.tailoring.people.conftest import Understand
from workshop.diagnostics import Severity

CODES = ("roster-unseen", "roster-look-alike")


def asked(understand: Understand, row: str) -> list[tuple[str, str]]:
    _, faults = understand(f"name,email,manager,manager_email\n{row}\n")
    doubts = [fault for fault in faults if fault.code in CODES]
    assert all(fault.severity is Severity.WARNING for fault in doubts)
    return [(fault.code, fault.message) for fault in doubts]


@pytest.mark.parametrize(
    "sign",
    [
        "\u034f",
        "\u200d",
        "\u200c",
        "\ufe0f",
        "\U000e0101",
        "\u3164",
        "\uffa0",
        "\u2800",
        "\u115f",
        "\u180b",
    ],
)
def test_a_sign_in_a_name_that_nobody_sees_is_asked_about(
    understand: Understand, sign: str
) -> None:
    [(code, message)] = asked(understand, f"Ann{sign}One,a@example.org,Kim,kim@example.org")
    assert code == "roster-unseen"
    assert f"U+{ord(sign):04X}" in message
    [(code, _)] = asked(understand, f"Ann,a@example.org,Kim{sign} Boss,kim@example.org")
    assert code == "roster-unseen"


@pytest.mark.parametrize(
    "name",
    [
        "علی\u200cرضا کریمی",
        "क्\u200dष Sharma",
        "葛\U000e0100城 太郎",
        "Ann ❤\ufe0f One",
        "Ann 👩\u200d👧 One",
        "Zoë Łukasz Nguyễn",
        "Иван Петров",
        "Γιώργος Smith-Иванов",
        "山田 太郎",
        "Åsa O’Brien",
    ],
)
def test_what_a_script_needs_is_not(understand: Understand, name: str) -> None:
    assert not asked(understand, f"{name},a@example.org,Kim,kim@example.org")


@pytest.mark.parametrize(
    "address",
    [
        "аnn@example.org",
        "ann@exаmple.org",
        "роре@example.org",
        "ａnn@example.org",
        "αnn@example.org",
    ],
)
def test_an_address_with_letters_that_look_like_others_is_asked_about(
    understand: Understand, address: str
) -> None:
    [(code, message)] = asked(understand, f"Ann One,{address},Kim,kim@example.org")
    assert code == "roster-look-alike"
    assert "U+" in message
    assert asked(understand, f"Ann One,a@example.org,Kim,{address}")


def test_so_is_a_name_of_two_alphabets(understand: Understand) -> None:
    [(_, message)] = asked(understand, "Аnn One,a@example.org,Kim,kim@example.org")
    assert message == (
        "The name “Аnn One” has letters of two alphabets: “А” is U+0410, CYRILLIC CAPITAL LETTER A"
    )


@pytest.mark.parametrize("address", ["иван@example.org", "ann@bücher.example", "josé@example.org"])
def test_an_address_in_one_alphabet_is_not(understand: Understand, address: str) -> None:
    assert not asked(understand, f"Ann One,{address},Kim,kim@example.org")


def test_names_alike_but_for_signs_that_nobody_sees_are_one_persons(
    understand: Understand,
) -> None:
    _, faults = understand("name\nAnnOne\nAnn\u200dOne\n")
    assert "roster-name-twice" in {fault.code for fault in faults}
    rows = "AnnOne,Ops,a@example.org\nAnn\u034fOne,Ops,b@example.org\n"
    _, faults = understand(f"name,team,email\n{rows}")
    assert "roster-namesakes" in {fault.code for fault in faults}
    rows = "AnnOne,Ops,a@example.org\nAnn\u034fOne,Ops,a@example.org\n"
    _, faults = understand(f"name,team,email\n{rows}")
    assert "roster-row-twice" in {fault.code for fault in faults}

"""A client's words for terms: without their plural, or with one word for two terms."""

from __future__ import annotations

import pytest

import workshop
from tests.conftest import READINGS, Workspace


def told(workspace: Workspace, terms: str) -> list[str]:
    workspace.client(f"name: Linden\nterms: {{{terms}}}\n", "linden")
    warnings = workshop.load(workspace.root, "linden", READINGS).warnings
    return [
        f"{fault.location}: {fault.message} {fault.hint}".rpartition("clients/linden/")[2]
        for fault in warnings
        if fault.code in ("half-a-term", "one-word-for-two")
    ]


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ("manager: chief", "“manager” is “chief” here, but “managers” stays “managers”"),
        ("managers: chiefs", "“managers” is “chiefs” here, but “manager” stays “manager”"),
        ("end customer: guest", "“end customer” is “guest” here, but “end customers” stays"),
    ],
)
def test_half_a_term_is_told_at_its_line(workspace: Workspace, terms: str, says: str) -> None:
    [fault] = told(workspace, terms)
    assert fault.startswith(f"client.yaml:2:9: {says}")
    assert "Add a line `" in fault


@pytest.mark.parametrize(
    "terms",
    [
        "manager: chief, managers: chiefs",
        "manager: staff, managers: staff",
        "team: ward",
        "manager: manager",
    ],
)
def test_whole_terms_are_not_told(workspace: Workspace, terms: str) -> None:
    assert told(workspace, terms) == []


def test_one_word_for_two_terms_is_told_once(workspace: Workspace) -> None:
    terms = "customer: partner, customers: partners, team: partner"
    [fault] = told(workspace, terms)
    assert "“partner” stands for “team” and for “customer”" in fault
    [fault] = told(workspace, "team: organisation")
    assert "“organisation” stands for “team” and for “organisation”" in fault

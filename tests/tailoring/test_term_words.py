"""A client's words for terms: with an article, without a plural, or one word for two terms."""

from __future__ import annotations

import pytest

import workshop
from tests.conftest import READINGS, Workspace
from workshop.workspace.overlay import library_root


def told(workspace: Workspace, terms: str) -> list[str]:
    workspace.client(f"name: Linden\nterms: {{{terms}}}\n", "linden")
    warnings = workshop.load(workspace.root, "linden", READINGS).warnings
    return [
        f"{fault.location}: {fault.message} {fault.hint}".rpartition("clients/linden/")[2]
        for fault in warnings
        if fault.code in ("half-a-term", "one-word-for-two", "article-in-term")
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
    [fault] = told(workspace, "team: partner, customer: partner, customers: partners")
    assert "“partner” stands for “customer” and for “team”" in fault
    [fault] = told(workspace, "customer: peer, customers: colleagues, team: colleague")
    assert "“colleague” stands for “team” and “colleagues” for “customers”" in fault
    [fault] = told(workspace, "team: organisation")
    assert "“organisation” stands for “team” and for “organisation”" in fault


@pytest.mark.parametrize(
    ("terms", "column", "prints", "cure"),
    [
        ("organisation: the Trust", 23, "the the Trust", "“the”: `organisation: Trust`."),
        ("organisation: The House", 23, "the The House", "“The”: `organisation: House`."),
        ("team: a ward", 15, "the a ward", "“a”: `team: ward`."),
        ("team: your crew", 15, "the your crew", "“your”: `team: crew`."),
        ('team: "an A: B"', 15, "the an A: B", '“an”: `team: "A: B"`.'),
    ],
)
def test_a_word_with_an_article_is_told_with_the_line_to_type(
    workspace: Workspace, terms: str, column: int, prints: str, cure: str
) -> None:
    [fault] = told(workspace, terms)
    assert fault.startswith(f"client.yaml:2:{column}: Texts say “the”, “a” or “your” before")
    assert f"prints as “{prints}”" in fault
    assert fault.endswith(f"Write it without {cure}")


@pytest.mark.parametrize("word", ["Trust", "Theatre", "anaesthetics", "A", "itself", "mys"])
def test_a_word_that_only_looks_like_one_is_not_told(workspace: Workspace, word: str) -> None:
    assert told(workspace, f"team: {word}") == []


def test_an_article_in_the_programme_s_own_words_is_told_there(workspace: Workspace) -> None:
    programme = workspace.root / "modules/programme.yaml"
    text = (library_root() / "modules/programme.yaml").read_text("utf-8")
    programme.parent.mkdir(exist_ok=True)
    programme.write_text(text.replace("  team: team\n", "  team: the team\n"), encoding="utf-8")
    workspace.client("name: Linden\n", "linden")
    warnings = workshop.load(workspace.root, "linden", READINGS).warnings
    [fault] = [fault for fault in warnings if fault.code == "article-in-term"]
    assert fault.location
    assert fault.location.path == programme
    assert fault.hint == "Write it without “the”: `team: team`."

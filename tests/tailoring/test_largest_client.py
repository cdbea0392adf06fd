"""The largest honest client meets no limit: 10,000 people, 200 modules, 40 MB of pictures."""

from __future__ import annotations

import time

import pytest

import workshop
from tests.tailoring.conftest import Small, module_text
from workshop.composing.pages.assets import Assets
from workshop.keeping.memory import Memory
from workshop.limits import YAML_ENTRIES

PEOPLE, MODULES, COHORTS, PICTURES = 10_000, 200, 3, 8


@pytest.fixture
def largest(small: Small) -> Small:
    """A workspace with as much in it as honest work has."""
    header = "name,email,team,role,segment,manager,manager_email\n"
    rows = "".join(_row(n) for n in range(PEOPLE))
    small.write("clients/test/people.csv", header + rows)
    for n in range(MODULES):
        body = "A sentence that a trainer would say to the room. " * 50
        small.write(f"modules/m{n}.md", module_text(f"m{n}", f"m{n}-it", body=body))
    for n in range(PICTURES):
        path = small.write(f"clients/test/assets/p{n}.png", "")
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5_000_000))
    return small


def _row(n: int) -> str:
    name = f"Person {chr(65 + n % 26)}{chr(97 + n // 26 % 26)} Ångström-Müller"
    segment, manager = (
        ("keen", "sent")[n % 2],
        f"Ms {chr(65 + n % 900 % 26)} {n % 900},m{n % 900}@example.com",
    )
    return f"{name},p{n}@example.com,Team {n % 300},Senior consultant,{segment},{manager}\n"


@pytest.mark.slow
def test_the_largest_client_is_read_and_planned(largest: Small) -> None:
    day = "variant: evening, date: 2027-05-01, trainer: Ann, headcount: 9"
    cohorts = "".join(f"  c{n}: {{{day}, venue: Hall {n}}}\n" for n in range(COHORTS))
    people = "  all: {variant: evening, roster: people.csv}\n"
    terms = "terms: {customer: guest}\n"
    started = time.process_time()
    tailored = largest.load(f"name: Test\n{terms}cohorts:\n{people}{cohorts}")
    plan = workshop.plan(tailored, documents=["agenda", "certificates"])
    assert time.process_time() - started < 30
    assert sum(len(cohort.jobs) for cohort in plan.cohorts) > PEOPLE
    assets = largest.root / "clients/test/assets"
    page = "".join(f'<img src="{(assets / f"p{n}.png").as_uri()}">' for n in range(PICTURES))
    files = Assets(tailored.overlay.roots, Memory()).files_for(page, ())
    assert [file.refused for file in files] == [""] * PICTURES
    assert [warning.code for warning in tailored.warnings] == []


def test_five_hundred_cohorts_are_within_the_limit(small: Small) -> None:
    cohort = '{date: 2027-05-01, venue: x, trainer: y, headcount: 9, variant: "evening", paper: A4}'
    text = "name: Test\ncohorts:\n" + "".join(f"  c{n}: {cohort}\n" for n in range(500))
    entries = text.count(": ") * 2 + 1
    assert entries < YAML_ENTRIES.most

"""Cohorts composed together, each document handed on as soon as it is there.

First what is one for each person: it takes the longest to make.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import workshop
from tests.tiny_workspace.workspace import CLIENT, Tiny
from workshop.composing.compose_plan import compose_kits
from workshop.composing.composer import Composer
from workshop.composing.composition import ComposedCopy
from workshop.diagnostics import ContentError
from workshop.planning.make_plan import Job, Plan

TWO = "name: Tiny\ncohorts:\n  one: {venue: Leeds}\n  two: {venue: York}\n"
AGENDA = "templates/agenda/document.html.j2"
WORKBOOK = "participant-workbook"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is composed, in its order."""
    happened: list[str] = []
    compose_all = Composer.compose_all

    def noted(composer: Composer, jobs: Sequence[Job]) -> list[ComposedCopy]:
        happened.append(f"{jobs[0].document.name} is composed")
        return compose_all(composer, jobs)

    monkeypatch.setattr(Composer, "compose_all", noted)
    return happened


def planned(tiny: Tiny, *documents: str) -> Plan:
    tiny.write(CLIENT, TWO)
    return workshop.plan(workshop.load(tiny.root, "tiny"), (), documents)


def names(copies: Sequence[ComposedCopy]) -> str:
    return " ".join(dict.fromkeys(copy.job.document.name for copy in copies))


def test_a_document_is_handed_on_while_others_are_not_composed_yet(
    tiny: Tiny, seen: list[str]
) -> None:
    plan = planned(tiny, "agenda", "badge")
    kits = compose_kits(
        plan, on_composed=lambda _cohort, copies: seen.append(f"{names(copies)} is handed on")
    )
    # What is one for each person comes first, in both cohorts.
    assert seen == [
        f"{name} is {what}"
        for name in ("badge", "badge", "agenda", "agenda")
        for what in ("composed", "handed on")
    ]
    assert [kit.cohort for kit in kits] == list(plan.cohorts)
    assert [copy.job for kit in kits for copy in kit.copies] == [
        job for cohort in plan.cohorts for job in cohort.jobs
    ]


def test_what_documents_refer_to_is_handed_on_though_nobody_asked_for_it(tiny: Tiny) -> None:
    text = "{% call part('a') %}{{ page_count('participant-workbook') }}{% endcall %}"
    tiny.write(AGENDA, text)
    told: list[str] = []
    kits = compose_kits(
        planned(tiny, "agenda"), on_composed=lambda _cohort, copies: told.append(names(copies))
    )
    assert told == ["agenda", "agenda", WORKBOOK, WORKBOOK]
    assert [list(kit.referred_to) for kit in kits] == [[WORKBOOK]] * 2
    assert {copy.job.document.name for kit in kits for copy in kit.copies} == {"agenda"}


def test_after_a_fault_nothing_is_handed_on(tiny: Tiny, seen: list[str]) -> None:
    tiny.write(AGENDA, "{% call part('a') %}{{ nothing }}{% endcall %}")
    with pytest.raises(ContentError):
        compose_kits(
            planned(tiny, "agenda", "badge"),
            on_composed=lambda _cohort, _copies: seen.append("handed on"),
        )
    # All faults are told at once, so the rest is composed all the same.
    badges, agendas = ["badge is composed", "handed on"] * 2, ["agenda is composed"] * 2
    assert seen == [*badges, *agendas]

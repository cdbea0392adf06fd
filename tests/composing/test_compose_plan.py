"""Cohorts composed together, each document handed on as soon as it is there.

First what is one for each person: it takes the longest to make.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pytest

import workshop
from tests.conftest import READINGS
from tests.tiny_workspace.workspace import CLIENT, Tiny
from workshop.composing.compose_plan import PlanComposer
from workshop.composing.composition import ComposedCopy
from workshop.diagnostics import ContentError
from workshop.keeping.memory import Memory
from workshop.planning.make_plan import Plan

TWO = "name: Tiny\ncohorts:\n  one: {venue: Leeds}\n  two: {venue: York}\n"
AGENDA = "templates/agenda/document.html.j2"
WORKBOOK = "participant-workbook"
SIGN = "title: Sign\naudience: room\nper: cohort\nfile: sign.pdf\n"


def planned(tiny: Tiny, *documents: str) -> Plan:
    tiny.write(CLIENT, TWO)
    return workshop.plan(workshop.load(tiny.root, "tiny", READINGS), (), documents)


def names(copies: Sequence[ComposedCopy]) -> str:
    return " ".join(dict.fromkeys(copy.job.document.name for copy in copies))


def test_a_document_is_handed_on_while_others_are_not_composed_yet(tiny: Tiny) -> None:
    plan = planned(tiny, "agenda", "badge")
    composer = PlanComposer(plan, Memory())
    documents = composer.documents()
    first = [names(copies) for _, copies in islice(documents, 2)]
    # Whatever is at fault in the agenda now is not known yet: no template of it has run.
    tiny.write(AGENDA, "{% call part('a') %}{{ nothing }}{% endcall %}")
    # What is one for each person comes first, in both cohorts.
    assert first == ["badge", "badge"]
    with pytest.raises(ContentError):
        list(documents)


def test_the_kits_are_there_when_all_is_composed(tiny: Tiny) -> None:
    plan = planned(tiny, "agenda", "badge")
    composer = PlanComposer(plan, Memory())
    handed_on = [(cohort.slug, names(copies)) for cohort, copies in composer.documents()]
    assert handed_on == [("one", "badge"), ("two", "badge"), ("one", "agenda"), ("two", "agenda")]
    assert [kit.cohort for kit in composer.kits] == list(plan.cohorts)
    assert [copy.job for kit in composer.kits for copy in kit.copies] == [
        job for cohort in plan.cohorts for job in cohort.jobs
    ]


def test_what_documents_refer_to_is_handed_on_though_nobody_asked_for_it(tiny: Tiny) -> None:
    text = "{% call part('a') %}{{ page_count('participant-workbook') }}{% endcall %}"
    tiny.write(AGENDA, text)
    composer = PlanComposer(planned(tiny, "agenda"), Memory())
    handed_on = [names(copies) for _, copies in composer.documents()]
    assert handed_on == ["agenda", "agenda", WORKBOOK, WORKBOOK]
    assert [list(kit.referred_to) for kit in composer.kits] == [[WORKBOOK]] * 2
    assert {copy.job.document.name for kit in composer.kits for copy in kit.copies} == {"agenda"}


def test_after_a_fault_nothing_is_handed_on(tiny: Tiny) -> None:
    tiny.write(AGENDA, "{% call part('a') %}{{ nothing }}{% endcall %}")
    tiny.write("templates/sign/document.yaml", SIGN)
    tiny.write("templates/sign/document.html.j2", "{% call part('a') %}{{ nobody }}{% endcall %}")
    composer = PlanComposer(planned(tiny, "agenda", "badge", "sign"), Memory())
    documents = composer.documents()
    handed_on = [names(copies) for _, copies in islice(documents, 2)]
    with pytest.raises(ContentError) as caught:
        next(documents)
    assert handed_on == ["badge", "badge"]
    # All faults are told at once, so the rest is composed all the same.
    assert [fault.message for fault in caught.value.diagnostics] == [
        "Nothing is called “nothing” here",
        "Nothing is called “nobody” here",
    ]

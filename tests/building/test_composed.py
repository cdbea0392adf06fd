"""Cohorts composed one after another, each handed on as soon as it is there."""

from __future__ import annotations

import pytest

import workshop
from tests.tiny_workspace.workspace import CLIENT, Tiny
from workshop.building import composed
from workshop.building.composed import ComposedKit, compose_kits
from workshop.diagnostics import ContentError
from workshop.planning.plan import Plan

TWO = "name: Tiny\ncohorts:\n  one: {venue: Leeds}\n  two: {VENUE}\n"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happens, in its order: a cohort is composed, or handed on."""
    happened: list[str] = []
    compose = composed._composed

    def noted(*asked: object) -> ComposedKit:
        kit = compose(*asked)  # type: ignore[arg-type]
        happened.append(f"composed {kit.cohort.day.cohort.slug}")
        return kit

    monkeypatch.setattr(composed, "_composed", noted)
    return happened


def planned(tiny: Tiny, venue: str) -> Plan:
    tiny.write(CLIENT, TWO.replace("VENUE", venue))
    return workshop.plan(workshop.load(tiny.root, "tiny"), (), ["agenda"])


def test_a_cohort_is_handed_on_while_others_are_not_composed_yet(
    tiny: Tiny, seen: list[str]
) -> None:
    plan = planned(tiny, "venue: York")
    kits = compose_kits(
        plan, on_composed=lambda kit: seen.append(f"handed on {kit.cohort.day.cohort.slug}")
    )
    assert seen == ["composed one", "handed on one", "composed two", "handed on two"]
    assert [kit.cohort for kit in kits] == list(plan.cohorts)


def test_after_a_fault_no_more_is_handed_on(tiny: Tiny, seen: list[str]) -> None:
    tiny.write(
        "templates/agenda/document.html.j2", "{% call part('a') %}{{ nothing }}{% endcall %}"
    )
    with pytest.raises(ContentError):
        compose_kits(
            planned(tiny, "venue: York"), on_composed=lambda _kit: seen.append("handed on")
        )
    assert seen == []

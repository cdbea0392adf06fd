"""Errors that say what was being made, from this process and from others."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import workshop
from tests.tiny_workspace.workspace import Tiny
from workshop.assembly.values import Copy
from workshop.building.build_plan import build_plan
from workshop.building.workers.error_notes import making
from workshop.building.workers.processes import worker_pool
from workshop.diagnostics import ContentError, Location, WorkshopError


def test_a_fault_says_it_in_its_sentence_and_a_bug_in_a_note() -> None:
    place = Location(Path("badge.css"), 3)
    with pytest.raises(ContentError) as fault, making("the part “front” of badge.pdf"):
        raise ContentError.single("code", "It is wrong", place, "Mend it.")
    [found] = fault.value.diagnostics
    assert found.message == "It is wrong (in the part “front” of badge.pdf)"
    assert (found.location, found.hint) == (place, "Mend it.")

    with pytest.raises(ZeroDivisionError) as bug, making("badge.pdf"):
        raise ZeroDivisionError
    assert bug.value.__notes__ == ["While making badge.pdf."]


@pytest.mark.parametrize("family", WorkshopError.__subclasses__())
def test_a_fault_crosses_over_from_another_process_whole(family: type[WorkshopError]) -> None:
    sent = family.of("code", "It is wrong", Location(Path("a.md"), 1, 2), "Mend it.")
    came = pickle.loads(pickle.dumps(sent))
    assert type(came) is family
    assert came.diagnostics == sent.diagnostics
    assert str(came) == str(sent)


def build(tiny: Tiny) -> list[str]:
    """Return the notes of the error that a build ends with."""
    plan = workshop.plan(workshop.load(tiny.root, "tiny"), (), ["participant-workbook"])
    with pytest.raises(ZeroDivisionError) as caught:
        build_plan(plan, tiny.root / "build", worker_pool(1), lambda _: None)
    return caught.value.__notes__


def test_an_error_in_layout_names_part_and_document(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop.building.steps.layouts.lay_out", lambda _: 1 // 0)
    [note] = build(tiny)
    assert note.startswith("While making the part “")
    assert "orkbook" in note


def test_an_error_in_stamping_names_document_and_person(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stamp(_linked: object, some: list[Copy], _like: object) -> list[float]:
        return [1 / ("Bo" not in one.title) for one in some]

    monkeypatch.setattr("workshop.assembly.stamp.stamp", stamp)
    assert build(tiny) == ["While making participant-workbook/02-bo-lindt.pdf for Bo Lindt."]


def test_an_error_in_linking_names_the_document_and_how_many_it_is_for(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop.assembly.link.link", lambda _: 1 // 0)
    assert build(tiny) == [
        "While making participant-workbook/01-anna-berg.pdf for Anna Berg and 1 more."
    ]

"""A day that lacks what a document is made of is composed without the document, and this is told.

The tiny workspace loses one thing after the other; all documents of the library are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import workshop
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny
from workshop.composing.compose_plan import compose_kits
from workshop.diagnostics import Location
from workshop.planning.make_plan import Plan

MODULES = ("modules/asking.md", "modules/offering.md")
PROGRAMME = "modules/programme.yaml"
INPUT = '::: input {title="Talk" minutes=25 min=15}\nTalk.\n:::\n'
TERMS = "  managers: managers\n  end customers: end customers\n  organisation: organisation\n"

Lose = Callable[[Tiny], None]


@pytest.fixture
def everything(tmp_path: Path) -> Tiny:
    """The tiny workspace, whose client takes every document and every option."""
    tiny = Tiny.copied_to(tmp_path / "workspace")
    _without(tiny, CLIENT, r"documents:[\s\S]*")
    _add(tiny, CLIENT, "options: {follow-up: true, coaching: true}\n")
    tiny.change(PROGRAMME, "terms:\n", f"terms:\n{TERMS}")
    return tiny


def _without(tiny: Tiny, path: str, pattern: str, instead: str = "") -> None:
    text, count = re.subn(
        pattern, instead, (tiny.root / path).read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert count, pattern
    tiny.write(path, text)


def _add(tiny: Tiny, path: str, text: str) -> None:
    tiny.write(path, (tiny.root / path).read_text(encoding="utf-8") + text)


def _no_exercises(tiny: Tiny) -> None:
    for path in MODULES:
        _without(tiny, path, r"^::: exercise[\s\S]*?^:::\n:::\n|^::: exercise[\s\S]*", INPUT)


def _in_modules(pattern: str, instead: str = "") -> Lose:
    def lose(tiny: Tiny) -> None:
        found = [re.search(pattern, (tiny.root / path).read_text(), re.M) for path in MODULES]
        for path in (path for path, there in zip(MODULES, found, strict=True) if there):
            _without(tiny, path, pattern, instead)
        assert any(found)

    return lose


def _no_roster(tiny: Tiny) -> None:
    _without(tiny, CLIENT, r"^ *roster: .*\n")


def _one_person_no_managers(tiny: Tiny) -> None:
    tiny.write(ROSTER, "name\nAnna Berg\n")


def _no_date(tiny: Tiny) -> None:
    _without(tiny, CLIENT, r"^ *date: .*\n")


def _no_cohorts(tiny: Tiny) -> None:
    _without(tiny, CLIENT, r"^cohorts:[\s\S]*?(?=^options)")


def _no_spares(tiny: Tiny) -> None:
    _add(tiny, CLIENT, "spares: 0\n")


def _one_module(tiny: Tiny) -> None:
    _without(tiny, PROGRAMME, r"^      - \{break.*\n      - module: offering\n")
    _without(tiny, PROGRAMME, r'finish: "15:00"', 'finish: "14:25"')


LOSSES: dict[str, Lose] = {
    "exercises": _no_exercises,
    "spaces": _in_modules(r"^::: space[\s\S]*?^:::\n"),
    "notes": _in_modules(r"^::: facilitator[\s\S]*?^:::\n"),
    "words for managers": _in_modules(r"^::: manager[\s\S]*?^:::\n"),
    "words for participants": _in_modules(r"^(An offer has a date|Most questions are).*\n"),
    "roster": _no_roster,
    "managers": _one_person_no_managers,
    "date": _no_date,
    "cohorts": _no_cohorts,
    "spares": _no_spares,
    "breaks and other modules": _one_module,
}


def composed(tiny: Tiny) -> tuple[Plan, set[str]]:
    plan = workshop.plan(workshop.load(tiny.root, "tiny"))
    return plan, {copy.job.document.name for kit in compose_kits(plan) for copy in kit.copies}


@pytest.mark.parametrize("what", LOSSES)
@pytest.mark.slow
def test_a_day_without_something_gets_the_documents_that_have_something(
    everything: Tiny, what: str
) -> None:
    LOSSES[what](everything)
    plan, documents = composed(everything)
    told = [fault.message for fault in plan.warnings if fault.code == "nothing-to-print"]
    chosen = {
        document.name for document in plan.tailored.documents if document.edition == "standard"
    }
    missing = chosen - documents
    assert missing <= {"exercises", "manager-briefing"}
    assert ("exercises" in missing) == (what == "exercises") == bool(told)


@pytest.mark.slow
def test_a_document_without_anything_to_print_is_told_and_named_by_no_other(
    everything: Tiny,
) -> None:
    _no_exercises(everything)
    plan, _ = composed(everything)
    [fault] = [warning for warning in plan.warnings if warning.code == "nothing-to-print"]
    assert fault.message == "The day of “autumn” has no exercises, so its kit has no “exercises”"
    assert fault.hint == "If it is meant so: `documents: {exclude: [exercises]}`."
    assert fault.location == Location(everything.root / CLIENT, 4, 5)
    [kit] = compose_kits(plan)
    assert "Exercise sheets" not in "".join(
        part.job.html for copy in kit.copies for part in copy.composition.parts
    )

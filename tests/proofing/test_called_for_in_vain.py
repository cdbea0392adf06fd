"""What texts call for and the kit does not have: told with file and line, each thing once."""

from __future__ import annotations

import re

import pytest

import workshop
from tests.composing.conftest import EXERCISE, FIRST, Desk
from tests.conftest import READINGS, Workspace
from workshop.composing.compose_plan import compose_kits
from workshop.diagnostics import Severity
from workshop.proofing.proof import as_errors, proofread

TEXT = """\
Fill in {{ doc("evaluation", "the sheet", else="the page") }}.

Put {{ doc("evaluation", "it", else="your page") }} in the box.

Hang up {{ doc("posters", "the poster") }}.
"""


def told(desk: Desk) -> list[str]:
    tailored = workshop.load(desk.root, "test", READINGS)
    plan = workshop.plan(tailored)
    [faults] = proofread(plan, compose_kits(plan, READINGS))
    strict = [fault.severity is Severity.ERROR for fault in as_errors(faults)]
    lines = [str(fault.location).rpartition("modules/")[2] for fault in faults]
    return [
        f"{line} {'error' if error else 'warning'} {fault.printed}: {fault.message}"
        for line, error, fault in zip(lines, strict, faults, strict=True)
    ]


def test_a_document_is_told_once_for_all_places_and_papers_that_call_for_it(desk: Desk) -> None:
    desk.client("name: Test Ltd\ndocuments: {only: [page, exercises, participant-workbook]}\n")
    desk.page("{{ modules[0].intro }}")
    desk.module(TEXT, EXERCISE)
    assert told(desk) == [
        f"asking.md:{FIRST} warning test session, page, part “only”: The kit has no document "
        "“evaluation”: “the page” is printed in place of “the sheet”, and other words in 1 "
        "more place",
        f"asking.md:{FIRST + 4} error test session, page, part “only”: The kit has no document "
        "“posters”, but “the poster” calls for it",
    ]


@pytest.mark.slow
def test_a_document_that_is_not_there_is_told_with_all_words_and_how_to_change_them(
    workspace: Workspace,
) -> None:
    workspace.client("name: Test Ltd\ndocuments: {exclude: [evaluation]}\n")
    plan = workshop.plan(workshop.load(workspace.root, "test", READINGS))
    [faults] = proofread(plan, compose_kits(plan, READINGS))
    [fault] = [fault for fault in faults if "no document “evaluation”: “" in fault.message]
    assert fault.hint
    cure, _, own_words = fault.hint.partition(" For words ")
    assert cure == "Take evaluation out of `exclude` in client.yaml if the kit is to have it."
    assert re.fullmatch(r"of .*: `workshop eject \S+ --client test` copies one\.", own_words)
    assert fault.message.endswith(f", and other words in {len(fault.quotes) - 1} more places")
    assert fault.quotes[0].location == fault.location
    for quote in fault.quotes:
        assert quote.location.line
        assert re.fullmatch("“.+” is (left out|printed in place of “.+”)", quote.words)


def test_what_is_read_by_nobody_is_not_missed(desk: Desk) -> None:
    desk.client("name: Test Ltd\ndocuments: {only: [agenda, kit-list]}\n")
    desk.module(TEXT, EXERCISE)
    assert told(desk) == []


def test_it_is_told_again_when_what_was_composed_is_taken_over(desk: Desk) -> None:
    desk.client("name: Test Ltd\ndocuments: {only: [page]}\n")
    desk.page("{{ modules[0].intro }}")
    desk.module(TEXT, EXERCISE)
    memory = workshop.open_memory(desk.root)
    for _ in range(2):
        plan = workshop.plan(workshop.load(desk.root, "test", memory))
        made = memory.made_anew.copy()
        [faults] = proofread(plan, compose_kits(plan, memory))
        assert [fault.code for fault in faults] == ["other-words", "not-in-kit"]
    assert memory.made_anew == made

"""A client accepts a warning with a reason: nobody is told again, and what is left over is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import workshop
from tests.tailoring.conftest import Small, small
from workshop.cli import main
from workshop.diagnostics import Diagnostic, Location, Printed, Severity
from workshop.proofing.proof import as_errors
from workshop.tailoring.client_file.accepted import Accept, Acceptance, mark_accepted

__all__ = ["small"]

LEFT = "name: Test\norder: [open, Coffee, ask, Lunch]\nlanguage: he\n"
DIRECTION = "{code: right-to-left, reason: It is read through.}"
ORDER = "{code: order-leaves-out, reason: Another day has it.}"


def client(*entries: str) -> str:
    rest = 'times: {finish: "12:30"}\naccept: [ENTRIES]\ndocuments: {only: [agenda]}\n'
    return LEFT + rest.replace("ENTRIES", ", ".join(entries))


def checked(small: Small, text: str) -> tuple[list[tuple[str, str]], int]:
    """Return code and place of what a quick check warns of, and how many warnings are accepted."""
    small.workspace.client(text)
    report = workshop.check(small.root, "test", quick=True)
    assert not report.faults
    [sound] = report.sound
    told = [fault for fault in sound.warnings if fault.severity is Severity.WARNING]
    ours = [(fault.code, str(fault.location.line)) for fault in told if fault.location
            and fault.location.path.name == "client.yaml"]  # fmt: skip
    return ours, sound.accepted


def test_what_is_accepted_is_told_no_more(small: Small) -> None:
    assert checked(small, client()) == ([("order-leaves-out", "2"), ("right-to-left", "3")], 0)
    assert checked(small, client(DIRECTION)) == ([("order-leaves-out", "2")], 1)
    assert checked(small, client(DIRECTION, ORDER)) == ([], 2)


def test_an_entry_for_which_nothing_is_left_is_told(small: Small) -> None:
    text = client(DIRECTION, ORDER).replace("language: he", "language: de")
    assert checked(small, text) == ([("accept-unused", "5")], 1)


def test_what_only_pages_show_is_not_missed_where_none_were_laid_out(small: Small) -> None:
    entry = "{code: split-space, reason: So be it.}"
    assert checked(small, client(DIRECTION, ORDER, entry)) == ([], 2)


@pytest.mark.parametrize(
    ("more", "is_accepted"),
    [
        ("file: client.yaml", True),
        ("file: test/client.yaml", True),
        ("file: ient.yaml", False),
        ("file: roster.csv", False),
        ("about: “offer”", True),
        ("about: “ask”", False),
        ("file: client.yaml, about: “ask”", False),
    ],
)
def test_a_file_or_words_say_which(small: Small, more: str, is_accepted: bool) -> None:
    told, accepted = checked(small, client(DIRECTION, ORDER.replace("reason", f"{more}, reason")))
    codes = [code for code, _ in told]
    assert accepted == 1 + is_accepted
    assert codes == ([] if is_accepted else ["order-leaves-out", "accept-unused"])


def test_what_only_copying_a_client_shows_is_not_missed_in_a_check(small: Small) -> None:
    entries = ("{code: old-client, reason: Their partner.}", "{code: old-person, reason: So.}")
    assert checked(small, client(DIRECTION, ORDER, *entries)) == ([], 2)


def test_what_only_letters_show_is_not_missed_in_a_check(small: Small) -> None:
    entries = ("{code: no-timezone, reason: The day is here.}",)
    assert checked(small, client(DIRECTION, ORDER, *entries)) == ([], 2)


def test_an_old_client_s_name_that_is_accepted_is_so_in_every_check() -> None:
    fault = Diagnostic("other-client", "Another client is named: “Acme”", severity=Severity.WARNING)
    entry = Accept(code="old-client", reason="Their partner.", about="Acme")
    [marked] = mark_accepted([fault], [Acceptance(entry, Location(Path("client.yaml")))])
    assert marked.severity is Severity.ACCEPTED


def test_of_some_cohorts_nothing_is_missed(small: Small) -> None:
    small.workspace.client(client(DIRECTION, ORDER) + "cohorts: {a: {order: [open, ask]}, b: {}}\n")
    report = workshop.check(small.root, "test", ["a"], quick=True)
    [sound] = report.sound
    assert sound.cohorts == 1
    assert "accept-unused" not in {fault.code for fault in sound.warnings}


def test_what_is_accepted_does_not_stop_a_strict_build() -> None:
    told = Diagnostic("split-space", "Room to write is split", severity=Severity.WARNING)
    accepted = replace(told, severity=Severity.ACCEPTED)
    assert as_errors([told, accepted]) == [replace(told, severity=Severity.ERROR), accepted]


def test_a_document_s_name_says_which() -> None:
    fault = Diagnostic(
        "split-space",
        "Room to write is split",
        severity=Severity.WARNING,
        printed=Printed("acme", "leeds", "exercises", pages=(4,)),
    )
    for file, is_accepted in (("exercises", True), ("agenda", False)):
        entry = Accept(code="split-space", reason="So.", file=file, about="page 4")
        [marked] = mark_accepted([fault], [Acceptance(entry, Location(Path("client.yaml")))])
        assert (marked.severity is Severity.ACCEPTED) == is_accepted


def test_an_error_is_never_accepted() -> None:
    acceptance = Acceptance(Accept(code="times", reason="No."), Location(Path("client.yaml")))
    assert not acceptance.covers(Diagnostic("times", "The day ends before it starts"))


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{code: right-to-left}", "“reason” is missing from entry 1 of “accept” [missing-key]"),
        ("{reason: So.}", "“code” is missing from entry 1 of “accept” [missing-key]"),
        ("{code: a, reason: ''}", "“reason” must not be empty [wrong-length]"),
    ],
)
def test_a_reason_must_be_given(small: Small, entry: str, fault: str) -> None:
    [told] = small.faults(f"name: Test\naccept: [{entry}]\n")
    assert told.endswith(fault)


def test_the_terminal_says_how_many(small: Small) -> None:
    small.workspace.client(client(DIRECTION, ORDER))
    arguments = ["check", "--quick", "--client", "test", "--workspace", str(small.root)]
    shown = CliRunner().invoke(main, arguments)
    assert "nothing wrong, 2 accepted." in shown.stdout
    assert "client.yaml" not in shown.stderr

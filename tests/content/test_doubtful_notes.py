"""Notes to the trainer in the ways of other tools are asked about; what is none is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.doubts.doubtful_marks import report_doubts
from workshop.content.doubts.doubtful_notes import ask_about_notes
from workshop.diagnostics import Location, Report


def lines_asked_about(text: str) -> list[int | None]:
    report = Report()
    ask_about_notes(text, Location(Path("open.md"), 10), report)
    assert {fault.code for fault in report} <= {"trainer-note"}
    return [fault.location.line for fault in report if fault.location]


@pytest.mark.parametrize(
    "note",
    [
        '<div class="trainer">Secret</div>',
        "<section data-audience='facilitator'>Secret</section>",
        '<p class="box speaker-notes">Secret</p>',
        '<aside class="notes">Secret</aside>',
        "<aside>Facilitator: secret</aside>",
        "!!! trainer",
        "??? facilitator",
        "/// instructor",
        "+++ facilitator",
        "=== facilitator",
        "~~~ trainer",
        "--- facilitator",
        "... trainer",
        "@facilitator",
        "%facilitator",
        "(facilitator)",
        "{facilitator}",
        "[Trainer only]",
        "> [!FACILITATOR]",
        "\\::: facilitator",
        ":: facilitator",
        "꞉꞉꞉ facilitator",
        ": : : facilitator",
        "1. ::: facilitator",
        "| ::: facilitator |",
        "## Facilitator notes",
        "**Trainer note:** secret",
        "Speaker notes",
        "Trainer’s notes: secret",
        "Note to the trainer: secret",
        "*Notes for facilitators*",
        "Facilitator\n: secret",
        "[^trainer]: secret",
    ],
)
def test_a_note_to_the_trainer_is_asked_about(note: str) -> None:
    assert lines_asked_about(f"Words.\n\n{note}\nSecret.") == [12]


@pytest.mark.parametrize(
    "text",
    [
        "Ask your trainer.",
        "The trainer notes what you say.",
        "## Your trainer",
        "- Trainer",
        "**Trainer**",
        "Trainer: Ruth Ashdown",
        "A facilitator’s guide helps: read it.",
        '<div class="note">The trainer has cards.</div>',
        '<p class="trainers-choice">Words</p>',
        "(The trainer has cards.)",
        "“Trainer” is a word.",
        "!!! note",
        "Write to trainer@example.org.",
        "The speaker only nods.",
    ],
)
def test_what_only_speaks_of_trainers_is_not(text: str) -> None:
    assert lines_asked_about(text) == []


def test_a_footnote_that_is_written_twice_is_told() -> None:
    report = Report()
    text = "Words[^a] and[^b].\n\n[^a]: One.\n[^b]: Other.\n\n[^a]: Two.\n"
    report_doubts(text, Location(Path("open.md"), 10), report)
    [fault] = report.errors
    assert str(fault.location) == "open.md:15"
    assert "“[^a]:” stands here twice" in fault.message

"""Words that stand twice in a row, mostly because a client's word begins as the text goes on."""

from __future__ import annotations

import pytest

import workshop
from tests.composing.conftest import FIRST, Desk
from tests.conftest import READINGS, REPOSITORY
from workshop.composing.compose_plan import compose_kits
from workshop.diagnostics import Diagnostic
from workshop.proofing.proof import proofread
from workshop.proofing.read_words import doubled_words

OWN = "name: Test Ltd\nterms: {team: next station}\ndocuments: {only: [page]}\n"


def doubled(desk: Desk) -> list[Diagnostic]:
    plan = workshop.plan(workshop.load(desk.root, "test", READINGS))
    [faults] = proofread(plan, compose_kits(plan, READINGS))
    return [fault for fault in faults if fault.code == "doubled-word"]


def test_a_client_s_word_that_begins_as_the_text_goes_on_is_told(desk: Desk) -> None:
    desk.client(OWN)
    desk.page("{{ modules[0].intro }}")
    desk.module('Come.\n\nGo. Tell the next **{{ term("team") }}** of it today! Go.')
    [fault] = doubled(desk)
    assert fault.message == (
        "“next next” stands twice in a row in “Tell the next next station of it today!”"
    )
    assert fault.location
    assert (fault.location.path.name, fault.location.line) == ("asking.md", FIRST + 2)
    assert fault.hint == (
        "The text has a word of “next station” already: change the text, or take another word for "
        "“team”."
    )


def test_a_slip_in_a_template_is_told_with_its_line(desk: Desk) -> None:
    desk.client(OWN)
    desk.page("<p>So it is.</p>\n<p>This is is a slip.</p>")
    [fault] = doubled(desk)
    assert fault.location
    assert (fault.location.path.name, fault.location.line) == ("document.html.j2", 3)
    assert fault.hint == "Take one of them out of the text."


@pytest.mark.parametrize(
    "html",
    [
        "<p>They had had no time; vous vous trompez.</p>",
        "<td>no</td> <td>no</td>",
        "<span>no</span> <span>no answer yet</span>",
        "<p>Go. Go on, on and on.</p>",
        "<p>1 1 2, half-time time</p>",
        "<p>Anna’s s and so-so so.</p>",
    ],
)
def test_what_is_meant_so_is_not_told(html: str) -> None:
    assert list(doubled_words(f"<body>{html}</body>")) == []


@pytest.mark.slow
@pytest.mark.parametrize("client", ["acme", "minimal"])
def test_the_program_s_own_texts_double_no_word(client: str) -> None:
    plan = workshop.plan(workshop.load(REPOSITORY, client, READINGS))
    parts = {
        part.job.html
        for kit in compose_kits(plan, READINGS)
        for copy in kit.copies
        for part in copy.composition.parts
    }
    assert [slip for html in parts for slip in doubled_words(html)] == []

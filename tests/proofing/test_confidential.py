"""What a paper must not say to its readers, and what looks like it and is allowed."""

from __future__ import annotations

import pytest

import workshop
from tests.conftest import READINGS
from tests.tiny_workspace.workspace import ROSTER, Tiny, in_part
from workshop.composing.compose_plan import compose_kits
from workshop.content.audiences import Audience
from workshop.diagnostics import Diagnostic, Severity
from workshop.proofing.confidential import Breach, Confidential
from workshop.proofing.proof import proofread

BADGE, BADGE_FILE = "templates/badge/document.html.j2", "templates/badge/document.yaml"
NOTE = "::: facilitator\n**Say** Count to seven before you speak again.\n:::"
SECRET = "Two of them did not want to come here today, so be kind to them."
SEGMENTS = "keen: those who asked to come"


def faults_in(tiny: Tiny, body: str = "", audience: str = "participant") -> list[Diagnostic]:
    """Return the faults in the texts of badges that print this."""
    if body:
        tiny.write(BADGE, in_part(body))
    tiny.change(BADGE_FILE, "audience: participant", f"audience: {audience}")
    plan = workshop.plan(workshop.load(tiny.root, "tiny", READINGS), (), ["badge"])
    [faults] = proofread(plan, compose_kits(plan))
    assert all(fault.severity is Severity.WARNING for fault in faults)
    return faults


def codes(tiny: Tiny, body: str, audience: str = "participant") -> list[str]:
    return [fault.code for fault in faults_in(tiny, body, audience)]


@pytest.fixture
def secret(tiny: Tiny) -> Tiny:
    """The tiny workspace, in which the trainer is told a secret."""
    tiny.change("modules/asking.md", NOTE, f"::: facilitator\n{SECRET}\n:::")
    return tiny


@pytest.mark.parametrize("audience", ["participant", "manager"])
def test_what_the_trainer_alone_is_to_read_is_found(secret: Tiny, audience: str) -> None:
    [fault] = faults_in(secret, f"<p>{SECRET}</p>", audience)
    assert fault.code == "wrong-audience"
    assert str(fault.location).endswith("modules/asking.md:23:1")
    assert fault.message == (
        f"What is for the facilitator alone stands in a {audience}’s paper: "
        "“Two of them did not want to come …”"
    )
    assert str(fault.printed) == "tiny autumn, badge, part “only”"


@pytest.mark.parametrize(
    "body",
    [
        "<p>Two of them did\n not <b>want</b> to come&nbsp;here today.</p>",
        "<ul><li>TWO OF THEM DID NOT</li><li>WANT TO COME HERE</li></ul>",
        "<img alt='Two of them did not want to come here' src='data:,'>".replace("'", '"'),
        "<p>so: two of them did not want to come</p>",
    ],
)
def test_however_it_is_written(secret: Tiny, body: str) -> None:
    assert codes(secret, body) == ["wrong-audience"]


def test_it_is_told_once_for_each_note_and_document(secret: Tiny) -> None:
    assert codes(secret, f"<p>{SECRET}</p><p>{SECRET}</p>") == ["wrong-audience"]


@pytest.mark.parametrize(
    "body",
    [
        # Seven words in a row may be chance.
        "<p>Two of them did not want to leave.</p>",
        f"<!-- {SECRET} --><p>x</p>",
        f"<style>/* {SECRET} */</style><p>x</p>",
    ],
)
def test_a_common_phrase_is_no_fault_nor_what_nobody_reads(secret: Tiny, body: str) -> None:
    assert codes(secret, body) == []


SENTENCES = """\
::: facilitator
## Mind the door

**Say** Be kind to Bo. Thank you. Well done.

- Nobody at {{ client.name }} knows it
- He leaves in May!

| Who | Why not |
|---|---|
| The *quiet* one | Afraid |
:::"""


@pytest.fixture
def told(tiny: Tiny) -> Tiny:
    """The tiny workspace, in which the trainer is told short things."""
    tiny.change("modules/asking.md", NOTE, SENTENCES)
    return tiny


@pytest.mark.parametrize(
    "body",
    [
        "<p>Be kind to Bo.</p>",
        "<p><strong>Say</strong> Be kind to Bo. And so on.</p>",
        "<p>Listen first. “Be kind to <em>Bo</em>!” Then go.</p>",
        "<ul><li>he leaves\n in May</li></ul>",
        "<p>As for Bo, wait. He leaves in May.</p>",
        "<p>Nobody at {{ client.name }} knows it.</p>",
        "<table><tr><td>x</td><td>The quiet one</td></tr></table>",
        "<h2>Mind the door</h2>",
        '<img alt="Mind the door" src="data:,">',
        # Two short ones in a row, as they are there.
        "<p>Thank you. Well done.</p>",
        "<table><tr><td>Who</td><td>Why not</td></tr></table>",
    ],
)
def test_a_whole_sentence_is_found_however_short(told: Tiny, body: str) -> None:
    [fault] = faults_in(told, body)
    assert fault.code == "wrong-audience"
    assert str(fault.location).endswith("modules/asking.md:23:1")
    assert "stands in a participant’s paper: “" in fault.message
    assert "…" not in fault.message


@pytest.mark.parametrize("body", ["<p>Stop at minute 0.</p>", "<p>Hide the agenda now.</p>"])
def test_a_sentence_with_a_mark_or_a_document_in_it_is_found(tiny: Tiny, body: str) -> None:
    note = 'Stop at minute {{ mark(1) - mark(1) }}. Hide {{ doc("agenda", "the agenda now") }}.'
    tiny.change("modules/asking.md", NOTE, f"::: facilitator\n{note}\n:::")
    assert codes(tiny, body) == ["wrong-audience"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Thank you. And well done.</p>",
        "<p>Well done. Thank you.</p>",
        "<p>Why not?</p>",
        # A part of a sentence.
        "<p>Be kind to Bo and Anna.</p>",
        "<p>I hear he leaves in May.</p>",
        "<p>Mind the door and the step</p>",
    ],
)
def test_a_short_one_alone_and_a_part_of_a_sentence_are_not(told: Tiny, body: str) -> None:
    assert codes(told, body) == []


def test_a_sentence_is_theirs_where_a_text_or_a_label_says_it_to_them(told: Tiny) -> None:
    told.change("modules/asking.md", "Most questions are advice", "Mind the door. Most are advice")
    assert codes(told, "<h2>Mind the door</h2>") == []
    assert codes(told, "<p>He leaves in May.</p>") == ["wrong-audience"]
    told.change("modules/asking.md", "title: ", "title: He leaves in May – ")
    assert codes_again(told) == []


def test_what_the_programs_own_templates_say_is_no_secret(told: Tiny) -> None:
    told.change("modules/asking.md", "He leaves in May!", "Nobody collects these figures.")
    assert codes(told, "<p>Nobody collects these figures.</p>") == []


@pytest.mark.parametrize("audience", ["facilitator", "sponsor"])
def test_papers_for_others_may_say_what_they_like(secret: Tiny, audience: str) -> None:
    assert codes(secret, f"<p>{SECRET} slow-starter</p>", audience) == []


def test_what_is_written_for_them_too_is_theirs(secret: Tiny) -> None:
    secret.change("modules/asking.md", "Most questions are advice", f"{SECRET} Most questions are")
    assert codes(secret, f"<p>{SECRET}</p>") == []


def test_a_word_that_is_filled_in_does_not_join_what_stands_around_it(secret: Tiny) -> None:
    filled = "::: facilitator\nTwo of them did {{ client.name }} not want to come.\n:::"
    secret.change("modules/asking.md", f"::: facilitator\n{SECRET}\n:::", filled)
    assert codes(secret, "<p>Two of them did not want to come.</p>") == []


@pytest.fixture
def labelled(tiny: Tiny) -> Tiny:
    """The tiny workspace with a segment whose name is two words, and one that is one."""
    tiny.change("modules/programme.yaml", SEGMENTS, f"{SEGMENTS}\n  slow-starter: afraid to ask")
    return tiny


@pytest.mark.parametrize(
    "body",
    [
        "<p>This is for every slow-starter.</p>",
        "<p>Slow‑starters</p>",
        "<p>Who asks is no slow <em>starter</em>.</p>",
        "<p>You may be afraid to ask.</p>",
        "<table><tr><td>keen</td></tr></table>",
        "<p>Segment: Keen</p>",
    ],
)
@pytest.mark.parametrize("audience", ["participant", "manager"])
@pytest.mark.slow
def test_what_the_programme_calls_its_segments_is_found(
    labelled: Tiny, body: str, audience: str
) -> None:
    [fault] = faults_in(labelled, body, audience)
    assert fault.code == "segment-label"
    assert str(fault.location).endswith(BADGE)


@pytest.mark.parametrize(
    "body",
    [
        # A word of every day, as long as it is not set as a label.
        "<p>You are keen, I see.</p>",
        "<p>who are <strong>keen</strong> to ask</p>",
        "<p>a slow start, a starter</p>",
        "<p>ask to be afraid</p>",
        "<p class='slow-starter'>x</p>",
    ],
)
def test_ordinary_words_are_not(labelled: Tiny, body: str) -> None:
    assert codes(labelled, body) == []


def test_a_label_in_the_name_of_a_file_or_a_title_is_found(labelled: Tiny) -> None:
    labelled.change(BADGE_FILE, "badges/", "slow-starter/")
    [fault, _] = faults_in(labelled)
    assert fault.code == "segment-label"
    assert fault.message.endswith(
        "(in the name, the title or a slot of slow-starter/anna-berg.pdf)"
    )
    labelled.change(BADGE_FILE, "slow-starter/", "badges/")
    labelled.change(BADGE_FILE, "title: Badge", "title: Badge for slow-starters")
    assert {fault.code for fault in faults_again(labelled)} == {"segment-label"}


def faults_again(tiny: Tiny) -> list[Diagnostic]:
    plan = workshop.plan(workshop.load(tiny.root, "tiny", READINGS), (), ["badge"])
    [faults] = proofread(plan, compose_kits(plan))
    return faults


def codes_again(tiny: Tiny) -> list[str]:
    return [fault.code for fault in faults_again(tiny)]


def add_client(tiny: Tiny, name: str, slug: str = "other") -> Tiny:
    """Add another client, and return the workspace."""
    tiny.write(f"clients/{slug}/client.yaml", f"# A client.\nname: {name}\npaper: Letter\n")
    return tiny


@pytest.mark.parametrize("audience", ["participant", "manager", "facilitator", "sponsor"])
def test_another_clients_name_is_found_whoever_reads_it(tiny: Tiny, audience: str) -> None:
    [fault] = faults_in(add_client(tiny, "North & Sons"), "<p>as at North &amp; Sons</p>", audience)
    assert (fault.code, fault.message) == (
        "other-client",
        "Another client is named: “North & Sons”",
    )


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("North Works", "<p>NORTH\n works’s people</p>"),
        ("Open", "<p>as at Open</p>"),
        ("Tiny", "<p>at Tiny, and at Tiny Ltd</p>"),
        ("Tiny Ltd Holding", "<p>of Tiny Ltd Holding</p>"),
        ("North Works", '<p><img alt="the gate of North Works" src="data:,"></p>'),
    ],
)
def test_as_whole_words(tiny: Tiny, name: str, body: str) -> None:
    assert codes(add_client(tiny, name), body) == ["other-client"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("North Works", "<p>the north; works of art; Northworks</p>"),
        # A name that is a word of every day counts only as it is written.
        ("Open", "<p>Ask open questions. OPEN. Opening.</p>"),
        ("Tiny", "<p>{{ client.name }}</p>"),
        # The same client, in another folder.
        ("Tiny Ltd", "<p>{{ client.name }}</p>"),
    ],
)
def test_another_word_is_none(tiny: Tiny, name: str, body: str) -> None:
    assert codes(add_client(tiny, name), body) == []


def test_another_client_in_what_a_person_is_told_is_found(tiny: Tiny) -> None:
    tiny.change(ROSTER, "Bo Lindt,bo@example.com,Stores", "Bo Lindt,bo@example.com,North Works")
    body = "<p>{{ (participant.team if participant else none) | slot('team') }}</p>"
    [fault] = faults_in(add_client(tiny, "North Works"), body)
    assert fault.code == "other-client"
    assert fault.message.endswith("badges/bo-lindt.pdf)")


@pytest.mark.slow
def test_a_part_is_looked_through_once(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    audiences: list[Audience] = []
    check = Confidential.breaches_in_part

    def noted(confidential: Confidential, html: str, audience: Audience) -> list[Breach]:
        audiences.append(audience)
        return check(confidential, html, audience)

    monkeypatch.setattr(Confidential, "breaches_in_part", noted)
    documents = ("agenda", "badge", "participant-workbook")
    tiny.write("templates/agenda/document.html.j2", in_part("<p>As at North Works</p>"))
    assert tiny.build(*documents).warnings == ()
    every = len(audiences)
    for changed, again in (
        # Its people are printed outside of slots: of a badge nothing is kept.
        (lambda: tiny.change(ROSTER, "Bo Lindt", "Bo Lindh"), 2),
        (lambda: tiny.change("modules/asking.md", "Count to seven", "Count to eight"), every),
        (lambda: add_client(tiny, "North Works"), every),
    ):
        audiences.clear()
        changed()
        last_codes = [fault.code for fault in tiny.build(*documents).warnings]
        assert len(audiences) == again
    assert last_codes == ["other-client"]
    # What is wrong is told again.
    audiences.clear()
    tiny.change(ROSTER, "Bo Lindh", "Bo Lindt")
    assert [fault.code for fault in tiny.build(*documents).warnings] == ["other-client"]
    assert len(audiences) == 2 + 1

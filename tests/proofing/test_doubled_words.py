"""Words that stand twice in a row, mostly because a client's word begins as the text goes on."""

from __future__ import annotations

import pytest

import workshop
from tests.composing.conftest import FIRST, Desk
from tests.conftest import READINGS, REPOSITORY
from workshop.composing.compose_plan import compose_kits
from workshop.composing.reuse.shelves import Shelf
from workshop.diagnostics import Diagnostic
from workshop.keeping.memory import Memory
from workshop.proofing.proof import proofread
from workshop.proofing.read_words import doubled_words

OWN = "name: Test Ltd\nterms: {team: next station}\ndocuments: {only: [page]}\n"


def doubled(desk: Desk, shelf: Shelf | None = None) -> list[Diagnostic]:
    plan = workshop.plan(workshop.load(desk.root, "test", READINGS))
    [faults] = proofread(plan, compose_kits(plan, READINGS), shelf=shelf)
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
        "<pre><code># tie the rope\nrope = tie()\n</code></pre>",
        "<p>Type <code>git git</code> and the <code>the</code>.</p>",
    ],
)
def test_what_is_meant_so_is_not_told(html: str) -> None:
    assert list(doubled_words(f"<body>{html}</body>")) == []


NAMED = """\
name: Walla Walla Foods
terms: {team: so so crew}
documents: {only: [page]}
cohorts:
  only:
    venue: Baden Baden, the hall
    trainers: [Sirhan Sirhan, Ann Berg]
    times: {doors: "08:15, for tea tea"}
    roster: people.csv
"""


def test_names_that_say_a_word_twice_are_not_told(desk: Desk) -> None:
    desk.client(NAMED)
    desk.write("clients/test/people.csv", "name,team\nNg Ng,Pago Pago\n")
    desk.page(
        "<p>{{ client.name | upper }}, {{ cohort.venue }}, {{ cohort.trainer }}.</p>"
        "<p>{{ term('team') }}, {{ cohort.doors_note }}.</p>"
        "<p>{% for person in participants %}{{ person.name }}, {{ person.team }}{% endfor %}</p>"
        "<p>It is is so.</p>"
    )
    assert [fault.message for fault in doubled(desk)] == [
        "“is is” stands twice in a row in “It is is so.”"
    ]


def test_a_name_that_is_gone_from_the_roster_spares_no_word(desk: Desk) -> None:
    desk.client(NAMED)
    desk.page("<p>Ask Ng Ng of Baden Baden.</p>")
    memory, told = Memory(), []
    for person in ("Ng Ng", "Ann Berg"):
        desk.write("clients/test/people.csv", f"name\n{person}\n")
        shelf = Shelf(memory, "the same files but for the roster")
        told.append([fault.message.partition(" stands")[0] for fault in doubled(desk, shelf)])
        shelf.write()
    assert told == [[], ["“Ng Ng”"]]


def test_a_line_is_told_once_whatever_values_it_is_printed_with(desk: Desk) -> None:
    desk.client(OWN)
    desk.page(
        "{% for crew in ('a', 'b', 'c') %}\n<p>Crew {{ crew }} is at the the gate.</p>\n"
        "{% endfor %}\n<p>And so so on.</p>"
    )
    assert [fault.message.partition(" stands")[0] for fault in doubled(desk)] == [
        "“the the”",
        "“so so”",
    ]


def test_every_doubled_word_of_a_line_is_told(desk: Desk) -> None:
    desk.client(OWN)
    desk.page("<p>Go to the the gate and talk to to them. The the end.</p>")
    assert [fault.message.partition(" stands")[0] for fault in doubled(desk)] == [
        "“the the”",
        "“to to”",
    ]


def test_the_minutes_of_a_step_stand_apart() -> None:
    for step in ("min", "Min. the doors"):
        assert not list(doubled_words(f'<li><span class="step-minutes">6 min</span> {step}</li>'))
    assert not list(doubled_words('Ask <span class="step-minutes"></span> ask'))


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


def test_a_text_without_end_is_told_by_the_words_around() -> None:
    text = "word " * 30_000 + "next next " + "other " * 30_000
    [*_, (words, sentence)] = [told for told in doubled_words(text) if told[0] == "next next"]
    assert words in sentence
    assert len(sentence) < 600
    assert sentence.startswith("… word word")
    assert sentence.endswith("other other …")

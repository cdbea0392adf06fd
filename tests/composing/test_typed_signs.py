"""No paper and no letter prints a straight mark, whatever a trainer types."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import cast

import pytest

import workshop
from tests.composing.conftest import EVERYTHING, Desk, as_read
from tests.conftest import READINGS, Workspace
from workshop.composing.composer import Composer
from workshop.composing.composition import ComposedCopy
from workshop.composing.letter import LetterWriter, Written
from workshop.tailoring.people.roster import Managed

CLIENT = """\
name: Land's "End" Farms
terms: {manager: ward's lead, managers: ward's leads}
options: {follow-up: true, coaching: true, manager-briefings: true}
breaks: {The farm's tea: {minutes: 10, after: open}}
cohorts:
  only:
    venue: The Crown's "Oak" room
    trainers: {Ruth O'Hara: [open], Gerard van 't Hoff: [close]}
    roster: people.csv
"""
PEOPLE = """\
name,email,team,role,manager,manager_email
Miles O'Brien,miles@example.com,St Mary's ward,Ship's mate,Ann D'Arcy,ann@example.com
"Jo ""Jo"" Ng'ang'a",jo@example.com,St Mary's ward,Ship's mate,Ann D'Arcy,ann@example.com
"""
STRAIGHT = re.compile(r".{0,30}['\"].{0,30}")


@pytest.fixture
def farm(workspace: Workspace) -> Path:
    """A client that types straight marks wherever there is a value to type."""
    workspace.client(CLIENT)
    workspace.write("clients/test/people.csv", PEOPLE)
    return workspace.root


def read_of(copy: ComposedCopy) -> str:
    """Return what is read of a copy: no code, no styles, no attributes."""
    html = (
        as_read(copy).replace(' class="document-', '<body class="document-').partition("<body")[2]
    )
    return unescape(re.sub(r"<(code|style)\b.*?</\1>|<[^>]*>", " ", f"<{html}", flags=re.DOTALL))


@pytest.mark.slow
def test_all_papers_of_the_library_print_values_with_typographic_marks(farm: Path) -> None:
    tailored = workshop.load(farm, "test", READINGS)
    [cohort] = workshop.plan(tailored).cohorts
    copies = Composer(tailored, cohort.day, None, memory=READINGS).compose_all(
        [job for job in cohort.jobs if job.document.edition == "standard"]
    )
    texts = {copy.job.path: read_of(copy) for copy in copies}
    assert {f"{path}: {STRAIGHT.findall(text)}" for path, text in texts.items()} == {
        f"{path}: []" for path in texts
    }
    everything = " ".join(texts.values())
    for value in (
        *("Land’s “End” Farms", "ward’s lead", "The farm’s tea", "The Crown’s “Oak” room"),
        *("Ruth O’Hara", "Gerard van ’t Hoff", "Miles O’Brien", "Jo “Jo” Ng’ang’a", "Ann D’Arcy"),
    ):
        assert value in everything
    assert any(path.name.endswith("miles-o-brien.pdf") for path in texts)


LETTER = """\
{% extends "library/manager-briefing/email.md.j2" %}
{% block body %}
At {{ client.name }}: {{ cohort.venue }}, the [map]({{ cohort.venue }}),
`{{ client.name }}`, {{ sender }}
{% endblock %}
"""


def letter(farm: Path, sender: str = "Ruth O'Hara") -> dict[str, Written]:
    """Return the blocks of the e-mail to Ann D'Arcy."""
    tailored = workshop.load(farm, "test", READINGS)
    [cohort] = workshop.plan(tailored, (), ["manager-briefing"]).cohorts
    recipient = cast(Managed, cohort.jobs[0].recipient)
    writer = LetterWriter(tailored, cohort.day, cohort.documents[0], sender)
    return writer.write(recipient, ())


def test_a_letter_prints_them_too(farm: Path) -> None:
    blocks = letter(farm)
    body = blocks["body"].text
    for value in (
        *("Ann D’Arcy", "Miles O’Brien", "Jo “Jo” Ng’ang’a", "Ruth O’Hara"),
        *("The Crown’s “Oak” room", "ward’s lead"),
    ):
        assert value in body
    assert not STRAIGHT.findall(" ".join(block.text for block in blocks.values()))


def test_a_letter_keeps_addresses_and_code_as_they_are_typed(
    workspace: Workspace, farm: Path
) -> None:
    hall = "https://example.org/the--hall's"
    workspace.client(CLIENT.replace("""The Crown's "Oak" room""", hall))
    workspace.write("clients/test/templates/manager-briefing/email.md.j2", LETTER)
    body = letter(farm, "o'hara@example.org")["body"]
    assert unescape(body.html).count(hall) == 2
    assert "https://example.org/the--hall's" in body.text
    assert "o'hara@example.org" in body.text
    assert """<code>Land's "End" Farms</code>""" in unescape(body.html)
    assert "At Land’s “End” Farms:" in body.text


def test_a_file_is_named_as_it_is_whatever_signs_its_name_has(desk: Desk) -> None:
    name = "it's--a...logo.svg"
    file = desk.write(f"clients/test/assets/{name}", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    desk.client(f"name: O'Neil\nlogo: {name}\n")
    desk.module(f"![Ours]({name}) {{{{ client.logo }}}}")
    desk.page(f"""{EVERYTHING}{{{{ client.logo }}}} {{{{ asset("{name}") }}}}""")
    assert desk.html().count(file.resolve().as_uri()) == 4


VALUES = """\
---
title: The guests' "best" hour
summary: Don't wait.
minutes: {min: 30, ideal: 60, max: 60}
outcomes: [You can't but "ask".]
suits: [keen]
---
Don't `don't`.

::: exercise {#one-question title="One guest's question" kind=pairs minutes=60 min=30}
::: purpose
To ask.
:::

1. {60 min} Ask.

::: cards {title="Guests' cards" each=pair}
::: card {title="It's a card"}
Don't.
:::
:::
:::
"""


def test_titles_and_labels_of_modules_are_typographic_too(desk: Desk) -> None:
    desk.write("modules/asking.md", VALUES)
    [copy] = desk.copies("page")
    assert not STRAIGHT.findall(read_of(copy))
    for value in (
        *("The guests’ “best” hour", "Don’t wait.", "You can’t but “ask”."),
        *("Guests’ cards", "It’s a card"),
    ):
        assert value in read_of(copy)
    assert "<code>don't</code>" in unescape(as_read(copy))


def test_a_template_compares_values_as_they_are_typed(desk: Desk) -> None:
    desk.client("name: O'Neil\n")
    desk.page('{{ "same" if client.name == "O\'Neil" }} {{ client.name | upper }}')
    assert "same O’NEIL" in desk.html()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("the 'Old Mill' barn", "the ‘Old Mill’ barn"),
        ('see https://example.org/day--one/room "1"', "see https://example.org/day--one/room “1”"),
        ("www.example.org/a--b", "www.example.org/a--b"),
        ("https://old.example.org/https://example.org/a",) * 2,
    ],
)
def test_a_text_with_addresses_has_its_signs_as_a_whole(desk: Desk, typed: str, read: str) -> None:
    desk.client(f"name: T\ncohorts: {{a: {{date: 2027-03-11, venue: {json.dumps(typed)}}}}}\n")
    macro = '{% from "_shared/furniture.html.j2" import with_addresses %}'
    desk.page(f"{macro}<p>{{{{ with_addresses(cohort.venue) }}}}</p>")
    assert unescape(re.sub("<[^>]*>", "", desk.html().partition("<p>")[2])).strip() == read


def test_the_last_words_of_a_title_have_their_signs_as_a_part_of_it(desk: Desk) -> None:
    macro = '{% from "_shared/slides.html.j2" import bound %}'
    desk.page(macro + """{{ bound("Tea at the 'Old Mill'") }} {{ bound("O'Neil") }}""")
    assert "Tea at the ‘Old\N{NO-BREAK SPACE}Mill’" in desk.html()
    assert "O’Neil" in desk.html()


def test_a_style_sheet_prints_its_values_as_they_are(desk: Desk) -> None:
    [copy] = desk.copies("page")
    looks = [
        line
        for sheet in copy.composition.parts[0].job.stylesheets
        for line in sheet.css.splitlines()
        if "--text-face:" in line
    ]
    assert looks
    assert all('", "' in line and "”" not in line for line in looks)

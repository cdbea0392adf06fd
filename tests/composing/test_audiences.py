"""What a block is for one audience reaches the page of no other."""

from __future__ import annotations

import pytest

from tests.composing.conftest import EVERYTHING, FIRST, Desk, as_read
from workshop.content.audiences import BLOCK_AUDIENCES

# Every place a block for one audience can stand in, each with the word that gives it away.
MODULE = """\
For all.

::: facilitator
facilitator-in-module
:::

::: manager
manager-in-module
:::

::: sponsor
sponsor-in-module
:::

::: participant
participant-in-module
:::

::: case {name=story}
:::

::: input {title="Talk" minutes=10 min=5}
Talk for all.
::: facilitator
facilitator-in-input

  - facilitator-in-list
:::
:::
"""

EXERCISE = """\
::: exercise {#one-question title="One question" kind=pairs minutes=45 min=20}
::: purpose
To ask.
::: facilitator
facilitator-in-purpose
:::
:::

1. {45 min} Ask.
   ::: facilitator
   facilitator-in-step
   :::

::: cards {title=Deck each=pair}
::: card {title=One}
On the card.
::: facilitator
facilitator-in-card
:::
:::
:::

::: manager
manager-in-exercise
:::

::: debrief
- What did you hear?
::: facilitator
facilitator-in-debrief
:::
:::
:::

::: debrief {minutes=5 min=5}
- And now?
::: sponsor
sponsor-in-closing
:::
:::
"""

CASE = """\
---
title: Story
---
Once.

::: facilitator
facilitator-in-case
:::

::: participant
participant-in-case
:::
"""

PLACES = (
    "in-module", "in-input", "in-list", "in-purpose", "in-step", "in-card",
    "in-exercise", "in-debrief", "in-closing", "in-case",
)  # fmt: skip


@pytest.fixture
def marked(desk: Desk) -> Desk:
    """A workspace whose module has a word for every audience in every place."""
    desk.module(MODULE, EXERCISE)
    desk.write("modules/cases/story.md", CASE)
    return desk


@pytest.mark.parametrize(
    ("audience", "seen"),
    [
        ("participant", {"participant"}),
        ("manager", {"manager"}),
        ("sponsor", {"sponsor"}),
        ("facilitator", {"facilitator", "participant"}),
    ],
)
def test_a_page_holds_only_its_own_audiences_blocks(
    marked: Desk, audience: str, seen: set[str]
) -> None:
    marked.page(EVERYTHING, audience)
    html = marked.html()
    written = MODULE + EXERCISE + CASE
    for reader in BLOCK_AUDIENCES:
        words = [f"{reader}-{place}" for place in PLACES if f"{reader}-{place}" in written]
        assert words
        assert [word for word in words if word in html] == (words if reader in seen else [])
    for common in ("For all.", "Talk for all.", "On the card.", "What did you hear?", "Once."):
        assert common in html


@pytest.mark.parametrize("document", ["participant-workbook", "exercises", "agenda"])
def test_a_participants_documents_hold_nothing_for_others(marked: Desk, document: str) -> None:
    html = "".join(as_read(copy) for copy in marked.copies(document))
    assert "Asking" in html
    for reader in ("manager", "facilitator", "sponsor"):
        assert not [place for place in PLACES if f"{reader}-{place}" in html]


def test_a_managers_briefing_has_the_managers_note_and_no_other(marked: Desk) -> None:
    html = marked.html("manager-briefing")
    assert "manager-in-module" in html
    assert "facilitator-in" not in html
    assert "sponsor-in" not in html


def test_a_note_is_what_the_module_says_to_the_audience_itself(marked: Desk) -> None:
    marked.page("{% for module in modules %}{{ module.note }}{% endfor %}", "manager")
    html = marked.html()
    assert "manager-in-module" in html
    assert "manager-in-exercise" not in html
    assert "For all." not in html


def test_an_exercises_note_is_what_it_says_to_the_audience_itself(marked: Desk) -> None:
    exercises = '{% for exercise in modules | map(attribute="exercises") | sum(start=()) %}'
    marked.page(exercises + "{{ exercise.note }}{% endfor %}", "manager")
    html = marked.html()
    assert "manager-in-exercise" in html
    assert "manager-in-module" not in html
    assert "facilitator-in-exercise" not in html
    assert "Once." not in html


AGREEMENT = """
::: exercise {#contact-agreement title="Agree" kind=pairs minutes=60 min=30}
::: purpose
To agree.
:::

1. {60 min} Agree.

::: manager
Every Tuesday, said the room.
:::
:::
"""


def test_a_briefing_says_what_was_agreed_where_the_day_has_the_agreement(desk: Desk) -> None:
    desk.module("For all.\n", AGREEMENT)
    html = desk.html("manager-briefing")
    assert html.index("Who starts which conversation") < html.index("Every Tuesday, said the room.")
    assert html.count("Agreed on") == 1
    desk.module("For all.\n", AGREEMENT.replace("contact-agreement", "another-exercise"))
    html = desk.html("manager-briefing")
    assert "Who starts which conversation" in html
    assert "Every Tuesday" not in html
    assert "Agreed on" not in html


@pytest.mark.parametrize(
    "opening",
    [
        "::: facilitater",
        "::: Facilitator",
        ":: facilitator",
        "::: facilitator {only=yes}",
        "::: trainer",
        ": facilitator",
        "    ::: facilitatr",
        "> ::: facilitator",
        "::: {.facilitator}",
        "：：： facilitator",
        "::: facilitator for the trainer",
    ],
)
def test_a_misspelt_block_is_an_error_with_its_line(desk: Desk, opening: str) -> None:
    desk.module(f"For all.\n\n{opening}\nsecret words\n:::\n")
    faults = desk.faults()
    assert faults[0].startswith(f"modules/asking.md:{FIRST + 2}:")
    assert "secret words" not in " ".join(faults)


@pytest.mark.parametrize(
    "opening",
    [":::facilitator", ":::   facilitator", "        ::: facilitator", "\t::: facilitator"],
)
def test_a_block_is_hidden_however_it_is_spaced(desk: Desk, opening: str) -> None:
    desk.module(f"For all.\n\n{opening}\nsecret words\n:::\n")
    html = desk.html()
    assert "For all." in html
    assert "secret words" not in html


def test_what_is_commented_out_stays_off_the_page(desk: Desk) -> None:
    desk.module(
        "For all.<!-- secret words -->\n\n<!--\nmore secret\n-->\n\n<div><!-- third --></div>"
    )
    html = desk.html()
    assert "For all." in html
    for secret in ("secret words", "more secret", "third", "<!--"):
        assert secret not in html

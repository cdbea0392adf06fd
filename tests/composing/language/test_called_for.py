"""What a text calls for: named where the kit and the day have it, other words where not."""

from __future__ import annotations

import pytest

from tests.composing.conftest import EXERCISE, FIRST, HEAD, PROGRAMME, Desk, visible_text
from workshop.composing.language.references import notes_in

ONLY_PAGE = "name: Test Ltd\ndocuments: {only: [page]}\n"
SHORT = "name: Test Ltd\nvariant: short\n"
SECOND = """
::: exercise {#first title="First" kind=pairs minutes=30 min=30}
::: purpose
To ask.
:::

1. {30 min} Ask.
:::

::: exercise {#second title="Second" kind=pairs minutes=30 min=0}
::: purpose
To ask.
:::

1. {30 min} Ask.
:::
"""
CARDS_IN = '\n:::\n\n::: cards {title="Role cards" each=pair}\n::: card\nAsk.\n:::\n:::\n\n1.'
CARDS = EXERCISE.replace("\n:::\n\n1.", CARDS_IN)


def words(desk: Desk, text: str, exercise: str = EXERCISE) -> str:
    """Return what a text at the module's beginning prints."""
    desk.module(text, exercise)
    desk.page("{{ modules[0].intro }}")
    return visible_text(desk.html())


def notes(desk: Desk) -> list[str]:
    """Return what the proofreader will be told: "file:line code: message hint"."""
    told = []
    for note in notes_in(desk.html()):
        assert note.location
        place = f"{note.location.path.name}:{note.location.line}"
        told.append(f"{place} {note.code}: {note.message}. {note.hint}")
    return told


def test_a_document_is_called_what_the_text_says_where_the_kit_has_it(desk: Desk) -> None:
    text = 'Fill in {{ doc("evaluation", "the separate sheet", else="the last page") }}.'
    assert words(desk, text) == "Fill in the separate sheet."
    assert notes(desk) == []
    assert words(desk, 'See {{ doc("evaluation") }}.') == "See Evaluation."


def test_other_words_are_printed_without_it_and_the_proofreader_is_told(desk: Desk) -> None:
    desk.client(ONLY_PAGE)
    text = '\n\nFill in {{ doc("evaluation", "the separate sheet", else="the last page") }}.'
    assert words(desk, text).replace(" .", ".") == "Fill in the last page."
    assert notes(desk) == [
        f"asking.md:{FIRST + 2} other-words: The kit has no document “evaluation”: “the last page” "
        "is printed in place of “the separate sheet”. "
        "Add evaluation to `only` in client.yaml if the kit is to have it."
    ]


def test_words_that_nothing_is_printed_instead_of_are_told_too(desk: Desk) -> None:
    desk.client(ONLY_PAGE)
    words(desk, 'Come.{{ doc("evaluation", " Fill in the sheet.", else="") }}')
    [note] = notes(desk)
    assert "The kit has no document “evaluation”: “Fill in the sheet.” is left out. " in note


def test_a_document_that_nothing_is_said_instead_of_is_called_for_in_vain(desk: Desk) -> None:
    desk.client(ONLY_PAGE)
    assert words(desk, 'Fill in {{ doc("evaluation", "the sheet") }}') == "Fill in the sheet"
    [note] = notes(desk)
    assert "not-in-kit: The kit has no document “evaluation”, but “the sheet” calls for it" in note
    assert note.endswith('Or say what is printed without it: else="…".')


def test_a_document_that_needs_an_option_says_which(desk: Desk) -> None:
    words(desk, '{{ doc("coaching-kit", "your kit") }}')
    assert "Take the option coaching in client.yaml" in notes(desk)[0]


def test_a_template_calls_for_things_as_texts_do(desk: Desk) -> None:
    desk.client(ONLY_PAGE)
    desk.page('<p>\n{{ doc("evaluation", "the sheet", else="a <page>") }}</p>')
    assert "a &lt;page&gt;" in desk.html()
    assert notes(desk)[0].startswith("document.html.j2:3 other-words")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{{ doc("evaluatoin") }}', "no document “evaluatoin” Did you mean “evaluation”?"),
        ('{{ has("one-qestion") }}', "“one-qestion” Did you mean “one-question”?"),
        ('{{ ref("one-question", esle="x") }}', '“esle=” here Write {{ ref("one-question", else='),
        ("{{ mark(1) }}", "Only what stands in an exercise can say when one of its steps ends"),
    ],
)
def test_what_cannot_be_called_for_is_an_error(desk: Desk, text: str, told: str) -> None:
    desk.module(text)
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST}: ")
    assert told in fault


def test_cards_are_called_for_by_their_title_or_their_id(desk: Desk) -> None:
    text = 'Take {{ cards("role-cards", "one card each", else="turns") }}.'
    assert words(desk, text, CARDS) == "Take one card each."
    by_id = CARDS.replace("cards {title=", "cards {#parts title=")
    assert words(desk, text.replace("role-cards", "parts"), by_id) == "Take one card each."


def test_cards_without_a_sheet_or_of_another_name_are_not_there(desk: Desk) -> None:
    text = 'Take {{ cards("role-cards", "one card each", else="turns") }}!'
    desk.client("name: Test Ltd\ndocuments: {exclude: [exercises]}\n")
    assert words(desk, text, CARDS) == "Take turns !"
    assert "no document “exercises”, on which cards are printed" in notes(desk)[0]
    desk.client("name: Test Ltd\n")
    assert words(desk, text, CARDS.replace("Role cards", "Roll cards")) == "Take turns !"
    assert "no set of cards “role-cards”" in notes(desk)[0]
    assert "Did you mean “roll-cards”?" in notes(desk)[0]


def test_a_text_can_ask_what_the_kit_and_the_day_have(desk: Desk) -> None:
    text = '{% for name in ["asking", "second", "evaluation"] %}{{ has(name) }} {% endfor %}'
    assert words(desk, text, SECOND) == "True True True"
    desk.client("name: Test Ltd\nvariant: short\ndocuments: {exclude: [evaluation]}\n")
    assert words(desk, text, SECOND) == "True False False"
    own_time = SECOND.replace("min=0}", "min=0 if-cut=own-time}")
    assert words(desk, text, own_time) == "True False False"


def test_an_exercise_that_the_day_leaves_out_is_told_or_put_in_other_words(desk: Desk) -> None:
    desk.client(SHORT)
    assert words(desk, 'See {{ ref("second") }}', SECOND) == "See “Second”"
    assert notes(desk) == [
        f"asking.md:{FIRST} not-in-day: The day has no exercise “Second”, which is referred to "
        'here. Write other words for such a day: {{ ref("second", else="…") }}.'
    ]
    assert words(desk, 'See {{ ref("second", else="it") }}', SECOND) == "See it"
    assert notes(desk) == []


def test_a_label_has_no_room_for_a_note_so_it_must_have_other_words(desk: Desk) -> None:
    desk.client(SHORT)
    label = "::: space {lines=1 label=\"From {{ ref('second'ELSE) }}\"}\n:::"
    desk.module(label.replace("ELSE", ""), SECOND)
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST}: A title or a label calls for something")
    desk.module(label.replace("ELSE", ", else='it'"), SECOND)
    assert "From it" in desk.html("participant-workbook")


def test_an_outcome_goes_with_the_exercise_that_gives_it(desk: Desk) -> None:
    path = desk.root / "modules/asking.md"
    outcomes = (
        "outcomes:\n  - You can ask.\n  - {outcome: You have two., for: second}\n"
        "  - '{% if has(\"second\") %}Said in other words.{% endif %}'\n"
    )
    path.write_text(HEAD.replace("outcomes: [You can ask.]\n", outcomes) + SECOND, "utf-8")
    desk.page('{{ modules[0].outcomes | join("|") }}')
    assert "You can ask.|You have two.|Said in other words." in desk.html()
    desk.client(SHORT)
    assert "You can ask." in desk.html()
    assert "|" not in desk.html()


def test_words_are_listed_without_those_that_are_not_so(desk: Desk) -> None:
    text = '{{ ["a", "b" if has("second"), "c" if has("first"), "d"] | listed }}'
    assert words(desk, text, SECOND) == "a, b, c and d"
    desk.client(SHORT)
    assert words(desk, text, SECOND) == "a, c and d"
    assert words(desk, '{{ ["a", "b"] | listed("or") }}{{ [] | listed }}') == "a or b"


ROUNDS = """
::: exercise {#ask title="Ask" kind=trios rounds=3 round-minutes=15 setup-minutes=15 min=30}
::: purpose
To ask.
:::

1. {10 min} Form trios.
2. {10 min each round} Ask.
3. {5 min each round} Tell.
4. {5 min} Rest.

::: slide {title="Ask"}
::: facilitator
**Do** Show it at {{ mark(1) }}.
:::
:::

::: facilitator
**Do** Call {{ mark(2) - 1 }}, {{ mark(3) | in_words }}, {{ mark(4) }}.
:::
:::
"""


def test_marks_are_counted_from_the_steps_as_the_day_has_them(desk: Desk) -> None:
    desk.module("", ROUNDS)
    desk.page(
        "{% for part in modules[0].parts %}{{ part.notes }}{{ part.slides[0].notes }}{% endfor %}",
        "facilitator",
    )
    assert visible_text(desk.html()) == "Do Call 9, 15, 60. Do Show it at 10."
    desk.client(SHORT)
    assert visible_text(desk.html()) == "Do Call 4, seven, 30. Do Show it at 6."


def test_a_step_that_is_not_there_has_no_mark(desk: Desk) -> None:
    desk.module("", ROUNDS.replace("mark(4)", "mark(5)"))
    desk.page("{{ modules[0].parts[0].notes }}", "facilitator")
    [fault] = desk.faults()
    assert fault.endswith("This exercise has no step “5” Write a number from 1 to 4.")


def test_a_cell_may_have_a_bar_within_braces(desk: Desk) -> None:
    space = """::: space {rows=2 columns="A" first="{{ ['x', 'y'] | listed }} | z"}\n:::"""
    desk.module(space)
    html = desk.html("participant-workbook")
    assert "x and y" in html
    assert ">z<" in html


FORWARD = '{{ ref("offer", else="an offer") }}, {{ ref("offer") }}, '
FORWARD += '{{ has("offer") }}, {{ has("later") }}'
TO_COME = "exercise 2.1, exercise 2.1, True, True"


def words_before(
    desk: Desk, head: str = "", exercise: str = EXERCISE, order: str = "asking later"
) -> str:
    """Return what a module prints in a day that has “offer” in the module “later”."""
    items = ", ".join(f"{{module: {name}}}" for name in order.split())
    day = PROGRAMME.replace("items: [{module: asking}]", f"items: [{items}]")
    desk.write("modules/programme.yaml", day)
    desk.write("modules/later.md", HEAD + EXERCISE.replace("#one-question", "#offer"))
    desk.write(
        "modules/asking.md", HEAD.replace("suits:", f"{head}suits:") + FORWARD + "\n" + exercise
    )
    desk.page(
        "{% for module in modules if module.name == 'asking' %}{{ module.intro }}{% endfor %}"
    )
    return visible_text(desk.html()).replace(" ,", ",")


def test_a_text_may_look_forward_to_what_comes_later(desk: Desk) -> None:
    assert words_before(desk) == TO_COME


@pytest.mark.parametrize("name", ["offer", "later"])
def test_what_a_text_builds_on_is_not_there_before_it_has_come(desk: Desk, name: str) -> None:
    """Of what comes later, a text says its other words, or names it where it has none."""
    told = "an offer, exercise 2.1, False, False"
    assert words_before(desk, head=f"builds-on: [{name}]\n") == told
    exercise = EXERCISE.replace("title=", f'builds-on="{name}" title=', 1)
    assert words_before(desk, exercise=exercise) == told


def test_what_a_text_builds_on_is_there_once_it_has_come(desk: Desk) -> None:
    told = words_before(desk, head="builds-on: [offer]\n", order="later asking")
    assert told == "exercise 1.1, exercise 1.1, True, True"


def test_others_see_what_comes_after_a_module_that_builds_on_it(desk: Desk) -> None:
    words_before(desk, head="builds-on: [offer]\n")
    desk.page('{{ has("offer") }} {{ ref("offer", else="none") }}')
    assert visible_text(desk.html()) == "True exercise 2.1"


TYPED, PRINTED = "the guests' 'own' sheet -- so", "the guests’ ‘own’ sheet – so"


@pytest.mark.parametrize("client", ["name: Test Ltd\n", ONLY_PAGE])
@pytest.mark.parametrize(
    "call",
    [
        f'doc("evaluation", "{TYPED}", else="{TYPED}")',
        f'doc("evaluation", "{TYPED}")',
        f'cards("role-cards", "{TYPED}", else="{TYPED}")',
        f'ref("second", else="{TYPED}")',
    ],
)
def test_words_for_what_is_called_for_have_typographic_signs(
    desk: Desk, client: str, call: str
) -> None:
    desk.client(f"{client}variant: short\n")
    exercises = SECOND.replace("\n:::\n\n1.", CARDS_IN, 1)
    assert PRINTED in words(desk, f"See {{{{ {call} }}}}.", exercises)

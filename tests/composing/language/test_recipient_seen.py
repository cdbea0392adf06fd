"""What a template makes of a person: noted outside slots, so that it runs once for all alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from tests.composing.conftest import Desk, as_read, html_of, in_part, visible_text
from workshop.composing.composition import ComposedCopy
from workshop.composing.language.recipient_seen import Use, Watch, follow, masked, watched
from workshop.composing.language.slots import SlotBook, texts_for
from workshop.composing.views.records import ManagerView, PersonView

ANNA = PersonView("Anna <B>", "Sales", "", "Inés Ruiz")
BO = PersonView("Bo", "", "Clerk", "Inés Ruiz")
INES = ManagerView("Inés Ruiz", "Anna, Bo", (ANNA, BO))

SALES = Use(("team",), "value", "Sales")


def seen(recipient: object, look: Callable[[Any], object]) -> tuple[object, list[Use]]:
    """Return what comes of looking at a watched recipient, and what was noted of it."""
    watch = Watch()
    outcome = look(watched(recipient, (), watch))
    return outcome, watch.uses


@pytest.mark.parametrize(
    ("look", "outcome"),
    [
        (str, "Sales"),
        (escape, Markup("Sales")),
        (lambda team: f"{team}", "Sales"),
        (lambda team: "in %s" % team, "in Sales"),  # noqa: UP031  # as a template's format filter does
        (lambda team: team == "Sales", True),
        (lambda team: team == "Stores", False),
        (lambda team: team != "Sales", False),
        (lambda team: team < "Stores", True),
        (lambda team: team > "A", True),
        (lambda team: {"Sales": 1}[team], 1),
        (lambda team: team in ("Sales", "Stores"), True),
        (lambda team: "ale" in team, True),
        (len, 5),
        (list, ["S", "a", "l", "e", "s"]),
        (lambda team: team[0], "S"),
        (lambda team: team[-2:], "es"),
        (lambda team: team + "!", "Sales!"),
        (lambda team: "!" + team, "!Sales"),
        (lambda team: team.upper(), "SALES"),
        (lambda team: team.split("a"), ["S", "les"]),
    ],
)  # fmt: skip
def test_whatever_is_done_with_a_text_is_noted_with_the_text(
    look: Callable[[Any], object], outcome: object
) -> None:
    result, uses = seen(ANNA, lambda anna: look(anna.team))
    assert (result, set(uses)) == (outcome, {SALES})


def test_whether_there_is_a_text_is_noted_without_it() -> None:
    assert seen(ANNA, lambda anna: bool(anna.team)) == (True, [Use(("team",), "presence", True)])
    assert seen(ANNA, lambda anna: bool(anna.role)) == (False, [Use(("role",), "presence", False)])


def test_how_many_people_there_are_is_noted_without_them() -> None:
    two = Use(("people",), "count", 2)
    looks: list[Callable[[Any], object]] = [
        len, bool, list, lambda people: people[1], lambda people: people[-1],
        lambda people: people[:1], lambda people: [1 for _ in people],
    ]  # fmt: skip
    for look in looks:
        _, uses = seen(INES, lambda ines, look=look: look(ines.people))  # type: ignore[misc]
        assert set(uses) == {two}


def test_in_which_order_people_come_is_noted_without_them() -> None:
    three = ManagerView("Inés", "", (BO, ANNA, PersonView("anna c", "", "", "")))
    order = Use(("people", "name"), "order", (1, 2, 0))
    _, uses = seen(three, lambda manager: manager.people.sorted_by("name"))
    assert set(uses) == {order, Use(("people",), "count", 3)}
    assert order.words == "people.name"
    assert order.outcome_for(ManagerView("x", "", (BO, ANNA, ANNA))) == order.outcome
    assert order.outcome_for(ManagerView("x", "", (ANNA, BO))) != order.outcome
    assert order.outcome_for(None) != order.outcome
    # What they do not all have as a text gives no order.
    assert seen(three, lambda manager: manager.people.sorted_by("own_page"))[0] is None
    assert seen(three, lambda manager: manager.people.sorted_by("nothing"))[0] is None


def test_what_there_is_not_depends_on_how_many_there_are() -> None:
    watch = Watch()
    with pytest.raises(IndexError):
        watched(INES, (), watch).people[2]
    assert watch.uses == [Use(("people",), "count", 2)]


def test_looking_at_somebody_notes_nothing_until_something_is_made_of_them() -> None:
    assert seen(INES, lambda ines: [ines.name, ines.people])[1] == []


@pytest.mark.parametrize("name", ["segment", "email", "number", "__dict__x"])
def test_what_paper_may_not_say_is_not_there(name: str) -> None:
    watch = Watch()
    with pytest.raises(AttributeError):
        getattr(watched(ANNA, (), watch), name)


def test_a_use_would_be_the_same_for_another_or_not() -> None:
    first_name = Use(("people", 0, "name"), "value", "Anna <B>")
    assert first_name.outcome_for(INES) == first_name.outcome
    assert first_name.outcome_for(ManagerView("x", "x", (BO,))) != first_name.outcome
    # Nobody there, or somebody of another kind: nothing, and no fault.
    assert first_name.outcome_for(ManagerView("x", "", ())) is None
    assert first_name.outcome_for(None) is None
    assert first_name.words == "people.name"
    assert follow(INES, ("people", 5, "name")) is None


def test_a_masked_recipient_has_other_texts_where_there_are_any() -> None:
    manager = masked(INES)
    assert (bool(manager.people[0].role), bool(manager.people[0].team)) == (False, True)
    texts = {manager.name, manager.names, manager.people[0].name, manager.people[1].role}
    assert not texts & {INES.name, INES.names, ANNA.name, BO.role}
    assert masked(None) is None


# Templates of a small grammar, for anybody who is a participant.
FIELD = st.sampled_from(["name", "team", "role", "manager"]).map("participant.{}".format)
PIECE = st.one_of(
    FIELD.map("{{{{ {} }}}}".format),
    FIELD.map("{{{{ {} | upper }}}}".format),
    FIELD.map("{{{{ {} | length }}}}".format),
    FIELD.map("{{{{ {} | default('none', true) }}}}".format),
    FIELD.map("{{{{ {} | first | default('-') }}}}".format),
    st.tuples(FIELD, FIELD).map(lambda two: "{{{{ [{}, {}] | join(', ') }}}}".format(*two)),
    st.tuples(FIELD, FIELD).map(
        lambda two: "{{{{ [{}, {}] | join(', ') | slot('b') }}}}".format(*two)
    ),
    st.tuples(FIELD, FIELD).map(lambda two: "{{{{ {} ~ '&' ~ {} }}}}".format(*two)),
    st.tuples(FIELD, FIELD).map(lambda two: "{{{{ {} + '&' + {} }}}}".format(*two)),
    st.tuples(FIELD, FIELD).map(lambda two: "{{{{ {} | replace('a', {}) }}}}".format(*two)),
    FIELD.map("{{{{ {} | int }}}}".format),
    FIELD.map("{{{{ {} | slot('box') }}}}".format),
    FIELD.map("{{{{ ('For ' ~ {} ~ '!') | slot('box') }}}}".format),
    FIELD.map("{{{{ {} | slot('box', line=true) }}}}".format),
    st.sampled_from(["<p>", "{% set x = participant %}{{ x.team }}"]),
)
TEST = st.one_of(
    FIELD,
    FIELD.map("not {}".format),
    FIELD.map("{} == 'a'".format),
    st.tuples(FIELD, FIELD).map(lambda two: "{} == {}".format(*two)),
    FIELD.map("'a' in {}".format),
    FIELD.map("{} in ('a', 'b')".format),
    FIELD.map("{} | length > 1".format),
    FIELD.map("{} is defined".format),
    FIELD.map("{} >= 'a'".format),
)
TEMPLATE = st.recursive(
    PIECE,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.tuples(TEST, inner, inner).map(
            lambda three: "{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format(*three)
        ),
    ),
    max_leaves=6,
)
TEXT = st.sampled_from(["", "a", "ab", "<&", "12"])
PERSON = st.builds(PersonView, TEXT, TEXT, TEXT, TEXT)


def run(source: str, recipient: object, seen_as: object) -> tuple[str, dict[str, str]]:
    """Return what a template prints of somebody, and the texts of its slots."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    book = SlotBook()
    environment.filters["slot"] = book.slot
    html = environment.from_string(source).render(participant=seen_as)
    return html, dict(texts_for(book.sources, recipient))


def filled(html: str, texts: dict[str, str]) -> str:
    """Return HTML with the texts in their slots, however those are numbered."""

    def text(slot: re.Match[str]) -> str:
        # Spaces of any kind are one space in a slot.
        return f"[{slot[1]}: {escape(' '.join(texts[slot[2]].split()))}]"

    return re.sub('<img class="([^"]*)"[^>]* alt="slot:([^"]*)">', text, html)


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(TEMPLATE, PERSON, st.lists(PERSON, max_size=5))
def test_what_is_composed_with_a_watch_is_what_each_person_would_get_alone(
    source: str, first: PersonView, more: list[PersonView]
) -> None:
    watch, book = Watch(), SlotBook()
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.filters["slot"] = book.slot
    html = environment.from_string(source).render(participant=watched(first, (), watch))
    for person in (first, *more):
        if all(use.outcome_for(person) == use.outcome for use in watch.uses):
            shared = filled(html, dict(texts_for(book.sources, person)))
            assert shared == filled(*run(source, person, person))


PEOPLE = """\
name,email,team,role,segment,manager,manager_email
Anna Berg,anna@example.com,Sales,Buyer,keen,Inés Ruiz,ines@example.com
Bo Lindt,bo@example.com,,Clerk,keen,Inés Ruiz,ines@example.com
Cy Young,cy@example.com,Stores,Clerk,keen,Max Otto,max@example.com
"""


def composed(desk: Desk, *parts: str, per: str = "participant") -> list[ComposedCopy]:
    """Compose a document of these parts for everybody of a roster."""
    desk.client("name: Test\ncohorts: {one: {roster: people.csv}}\n")
    desk.write("clients/test/people.csv", PEOPLE)
    desk.write(
        "templates/page/document.yaml",
        f"title: Page\naudience: {per}\nper: {per}\nfile: '{{name}}.pdf'\n",
    )
    desk.write("templates/page/document.html.j2", "".join(map(in_part, parts)))
    return desk.copies("page")


def shown(copy: ComposedCopy) -> list[tuple[str, ...]]:
    """Return what each part shows of its recipient outside of slots."""
    return [part.shown for part in copy.composition.parts]


def test_a_name_outside_a_slot_gives_everybody_a_composition_of_their_own(desk: Desk) -> None:
    copies = composed(desk, "Common.", "<p>{{ participant.name }}</p>", "{{ term('team') }}")
    assert len({copy.composition for copy in copies}) == 3
    for copy, name in zip(copies, ["Anna Berg", "Bo Lindt", "Cy Young"], strict=True):
        assert shown(copy) == [(), ("name",), ()]
        assert f"<p>{name}</p>" in html_of(copy)
    # What is the same for all of them is the same job.
    for number, count in ((0, 1), (1, 3), (2, 1)):
        jobs = {copy.composition.parts[number].job.digest for copy in copies}
        assert len(jobs) == count


def test_a_slot_beside_what_is_shown_keeps_its_own_text_and_shows_nothing(desk: Desk) -> None:
    copies = composed(desk, "{{ participant.name | slot('n') }}", "<p>{{ participant.name }}</p>")
    for copy, name in zip(copies, ["Anna Berg", "Bo Lindt", "Cy Young"], strict=True):
        assert shown(copy) == [(), ("name",)]
        assert copy.texts == {"n": name}
    assert len({copy.composition.parts[0].job.digest for copy in copies}) == 1


def test_a_template_that_can_do_with_one_name_alone_is_made_for_one_altogether(
    desk: Desk,
) -> None:
    only = "{{ {'Anna Berg': 1, 'Bo Lindt': 2, 'Cy Young': 3}[participant.name] }}"
    assert [shown(copy) for copy in composed(desk, "Common.", only)] == [[("name",), ("name",)]] * 3


def test_who_has_the_same_to_show_shares_a_composition(desk: Desk) -> None:
    anna, bo, cy = composed(desk, "{{ participant.role }} {{ participant.name | slot('n') }}")
    assert bo.composition is cy.composition
    assert anna.composition is not bo.composition
    assert shown(anna) == shown(bo) == [("role",)]
    assert [copy.texts["n"] for copy in (anna, bo, cy)] == ["Anna Berg", "Bo Lindt", "Cy Young"]


def test_whether_somebody_has_a_team_parts_copies_and_shows_nothing(desk: Desk) -> None:
    anna, bo, cy = composed(
        desk, "{% if participant.team %}Of {{ participant.team | slot('t') }}{% else %}-{% endif %}"
    )
    assert anna.composition is cy.composition
    assert anna.composition is not bo.composition
    assert shown(anna) == shown(bo) == [()]
    assert [visible_text(as_read(copy)) for copy in (anna, bo, cy)] == [
        "Of Sales",
        "-",
        "Of Stores",
    ]


def test_managers_of_as_many_people_share_a_composition(desk: Desk) -> None:
    body = (
        "{% for person in manager.people %}{{ person.name | slot('n' ~ loop.index) }}{% endfor %}"
    )
    ines, max_otto = composed(desk, body, per="manager")
    assert ines.composition is not max_otto.composition
    assert shown(ines) == [()]
    assert list(ines.texts.values()) == ["Anna Berg", "Bo Lindt"]
    assert list(max_otto.texts.values()) == ["Cy Young"]


def test_a_part_that_is_there_for_some_is_made_for_them(desk: Desk) -> None:
    document = (
        in_part("Common.")
        + "{% if participant.role == 'Clerk' %}"
        + in_part("For clerks.")
        + "{% endif %}"
    )
    composed(desk, "x")
    desk.write("templates/page/document.html.j2", document)
    anna, bo, cy = desk.copies("page")
    assert [len(copy.composition.parts) for copy in (anna, bo, cy)] == [1, 2, 2]
    assert bo.composition is cy.composition
    assert anna.composition.parts[0].job.html == bo.composition.parts[0].job.html


def test_each_copy_says_what_it_would_if_it_were_composed_alone(desk: Desk) -> None:
    body = (
        "{{ participant.name | slot('n') }} {{ participant.team or 'no team' }} "
        "{% if participant.manager %}{{ participant.manager | slot('m') }}{% endif %} "
        "{{ ('For ' ~ participant.name) | slot('for') }}"
    )
    copies = composed(desk, body)
    lines = PEOPLE.splitlines()
    for copy, line in zip(copies, lines[1:], strict=True):
        desk.write("clients/test/people.csv", f"{lines[0]}\n{line}\n")
        [alone] = desk.copies("page")
        assert as_read(alone) == as_read(copy)

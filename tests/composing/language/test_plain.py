"""Texts and templates reach texts, numbers and frozen records; nothing leads out of these."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Undefined
from markupsafe import Markup

import workshop
from tests.composing.conftest import FIRST, Desk
from workshop.composing.language.bounds.growth import Effort
from workshop.composing.language.environment import make_environment, make_text_environment
from workshop.composing.language.plain import FUNCTIONS, is_record, words_of
from workshop.composing.language.recipient_seen import Watch, Watched, plain, watched
from workshop.composing.language.words import Words
from workshop.composing.pages.make_jobs import JobMaker
from workshop.composing.reuse.shelves import Shelf
from workshop.composing.templates import Templates
from workshop.composing.views.diagram_view import DiagramItem, DiagramView
from workshop.composing.views.records import everybody, manager, person
from workshop.keeping.memory import Memory
from workshop.planning.make_plan import CohortPlan
from workshop.tailoring.documents import STANDARD
from workshop.tailoring.tailored import Tailored

LEAVES = (str, int, float, datetime.date, type(None))
LOW = DiagramItem("low", "", (), 2)
# The functions that texts and templates are given, each with words it takes.
CALLED: dict[str, tuple[object, ...]] = {
    "asset": ("logo.svg",),
    "cards": ("role-cards",),
    "doc": ("agenda",),
    "draw": (DiagramView("gauge", (LOW, LOW), "", "A gauge", "m.md", 1), 100, 50),
    "groupings": (7, "trios"),
    "has": ("agenda",),
    "logo_box": ("sign",),
    "late": ("probing",),
    "page_count": (),
    "page_number": (),
    "page_ref": ("exercise-x",),
    "ref": ("customer-interview",),
    "reserve": ("probing",),
    "sheet_count": ([("agenda", 1, 2)],),
    "term": ("manager",),
    "trainers": ("The trainer reports", "The trainers report"),
}


@pytest.fixture(scope="module")
def acme() -> tuple[Tailored, CohortPlan]:
    tailored = workshop.load(Path(__file__).resolve().parents[3], "acme")
    return tailored, workshop.plan(tailored, ["leeds-february"]).cohorts[0]


def given(tailored: Tailored, cohort: CohortPlan) -> Iterator[tuple[str, Any]]:
    """Yield every name that texts, templates and letters of a client are given, with its value."""
    memory = Memory()
    yield from Words(tailored, cohort.day, memory, Effort()).names.items()
    templates = Templates(
        tailored, cohort.day, JobMaker(tailored, memory), None, STANDARD, memory, Shelf()
    )
    yield from templates.everywhere.items()
    for document in tailored.documents:
        yield from templates.names_for(document).items()
    roster = cohort.day.cohort.roster
    assert roster
    watch = Watch()
    yield "participant", watched(person(roster.participants[0]), (), watch)
    yield "manager", watched(manager(roster.managers()[0]), (), watch)
    yield "participants", watched(everybody(roster), (), watch).participants


def reached(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield a value and all that can be reached from it, each with the way that leads there."""
    yield name, value
    if callable(plain(value)):
        assert name in CALLED, f"{name} can be called"
        yield from reached(f"{name}()", value(*CALLED[name]))
    elif isinstance(plain(value), tuple):
        for number, item in enumerate(value):
            yield from reached(f"{name}[{number}]", item)
    elif is_record(type(plain(value))):
        for word in words_of(value):
            yield from reached(f"{name}.{word}", getattr(value, word))
    else:
        assert isinstance(plain(value), LEAVES), f"{name} is {type(value)}"


def test_nothing_but_plain_values_is_reached_from_any_name(
    acme: tuple[Tailored, CohortPlan],
) -> None:
    environment = make_environment(acme[0].overlay, "en-GB", Memory())
    seen: set[type] = set()
    for name, value in given(*acme):
        for way, item in reached(name, value):
            kind = type(plain(item))
            if kind in seen or callable(item):
                continue
            seen.add(kind)
            allowed = set(words_of(item)) if is_record(kind) else None
            for word in dir(plain(item)):
                got = environment.getattr(item, word)
                if not isinstance(got, Undefined):
                    assert word.islower(), f"{way}.{word}"
                    assert not word.startswith("_"), f"{way}.{word}"
                    assert allowed is None or word in allowed, f"{way}.{word}"
    assert {str, int, tuple, Markup, datetime.date} <= seen


@pytest.mark.parametrize("filled_in", ["text", "template"])
def test_of_jinja_s_own_functions_only_those_that_give_the_same_everywhere_are_there(
    filled_in: str, acme: tuple[Tailored, CohortPlan]
) -> None:
    environment = (
        make_text_environment("en-GB", Effort())
        if filled_in == "text"
        else make_environment(acme[0].overlay, "en-GB", Memory())
    )
    assert set(environment.globals) == FUNCTIONS | {"measures"}
    assert "random" not in environment.filters


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("client.options.parse_raw('x', allow_pickle=True)", "parse_raw"),
        ("client.options.model_construct()", "model_construct"),
        ("client.options.__class__", "__class__"),
        ("client.name.format_map({})", "format_map"),
        ("'{0.__class__}'.format(client)", "format"),
        ("cohort.date.today()", "today"),
        ("(cohort.date | plus_days(1)).fromtimestamp(0)", "fromtimestamp"),
        ("term.__globals__", "__globals__"),
        ("term.__self__", "__self__"),
        ("ref('one-question').format", "format"),
        ("namespace()", "namespace"),
        ("dict.fromkeys('ab')", "dict"),
        ("[client] | map(attribute='__class__') | first", "__class__"),
        ("lipsum()", "lipsum"),
    ],
)
def test_what_is_not_listed_is_an_unknown_name_at_its_line(
    desk: Desk, written: str, word: str
) -> None:
    desk.client("name: Test Ltd\ncohorts: {day: {date: 2027-02-11}}\n")
    desk.module(f"First line.\n\nThird: {{{{ {written} }}}}")
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST + 2}: Nothing is called “{word}” here")


@pytest.mark.parametrize(
    "written",
    [
        "document.model_dump()",
        "document.file",
        "typefaces.own",
        "modules[0].__class__",
        "modules[0]._value",
        "participants[0]._value",
        "participants[0].name.source",
        "participants.sorted_by('name')",
        "asset('logo.svg').encode()",
        "part.__func__",
        "namespace.__init__",
        "dict.fromkeys('ab')",
        "self._TemplateReference__context",
        "loop",
    ],
)
def test_a_template_gets_no_further_than_a_text(desk: Desk, written: str) -> None:
    desk.write("clients/test/assets/logo.svg", "<svg/>")
    desk.write("clients/test/roster.csv", "name\nAnna Berg\n")
    desk.client("name: Test Ltd\ncohorts: {day: {roster: roster.csv}}\n")
    desk.page(f"{{{{ {written} }}}}")
    [fault] = desk.faults()
    assert "Nothing is called “" in fault


def test_a_watched_value_is_seen_as_what_it_stands_for() -> None:
    environment = make_text_environment("en-GB", Effort())
    name = watched("Anna Berg", ("name",), Watch())
    assert isinstance(name, Watched)
    assert str(environment.getattr(name, "upper")()) == "ANNA BERG"
    assert isinstance(environment.getattr(name, "encode"), Undefined)

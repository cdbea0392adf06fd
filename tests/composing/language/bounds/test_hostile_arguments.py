"""Whatever a text or a template hands to what it may call, it gets a value or a told error, soon.

All names are walked, so that a function, a filter, a test or a macro that is added is tried too.
"""

from __future__ import annotations

import datetime
import math
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from jinja2 import Template, TemplateError
from jinja2.runtime import Macro
from markupsafe import Markup

import workshop
from tests.composing.conftest import Desk
from tests.conftest import READINGS
from tests.peak import forget_peak, peak
from workshop.composing.composer import Composer
from workshop.composing.language.bounds import growth
from workshop.composing.language.bounds.sandbox import Sandbox
from workshop.composing.language.called_parts import Parts
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.slots import SlotBook
from workshop.composing.language.template_faults import faults_of
from workshop.diagnostics import ContentError
from workshop.limits import TEMPLATE_STEPS

Room = tuple[Sandbox, dict[str, Any]]
# Seconds of processor time that one call may take.
SECONDS = 5
# How much more memory it may take than there was.
MEGABYTES = 100
# Letters that a message may have at most.
LONGEST = 700


def nested(depth: int) -> list[Any]:
    return [nested(depth - 1)] if depth else []


HOSTILE: dict[str, object] = {
    "nothing": None,
    "zero": 0,
    "minus": -1,
    "million": 10**6,
    "huge": 10**290,
    "endless": float("inf"),
    "no_number": float("nan"),
    "empty": "",
    "long": "x" * 100_000,
    "lines": "x \n" * 30_000,
    "digits": "9" * 5_000,
    "form": "%9999999s%n{0.__class__}",
    "nul": "a\0b",
    "tags": Markup("<b>" * 10_000),  # never closed
    "list": [],
    "many": list(range(4_000)),
    "copies": ["x" * 100_000] * 2_000,  # as one text 200 MB
    "mixed": [1, "a", None, [2], {"b": 3}],
    "deep": nested(90),
    "keys": {"a": 1, "__class__": 2},
    "day": datetime.date(9999, 12, 31),
}
# Calls whose first argument is one of these reach what is behind the check of the first.
GOOD = ("'participant-workbook'", "modules[0].exercises[0]", "2")


@pytest.fixture(autouse=True)
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what goes on until it is stopped be stopped sooner, so that the tests take less time."""
    monkeypatch.setattr(growth, "TEMPLATE_STEPS", replace(TEMPLATE_STEPS, most=20_000))


@pytest.fixture
def room(desk: Desk) -> Room:
    """The environment of a document's templates, and the names that they may use."""
    tailored = workshop.load(desk.root, "test", READINGS)
    [cohort] = workshop.plan(tailored, documents=("participant-workbook",)).cohorts
    templates = Composer(tailored, cohort.day)._templates
    names = {**templates.names_for(cohort.documents[0]), "part": Parts(SlotBook()).part}
    environment = templates._environment
    names |= {"participant": None, "manager": None}
    return environment, {**names, "shared": shared_macros(environment, names)}


def called(callee: str, goods: tuple[str, ...]) -> Iterator[str]:
    """Yield calls of something with `h` in each place of up to three."""
    yield f"{callee}(h)"
    yield f"{callee}(h, h)"
    for good in goods:
        yield f"{callee}({good}, h)"
        yield f"{callee}({good}, 'x', h)"


def of_functions(environment: Sandbox, names: Mapping[str, Any]) -> Iterator[str]:
    for name, value in {**environment.globals, **names}.items():
        if callable(value):
            yield from (f"{name}()", *called(name, ("unknown_name", *GOOD)))


def of_filters(environment: Sandbox, _names: Mapping[str, Any]) -> Iterator[str]:
    for name in environment.filters:
        yield f"h | {name}"
        # Some give what makes their values only when these are taken.
        yield f"h | {name}(h) | list"
        for good in ("'xyz'", "[3, 1]", "2"):
            yield f"{good} | {name}(h)"
            yield f"{good} | {name}(2, h)"


def of_tests(environment: Sandbox, _names: Mapping[str, Any]) -> Iterator[str]:
    for name in filter(str.isidentifier, environment.tests):  # the others are operators
        yield from (f"h is {name}", f"2 is {name}(h)", f"h is {name}(h)")


def of_macros(_environment: Sandbox, names: Mapping[str, Any]) -> Iterator[str]:
    for name in names["shared"]:
        yield from (f"shared.{name}()", f"shared.{name}(h, h)", f"shared.{name}(2, h)")


def of_operators(environment: Sandbox, _names: Mapping[str, Any]) -> Iterator[str]:
    for operator in (*environment.binop_table, "~", "<", "==", "in"):
        yield from (f"h {operator} h", f"2 {operator} h", f"h {operator} 2", f"'x' {operator} h")
    yield from ("h[h]", "[3, 1][h]", "client[h]", "h[1]", "h.x", "h[-1:]", "'xyz'[h:]", "h[::h]")


def shared_macros(environment: Sandbox, names: Mapping[str, Any]) -> dict[str, Macro]:
    """Return the macros of the shared templates, by their names."""
    macros: dict[str, Macro] = {}
    for template in environment.list_templates(filter_func=lambda name: "_shared/" in name):
        try:
            module = environment.get_template(template).make_module({**names})
        except (TemplateError, Mistake):  # it prints what only one place gives it
            continue
        macros |= {name: it for name, it in vars(module).items() if isinstance(it, Macro)}
    return macros


def compiled(environment: Sandbox, call: str) -> Template:
    return environment.from_string(f"{{{{ {call} }}}}")


def tried(environment: Sandbox, names: Mapping[str, Any], call: str) -> list[tuple[str, str, str]]:
    """Return what ends in neither a value nor a told error, or too late, or takes much memory."""
    wrong, template = [], compiled(environment, call)
    for name, value in HOSTILE.items():
        forget_peak()
        began, before, fault = time.thread_time(), peak(), ""
        try:
            with faults_of(environment.effort, lambda: names, environment.list_templates):
                template.render({**names, "h": value})
        except ContentError as error:
            lengths = [len(fault.message) for fault in error.diagnostics]
            fault = "" if 0 < min(lengths) <= max(lengths) < LONGEST else f"{lengths} letters"
        except Exception as error:
            fault = repr(error)[:200]
        if time.thread_time() - began > SECONDS:
            fault = f"{time.thread_time() - began:.0f} seconds"
        if peak() - before > MEGABYTES:
            fault = f"{peak() - before} MB"
        wrong += [(call, name, fault)] if fault else []
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("kind", [of_functions, of_filters, of_tests, of_macros, of_operators])
def test_any_argument_gives_a_value_or_a_told_error(
    room: Room, kind: Callable[[Sandbox, Mapping[str, Any]], Iterator[str]]
) -> None:
    calls = list(kind(*room))
    known = ("part(", "| join", "is even", "shared.lines(", "h // h")
    assert any(word in call for word in known for call in calls)
    assert len(calls) * len(HOSTILE) > 1_000
    assert [fault for call in calls for fault in tried(*room, call)] == []


TOLD = [
    ("h | sort", 2, "These cannot be sorted: 'int' object is not iterable"),
    ("h | sort", [1, "a"], "These cannot be sorted: '<' not supported between"),
    ("'xyz' | wordwrap(h)", math.nan, "“nan” is too much here: 10,000 is the most"),
    ("h | listed", 2, "'int' object is not iterable"),
    ("h | upper", ["a"], "Only text and numbers can be printed"),
    ("cards('roles', h)", ["a"], "cards() takes a text or a number, not rows of values"),
    ("[3, 1][h]", [1], "Elements are found by a word or a number"),
    ("'xyz' | join(h)", [1, 2], "Only text and numbers can be printed"),
]


def test_what_cannot_be_done_is_told(room: Room) -> None:
    environment, names = room
    for call, value, told in TOLD:
        caught = pytest.raises(ContentError, match=re.escape(told))
        with caught, faults_of(environment.effort, tuple):
            compiled(environment, call).render({**names, "h": value})


def test_what_a_library_says_is_cut_off_where_it_quotes_a_whole_text(room: Room) -> None:
    environment, names = room
    began = time.thread_time()
    with pytest.raises(ContentError) as caught, faults_of(environment.effort, tuple):
        compiled(environment, "h | filesizeformat").render({**names, "h": HOSTILE["long"]})
    [fault] = caught.value.diagnostics
    assert fault.message.startswith("Could not convert string to float: 'xxx")
    assert len(fault.message) < 400
    assert time.thread_time() - began < 1

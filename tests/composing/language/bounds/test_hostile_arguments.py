"""Whatever a text or a template hands to what it may call, it gets a value or a told error, soon.

All names are walked, so that a function that is added is tried too.
"""

from __future__ import annotations

import datetime
import itertools
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from markupsafe import Markup

import workshop
from tests.composing.conftest import Desk
from tests.conftest import READINGS
from workshop.composing.composer import Composer
from workshop.composing.language.bounds.sandbox import Sandbox
from workshop.composing.language.called_parts import Parts
from workshop.composing.language.slots import SlotBook
from workshop.composing.language.template_faults import faults_of
from workshop.diagnostics import ContentError

Room = tuple[Sandbox, dict[str, Any]]
# Seconds of processor time that one call may take.
SECONDS = 5


def nested(depth: int) -> list[Any]:
    return [nested(depth - 1)] if depth else []


HOSTILE: dict[str, object] = {
    "nothing": None,
    "true": True,
    "zero": 0,
    "minus": -1,
    "million": 10**6,
    "huge": 10**290,
    "minus_huge": -(10**290),
    "large": 1e308,
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
    "many": list(range(20_000)),
    "mixed": [1, "a", None, [2], {"b": 3}],
    "deep": nested(90),
    "keys": {"a": 1, "__class__": 2},
    "day": datetime.date(9999, 12, 31),
}
# Calls whose first argument is one of these reach what is behind the check of the first.
GOOD = ("'participant-workbook'", "modules[0].exercises[0]", "2")


@pytest.fixture
def room(desk: Desk) -> Room:
    """The environment of a document's templates, and the names that they may use."""
    tailored = workshop.load(desk.root, "test", READINGS)
    [cohort] = workshop.plan(tailored, documents=("participant-workbook",)).cohorts
    templates = Composer(tailored, cohort.day)._templates
    names = {**templates.names_for(cohort.documents[0]), "part": Parts(SlotBook()).part}
    return templates._environment, {**names, "participant": None, "manager": None}


def called(callee: str) -> Iterator[str]:
    """Yield calls of something with each hostile value in each place of up to three."""
    yield f"{{{{ {callee}() }}}}"
    for value in HOSTILE:
        yield f"{{{{ {callee}(h.{value}) }}}}"
        yield f"{{{{ {callee}(h.{value}, h.{value}) }}}}"
        yield f"{{{{ {callee}(unknown_name, h.{value}) }}}}"
    for good, value in itertools.product(GOOD, HOSTILE):
        yield f"{{{{ {callee}({good}, h.{value}) }}}}"
        yield f"{{{{ {callee}({good}, 'x', h.{value}) }}}}"


def tried(
    environment: Sandbox, names: Mapping[str, Any], written: Iterator[str]
) -> list[tuple[str, str]]:
    """Return what ends in neither a value nor a told error, or too late."""
    wrong = []
    for text in written:
        began = time.thread_time()
        try:
            with faults_of(environment.effort, lambda: names, environment.list_templates):
                environment.from_string(text).render({**names, "h": HOSTILE})
        except ContentError as error:
            if not all(fault.message for fault in error.diagnostics):
                wrong.append((text, "no message"))
        except Exception as error:
            wrong.append((text, repr(error)[:200]))
        if time.thread_time() - began > SECONDS:
            wrong.append((text, f"{time.thread_time() - began:.0f} seconds"))
    return wrong


@pytest.mark.slow
def test_any_argument_gives_a_value_or_a_told_error(room: Room) -> None:
    environment, names = room
    functions = [name for name, it in {**environment.globals, **names}.items() if callable(it)]
    assert {"part", "term", "groupings", "sheet_count", "range"} <= set(functions)
    written = itertools.chain.from_iterable(map(called, functions))
    assert tried(environment, names, written) == []

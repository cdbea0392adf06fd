"""A client or a cohort gives modules of the day exactly so many minutes."""

from __future__ import annotations

import pytest

import workshop
from tests.tailoring.conftest import Small
from workshop.diagnostics import ContentError, Diagnostic


def minutes_of(small: Small, client: str) -> dict[str, int]:
    """Return the minutes that the modules of the client's only day have in its plan."""
    [cohort] = workshop.plan(small.load(f"name: Test\n{client}\n")).cohorts
    return {entry.module: entry.minutes for entry in cohort.day.schedule.entries if entry.module}


def warnings(small: Small, client: str) -> list[Diagnostic]:
    tailored = small.load(f"name: Test\n{client}\n")
    return [fault for fault in tailored.warnings if fault.code == "minutes-unused"]


@pytest.mark.parametrize(
    ("client", "asked"),
    [
        pytest.param("minutes: {ask: 47}", {"ask": 47}, id="a client"),
        pytest.param("cohorts: {a: {minutes: {ask: 63}}}", {"ask": 63}, id="a cohort"),
        pytest.param(
            "minutes: {ask: 47, offer: 30}\ncohorts: {a: {minutes: {ask: 63}}}",
            {"ask": 63, "offer": 30},
            id="a cohort beside its client",
        ),
        pytest.param(
            "minutes: {ask: 47}\nmodules: {replace: {ask: swap}}",
            {"swap": 47},
            id="by the name of the one that is replaced",
        ),
        pytest.param(
            "minutes: {swap: 47}\nmodules: {replace: {ask: swap}}", {"swap": 47}, id="by its own"
        ),
        pytest.param(
            "minutes: {ask: 21}\norder: [open, Coffee, ask, Lunch, offer]",
            {"ask": 21},
            id="beside an order",
        ),
        pytest.param("minutes: {ask: 20, offer: 30}", {"ask": 20, "offer": 30}, id="several"),
    ],
)
def test_it_has_so_many_minutes_exactly(small: Small, client: str, asked: dict[str, int]) -> None:
    planned = minutes_of(small, client)
    assert asked.items() <= planned.items()
    # The others fill the day between its start, lunch and its finish.
    assert planned["open"] + sum(planned.get(name, 0) for name in ("ask", "swap")) == 110


def test_minutes_that_the_module_cannot_take_are_told_with_what_it_can(small: Small) -> None:
    client = "name: Test\nminutes: {ask: 95}\ncohorts:\n  a: {}\n  b: {minutes: {open: 5}}\n"
    with pytest.raises(ContentError) as caught:
        workshop.plan(small.load(client))
    told = [str(fault) for fault in caught.value.diagnostics if fault.code == "minutes-outside"]
    place = f"{(small.root / 'clients' / 'test' / 'client.yaml').as_posix()}"
    # Once, although both days have it.
    assert told == [
        f"{place}:2:16: error: “Ask” takes 10 to 90 minutes, and is to take 95 [minutes-outside]\n"
        "  Write `ask: 90`, the most that it can take.",
        f"{place}:5:23: error: “Open” takes 10 to 90 minutes, and is to take 5 [minutes-outside]\n"
        "  Write `open: 10`, the least that it can take.",
    ]


def test_what_else_is_wrong_with_the_day_is_told_in_the_same_round(small: Small) -> None:
    with pytest.raises(ContentError) as caught:
        workshop.plan(small.load('name: Test\nminutes: {open: 9}\ntimes: {finish: "17:00"}\n'))
    assert {fault.code for fault in caught.value.diagnostics} >= {
        "minutes-outside",
        "day-too-empty",
    }


def test_an_unknown_module_is_told_with_the_nearest(small: Small) -> None:
    client = "name: Test\nminutes: {aks: 20}\ncohorts:\n  a: {minutes: {ofer: 20}}\n"
    assert small.faults(client) == [
        "2:11: There is no module “aks” [unknown-module] Did you mean “ask”?",
        "4:17: There is no module “ofer” [unknown-module] Did you mean “offer”?",
    ]


def test_a_module_that_the_day_does_not_have_is_a_warning(small: Small) -> None:
    [own] = warnings(small, "cohorts:\n  a: {minutes: {swap: 20}}\n  b: {}")
    assert own.message == "The day of “a” has no “swap” to take 20 minutes"
    assert own.hint == "Known here: ask, offer, open."
    [of_all] = warnings(small, "minutes: {swap: 20}\ncohorts: {a: {}, b: {}}")
    assert of_all.message == "No day of this client has “swap”, which is to take so many minutes"
    assert of_all.location
    assert of_all.location.line == 2


def test_one_day_of_several_that_has_the_module_is_enough(small: Small) -> None:
    days = "cohorts: {a: {}, b: {modules: {replace: {ask: swap}}}}"
    assert warnings(small, f"minutes: {{swap: 20}}\n{days}") == []
    small.workspace.client(f"name: Test\nminutes: {{swap: 20}}\n{days}\n")
    tailored = workshop.load(small.root, "test", cohorts=["a"])
    assert [fault.code for fault in tailored.warnings if fault.code == "minutes-unused"] == []


@pytest.mark.parametrize(
    ("client", "told"),
    [
        pytest.param(
            "order: [open, {module: ask, minutes: 45}, offer]",
            "2:16: An entry of `order` names a module by its name alone [wrong-value] "
            "Write `ask` alone, and `minutes: {ask: 45}` beside `order`.",
            id="in an order",
        ),
        pytest.param(
            "order: [open, {module: ask}, offer]",
            "2:16: An entry of `order` names a module by its name alone [wrong-value] "
            "Write `ask` alone.",
            id="in an order, without minutes",
        ),
        pytest.param(
            "order: [open, ask: 45, offer]",
            "2:15: An entry of `order` does not say whether it is a module or a break "
            "[wrong-value] For a module write `ask` alone, and `minutes: {ask: 45}` beside "
            "`order`; for a break write `{break: ask, minutes: 45}`.",
            id="in an order, as a pair",
        ),
        pytest.param(
            "modules: {include: [{break: Tea, minutes: 10}]}",
            "2:22: An entry of `include` is a module, and no break [wrong-value] "
            "Write `breaks: {Tea: {minutes: 10, after: MODULE}}` beside `modules`.",
            id="a break in include",
        ),
        pytest.param(
            "modules: {include: [{module: swap, minutes: 45}]}",
            "2:36: An entry of `include` does not say how many minutes a module takes "
            "[wrong-value] Write `swap`, and `minutes: {swap: 45}` beside `modules`.",
            id="in include",
        ),
        pytest.param(
            "modules: {include: [{module: swap, after: ask, minutes: 45}]}",
            "2:48: An entry of `include` does not say how many minutes a module takes "
            "[wrong-value] Write `{module: swap, after: ask}`, and `minutes: {swap: 45}` beside "
            "`modules`.",
            id="in include, with a place",
        ),
        pytest.param(
            "modules: {minutes: {ask: 45}}",
            "2:11: `modules` does not say how many minutes a module takes [wrong-value] "
            "Write `minutes: {ask: 45}` beside it.",
            id="below modules",
        ),
        pytest.param(
            "modules: {exclude: [], ask: 45}",
            "2:24: `modules` does not say how many minutes a module takes [wrong-value] "
            "Write `minutes: {ask: 45}` beside it.",
            id="as a key of modules",
        ),
        pytest.param(
            "minutes: {Coffee: 15}",
            "2:11: There is no module “Coffee” [unknown-module] "
            "It is a break: write `breaks: {Coffee: 15}`.",
            id="of a break",
        ),
        pytest.param(
            "cohorts: {a: {minutes: {Tea 1: 15}, breaks: {Tea 1: {minutes: 5, after: ask}}}}",
            "2:25: There is no module “Tea 1” [unknown-module] "
            "It is a break: write `breaks: {Tea 1: {minutes: 15, after: ask}}`.",
            id="of a break of a cohort",
        ),
        pytest.param(
            "minutes: {Talk: 15}\n"
            'breaks: {Talk: {minutes: 5, after: ask, at: "10:40", back: false}}',
            "2:11: There is no module “Talk” [unknown-module] It is a break: write "
            '`breaks: {Talk: {minutes: 15, after: ask, at: "10:40", back: false}}`.',
            id="of a talk with its time",
        ),
        pytest.param(
            "modules: {minutes: 45}",
            "2:11: `modules` does not say how many minutes a module takes [wrong-value] "
            "Write `minutes: {MODULE: 45}` beside it.",
            id="below modules, for no module",
        ),
        pytest.param(
            "modules: {include: true}",
            "2:20: “include” must be a list [wrong-type] "
            "Begin each entry with “- ” on a line of its own.",
            id="no minutes",
        ),
        pytest.param(
            "cohorts: {a: {breaks: {ask: 45}}}",
            "2:24: This day has no break called “ask” [unknown-break] "
            "It is a module: write `minutes: {ask: 45}`.",
            id="among the breaks of a cohort",
        ),
        pytest.param(
            "breaks: {ask: 45}",
            "2:10: There is no break “ask” [unknown-break] "
            "It is a module: write `minutes: {ask: 45}`.",
            id="among the breaks",
        ),
    ],
)
@pytest.mark.slow
def test_minutes_typed_elsewhere_are_told_with_the_line_to_type(
    small: Small, client: str, told: str
) -> None:
    assert small.faults(f"name: Test\n{client}\n") == [told]

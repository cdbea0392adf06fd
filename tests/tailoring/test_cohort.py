"""A delivery decided: the cohort's settings over the client's over the programme's."""

from __future__ import annotations

import datetime

import pytest

from tests.tailoring.conftest import PROGRAMME, Small, running_order
from workshop.tailoring.cohort import USUAL_HEADCOUNT
from workshop.tailoring.order.ordered_items import BreakItem

MORNING = ["open", "Coffee 10", "ask", "Lunch 30", "offer"]


def cohorts(text: str) -> str:
    return f"name: Test\n{text}\n"


def test_a_client_without_cohorts_has_one_that_says_nothing(small: Small) -> None:
    cohort = small.cohort("name: Test\n")
    assert (cohort.slug, cohort.variant, cohort.paper, cohort.language) == (
        "session", "morning", "A4", "en-GB"
    )  # fmt: skip
    assert (cohort.start, cohort.finish, cohort.pace) == (600, 780, "ideal")
    assert (cohort.date, cohort.venue, cohort.trainer, cohort.roster) == (None,) * 4
    assert cohort.headcount == USUAL_HEADCOUNT
    assert running_order(cohort) == MORNING


def test_a_cohort_comes_before_its_client(small: Small) -> None:
    first, second = small.load("""\
name: Test
variant: evening
paper: Letter
language: de
timezone: Europe/Berlin
group-size: 4
times: {start: "17:30", finish: "19:00"}
breaks: {Tea: 15}
cohorts:
  first: {}
  second:
    variant: morning
    paper: A4
    language: fr
    timezone: Europe/Paris
    date: 2027-02-11
    venue: Leeds
    trainer: Ruth
    headcount: 7
    group-size: 6
    times: {start: "09:30", finish: "12:45"}
    breaks: {Coffee: 20}
""").cohorts
    assert (first.variant, first.pace, first.paper, first.language) == (
        "evening", "minimum", "Letter", "de"
    )  # fmt: skip
    assert (first.start, first.finish, running_order(first)) == (
        1050,
        1140,
        ["open", "Tea 15", "ask"],
    )
    assert (second.variant, second.pace, second.paper, second.language) == (
        "morning", "ideal", "A4", "fr"
    )  # fmt: skip
    assert (second.start, second.finish) == (570, 765)
    assert (second.date, second.venue, second.trainer) == (
        datetime.date(2027, 2, 11), "Leeds", "Ruth"
    )  # fmt: skip
    assert second.headcount == 7
    assert (first.group_size, second.group_size) == (4, 6)
    assert (first.timezone, second.timezone) == ("Europe/Berlin", "Europe/Paris")
    assert running_order(second) == ["open", "Coffee 20", "ask", "Lunch 30", "offer"]


def test_a_time_the_cohort_leaves_open_is_the_clients(small: Small) -> None:
    cohort = small.cohort(
        'name: A\ntimes: {start: "9:00"}\ncohorts: {a: {times: {finish: "12:30"}}}'
    )
    assert (cohort.start, cohort.finish) == (540, 750)


def test_midnight_is_a_time_too(small: Small) -> None:
    assert small.cohort('name: A\ntimes: {start: "00:00"}\n').start == 0


@pytest.mark.parametrize(
    "text", ['times: {lunch: "11:45"}', 'cohorts: {a: {times: {lunch: "11:45"}}}']
)
def test_lunch_is_pinned_where_it_is_wanted(small: Small, text: str) -> None:
    breaks = [item for item in small.cohort(cohorts(text)).items if isinstance(item, BreakItem)]
    assert breaks == [BreakItem("Coffee", 10, None), BreakItem("Lunch", 30, 705)]


def test_breaks_keep_their_place_when_their_minutes_change(small: Small) -> None:
    assert running_order(small.cohort(cohorts("breaks: {Lunch: 45}"))) == [
        "open", "Coffee 10", "ask", "Lunch 45", "offer"
    ]  # fmt: skip


def test_a_break_the_cohort_sets_too_is_the_cohorts(small: Small) -> None:
    text = "breaks: {Coffee: 15, Lunch: 40}\ncohorts: {a: {breaks: {Coffee: 20}}}"
    assert running_order(small.cohort(cohorts(text))) == [
        "open", "Coffee 20", "ask", "Lunch 40", "offer"
    ]  # fmt: skip


def test_a_client_may_set_the_break_of_a_day_that_not_every_cohort_has(small: Small) -> None:
    assert running_order(small.cohort(cohorts("breaks: {Tea: 20}"))) == MORNING


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("{exclude: [ask]}", ["open", "Coffee 10", "Lunch 30", "offer"]),
        ("{replace: {ask: swap}}", ["open", "Coffee 10", "swap", "Lunch 30", "offer"]),
        ("{include: [lean]}", ["open", "Coffee 10", "ask", "lean", "Lunch 30", "offer"]),
        (
            "{include: [{module: lean, after: offer}]}",
            ["open", "Coffee 10", "ask", "Lunch 30", "offer", "lean"],
        ),
        (
            "{include: [{module: lean, after: open}, {module: swap, after: open}]}",
            ["open", "lean", "swap", "Coffee 10", "ask", "Lunch 30", "offer"],
        ),
        (
            "{include: [{module: lean, after: swap}, {module: swap, after: open}]}",
            ["open", "swap", "lean", "Coffee 10", "ask", "Lunch 30", "offer"],
        ),
        (
            "{include: [lean], replace: {ask: swap}, exclude: [offer]}",
            ["open", "Coffee 10", "swap", "lean", "Lunch 30"],
        ),
        (
            "{include: [{module: lean, after: swap}], replace: {ask: swap}}",
            ["open", "Coffee 10", "swap", "lean", "Lunch 30", "offer"],
        ),
        ("{exclude: [ask], include: [{module: ask, after: offer}]}",
         ["open", "Coffee 10", "Lunch 30", "offer", "ask"]),
        ("{include: [{module: ask, after: offer}]}",
         ["open", "Coffee 10", "Lunch 30", "offer", "ask"]),
        ("{include: [{module: ask, after: Lunch}, {module: lean, after: Coffee}]}",
         ["open", "Coffee 10", "lean", "Lunch 30", "ask", "offer"]),
    ],
)  # fmt: skip
def test_modules_go_out_and_come_in_where_they_are_wanted(
    small: Small, text: str, order: list[str]
) -> None:
    tailored = small.load(cohorts(f"modules: {text}"))
    assert running_order(tailored.cohorts[0]) == order
    assert set(tailored.modules) == {name for name in order if " " not in name}


def test_a_cohorts_modules_come_before_the_clients_key_by_key(small: Small) -> None:
    tailored = small.load("""\
name: Test
modules: {include: [lean], exclude: [offer], replace: {open: swap}}
cohorts:
  none: {}
  all: {modules: {include: [], exclude: [], replace: {}}}
  other: {modules: {include: [{module: offer, after: swap}]}}
  more: {modules: {exclude: []}}
""")
    assert {cohort.slug: running_order(cohort) for cohort in tailored.cohorts} == {
        "none": ["swap", "Coffee 10", "ask", "lean", "Lunch 30"],
        "all": ["open", "Coffee 10", "ask", "Lunch 30", "offer"],
        "other": ["swap", "offer", "Coffee 10", "ask", "Lunch 30"],
        "more": ["swap", "Coffee 10", "ask", "lean", "Lunch 30", "offer"],
    }
    assert set(tailored.modules) == {"open", "ask", "offer", "swap", "lean"}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param("modules: {include: [swap]}", [
            "2:21: Nothing says which module “swap” is to follow [include-after] "
            "Write `{module: swap, after: ask}`, or which other it follows; "
            "this day has open, ask, offer.",
        ], id="no place"),
        pytest.param("modules: {include: [{module: swap, after: opne}]}", [
            "2:21: “swap” is to follow “opne”, which the day of “session” does not have "
            "[include-after] Did you mean “open”?",
        ], id="a place that is not there"),
        pytest.param("modules: {include: [{module: swap, after: lean}]}", [
            "2:21: “swap” is to follow “lean”, which the day of “session” does not have "
            "[include-after] Known here: Coffee, Lunch, ask, offer, open.",
        ], id="a place that is not in the day"),
        pytest.param("modules: {include: [{module: swap, after: swap}]}", [
            "2:21: “swap” is to follow “swap”, which the day of “session” does not have "
            "[include-after] Known here: Coffee, Lunch, ask, offer, open.",
        ], id="after itself"),
        pytest.param("modules: {exclude: [offer], include: [{module: swap, after: offer}]}", [
            "2:39: “swap” is to follow “offer”, which the day of “session” does not have "
            "[include-after] Known here: Coffee, Lunch, ask, open.",
        ], id="after one that is out"),
        pytest.param(
            "cohorts: {a: {}, b: {variant: evening}}\n"
            "modules: {include: [{module: swap, after: offer}]}", [
            "3:21: “swap” is to follow “offer”, which the day of “b” does not have "
            "[include-after] Known here: Tea, ask, open. "
            "Or include it under the cohorts whose day has “offer”.",
        ], id="in one cohort's day only"),
        pytest.param(
            "cohorts:\n  a: {}\n  b: {variant: evening, modules: "
            "{include: [{module: swap, after: offer}]}}", [
            "4:45: “swap” is to follow “offer”, which the day of “b” does not have "
            "[include-after] Known here: Tea, ask, open.",
        ], id="by the cohort itself"),
        pytest.param("modules: {include: [lean], exclude: [ask]}", [
            "2:21: “lean” is to follow “ask”, which the day of “session” does not have "
            "[include-after] Write `{module: lean, after: open}`, or which other it follows; "
            "this day has open, offer.",
        ], id="a place that the module itself names"),
        pytest.param("modules: {replace: {open: lean}, include: [lean]}", [
            "2:44: The day of “session” has the module “lean” more than once [module-twice] "
            "Take it out of `include`; or write {module: lean, after: …}, to move it.",
        ], id="included though it is there"),
        pytest.param("modules: {include: [lean, {module: swap, after: open}, lean]}", [
            "2:56: The day of “session” has the module “lean” more than once [module-twice] "
            "It is included more than once: take the others out.",
        ], id="included twice"),
        pytest.param(
            "cohorts: {a: {}, b: {}, c: {modules: {include: [lean]}}}\n"
            "modules: {include: [swap]}", [
            "3:21: Nothing says which module “swap” is to follow [include-after] "
            "Write `{module: swap, after: ask}`, or which other it follows; "
            "this day has open, ask, offer.",
        ], id="no place, said once for all cohorts"),
        pytest.param("modules: {replace: {open: ask}}", [
            "2:1: The day of “session” has the module “ask” more than once [module-twice] "
            "Include, replace and exclude so that each module comes once.",
        ], id="replaced by one that is there"),
        pytest.param("cohorts: {a: {breaks: {Cofee: 5, Tea: 10}}}", [
            "2:24: This day has no break called “Cofee” [unknown-break] Did you mean “Coffee”? "
            "For a new break write `breaks: {Cofee: {minutes: 5, after: open}}`.",
            "2:34: This day has no break called “Tea” [unknown-break] Known here: Coffee, Lunch. "
            "For a new break write `breaks: {Tea: {minutes: 10, after: open}}`.",
        ], id="breaks of another day"),
        pytest.param('cohorts: {a: {variant: evening, times: {lunch: "12:00"}}}', [
            "2:48: This day has no lunch that could be pinned to a time [no-lunch] "
            "Take `lunch` out, choose a variant that has one, or say which module it follows: "
            "`breaks: {Lunch: {minutes: 45, after: open}}`.",
        ], id="lunch in the evening"),
    ],
)  # fmt: skip
def test_what_a_day_does_not_have(small: Small, text: str, faults: list[str]) -> None:
    assert small.faults(cohorts(text)) == faults


def test_the_clients_lunch_is_for_the_days_that_have_one(small: Small) -> None:
    text = 'times: {lunch: "12:10"}\ncohorts: {a: {variant: evening}, b: {}}\nname: Test\n'
    assert not small.load(text).warnings


def test_a_lunch_that_no_day_has_is_told(small: Small) -> None:
    text = 'variant: evening\ntimes: {lunch: "12:00"}'
    tailored = small.load(cohorts(text))
    assert running_order(tailored.cohorts[0]) == ["open", "Tea 10", "ask"]
    [warning] = tailored.warnings
    assert warning.sentence == (
        "`lunch` does nothing: no day of this client has a lunch that could be moved"
    )
    assert warning.hint == (
        "Take it out, or make a lunch: `breaks: {Lunch: {minutes: 45, after: open}}`."
    )


def test_a_variant_is_the_first_where_nothing_is_said(small: Small) -> None:
    head, _, rest = PROGRAMME.partition("  morning:")
    morning, _, evening = rest.partition("  evening:")
    small.write("modules/programme.yaml", f"{head}  evening:{evening}  morning:{morning}")
    assert small.cohort("name: Test\n").variant == "evening"

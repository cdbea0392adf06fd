"""Every line that a fault of the day proposes is typed into the client file, and helps."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

import workshop
from tests.conftest import Workspace
from tests.tailoring.conftest import PROGRAMME, Small, module_text
from workshop.diagnostics import ContentError, Diagnostic, Severity

# Three stretches, two breaks of one title, an optional module, and a day that is pinned twice.
LONG_DAY = """\
  long:
    title: Long
    start: "09:00"
    finish: "15:00"
    items:
      - module: open
      - {break: Coffee, minutes: 10}
      - module: ask
      - {break: Lunch, minutes: 30, at: "12:00"}
      - module: offer
      - {break: Coffee, minutes: 10}
      - module: swap
      - {break: Tea, minutes: 15, at: "14:15"}
      - module: close
"""

# Each day cannot be; keys of a cohort stand below it in lines of their own.
DAYS = {
    "a client without cohorts": 'times: {start: "10:00", finish: "12:35"}',
    "too early a start": 'times:\n  start: "07:00"\nlogo: null',
    "doors that open before": 'times: {doors: "11:40", start: "11:45", finish: "13:30"}',
    "doors with a text behind the time": (
        'times: {doors: "11:40, with rolls", start: "11:45", finish: "13:30"}'
    ),
    "a cohort": 'cohorts:\n  a:\n    times: {finish: "14:40"}',
    "a cohort below its client": (
        'times: {start: "10:10", lunch: "12:10"}\nbreaks: {Coffee: 20}\n'
        'cohorts:\n  a:\n    times: {finish: "12:45"}\n  b: {}'
    ),
    "one cohort's breaks": (
        "breaks: {Coffee: 20}\ncohorts:\n  a:\n    variant: long\n"
        "    breaks:\n      Tea: {minutes: 60, after: offer}\n    times: {finish: '18:00'}"
    ),
    "an included module": (
        "modules: {include: [{module: lean, after: open}]}\n"
        'times: {start: "11:30"}\nbreaks: {Coffee: 5}'
    ),
    "one that its own file gives a place": 'modules: {include: [lean]}\ntimes: {start: "11:30"}',
    "a client's included module, in a cohort": (
        "modules: {include: [{module: lean, after: open}]}\ncohorts:\n  a:\n"
        '    times: {start: "11:35"}\n    modules: {replace: {ask: swap}}'
    ),
    "a replaced module": 'modules: {replace: {ask: swap}}\ntimes: {start: "11:45"}',
    "an excluded one": "modules: {exclude: [ask]}",
    "an included one that moves, with its followers": (
        "modules: {include: [{module: ask, after: offer}, {module: lean, after: ask}]}\n"
        'times: {finish: "14:00"}'
    ),
    "two optional modules, and too little time": (
        "variant: long\nmodules: {include: [{module: lean, after: ask}, "
        '{module: back, after: ask}]}\ntimes: {start: "11:45"}'
    ),
    "an order": (
        "order: [open, ask, {break: Tea, minutes: 10}, offer]\n"
        'times: {finish: "16:00"}\nmodules: {}\nbreaks: {Coffee: 0, Lunch: 0}'
    ),
    "a client's order, in a cohort": (
        'order: [open, ask, offer, swap, Lunch, Coffee]\ntimes: {start: "11:30"}\n'
        "cohorts:\n  a:\n    breaks: {Lunch: 20}"
    ),
    "an order with a pin": (
        'order: [open, {break: Tea, minutes: 5, at: "09:50"}, ask, Lunch, offer]\n'
        "breaks: {Coffee: 0}"
    ),
    "a pinned break of its own": (
        'variant: long\nbreaks: {Tea: {at: "14:30"}, Elevenses: {minutes: 10, after: open, '
        'at: "09:05"}}'
    ),
    "pins the wrong way round": 'variant: long\nbreaks: {Tea: {at: "12:10"}}',
    "a pin before the day": 'variant: long\ntimes: {lunch: "08:30"}',
    "a pin after the day": 'variant: long\ntimes: {finish: "13:30"}',
    "no minute at all": 'times: {start: "10:00", finish: "10:00"}',
    "minutes that fill too much": (
        'times: {start: "11:00"}\nminutes: {open: 30, ask: 60}\nbreaks: {Coffee: 5}'
    ),
    "minutes that fill too little, in a cohort": (
        "minutes: {open: 20}\ncohorts:\n  a:\n    minutes: {ask: 15, offer: 40}"
    ),
    "minutes of a module that replaces another": (
        'modules: {replace: {ask: swap}}\nminutes: {ask: 80, open: 40}\ntimes: {start: "10:30"}'
    ),
    "minutes beside an order": (
        "order: [open, {break: Tea, minutes: 10}, ask, Lunch, offer]\nbreaks: {Coffee: 0}\n"
        "minutes: {open: 90, ask: 60}"
    ),
    "an empty day": "modules: {exclude: [open, ask, offer]}",
    "an evening, too short": 'variant: evening\ntimes: {start: "23:50", finish: "00:10"}',
    "an evening, too long": 'variant: evening\ntimes: {start: "18:00", finish: "01:00"}',
}


@pytest.fixture
def small(workspace: Workspace) -> Small:
    """A workspace with short days and a long one."""
    workspace.write("modules/programme.yaml", PROGRAMME + LONG_DAY)
    for name in ("open", "ask", "offer", "swap", "close"):
        workspace.write(f"modules/{name}.md", module_text(name, f"{name}-it"))
    for name in ("lean", "back"):
        workspace.write(f"modules/{name}.md", module_text(name, f"{name}-it", "after: ask\n"))
    return Small(workspace.root, workspace)


def faults(small: Small, client: str) -> list[Diagnostic]:
    """Return what is wrong with a client's days; nothing if they are planned."""
    try:
        plan = workshop.plan(small.load(client), documents=["agenda"])
    except ContentError as error:
        return [fault for fault in error.diagnostics if fault.severity is Severity.ERROR]
    # What an order leaves out is left out on purpose, and the line says so.
    assert [fault.code for fault in plan.tailored.warnings if "order" in fault.code] == []
    return []


def typed(client: str, hint: str, proposed: Sequence[str]) -> str:
    """Return the client file with the lines of a proposal in the place of what their keys say."""
    under = re.search(r"under “(.+?)” write ", hint)
    lines = client.splitlines()
    begin, indent = 0, ""
    if under:
        begin = next(n for n, line in enumerate(lines) if line.startswith(f"  {under[1]}:")) + 1
        indent = "    "
    for line in proposed:
        key = f"{indent}{line.partition(':')[0]}:"
        rest: list[str] = []
        dropping = False
        for number, old in enumerate(lines):
            deeper = old.startswith(f"{indent} ")
            dropping = number >= begin and (old.startswith(key) or (dropping and deeper))
            rest += [] if dropping else [old]
        lines = [*rest[:begin], f"{indent}{line}", *rest[begin:]]
    return "\n".join([*lines, ""])


@pytest.mark.parametrize("text", DAYS.values(), ids=DAYS.keys())
@pytest.mark.slow
def test_whatever_is_proposed_can_be_typed_and_lets_the_day_add_up(small: Small, text: str) -> None:
    client = f"name: Test\n{text}\n"
    first, *others = faults(small, client)
    assert first.hint
    assert [fault.proposals for fault in others] == [() for _ in others]
    assert 1 <= len(first.proposals) <= 4
    for proposal in first.proposals:
        assert faults(small, typed(client, first.hint, proposal.lines)) == [], proposal


TWO_OPTIONAL = (
    "name: Test\nvariant: long\n"
    "modules: {include: [{module: lean, after: ask}, {module: back, after: ask}]}\n"
)


def two_optional(small: Small, client: str) -> list[Diagnostic]:
    """Return what a day that can be is told of two optional modules."""
    plan = workshop.plan(small.load(client), documents=["agenda"])
    return [fault for fault in plan.warnings if fault.code == "two-optional"]


def test_two_optional_modules_that_fit_may_stay(small: Small) -> None:
    [fault] = two_optional(small, TWO_OPTIONAL)
    assert fault.severity is Severity.WARNING
    assert fault.hint
    *proposals, accept = fault.proposals
    assert proposals
    for proposal in proposals:
        assert two_optional(small, typed(TWO_OPTIONAL, fault.hint, proposal.lines)) == [], proposal
    [kept] = two_optional(small, typed(TWO_OPTIONAL, "", accept.lines))
    assert kept.severity is Severity.ACCEPTED


@pytest.mark.parametrize(
    "day",
    [
        "variant: long\nbreaks: {Tea: {minutes: 40, back: false}}\n",
        "order: [open, {break: Tea, minutes: 30, back: false}, ask, Lunch, offer]\n",
    ],
)
def test_an_item_that_is_no_break_stays_none(small: Small, day: str) -> None:
    client = f'name: Test\n{day}times: {{start: "08:00"}}\n'
    [fault, *_] = faults(small, client)
    about = [
        line
        for proposal in fault.proposals
        for line in proposal.lines
        if "Tea" in line and "Tea: 0" not in line
    ]
    assert about
    assert [line for line in about if "back: false" not in line] == []


def test_the_lines_name_the_place_and_what_they_cost(small: Small) -> None:
    client = 'name: Test\ncohorts:\n  a:\n    times: {start: "10:10", finish: "12:35"}\n'
    [fault] = faults(small, client)
    assert str(fault).splitlines()[1:] == [
        "  To mend it, under “a” write one of these, in place of what its keys say there.",
        "    - “Lunch” lasts 25 minutes instead of 30:",
        "      breaks: {Lunch: {minutes: 25}}",
        "    - “Lunch” begins at 11:55 instead of 12:00:",
        '      times: {start: "10:10", finish: "12:35", lunch: "11:55"}',
        "    - finishes 5 minutes later, at 12:40:",
        '      times: {start: "10:10", finish: "12:40"}',
    ]


def test_a_day_of_one_s_own_programme_is_mended_there(small: Small) -> None:
    hollow = LONG_DAY.replace("  long:", "  hollow:").replace('"15:00"', '"20:00"')
    small.write("modules/programme.yaml", PROGRAMME + hollow)
    [fault] = faults(small, "name: Test\nvariant: hollow\n")
    programme = small.root / "modules" / "programme.yaml"
    assert fault.location
    assert fault.location.path == programme
    line = (fault.location.line or 0) - 1
    assert "Long" in programme.read_text(encoding="utf-8").splitlines()[line]
    assert fault.hint
    assert fault.hint.startswith("To mend it, set the day otherwise here, or for this client in ")
    assert fault.hint.endswith("client.yaml write one of these.")
    # What the client sets is mended in its own file.
    [own] = faults(small, "name: Test\nvariant: hollow\nbreaks: {Coffee: 5}\n")
    assert own.location
    assert own.location.path.name == "client.yaml"


def test_minutes_that_are_asked_for_give_way_with_a_line_of_their_own(small: Small) -> None:
    client = (
        "name: Test\ncohorts:\n  a:\n    minutes: {open: 60, ask: 60, offer: 30}\n"
        '    times: {start: "10:00", finish: "13:00", lunch: "12:00"}\n'
    )
    [fault] = faults(small, client)
    assert fault.code == "day-too-full"
    lines = {proposal.cost: proposal.lines for proposal in fault.proposals}
    assert lines["“Open” takes 50 minutes instead of 60"] == (
        "minutes: {open: 50, ask: 60, offer: 30}",
    )


def test_a_module_whose_minutes_are_asked_for_goes_after_the_others(small: Small) -> None:
    [fault] = faults(small, 'name: Test\nminutes: {ask: 55}\ntimes: {start: "11:10"}\n')
    costs = [proposal.cost for proposal in fault.proposals]
    assert costs[2:] == [
        "drops “Open” (10 min); “Lunch” begins at 12:15 instead of 12:00",
        "drops “Ask” (55 min), whose minutes the client asked for",
    ]


def test_a_day_from_midnight_keeps_its_start(small: Small) -> None:
    client = 'name: Test\nvariant: evening\ntimes: {start: "00:00", finish: "00:20"}\n'
    [fault] = faults(small, client)
    assert [proposal.lines for proposal in fault.proposals] == [
        ("modules: {exclude: [open]}",),
        ('times: {start: "00:00", finish: "00:30"}',),
    ]


@pytest.mark.parametrize(
    "asked",
    [
        'times: {finish: "12:20", lunch: "12:00"}',
        'times: {finish: "12:20"}\nbreaks: {Lunch: {at: "12:00"}}',
    ],
)
def test_lunch_at_a_time_of_the_client_s_goes_after_the_others(small: Small, asked: str) -> None:
    [fault] = faults(small, f"name: Test\n{asked}\n")
    costs = [proposal.cost for proposal in fault.proposals]
    assert costs[0] == "finishes 40 minutes later, at 13:00"
    assert costs[-1] == "drops the break “Lunch” (30 min)"

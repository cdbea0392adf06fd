"""Every line that a fault of the day proposes is typed into the client file, and helps."""

from __future__ import annotations

import re

import pytest

import workshop
from tests.conftest import Workspace
from tests.tailoring.conftest import PROGRAMME, Small, module_text
from workshop.diagnostics import ContentError

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
    "two optional modules": (
        "variant: long\nmodules: {include: [{module: lean, after: ask}, "
        "{module: back, after: ask}]}"
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


def faults(small: Small, client: str) -> dict[str, str]:
    """Return the faults of a client's days with their hints; none if they are planned."""
    try:
        workshop.plan(small.load(client), documents=["agenda"])
    except ContentError as error:
        errors = [fault for fault in error.diagnostics if fault.severity.value == "error"]
        return {fault.message: fault.hint or "" for fault in errors}
    return {}


def typed(client: str, hint: str) -> list[str]:
    """Return the client file with each line of a hint typed in, in place of what its key says."""
    under = re.match(r"Under “(.+?)” write ", hint)
    lines = client.splitlines()
    if under:
        begin = next(n for n, line in enumerate(lines) if line.startswith(f"  {under[1]}:")) + 1
        indent = "    "
    else:
        begin, indent = 0, ""
    files = []
    for line in re.findall(r"`([^`]+: [^`]+)`", hint):
        key = f"{indent}{line.partition(':')[0]}:"
        kept: list[str] = []
        dropping = False
        for number, old in enumerate(lines):
            deeper = old.startswith(f"{indent} ")
            dropping = number >= begin and (old.startswith(key) or (dropping and deeper))
            kept += [] if dropping else [old]
        files.append("\n".join([*kept[:begin], f"{indent}{line}", *kept[begin:], ""]))
    return files


@pytest.mark.parametrize("text", DAYS.values(), ids=DAYS.keys())
def test_each_line_that_is_proposed_can_be_typed_and_helps(small: Small, text: str) -> None:
    client = f"name: Test\n{text}\n"
    wrong = faults(small, client)
    assert wrong
    for message, hint in wrong.items():
        mended = [faults(small, file) for file in typed(client, hint)]
        assert mended or "modules" in hint, hint
        for left in mended:
            # What is left, if anything, is another fault, and not the same by fewer minutes.
            assert kinds(left).count(kind(message)) < kinds(wrong).count(kind(message)), left
        # Where a time was set right, the minutes may still not add up.
        assert {} in mended or not mended or len(wrong) > 1 or "is fixed" in message


def kind(message: str) -> str:
    return re.sub("[0-9]+", "0", message)


def kinds(messages: dict[str, str]) -> list[str]:
    return list(map(kind, messages))


def test_the_lines_name_the_place_and_what_they_replace(small: Small) -> None:
    client = 'name: Test\ncohorts:\n  a:\n    times: {start: "10:10", finish: "12:35"}\n'
    [hint] = faults(small, client).values()
    assert hint == (
        'Under “a” write `times: {start: "10:10", finish: "12:40"}` (in place of its `times`); or '
        '`times: {start: "10:10", finish: "12:35", lunch: "11:55"}` (in place of its `times`).'
    )

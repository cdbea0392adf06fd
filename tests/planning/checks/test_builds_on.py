"""What a text takes from an earlier module: told where the day has it later, or not at all."""

from __future__ import annotations

import pytest

import workshop
from tests.conftest import READINGS, REPOSITORY, Workspace
from tests.tailoring.conftest import module_text
from workshop.diagnostics import ContentError, Severity

DAY = "clients/linden/client.yaml"
# “Lead upwards” in the morning, before the offer that its case goes back to.
EARLY = """\
order: [open, customer-map, probing, {break: Coffee, minutes: 15, at: "11:00"}, outside-in,
  lead-upwards, {break: Lunch, minutes: 60, at: "12:45"}, opportunity-hunt, alliances,
  sell-by-helping, {break: Short break, minutes: 5, at: "15:15"}, coaching-trios, step-back,
  {break: Break, minutes: 10}, plan-30-60-90, close]
times: {start: "09:30"}
"""


def told(workspace: Workspace, client: str, severity: Severity | None = None) -> list[str]:
    workspace.client(f"name: Linden\n{client}", "linden")
    plan = workshop.plan(workshop.load(workspace.root, "linden", READINGS))
    return [
        f"{fault.location}".replace(f"{workspace.root.as_posix()}/", "")
        + "\n".join([f": {fault.message} [{fault.code}] {fault.hint}", *map(str, fault.proposals)])
        for fault in plan.warnings
        if fault.code in ("wrong-order", "left-out") and severity in (None, fault.severity)
    ]


def test_the_programme_s_own_days_are_in_order(workspace: Workspace) -> None:
    assert told(workspace, "variant: full-day\n") == []
    assert told(workspace, "variant: half-day\n") == []


def test_a_module_in_another_s_place_counts_in_its_own_cohort_alone(workspace: Workspace) -> None:
    own = REPOSITORY / "modules" / "customer-map.md"
    workspace.write("clients/linden/modules/our-map.md", own.read_text(encoding="utf-8"))
    client = "cohorts:\n  one: {}\n  two: {modules: {replace: {customer-map: our-map}}}\n"
    assert told(workspace, client) == []


def test_another_order_is_told_at_the_client_s_line(workspace: Workspace) -> None:
    client = (
        "modules:\n  exclude: [customer-map]\n  include:\n"
        "    - {module: customer-map, after: probing}\ntimes: {lunch: '12:00'}\n"
    )
    [fault] = told(workspace, client)
    assert fault.startswith(f"{DAY}:5:")
    assert "“My three questions” builds on “A map in three rings”, which comes later in" in fault
    assert fault.endswith(
        "modules/probing.md:190 prints “person whose work you could help” in its place. The order "
        "asked for and this text cannot both be had. To keep the order, read that line and accept "
        "this warning. To keep the text, put “customer-map” before “probing”, or “probing” behind "
        "“customer-map”.\n"
        "    - accepts this warning (for the whole client, beside its `name`):\n"
        "      accept: [{code: wrong-order, about: My three questions, reason: The client wants it "
        "so.}]"
    )


def test_what_is_left_out_is_quoted_and_exercises_have_the_client_s_words(
    workspace: Workspace,
) -> None:
    client = (
        "order: [open, customer-map, outside-in, {break: Coffee, minutes: 15}, probing, "
        'lead-upwards, {break: Lunch, minutes: 60, at: "12:45"}, opportunity-hunt, alliances, '
        "sell-by-helping, {break: Tea, minutes: 5}, coaching-trios, step-back, "
        '{break: Break, minutes: 10}, plan-30-60-90, close]\ntimes: {start: "09:30"}\n'
        "terms: {customer: guest, customers: guests}\n"
    )
    fault = next(fault for fault in told(workspace, client) if "outside-in.md" in fault)
    assert "builds on “Guest interview”, which comes later in" in fault
    assert (
        "modules/outside-in.md:189 leaves out “Say that the conversation which follows at that "
        "desk is the one they practised in ….”. The order"
    ) in fault


def test_what_has_to_move_is_told_with_all_that_it_needs_itself(workspace: Workspace) -> None:
    [fault] = told(workspace, EARLY)
    assert "modules/lead-upwards.md:162 prints “very small” in its place. " in fault
    assert "put “opportunity-hunt” and “sell-by-helping” before “lead-upwards”, or" in fault
    assert "“lead-upwards” behind “sell-by-helping”." in fault


def test_three_that_have_to_move_are_told_in_a_row(workspace: Workspace) -> None:
    for name, needed in (("a", ""), ("b", "a"), ("c", "b"), ("d", "c")):
        text = module_text(name, f"{name}-it", f"builds-on: [{needed}]\n")
        workspace.write(f"modules/{name}.md", text.replace("keen, sent", "high-flier"))
    client = "order: [d, a, b, c]\ntimes: {start: '10:00', finish: '12:00'}\n"
    faults = told(workspace, client, severity=Severity.WARNING)
    [fault] = [fault for fault in faults if "“D” builds on" in fault]
    assert "put “a”, “b” and “c” before “d”, or “d” behind “c”." in fault


def test_one_line_accepts_all_that_may_stay(workspace: Workspace) -> None:
    faults = told(workspace, EARLY)
    lines = [line.strip() for fault in faults for line in fault.splitlines() if " accept: " in line]
    assert len(lines) == 1
    assert told(workspace, f"{EARLY}{lines[0]}\n", severity=Severity.WARNING) == []


LEFT_OUT = "modules: {exclude: [sell-by-helping]}\ntimes: {finish: '16:30'}\n"


def test_the_line_has_what_is_accepted_already(workspace: Workspace) -> None:
    first, *others = told(workspace, LEFT_OUT, severity=Severity.WARNING)
    assert others
    assert f"accepts this warning and {len(others)} more (" in first
    assert [fault for fault in others if " accept: " in fault] == []
    upward = "accept: [{code: left-out, about: The upward case, reason: Known.}"
    [again, *_] = told(workspace, f"{LEFT_OUT}{upward}]\n", severity=Severity.WARNING)
    line = again.splitlines()[-1].strip()
    assert line.startswith(f"{upward}, {{code: left-out, ")
    assert told(workspace, f"{LEFT_OUT}{line}\n", severity=Severity.WARNING) == []


def test_what_is_left_out_is_told_with_the_words_in_its_place(workspace: Workspace) -> None:
    faults = told(workspace, "modules: {exclude: [sell-by-helping]}\ntimes: {finish: '16:30'}\n")
    assert faults
    assert all(fault.startswith(f"{DAY}:2:") for fault in faults)
    upward = next(fault for fault in faults if "The upward case" in fault)
    assert "builds on “The five-line offer”, which session leaves out [left-out]" in upward
    assert "modules/lead-upwards.md:162 prints “very small” in its place." in upward


def test_a_text_without_other_words_says_so(workspace: Workspace) -> None:
    workspace.write(
        "modules/extra.md",
        "---\ntitle: Extra\nsummary: More.\nminutes: {min: 5, ideal: 5, max: 5}\n"
        "outcomes: [You can.]\nsuits: [demotivated]\nbuilds-on: [five-line-offer]\n"
        "after: open\n---\n\n::: input {title=A minutes=5 min=5}\nTalk.\n:::\n",
    )
    client = "modules: {include: [extra], exclude: [sell-by-helping]}\ntimes: {finish: '16:30'}\n"
    extra = next(fault for fault in told(workspace, client) if "“Extra”" in fault)
    assert (
        'modules/extra.md:7 has no other words for that: write {{ ref("five-line-offer", else="…")'
        in extra
    )
    [order] = [
        fault for fault in told(workspace, "modules: {include: [extra]}\n") if "“Extra”" in fault
    ]
    assert "[wrong-order]" in order


def test_a_name_that_nothing_has_is_an_error(workspace: Workspace) -> None:
    workspace.write(
        "modules/extra.md",
        "---\ntitle: Extra\nsummary: More.\nminutes: {min: 5, ideal: 5, max: 5}\n"
        "outcomes: [You can.]\nsuits: [demotivated]\nbuilds-on: [three-ring]\n"
        "after: open\n---\n\n::: input {title=A minutes=5 min=5}\nTalk.\n:::\n",
    )
    with pytest.raises(ContentError) as caught:
        told(workspace, "modules: {include: [extra]}\n")
    [fault] = caught.value.diagnostics
    assert fault.message == "There is no module or exercise “three-ring” to build on"
    assert "three-rings" in (fault.hint or "")

"""What a text takes from an earlier module: told where the day has it later, or not at all."""

from __future__ import annotations

import pytest

import workshop
from tests.conftest import READINGS, Workspace
from workshop.diagnostics import ContentError

DAY = "clients/linden/client.yaml"


def told(workspace: Workspace, client: str) -> list[str]:
    workspace.client(f"name: Linden\n{client}", "linden")
    plan = workshop.plan(workshop.load(workspace.root, "linden", READINGS))
    return [
        f"{fault.location}".replace(f"{workspace.root.as_posix()}/", "")
        + f": {fault.message} [{fault.code}] {fault.hint}"
        for fault in plan.warnings
        if fault.code in ("wrong-order", "left-out")
    ]


def test_the_programme_s_own_days_are_in_order(workspace: Workspace) -> None:
    assert told(workspace, "variant: full-day\n") == []
    assert told(workspace, "variant: half-day\n") == []


def test_another_order_is_told_at_the_client_s_line(workspace: Workspace) -> None:
    client = (
        "modules:\n  exclude: [customer-map]\n  include:\n"
        "    - {module: customer-map, after: probing}\ntimes: {lunch: '12:00'}\n"
    )
    [fault] = told(workspace, client)
    assert fault.startswith(f"{DAY}:5:")
    assert "“My three questions” builds on “A map in three rings”, which comes later in" in fault
    assert "[wrong-order] Put “customer-map” before “probing”." in fault


def test_what_is_left_out_is_told_with_the_words_in_its_place(workspace: Workspace) -> None:
    faults = told(workspace, "modules: {exclude: [sell-by-helping]}\ntimes: {finish: '16:30'}\n")
    assert faults
    assert all(fault.startswith(f"{DAY}:2:") for fault in faults)
    upward = next(fault for fault in faults if "The upward case" in fault)
    assert "builds on “The five-line offer”, which session leaves out [left-out]" in upward
    assert "Its text has other words for such a day" in upward


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
        'Its text has no other words for that: write {{ ref("five-line-offer", else="…") }}'
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

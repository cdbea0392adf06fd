"""A workspace with a programme of its own: small modules, quick to read, for tests of tailoring."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS, Workspace
from workshop.diagnostics import ContentError
from workshop.tailoring.cohort import Cohort
from workshop.tailoring.order.ordered_items import BreakItem
from workshop.tailoring.tailored import Tailored

PROGRAMME = """\
title: Asking
promise: Ask before you answer.
gains: [Better questions.]
segments: {keen: asked to come, sent: was sent}
terms: {customer: internal customer, manager: manager}
variants:
  morning:
    title: Morning
    start: "10:00"
    finish: "13:00"
    items:
      - module: open
      - {break: Coffee, minutes: 10}
      - module: ask
      - {break: Lunch, minutes: 30, at: "12:00"}
      - module: offer
  evening:
    title: Evening
    start: "18:00"
    finish: "19:30"
    pace: minimum
    items:
      - module: open
      - {break: Tea, minutes: 10}
      - module: ask
"""


def module_text(name: str, exercise: str, head: str = "", body: str = "") -> str:
    """Return a module that runs from 10 to 90 minutes, ideally 30."""
    return f"""\
---
title: {name.title()}
summary: All about {name}.
minutes: {{min: 10, ideal: 30, max: 90}}
outcomes: [You can {name}.]
suits: [keen, sent]
{head}---
{body}
::: exercise {{#{exercise} title="{name.title()} it" kind=pairs minutes=30 min=10}}
::: purpose
To {name}.
:::

1. {{30 min}} Do it.
:::
"""


@dataclass(frozen=True)
class Small:
    """The workspace, with a client `test` to be written."""

    root: Path
    workspace: Workspace

    def write(self, path: str, text: str) -> Path:
        """Write a file below the workspace."""
        return self.workspace.write(path, text)

    def load(self, client: str = "name: Test\n") -> Tailored:
        """Write the client's file and read everything that is set for it."""
        self.workspace.client(client)
        return workshop.load(self.root, "test", READINGS)

    def cohort(self, client: str) -> Cohort:
        """Return the client's only cohort."""
        [cohort] = self.load(client).cohorts
        return cohort

    def faults(self, client: str) -> list[str]:
        """Return what the client's file is told: "line:column: message [code] hint" for each.

        A fault in another file begins with its path below the workspace.
        """
        with pytest.raises(ContentError) as caught:
            self.load(client)
        texts = [
            str(fault).replace("error: ", "").replace("\n ", "")
            for fault in caught.value.diagnostics
        ]
        below = [fault.removeprefix(f"{self.root.as_posix()}/") for fault in texts]
        return [fault.removeprefix("clients/test/client.yaml:") for fault in below]


@pytest.fixture
def small(workspace: Workspace) -> Small:
    """A workspace whose programme has a morning and an evening of small modules."""
    workspace.write("modules/programme.yaml", PROGRAMME)
    for name in ("open", "ask", "offer", "swap"):
        workspace.write(f"modules/{name}.md", module_text(name, f"{name}-it"))
    workspace.write("modules/lean.md", module_text("lean", "lean-it", "after: ask\n"))
    return Small(workspace.root, workspace)


def running_order(cohort: Cohort) -> list[str]:
    """Return a day's modules and breaks, in order, breaks with their minutes."""
    return [
        f"{item.title} {item.minutes}" if isinstance(item, BreakItem) else item.name
        for item in cohort.items
    ]

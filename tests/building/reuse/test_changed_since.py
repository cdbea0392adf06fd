"""A kit that was made before its files changed is told with some of these, and how many more."""

from __future__ import annotations

import pytest

import workshop
from tests.tiny_workspace.workspace import Tiny
from workshop.building.reuse.changed_since import warn_of_old_kits

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "clients/tiny/cases/new-1.md"),
        (5, ", ".join(f"clients/tiny/cases/new-{number}.md" for number in range(1, 6))),
        (
            7,
            ", ".join(f"clients/tiny/cases/new-{number}.md" for number in range(1, 6))
            + " and 2 more",
        ),
    ],
)
def test_five_changed_files_are_named_and_the_others_counted(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, count: int, told: str
) -> None:
    monkeypatch.chdir(tiny.root)
    workshop.build(tiny.root, "tiny", documents=["badge"], jobs=1)
    for number in range(1, count + 1):
        tiny.write(f"clients/tiny/cases/new-{number}.md", "---\ntitle: New\n---\nNew.\n")
    plan = workshop.plan(workshop.load(tiny.root, "tiny"))
    [fault] = warn_of_old_kits(plan, tiny.root / "build", None)
    assert fault.message == f"The kit of “autumn” was made before {told} changed"

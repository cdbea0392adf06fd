"""Documents are made as soon as they are laid out, whatever is still composed or laid out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

import workshop
from tests.tiny_workspace.workspace import ROSTER, Tiny, contents, in_part
from workshop.assembly.values import Copy, Linked, Stamped
from workshop.building.build_plan import build_plan
from workshop.building.steps import early_copies, layouts, stamping
from workshop.building.steps.linking import Linking, begin_linking
from workshop.building.workers.tasks import lay_out
from workshop.composing.composer import Composer
from workshop.composing.composition import ComposedCopy
from workshop.composing.pages.render_job import RenderJob
from workshop.planning.make_plan import Job
from workshop.typesetting.laid_out import LaidOut

WORKBOOK = "participant-workbook"
AGENDA = "templates/agenda/document.html.j2"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is composed and what is stamped, in the order in which it is asked for."""
    happened: list[str] = []
    compose_all, begin = Composer.compose_all, stamping.Batch.begin

    def composed(composer: Composer, jobs: Sequence[Job]) -> list[ComposedCopy]:
        happened.append(f"{jobs[0].document.name} is composed")
        return compose_all(composer, jobs)

    def stamped(batch: stamping.Batch, executor: object) -> Callable[[], Sequence[Stamped]]:
        happened.extend(f"{copy.job.file} is stamped" for copy in batch.copies)
        return begin(batch, executor)  # type: ignore[arg-type]

    monkeypatch.setattr(Composer, "compose_all", composed)
    monkeypatch.setattr(stamping.Batch, "begin", stamped)
    return happened


def renamed(tiny: Tiny) -> None:
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")


def test_a_changed_copy_is_stamped_before_the_next_document_is_composed(
    tiny: Tiny, seen: list[str]
) -> None:
    tiny.build(WORKBOOK, "agenda")
    seen.clear()
    renamed(tiny)
    tiny.build(WORKBOOK, "agenda")
    assert seen == [
        f"{WORKBOOK} is composed",
        f"{WORKBOOK}/02-bo-lindh.pdf is stamped",
        "agenda is composed",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<p>What we do today.</p>",
        # Laid out again: there was room for two digits.
        '<h1 id="day">What we do today</h1><p>See {{ page_ref("day") }}.</p>',
    ],
)
def test_a_document_is_linked_while_another_is_laid_out(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    tiny.write(AGENDA, in_part(text))
    linked, waits = Event(), iter([True])

    def when_linked(job: RenderJob) -> LaidOut:
        if "Participant workbook" in job.html and next(waits, False):
            assert linked.wait(30)
        return lay_out(job)

    def link(executor: Executor, alike: Sequence[ComposedCopy], *of: Any) -> Linking:
        if alike[0].job.document.name == "agenda":
            linked.set()
        return begin_linking(executor, alike, *of)

    monkeypatch.setattr(layouts, "lay_out", when_linked)
    monkeypatch.setattr(early_copies, "begin_linking", link)
    plan = workshop.plan(workshop.load(tiny.root, "tiny"), (), (WORKBOOK, "agenda"))
    build_plan(plan, tiny.root / "build", ThreadPoolExecutor(2), lambda _progress: None)
    made = contents(tiny.kit)
    monkeypatch.undo()
    shutil.rmtree(tiny.root / ".workshop-cache")
    tiny.kit.rename(tiny.kit.with_name("elsewhere"))
    tiny.build(WORKBOOK, "agenda")
    assert contents(tiny.kit) == made


def test_what_is_laid_out_for_its_pages_alone_is_not_made(tiny: Tiny, seen: list[str]) -> None:
    tiny.write(AGENDA, in_part(f"{{{{ page_count('{WORKBOOK}') }}}}"))
    tiny.build("agenda", WORKBOOK)
    tiny.change(ROSTER, "Anna Berg", "Anna Borg")
    seen.clear()
    tiny.write(AGENDA, in_part(f"Pages: {{{{ page_count('{WORKBOOK}') }}}}"))
    kit = tiny.build("agenda")
    assert [one.path for one in kit.made] == ["agenda.pdf"]
    assert not [one for one in seen if one.startswith(WORKBOOK) and "stamped" in one]


def test_what_another_document_s_pages_stand_in_waits_for_them(tiny: Tiny, seen: list[str]) -> None:
    names = "{% for one in participants %}{{ one.name | slot('n') }}{% endfor %}"
    tiny.write(AGENDA, in_part(f"{names}{{{{ page_count('{WORKBOOK}') }}}}"))
    tiny.build("agenda", WORKBOOK)
    seen.clear()
    renamed(tiny)
    tiny.build("agenda", WORKBOOK)
    assert seen[-2:] == ["agenda is composed", "agenda.pdf is stamped"]
    mixed = contents(tiny.kit)
    tiny.kit.rename(tiny.kit.with_name("elsewhere"))
    tiny.build("agenda", WORKBOOK)
    assert contents(tiny.kit) == mixed


def test_more_than_memory_takes_is_not_begun_with(
    tiny: Tiny, seen: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.build(WORKBOOK, "agenda")
    seen.clear()
    renamed(tiny)
    monkeypatch.setattr(early_copies, "AHEAD", 0)
    tiny.build(WORKBOOK, "agenda")
    assert seen[:2] == [f"{WORKBOOK} is composed", "agenda is composed"]
    assert seen[2:] == [f"{WORKBOOK}/02-bo-lindh.pdf is stamped"]


def test_a_fault_in_stamping_ahead_is_told_as_any_other(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.build(WORKBOOK)
    before = contents(tiny.kit)

    def fail(_linked: Linked, _copies: Mapping[str, Copy], _like: RenderJob) -> list[Stamped]:
        raise ZeroDivisionError

    renamed(tiny)
    monkeypatch.setattr(stamping, "personalise", fail)
    with pytest.raises(ZeroDivisionError):
        tiny.build(WORKBOOK)
    assert contents(tiny.kit) == before

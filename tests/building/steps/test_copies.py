"""Documents are made as soon as they are laid out, whatever is still composed or laid out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from tests.building.watched_executor import WatchedExecutor, stamped_by
from tests.tiny_workspace.workspace import ROSTER, Tiny, contents, in_part
from workshop.building.build_plan import BuildProgress
from workshop.building.workers.tasks import lay_out, personalise, put_together
from workshop.diagnostics import ContentError

pytestmark = pytest.mark.slow

WORKBOOK = "participant-workbook"
AGENDA = "templates/agenda/document.html.j2"
FAULTY = in_part("{{ nobody_knows_this }}")


class OrderedWork(WatchedExecutor):
    """Notes in which order documents are taken on and copies stamped."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[str] = []

    def call(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        self.steps += [f"{path} is stamped" for path in stamped_by(fn, args)]
        return super().call(fn, *args)

    def on_progress(self, progress: BuildProgress) -> None:
        """Note a part that is kept: it is told of when its document is taken on."""
        if progress.stage == "lay out" and f"{progress.what} is there" not in self.steps:
            self.steps.append(f"{progress.what} is there")


def renamed(tiny: Tiny) -> None:
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")


def write_roster(tiny: Tiny, people: int, suffix: str = "") -> None:
    rows = "".join(f"Person {number}{suffix}\n" for number in range(people))
    tiny.write(ROSTER, f"name\n{rows}")


def test_a_changed_copy_is_stamped_before_the_next_document_is_composed(tiny: Tiny) -> None:
    tiny.build(WORKBOOK, "agenda")
    renamed(tiny)
    # It cannot be composed: whatever is done before that is noted.
    tiny.write(AGENDA, FAULTY)
    executor = WatchedExecutor()
    with pytest.raises(ContentError, match="Nothing is called “nobody_knows_this” here"):
        tiny.build(WORKBOOK, "agenda", executor=executor)
    assert executor.stamped == [f"{WORKBOOK}/02-bo-lindh.pdf"]
    assert executor.laid_out == []


def test_a_changed_copy_is_stamped_before_the_next_document_is_laid_out(tiny: Tiny) -> None:
    tiny.build(WORKBOOK, "agenda")
    renamed(tiny)
    work = OrderedWork()
    tiny.build(WORKBOOK, "agenda", executor=work, on_progress=work.on_progress)
    assert work.steps[-2:] == [f"{WORKBOOK}/02-bo-lindh.pdf is stamped", "agenda is there"]


class LinkingBeforeLayout(WatchedExecutor):
    """Lays a part of the workbook out when the agenda is linked, and not before."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(2)
        self._agenda_is_linked = Event()
        self.has_waited = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if fn is put_together and args[0].startswith("agenda"):
            self._agenda_is_linked.set()
        if fn is lay_out and not self.has_waited and "Participant workbook" in args[0].html:
            self.has_waited = True
            return self._threads.submit(self._lay_out_later, *args)
        return self._threads.submit(fn, *args, **kwargs)

    def _lay_out_later(self, *args: Any) -> Any:
        assert self._agenda_is_linked.wait(60)
        return lay_out(*args)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._threads.shutdown(wait, cancel_futures=cancel_futures)


@pytest.mark.parametrize(
    "text",
    [
        "<p>What we do today.</p>",
        # Laid out again: there was room for two digits.
        '<h1 id="day">What we do today</h1><p>See {{ page_ref("day") }}.</p>',
    ],
)
def test_a_document_is_linked_while_another_is_laid_out(tiny: Tiny, text: str) -> None:
    tiny.write(AGENDA, in_part(text))
    with LinkingBeforeLayout() as executor:
        tiny.build(WORKBOOK, "agenda", executor=executor)
    assert executor.has_waited
    early = contents(tiny.kit)
    shutil.rmtree(tiny.root / ".workshop-cache")
    tiny.kit.rename(tiny.kit.with_name("elsewhere"))
    tiny.build(WORKBOOK, "agenda")
    assert contents(tiny.kit) == early


def test_what_is_laid_out_for_its_pages_alone_is_not_made(tiny: Tiny) -> None:
    tiny.write(AGENDA, in_part(f"{{{{ page_count('{WORKBOOK}') }}}}"))
    tiny.build("agenda", WORKBOOK)
    tiny.change(ROSTER, "Anna Berg", "Anna Borg")
    tiny.write(AGENDA, in_part(f"Pages: {{{{ page_count('{WORKBOOK}') }}}}"))
    executor = WatchedExecutor()
    kit = tiny.build("agenda", executor=executor)
    assert [entry.path for entry in kit.files] == ["agenda.pdf"]
    assert executor.stamped == ["agenda.pdf"]


def test_what_another_document_s_pages_stand_in_waits_for_them(tiny: Tiny) -> None:
    names = "{% for person in participants %}{{ person.name | slot('n') }}{% endfor %}"
    tiny.write(AGENDA, in_part(f"{names}{{{{ page_count('{WORKBOOK}') }}}}"))
    tiny.build("agenda", WORKBOOK)
    renamed(tiny)
    work = OrderedWork()
    tiny.build("agenda", WORKBOOK, executor=work, on_progress=work.on_progress)
    assert work.steps[-2:] == ["only is there", "agenda.pdf is stamped"]
    mixed = contents(tiny.kit)
    tiny.kit.rename(tiny.kit.with_name("elsewhere"))
    tiny.build("agenda", WORKBOOK)
    assert contents(tiny.kit) == mixed


def test_more_than_memory_takes_is_not_begun_with(tiny: Tiny) -> None:
    write_roster(tiny, 300)
    tiny.build(WORKBOOK)
    before = contents(tiny.kit)
    write_roster(tiny, 300, " Jones")
    # Nothing is begun with until all is composed, and that cannot be.
    tiny.write(AGENDA, FAULTY)
    executor = WatchedExecutor()
    with pytest.raises(ContentError):
        tiny.build(WORKBOOK, "agenda", executor=executor)
    assert executor.submitted == []
    assert contents(tiny.kit) == before
    tiny.build(WORKBOOK, executor=executor)
    assert len(set(executor.stamped)) == len(executor.stamped) == 300


def test_of_a_document_that_is_not_linked_some_copies_are_stamped_with_it(tiny: Tiny) -> None:
    write_roster(tiny, 20)
    executor = WatchedExecutor()
    kit = tiny.build(WORKBOOK, executor=executor)
    [with_linking] = [args[2] for fn, args in executor.submitted if fn is put_together]
    [by_themselves] = [args[1] for fn, args in executor.submitted if fn is personalise]
    assert (len(with_linking), len(by_themselves)) == (16, 4)
    assert sorted(executor.stamped) == sorted(entry.path for entry in kit.files)


class FailingExecutor(WatchedExecutor):
    """Stamps nothing of what is linked already."""

    def call(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        if fn is personalise:
            raise ZeroDivisionError
        return super().call(fn, *args)


def test_a_fault_in_stamping_early_is_told_as_any_other(tiny: Tiny) -> None:
    tiny.build(WORKBOOK)
    before = contents(tiny.kit)
    renamed(tiny)
    with pytest.raises(ZeroDivisionError):
        tiny.build(WORKBOOK, executor=FailingExecutor())
    assert contents(tiny.kit) == before

"""A layout that does not come back out of C ends its process, and is told; the rest goes on."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.tiny_workspace.workspace import Tiny, contents
from workshop.building.steps import layouts
from workshop.building.workers import stuck_layouts
from workshop.building.workers.processes import worker_pool
from workshop.building.workers.tasks import lay_out
from workshop.composing.pages.render_job import RenderJob
from workshop.diagnostics import ContentError, EnvironmentFault
from workshop.limits import STUCK_LAYOUT
from workshop.typesetting.ending.failures import LayoutFailed

pytestmark = pytest.mark.slow

STUCK = "It never comes back"


def lay_out_or_hang(job: RenderJob) -> Any:
    """Lay a part out, or call into C and keep the interpreter's lock, so that no thread runs."""
    if STUCK in job.html:
        ctypes.PyDLL(None).sleep(1000)
    return lay_out(job)


def words_or_hang(job: RenderJob) -> str:
    if STUCK in job.html:
        ctypes.PyDLL(None).sleep(1000)
    time.sleep(0.1)
    return job.html


@pytest.fixture(autouse=True)
def short_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what hangs do so for a second, and give what does not all the time it needs."""
    seconds = {True: 1 / STUCK_LAYOUT.most, False: 100.0}
    monkeypatch.setattr(
        stuck_layouts, "allowed_seconds", lambda html, _seconds: seconds[STUCK in html]
    )


def job(words: str) -> RenderJob:
    return RenderJob(words, (), (), (), (), seconds=7)


def test_a_layout_that_hangs_in_c_is_told_with_its_files_and_the_last_kit_stays(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.build("participant-workbook")
    last = contents(tiny.kit)
    monkeypatch.setattr(layouts, "lay_out", lay_out_or_hang)
    module = tiny.root / "modules" / "asking.md"
    tiny.write("modules/asking.md", f"{module.read_text('utf-8')}\n{STUCK}.\n")
    with pytest.raises(ContentError) as caught:
        tiny.build("participant-workbook", workers=2)
    [fault] = caught.value.diagnostics
    assert fault.code == "layout-failed"
    assert fault.message.startswith(
        "This part takes longer than 20 seconds to lay out, and may never end (in the part “"
    )
    assert "asking.md" in f"{fault.location} {fault.hint}"
    assert contents(tiny.kit) == last
    assert {path.name for path in tiny.kit.parent.iterdir()} == {
        "autumn",
        ".autumn.lock",
        ".autumn.written",
    }


def test_other_work_is_done_by_new_processes() -> None:
    with worker_pool(2) as executor:
        notes = Path(vars(executor)["_notes"].name)
        assert notes.is_dir()
        first = executor.submit(os.getpid).result()
        words = [f"{number}" for number in range(9)]
        begun: list[Future[Any]] = [executor.submit(words_or_hang, job(STUCK))]
        begun += [executor.submit(words_or_hang, job(word)) for word in words]
        begun += [executor.submit(divmod, 7, 2), executor.submit(divmod, 1, 0)]
        hung, *others, sound, faulty = begun
        with pytest.raises(LayoutFailed, match="longer than 7 seconds") as caught:
            hung.result(60)
        # With `--debug` one sees where it was.
        assert "words_or_hang" in str(caught.value.__cause__)
        assert [other.result(60) for other in others] == words
        assert sound.result(60) == (3, 1)
        with pytest.raises(ZeroDivisionError):
            faulty.result(60)
        assert executor.submit(os.getpid).result(60) != first
        # One more that hangs, later.
        with pytest.raises(LayoutFailed):
            executor.submit(words_or_hang, job(f"{STUCK} either")).result(60)
        assert executor.submit(divmod, 9, 2).result(60) == (4, 1)
    assert not notes.exists()


def test_a_process_ended_from_outside_stays_a_fault_of_the_machine() -> None:
    def end_one_after_another() -> None:
        with worker_pool(2) as executor:
            with pytest.raises(LayoutFailed):
                executor.submit(words_or_hang, job(STUCK)).result(60)
            os.kill(executor.submit(os.getpid).result(60), signal.SIGKILL)
            while True:
                executor.submit(words_or_hang, job("words")).result(60)

    with pytest.raises(EnvironmentFault, match="ended from outside"):
        end_one_after_another()


def test_a_build_does_not_wait_for_what_hangs_when_it_stops() -> None:
    began = time.monotonic()

    def stop() -> None:
        with worker_pool(2) as executor:
            executor.submit(words_or_hang, job(STUCK))
            time.sleep(0.5)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stop()
    assert time.monotonic() - began < 30


def test_a_bound_grows_with_the_part_and_with_what_the_workspace_allows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.undo()
    seconds = [
        stuck_layouts.LayoutNote.of_job(replace(job(words), seconds=allowed), tmp_path).seconds
        for words, allowed in (("", None), ("", 120), ("x" * 100_000, None))
    ]
    assert seconds == [60, 360, 120]

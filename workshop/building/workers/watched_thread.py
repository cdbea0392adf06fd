"""Lay out in this process, which another one ends if a layout never comes back.

A call into C may keep the interpreter's lock, so nothing in this process could end it and say why.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from html import unescape
from subprocess import DEVNULL, PIPE, Popen
from typing import Any

from workshop.building.workers import watch_over
from workshop.building.workers.process_memory import use_memory
from workshop.building.workers.stuck_layouts import is_of_a_layout, seconds_until_stuck
from workshop.composing.pages.render_job import RenderJob
from workshop.keeping.memory import Memory

_TITLE = re.compile(r"<title>([^<]*)</title>")


class WatchedThread(ThreadPoolExecutor):
    """Does work in a thread of this process; with a debugger, layouts are not watched."""

    def __init__(self, memory: Memory | None = None) -> None:
        super().__init__(1, initializer=use_memory, initargs=(memory or Memory(),))
        self._watch: Popen[bytes] | None = None
        self._is_debugged = False
        self._hook = sys.breakpointhook
        sys.breakpointhook = self._stop_and_debug

    def submit(self, work: Callable[..., Any], /, *of: Any, **named: Any) -> Future[Any]:
        """Have some work done after all that was handed in before."""
        if is_of_a_layout(of):
            return super().submit(self._do_watched, work, *of)
        return super().submit(work, *of, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the thread when it is done, and the watch."""
        super().shutdown(wait, cancel_futures=cancel_futures)
        sys.breakpointhook = self._hook
        if self._watch and self._watch.stdin:
            with suppress(BrokenPipeError):
                self._watch.stdin.close()
            self._watch.wait()

    def _do_watched(self, work: Callable[..., Any], job: RenderJob) -> Any:
        self._tell(f"{seconds_until_stuck(job):.1f} {_words_for(job)}")
        try:
            return work(job)
        finally:
            self._tell("")

    def _tell(self, line: str) -> None:
        if self._watch is None:
            command = [sys.executable, "-I", "-S", watch_over.__file__]
            self._watch = Popen(command, stdin=PIPE, stdout=DEVNULL)  # noqa: S603
        if not self._is_debugged and not _has_debugger() and self._watch.stdin:
            with suppress(BrokenPipeError):
                self._watch.stdin.write(f"{line}\n".encode())
                self._watch.stdin.flush()

    def _stop_and_debug(self, *of: Any, **named: Any) -> Any:
        """Answer `breakpoint()`: however long somebody looks around, nothing ends the process."""
        self._tell("")
        self._is_debugged = True
        return self._hook(*of, **named)


def _has_debugger() -> bool:
    monitoring = getattr(sys, "monitoring", None)
    if monitoring and monitoring.get_tool(monitoring.DEBUGGER_ID):
        return True
    return sys.gettrace() is not None


def _words_for(job: RenderJob) -> str:
    title = _TITLE.search(job.html)
    called = f" of “{unescape(title[1])}”" if title else ""
    return (
        f"error: A part{called} does not come back from its layout, and this command was ended "
        "[layout-failed]\\n  Take back the last change to its style sheet, its pictures or fonts. "
        "With `--jobs 2` the part is named, and the others are laid out."
    )

"""Show how a build goes on: a bar on a terminal, lines of JSON for a script, nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from workshop.cli.terminal import echo_json, harmless

if TYPE_CHECKING:
    from rich.progress import TextColumn

    from workshop.building.build_plan import BuildProgress
    from workshop.press.run import PackProgress

_STAGES = {"lay out": "Laying out", "write": "Writing"}


@contextmanager
def following(*, quiet: bool, as_json: bool) -> Iterator[Callable[[BuildProgress], None]]:
    """Yield what to call after each step; a bar is gone when the block ends."""
    if as_json:
        yield lambda progress: say("progress", **asdict(progress))
    elif quiet or not sys.stderr.isatty():
        yield lambda _progress: None
    else:
        with _bar() as follow:
            yield follow


@contextmanager
def packs_following() -> Iterator[Callable[[PackProgress], None]]:
    """Yield what to call after each pack; a bar on a terminal, gone when the block ends."""
    if not sys.stderr.isatty():
        yield lambda _progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("Packing"),
        BarColumn(),
        MofNCompleteColumn(),
        _described_column(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda progress: bar.update(
            task,
            completed=progress.done,
            total=progress.total,
            description=harmless(f"{progress.cohort}: {progress.what}", one_line=True),
        )


def say(event: str, **values: Any) -> None:
    """Print an event as a line of JSON."""
    echo_json({"event": event, **values})


@contextmanager
def _bar() -> Iterator[Callable[[BuildProgress], None]]:
    """Yield what shows a bar from the first step on; nothing is loaded before that."""
    with ExitStack() as stack:
        show: Callable[[BuildProgress], None] | None = None

        def follow(progress: BuildProgress) -> None:
            nonlocal show
            if show is None:
                show = stack.enter_context(_shown_bar())
            show(progress)

        yield follow


@contextmanager
def _shown_bar() -> Iterator[Callable[[BuildProgress], None]]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("{task.fields[stage]}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        _described_column(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        tasks = {
            stage: bar.add_task("", total=None, stage=f"{words:<10}", visible=stage == "lay out")
            for stage, words in _STAGES.items()
        }
        yield lambda progress: bar.update(
            tasks[progress.stage],
            completed=progress.done,
            total=progress.total,
            description=_describe_progress(progress),
            visible=True,
        )


def _describe_progress(progress: BuildProgress) -> str:
    kept = f" ({progress.kept} from earlier builds)" if progress.kept else ""
    return harmless(f"{progress.what}{kept}", one_line=True)


def _described_column() -> TextColumn:
    """Return the column of what is at work; its text is no markup, whatever stands in a name."""
    from rich.progress import TextColumn

    return TextColumn("{task.description}", style="dim", markup=False)

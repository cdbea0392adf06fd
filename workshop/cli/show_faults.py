"""Show faults as a user reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from workshop.diagnostics import Diagnostic, EnvironmentFault, Severity, WorkshopError

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


class ShownError(click.ClickException):
    """Shows a fault the user can mend as text, with the exit code of its family."""

    def __init__(self, error: WorkshopError) -> None:
        super().__init__(str(error))
        self.exit_code = error.exit_code  # type: ignore[misc]  # Click sets it on the class
        self._diagnostics = error.diagnostics

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the faults; Click calls this when a command stops."""
        show(self._diagnostics)


def refused(error: OSError) -> EnvironmentFault:
    """Return what the file system refuses as a fault: no room, no right, something in the way."""
    place = f"{error.filename}: " if error.filename else ""
    return EnvironmentFault.single("file-system", f"{place}{error.strerror or error}")


def report(diagnostics: Iterable[Diagnostic], *, as_json: bool) -> None:
    """Print faults, and for scripts each as a line of JSON on standard output too."""
    faults = list(diagnostics)
    show(faults)
    if as_json:
        _say(faults)


@contextmanager
def reported(*, as_json: bool) -> Iterator[None]:
    """Give scripts a line of JSON for every fault that stops the block."""
    try:
        yield
    except WorkshopError as error:
        if as_json:
            _say(error.diagnostics)
        raise


def _say(diagnostics: Iterable[Diagnostic]) -> None:
    from workshop.cli.progress import say

    for fault in diagnostics:
        say("found", **fault.data)


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print faults to standard error: place, sentence, hint."""
    for fault in diagnostics:
        place = f"{fault.location}: " if fault.location else ""
        severity = click.style(fault.severity.value, fg=_COLOURS[fault.severity], bold=True)
        code = click.style(f"[{fault.code}]", dim=True)
        click.echo(f"{place}{severity}: {fault.sentence} {code}", err=True)
        if fault.hint:
            click.echo(f"  {fault.hint}", err=True)

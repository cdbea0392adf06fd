"""Show faults as a user reads them in a terminal."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from workshop.alike import once_in_all_kits, once_per_kind
from workshop.cli.terminal import Styled, echo, harmless
from workshop.diagnostics import (
    ContentError,
    Diagnostic,
    EnvironmentFault,
    Location,
    Severity,
    WorkshopError,
)
from workshop.file_errors import not_a_file
from workshop.limits import MESSAGE_LINES, MESSAGES_OF_A_KIND
from workshop.user_files import leads_to_itself

F = TypeVar("F", bound=Callable[..., Any])

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_KEY = "workshop.faults"  # in Click's context, which all commands of a call share
_LONGEST = 600
_MOST_QUOTES = 12  # of a fault, each on its line
_IN_FULL = " (--all shows the whole of it)"


class ShownError(click.ClickException):
    """Shows a fault the user can mend as text, with the exit code of its family."""

    def __init__(self, error: WorkshopError, *, debug: bool = False) -> None:
        super().__init__(str(error))
        self._error = error if debug else None
        self.exit_code = error.exit_code  # type: ignore[misc]  # Click sets it on the class
        self._diagnostics = error.diagnostics
        self._context = click.get_current_context(silent=True)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the faults; Click calls this when a command stops."""
        with self._context.scope(cleanup=False) if self._context else nullcontext():
            show(self._diagnostics)
        if self._error:
            echo("".join(traceback.format_exception(self._error)), err=True)


def refused(error: OSError) -> WorkshopError:
    """Return what the file system refuses as a fault: no room, no right, something in the way."""
    if error.errno == errno.ELOOP and error.filename and leads_to_itself(Path(error.filename)):
        message, hint = "This link leads back to itself", "Remove it, and put the file there."
        return ContentError.single("link-loop", message, Location(Path(error.filename)), hint)
    if in_the_way := not_a_file(error):
        message, hint = in_the_way
        return EnvironmentFault.single("file-system", message, hint=hint)
    if error.errno == errno.ENOENT and not error.filename:
        message = "The folder in which this command was started is no longer there"
        hint = "Change into the workspace’s folder again, and repeat the command."
        return EnvironmentFault.single("file-system", message, hint=hint)
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
    """Print faults to standard error: place, sentence, hint; not those that a client accepts.

    Of one kind in one file the first are shown and the others counted, and no more is shown in a
    run than anybody reads, errors first, unless the command was given --all.
    """
    run = _run_of_now()
    told = [fault for fault in diagnostics if fault.severity is not Severity.ACCEPTED]
    if run.shows_all:
        for fault in told:
            _print(fault, cut=False)
        return
    faults = once_per_kind(once_in_all_kits(told), MESSAGES_OF_A_KIND.most)
    # Errors come first in a choice; what is chosen is shown in its order.
    by_weight = sorted(faults, key=lambda fault: fault.severity is not Severity.ERROR)
    chosen = {id(fault) for fault in by_weight if run.has_room_for(fault)}
    for fault in faults:
        if id(fault) in chosen:
            _print(fault, cut=True)
    if left_out := len(faults) - len(chosen):
        echo(f"{left_out:,} more messages are not shown here; --all shows them.", err=True)


@dataclass
class _Run:
    """Counts the lines of faults that a command has shown; `shows_all` as --all says."""

    shows_all: bool = False
    lines: int = 0

    def has_room_for(self, fault: Diagnostic) -> bool:
        """Take the fault's lines from those that a run may show; False if they are too many."""
        proposed = sum(1 + len(proposal.lines) for proposal in fault.proposals)
        quoted = min(len(fault.quotes), _MOST_QUOTES + 1)
        self.lines += (2 if fault.hint else 1) + proposed + quoted
        return self.lines <= MESSAGE_LINES.most


def all_option(function: F) -> F:
    """Add --all, which shows every fault and each in full."""

    def note(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
        ctx.meta[_KEY] = _Run(shows_all=value)

    return click.option(
        "--all",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=note,
        help="Show every message, however many there are of a kind.",
    )(function)


def _run_of_now() -> _Run:
    context = click.get_current_context(silent=True)
    run: _Run = context.meta.setdefault(_KEY, _Run()) if context else _Run()
    return run


def _print(fault: Diagnostic, *, cut: bool) -> None:
    longest = _LONGEST if cut else None
    place = f"{fault.location}: " if fault.location else ""
    severity = Styled(fault.severity.value, _COLOURS[fault.severity], bold=True)
    sentence = _on_one_line(fault.sentence, longest)
    code = Styled(f"[{fault.code}]", dim=True)
    echo(_on_one_line(place, None), severity, f": {sentence} ", code, err=True)
    if fault.hint:
        echo(f"  {_on_one_line(fault.hint, longest)}", err=True)
    quotes = fault.quotes[:_MOST_QUOTES] if cut else fault.quotes
    for quote in quotes:
        echo(f"    {_on_one_line(str(quote), None)}", err=True)
    if more := len(fault.quotes) - len(quotes):
        places = "1 more place" if more == 1 else f"{more} more places"
        echo(f"    and {places} (--all shows all of them)", err=True)
    for proposal in fault.proposals:
        echo(f"    - {_on_one_line(proposal.cost, None)}:", err=True)
        for line in proposal.lines:
            # Whole, however long: it is there to be typed.
            echo(f"      {_on_one_line(line, None)}", err=True)


def _on_one_line(text: str, longest: int | None) -> str:
    """Return a text without line ends, which would pass for another message, and cut short."""
    line = harmless(text, one_line=True)
    return line if longest is None or len(line) <= longest else f"{line[: longest - 1]}…{_IN_FULL}"

"""Raise mistakes whose place is not known yet, and collect the faults of several steps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from workshop.diagnostics import ContentError, Diagnostic

ENDLESS = "endless"


class Mistake(Exception):
    """Is raised by functions that texts and templates call; `faults_of` adds the place."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class Faults:
    """Collects the faults of several steps, each of which stops at its own faults."""

    def __init__(self) -> None:
        # A dictionary keeps the order and drops repetitions.
        self._diagnostics: dict[Diagnostic, None] = {}

    def __bool__(self) -> bool:
        return bool(self._diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._diagnostics)

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Collect the faults that stop a step, and go on after it."""
        try:
            yield
        except ContentError as error:
            self.add(error)

    def add(self, error: ContentError) -> None:
        """Add the faults of an error that has been caught.

        What is endless leaves no steps for what comes after it, which need not be at fault.
        """
        is_spent = any(fault.code == ENDLESS for fault in self)
        for fault in error.diagnostics:
            if not (is_spent and fault.code == ENDLESS):
                self._diagnostics[fault] = None
                is_spent |= fault.code == ENDLESS

    def stop(self) -> None:
        """Raise `ContentError` with all collected faults, if there are any."""
        if self._diagnostics:
            raise ContentError(self._diagnostics)

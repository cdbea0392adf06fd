"""What is found wrong before its place is known; and the faults of several steps, kept together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from workshop.diagnostics import ContentError, Diagnostic


class Mistake(Exception):
    """Raised by what texts and templates call; `faults_of` adds the place."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class Faults:
    """The faults of several steps, each of which stops at its own."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what stops a step, and go on after it."""
        try:
            yield
        except ContentError as error:
            self._found.update(dict.fromkeys(error.diagnostics))

    def stop(self) -> None:
        """Raise `ContentError` with all that was kept, if anything was."""
        if self._found:
            raise ContentError(self._found)

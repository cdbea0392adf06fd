"""A wrong name met while a text or a template is filled in, before its place is known."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.diagnostics import ContentError, Location, nearest


class Misnamed(Exception):  # it is not an error class of its own: `located` makes one
    """Raised by what texts and templates call; whoever fills them in adds the place."""

    def __init__(self, code: str, message: str, word: str, known: Iterable[str]) -> None:
        super().__init__(message)
        self._code = code
        self._message = message
        self._hint = nearest(word, known)

    def located(self, place: Location | None) -> ContentError:
        """Return the fault with its place."""
        return ContentError.of(self._code, self._message, place, self._hint)

"""Add to errors what was being made when they arose: part, document, people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from workshop.diagnostics import ContentError

if TYPE_CHECKING:
    from workshop.planning.job import Job


@contextmanager
def noting(what: str) -> Iterator[None]:
    """Say of whatever the block raises what was being made.

    The faults of a `ContentError` say it in their message, any other exception in a note.
    """
    try:
        yield
    except ContentError as error:
        raise ContentError(
            replace(fault, message=f"{fault.message} (in {what})") for fault in error.diagnostics
        ) from error
    except Exception as error:
        error.add_note(f"While making {what}.")
        raise


def described(jobs: Sequence[Job]) -> str:
    """Return the files of some jobs in words: the first, whom it is for, and how many more."""
    first, *others = jobs
    for_whom = f" for {first.name}" if first.name else ""
    more = f" and {len(others)} more" if others else ""
    return f"{first.file}{for_whom}{more}"

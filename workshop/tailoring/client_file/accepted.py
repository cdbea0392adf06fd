"""Set apart the warnings that a client accepts, each with the reason that its file gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from workshop.content.yaml.files import FileModel, YamlSource
from workshop.diagnostics import Diagnostic, Location, Quote, Severity

Words = Annotated[str, Field(min_length=1)]
# Warnings that are given once, when a client is made of another one, and what later checks say of
# the same words.
WHILE_COPYING = frozenset({"old-client", "old-person"})
# Warnings of those who send letters, for which nobody looks before.
WHILE_SENDING = frozenset(
    {"day-passed", "kit-outdated", "no-address", "no-managers", "no-timezone"}
)
_LATER = {"old-client": "other-client"}


class Accept(FileModel):
    """Names a warning to accept by its code, and the file or the words for which it is accepted."""

    code: Words
    reason: Words
    file: Words | None = None
    about: Words | None = None


@dataclass(frozen=True)
class Acceptance:
    """Holds what the client file accepts, and where it says so."""

    entry: Accept
    place: Location

    def covers(self, fault: Diagnostic) -> bool:
        """Tell whether this is the fault that is accepted; an error never is."""
        entry = self.entry
        return (
            fault.severity is not Severity.ERROR
            and fault.code in (entry.code, _LATER.get(entry.code))
            and (entry.file is None or _is_in(fault, entry.file))
            and (entry.about is None or entry.about in fault.sentence or self._is_in_all(fault))
        )

    def _is_in_all(self, fault: Diagnostic) -> bool:
        """Tell whether all sentences that a fault quotes have the words of this entry."""
        return bool(fault.quotes) and all(map(self._has, fault.quotes))

    def covers_place(self, code: str, quote: Quote) -> bool:
        """Tell whether one of a fault’s many places is accepted, for the words there."""
        entry = self.entry
        is_there = entry.file is None or f"/{quote.location.path.as_posix()}".endswith(
            f"/{entry.file}"
        )
        return code == entry.code and is_there and bool(entry.about) and self._has(quote)

    def _has(self, quote: Quote) -> bool:
        return (self.entry.about or "") in quote.words


def acceptances(entries: Sequence[Accept], source: YamlSource) -> tuple[Acceptance, ...]:
    """Return the entries of a client file's `accept`, each with its place there."""
    return tuple(
        Acceptance(entry, source.location("accept", index)) for index, entry in enumerate(entries)
    )


def _is_in(fault: Diagnostic, file: str) -> bool:
    """Tell whether a fault is in a file whose path ends so, or in a document of this name."""
    path = f"/{fault.location.path.as_posix()}" if fault.location else ""
    document = fault.printed.document if fault.printed else None
    return path.endswith(f"/{file}") or document == file


def mark_accepted(faults: Iterable[Diagnostic], accepted: Sequence[Acceptance]) -> list[Diagnostic]:
    """Return the faults; those that the client accepts are no longer warnings."""
    return [
        replace(fault, severity=Severity.ACCEPTED)
        if any(acceptance.covers(fault) for acceptance in accepted)
        else fault
        for fault in faults
    ]


def unused(
    accepted: Sequence[Acceptance], faults: Sequence[Diagnostic], told_elsewhere: Iterable[str] = ()
) -> Iterator[Diagnostic]:
    """Yield a warning for each entry that covers none of the faults.

    Entries with one of the codes `told_elsewhere` are left alone: nobody has looked for these here.
    """
    codes = frozenset(told_elsewhere)
    for acceptance in accepted:
        is_used = any(acceptance.covers(fault) for fault in faults)
        if not is_used and acceptance.entry.code not in codes:
            yield Diagnostic(
                "accept-unused",
                f"No warning “{acceptance.entry.code}” is left that this accepts",
                acceptance.place,
                "Take it out.",
                Severity.WARNING,
            )

"""Faults as values: where something is wrong, what, and what would be right.

A stage collects every fault it finds in a `Report` and stops once, at its end, so that a trainer
mends a file in one go. An exception is only for stopping; each family has its exit code.
"""

from __future__ import annotations

import difflib
import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Self

# Of more pages it is enough to know how many.
_MOST_PAGES = 6


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file the user wrote. Lines and columns count from 1."""

    path: Path
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        numbers = (str(number) for number in (self.line, self.column) if number is not None)
        return ":".join([display_path(self.path), *numbers])


@dataclass(frozen=True, order=True)
class Printed:
    """A place on paper: in which document of which kit, and on which pages, from 1.

    Without pages it is known only that it is in the part, or without one, in the file.
    """

    client: str
    cohort: str
    document: str
    part: str = ""
    pages: tuple[int, ...] = ()

    def __str__(self) -> str:
        where = [f"{self.client} {self.cohort}", self.document]
        if self.pages:
            shown = ", ".join(map(str, self.pages[:_MOST_PAGES]))
            more = len(self.pages) - _MOST_PAGES
            where.append(f"{'pages' if self.pages[1:] else 'page'} {shown}")
            where[-1] += f" and {more} more" if more > 0 else ""
        elif self.part:
            where.append(f"part “{self.part}”")
        return ", ".join(where)


class Severity(enum.Enum):
    """Whether a fault stops the run."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Diagnostic:
    """One fault: a stable code, a sentence, its place and a hint at what would be right.

    A fault of finished pages has a place on paper too.
    """

    code: str
    message: str
    location: Location | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR
    printed: Printed | None = None

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"{place}{self.severity.value}: {self.sentence} [{self.code}]{hint}"

    @property
    def sentence(self) -> str:
        """What is wrong, and where on paper."""
        return f"{self.printed}: {self.message}" if self.printed else self.message

    @property
    def data(self) -> dict[str, Any]:
        """All of it as JSON takes it, on one level; what is not known is left out."""
        found: dict[str, Any] = {
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
        }
        if self.location:
            found |= {"file": str(self.location.path), **asdict(self.location)}
            del found["path"]
        if self.printed:
            found |= asdict(self.printed)
        return {name: value for name, value in found.items() if value not in (None, "", ())}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the diagnostic that has this data."""
        place, printed = None, None
        if "file" in data:
            place = Location(Path(data["file"]), data.get("line"), data.get("column"))
        if "document" in data:
            printed = Printed(
                data["client"],
                data["cohort"],
                data["document"],
                data.get("part", ""),
                tuple(data.get("pages", ())),
            )
        severity = Severity(data["severity"])
        return cls(data["code"], data["message"], place, data.get("hint"), severity, printed)


# What is looked for in finished texts and pages. It may be left as it is: it is an error only for
# who asks for that.
PREFLIGHT = frozenset(
    {
        "blank-page",
        "clipped-text",
        "low-resolution",
        "missing-glyph",
        "off-page",
        "other-client",
        "segment-label",
        "shrunk-space",
        "slot-too-small",
        "split-space",
        "wrong-audience",
    }
)


def strictly(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics with what preflight finds made errors."""
    return [
        replace(one, severity=Severity.ERROR) if one.code in PREFLIGHT else one for one in found
    ]


@dataclass
class Report:
    """The faults of one stage, in the order found."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.diagnostics)

    def error(
        self, code: str, message: str, location: Location | None = None, hint: str | None = None
    ) -> None:
        """Note a fault that stops the run at the end of the stage."""
        self.diagnostics.append(Diagnostic(code, message, location, hint))

    def warn(
        self, code: str, message: str, location: Location | None = None, hint: str | None = None
    ) -> None:
        """Note something the user should know and may leave as it is."""
        self.diagnostics.append(Diagnostic(code, message, location, hint, Severity.WARNING))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take over the faults another step found."""
        self.diagnostics.extend(diagnostics)

    @property
    def errors(self) -> list[Diagnostic]:
        """Only what stops the run."""
        return [found for found in self if found.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Diagnostic]:
        """Only what does not stop the run."""
        return [found for found in self if found.severity is Severity.WARNING]

    def stop_on_errors(self) -> None:
        """Raise `ContentError` with everything found, if any of it is an error."""
        if self.errors:
            raise ContentError(self.diagnostics)


class WorkshopError(Exception):
    """What the user can mend; shown as text, never as a traceback."""

    exit_code = 1

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = list(diagnostics)
        super().__init__("\n".join(str(found) for found in self.diagnostics))

    def __reduce__(self) -> tuple[type[Self], tuple[list[Diagnostic]]]:
        # An error raised in a worker process crosses over with its diagnostics.
        return type(self), (self.diagnostics,)

    @classmethod
    def single(
        cls, code: str, message: str, location: Location | None = None, hint: str | None = None
    ) -> Self:
        """Build the error for a single fault."""
        return cls([Diagnostic(code, message, location, hint)])


class ContentError(WorkshopError):
    """The user's modules, templates, client file or roster are at fault. Exit code 1."""


class UsageError(WorkshopError):
    """The command asks for something that is not there. Exit code 2."""

    exit_code = 2


class EnvironmentFault(WorkshopError):
    """The machine lacks something the product needs. Exit code 3."""

    exit_code = 3


def nearest(word: str, valid: Iterable[str]) -> str | None:
    """Return a hint naming the valid word closest to `word`, or listing all when none is close."""
    words = sorted(set(valid))
    if hint := did_you_mean(word, words):
        return hint
    return "Known here: " + ", ".join(words) + "." if words else None


def did_you_mean(word: str, valid: Iterable[str]) -> str | None:
    """Return a hint naming the valid word closest to `word`, or None when none is close."""
    by_small = {valid_word.lower(): valid_word for valid_word in sorted(valid)}
    close = difflib.get_close_matches(word.lower(), by_small, n=1, cutoff=0.6)
    return f"Did you mean “{by_small[close[0]]}”?" if close else None


def display_path(path: Path) -> str:
    """Return `path` as the user would type it: relative to the working folder where below it."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()

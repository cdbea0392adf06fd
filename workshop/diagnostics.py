"""Describe faults as values: where something is wrong, what is wrong, and what would be right.

A stage collects every fault in a `Report` and stops once, at its end, so that a trainer can mend a
file in one go. Exceptions are only for stopping; each family of them has its exit code.
"""

from __future__ import annotations

import difflib
import enum
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

# A message lists this many page numbers, or files, and says how many more there are.
_MOST_PAGES = 6
# What is cut out of the middle of a quotation of more than 300 characters.
_LONG_QUOTE = re.compile(r"“([^”]{200})[^”]{60,}([^”]{40})”", re.DOTALL)
# A hint lists this many words. Among more than the second number none is looked for: each fault
# would take seconds.
_MOST_WORDS = 30
_MOST_COMPARED = 2_000
_MOST_FILES = 3
# Files whose places are cells: "people.xlsx:B3".
_SPREADSHEETS = frozenset({".xlsx", ".xlsm"})


@dataclass(frozen=True, order=True)
class Location:
    """Names a place in a file the user wrote. Lines and columns count from 1.

    In a spreadsheet they are rows and columns of cells.
    """

    path: Path
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        if self.line and self.column and self.unit == "row":
            return f"{display_path(self.path)}:{_letters(self.column)}{self.line}"
        numbers = (str(number) for number in (self.line, self.column) if number is not None)
        return ":".join([display_path(self.path), *numbers])

    @property
    def unit(self) -> str:
        """What its number counts: the "row" of a spreadsheet or the "line" of a text."""
        return "row" if self.path.suffix.lower() in _SPREADSHEETS else "line"


def _letters(column: int) -> str:
    """Return a column as spreadsheets call it: 2 is B, 28 is AB (ECMA-376, part 1, 18.18.62)."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


@dataclass(frozen=True, order=True)
class Printed:
    """Names a place on paper: the kit, the document, its part and the pages, counted from 1.

    Without pages, the place is somewhere in the part. Without a part, it is somewhere in the file.
    `files` are those of the copies that have the place, and empty where all copies have it.
    """

    client: str
    cohort: str
    document: str
    part: str = ""
    pages: tuple[int, ...] = ()
    files: tuple[str, ...] = ()

    def __str__(self) -> str:
        files = f" ({_some(self.files, _MOST_FILES)})" if self.files else ""
        where = [f"{self.client} {self.cohort}", f"{self.document}{files}"]
        if self.pages:
            word = "pages" if self.pages[1:] else "page"
            where.append(f"{word} {_some(self.pages, _MOST_PAGES)}")
        elif self.part:
            where.append(f"part “{self.part}”")
        return ", ".join(where)


def _some(things: Sequence[object], most: int) -> str:
    more = len(things) - most
    return ", ".join(map(str, things[:most])) + (f" and {more} more" if more > 0 else "")


class Severity(enum.Enum):
    """Says whether a fault stops the run, and whether the client file accepts it as it is."""

    ERROR = "error"
    WARNING = "warning"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Quote:
    """Holds the words that a fault is about, as they stand at one of its places."""

    location: Location
    words: str

    def __str__(self) -> str:
        return f"{self.location}: {self.words}"


@dataclass(frozen=True)
class Proposal:
    """Holds lines to type into a file, which together mend a fault, and in words what they cost."""

    cost: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([f"    - {self.cost}:", *(f"      {line}" for line in self.lines)])


@dataclass(frozen=True)
class Diagnostic:
    """Describes a fault: a stable code, a sentence, its place and a hint at what would be right.

    A message quotes no more than the beginning and the end of a long text. `printed` is the place
    on paper of a fault that was seen on finished pages. Any of the `proposals` mends the fault by
    itself, the one that changes least comes first. A warning may be accepted by its code and the
    words `accept_by`, where there are such words. `quotes` are the words at each place of a fault
    that only who reads them can judge.
    """

    code: str
    message: str
    location: Location | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR
    printed: Printed | None = None
    proposals: tuple[Proposal, ...] = ()
    accept_by: str = ""
    quotes: tuple[Quote, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _LONG_QUOTE.sub(r"“\1 … \2”", self.message))

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        lines = [f"{place}{self.severity.value}: {self.sentence} [{self.code}]"]
        lines += [f"  {self.hint}"] if self.hint else []
        lines += [f"    {quote}" for quote in self.quotes]
        return "\n".join([*lines, *map(str, self.proposals)])

    @property
    def sentence(self) -> str:
        """The message, after the place on paper where there is one."""
        return f"{self.printed}: {self.message}" if self.printed else self.message

    @property
    def data(self) -> dict[str, Any]:
        """The diagnostic as a flat mapping for JSON, without empty values."""
        fields: dict[str, Any] = {
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "proposals": [asdict(proposal) for proposal in self.proposals],
            "accept_by": self.accept_by,
            "quotes": [_quote_data(quote) for quote in self.quotes],
        }
        if self.location:
            fields |= {"file": str(self.location.path), **asdict(self.location)}
            del fields["path"]
        if self.printed:
            fields |= asdict(self.printed)
        return {name: value for name, value in fields.items() if value not in (None, "", (), [])}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the diagnostic whose `data` this is."""
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
                tuple(data.get("files", ())),
            )
        severity = Severity(data["severity"])
        proposals = tuple(
            Proposal(entry["cost"], tuple(entry["lines"])) for entry in data.get("proposals", ())
        )
        return cls(
            data["code"],
            data["message"],
            place,
            data.get("hint"),
            severity,
            printed,
            proposals,
            data.get("accept_by", ""),
            tuple(
                Quote(Location(Path(entry["file"]), entry.get("line")), entry["words"])
                for entry in data.get("quotes", ())
            ),
        )


def _quote_data(quote: Quote) -> dict[str, Any]:
    place = quote.location
    return {"file": str(place.path), "line": place.line, "words": quote.words}


@dataclass
class Report:
    """Collects the faults of one stage in the order in which they are reported."""

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
        """Note a fault that does not stop the run: the user may leave it as it is."""
        self.diagnostics.append(Diagnostic(code, message, location, hint, Severity.WARNING))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add the faults that another step reported."""
        self.diagnostics.extend(diagnostics)

    @property
    def errors(self) -> list[Diagnostic]:
        """The faults that stop the run."""
        return [fault for fault in self if fault.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Diagnostic]:
        """The faults that do not stop the run."""
        return [fault for fault in self if fault.severity is Severity.WARNING]

    def stop_on_errors(self) -> None:
        """Raise `ContentError` with every fault, warnings too, if one of them is an error."""
        if self.errors:
            raise ContentError(self.diagnostics)


class WorkshopError(Exception):
    """Stops the run for faults the user can mend; shown as text, never as a traceback."""

    exit_code = 1

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = list(diagnostics)
        super().__init__("\n".join(str(fault) for fault in self.diagnostics))

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
    """Says that the user's modules, templates, client file or roster are wrong. Exit code 1."""


class UsageError(WorkshopError):
    """Says that the command asks for something that is not there. Exit code 2."""

    exit_code = 2


class EnvironmentFault(WorkshopError):
    """Says that the machine lacks something the product needs. Exit code 3."""

    exit_code = 3


def nearest(word: str, valid: Iterable[str]) -> str | None:
    """Return a hint that names the valid word closest to `word`, or lists all if none is close."""
    words = set(valid)
    return did_you_mean(word, words) or known_here(words)


def known_here(valid: Iterable[str]) -> str | None:
    """Return a hint that lists the valid words, or as many as can be read; None if none is."""
    words = sorted(set(valid))
    listed = ", ".join(words[:_MOST_WORDS])
    more = f" and {len(words) - _MOST_WORDS:,} more" if len(words) > _MOST_WORDS else ""
    return f"Known here: {listed}{more}." if words else None


def did_you_mean(word: str, valid: Iterable[str]) -> str | None:
    """Return a hint that names the valid word closest to `word`, or None if none is close."""
    near = closest(word, valid)
    return f"Did you mean “{near}”?" if near else None


def closest(word: str, valid: Iterable[str]) -> str | None:
    """Return the valid word closest to `word`, or None if none is close."""
    by_small = {valid_word.lower(): valid_word for valid_word in sorted(valid)}
    if len(by_small) > _MOST_COMPARED:
        return None
    close = difflib.get_close_matches(word.lower(), by_small, n=1, cutoff=0.6)
    return by_small[close[0]] if close else None


def display_path(path: Path) -> str:
    r"""Return `path` as the user would type it: relative if it lies below the working folder.

    A line end in a name is written as `\n`, so that a message keeps its lines.
    """
    try:
        shown = path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        shown = path.as_posix()
    return shown.replace("\r", r"\x0d").replace("\n", r"\n").replace("\t", r"\t")

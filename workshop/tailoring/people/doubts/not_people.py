"""Tell the rows below a roster's people that are no people: another table, totals, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workshop.diagnostics import Report
from workshop.tailoring.people.cells import PersonRow
from workshop.tailoring.people.columns import RosterSettings
from workshop.tailoring.people.headings import PARTS, squeezed
from workshop.tailoring.people.quoting import shown

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[\d\s.,:%/()-]*")
_TOTAL = re.compile(
    r"(?:grand |sub ?|sous-)?total(?: g[eé]n[eé]ral)?|gesamt(?:zahl|summe)?|insgesamt|totaal",
    re.IGNORECASE,
)
# These are names of people too: a number has to stand in the row.
_COUNT = re.compile(
    r"total.*|sum(?:me|ma|s)?|suma|somme|(?:number|count|anzahl|nombre|número|aantal)\b.*"
    r"|participants|people|persons|teilnehmer|teilnehmende|personen|participantes|deelnemers",
    re.IGNORECASE,
)
# What a list of others is called, who may not come.
_OTHERS = re.compile(
    r"wait(?:ing)?[ -]?list.*|wait[- ]?listed|stand[ -]?by|reserves?(?: list)?|on hold|maybe"
    r"|cancell?ed|cancell?ations?|declined|withdrawn|absent(?:ees)?|not attending|no[ -]shows?"
    r"|warteliste.*|nachrücker.*|abgesagt|absagen|storniert|abwesend|verhindert|reserve(?:liste)?"
    r"|liste d[’']attente.*|annulée?s?|absente?s?|désistements?|lista de espera.*|cancelad[oa]s?"
    r"|ausentes?|wachtlijst.*|geannuleerd|afgemeld|afwezig",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[*†‡§•·#>→¹²³⁴⁵].*|//.*|-{2,}.*|={2,}.*|\(?\d\)\s.*|https?://.*"
    r"|(?:note|notes|nb|n\.b\.|legend|key|source|hinweis|anmerkung|legende|quelle|stand|remarque"
    r"|légende|nota|leyenda|opmerking|as of|printed(?: on)?|page|seite|updated|version)\b"
    r".*\d.*"
    r"|.*:(?:\s.*)?",
    re.IGNORECASE | re.DOTALL,
)
_OUT = "It is left out. If it is a person, write the name alone."


def only_people(
    rows: Sequence[PersonRow], settings: RosterSettings, report: Report
) -> list[PersonRow]:
    """Return the rows that are people; what the others are is reported with their places.

    A second table, or a list of others, is an error: nobody can tell who of it takes part.
    """
    people: list[PersonRow] = []
    for row in rows:
        text = _name(row)
        if _is_header(row, settings):
            _tell_table(row, "The names of the columns stand here again", report)
        elif not text or not _has_nothing_else(row):
            people.append(row)
        elif _OTHERS.fullmatch(text.rstrip(" :")):
            _tell_table(row, f"“{shown(text)}” is no person, but seems to begin a list", report)
        elif kind := _kind(row, text):
            message = f"“{shown(text)}” is no person, but {kind}"
            report.warn("roster-no-person", message, row.place(), _OUT)
        else:
            people.append(row)
    _ask_about_last(people, report)
    return people


def _kind(row: PersonRow, text: str) -> str | None:
    """Return what a row is that has no more than a text, and perhaps numbers; None for a person."""
    words = text.strip(" :=0123456789")
    if _TOTAL.fullmatch(words) or (_COUNT.fullmatch(words) and _DIGIT.search("".join(_cells(row)))):
        return "a total"
    return "a note" if _NOTE.fullmatch(text) else None


def _tell_table(row: PersonRow, what: str, report: Report) -> None:
    message = f"{what}: nobody can tell whether the people below take part"
    hint = (
        f"If they do, take this {row.place().unit} out. If not, move them into another file or "
        "sheet."
    )
    report.error("roster-second-table", message, row.place(), hint)


def _ask_about_last(people: list[PersonRow], report: Report) -> None:
    """Ask about rows behind an empty one that have a name alone, where all before have more."""
    behind = next((at for at in range(1, len(people)) if _is_behind_gap(people, at)), None)
    if behind is None or any(map(_has_nothing_else, people[:behind])):
        return
    for row in people[behind:]:
        if _has_nothing_else(row):
            message = f"Is “{shown(_name(row))}” a person? It stands alone below the table"
            report.warn("roster-no-person", message, row.place(), "If not, take it out.")


def _is_behind_gap(people: Sequence[PersonRow], at: int) -> bool:
    """Tell whether a row follows an empty one or, in a text, a line without words."""
    row, last = people[at], people[at - 1].row.number
    if row.row.number == last + 1:
        return False
    if row.table.sheet:
        return True
    between = row.table.lines[last : row.row.number - 1]
    return any(not line.strip(f' \t\r\n"{row.table.delimiter}') for line in between)


def _name(row: PersonRow) -> str:
    return " ".join(" ".join(row.typed(column) for column in row.columns.of_names).split())


def _has_nothing_else(row: PersonRow) -> bool:
    """Tell whether a row has no more than what stands as the name, but for numbers."""
    names = {row.columns.at[column] for column in row.columns.of_names}
    others = (cell for at, cell in enumerate(row.row.cells) if at not in names)
    return all(_NUMBER.fullmatch(cell) for cell in others)


def _is_header(row: PersonRow, settings: RosterSettings) -> bool:
    """Tell whether a row names columns: that of names, and whatever else stands in it."""
    if any("@" in cell for cell in row.row.cells):  # most rows of people have an address
        return False
    cells = list(filter(None, _cells(row)))
    names = {squeezed(row.columns.heading(column)) for column in row.columns.of_names}
    first = squeezed(row.typed(row.columns.of_names[0]))
    if not cells or not (first in names or settings.column_of(first) in ("name", *PARTS)):
        return False
    known = sum(settings.column_of(cell) is not None for cell in cells)
    return first in names if len(cells) == 1 else known >= 2 and known * 2 >= len(cells)


def _cells(row: PersonRow) -> Iterator[str]:
    return (cell.strip() for cell in row.row.cells)

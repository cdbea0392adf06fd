"""Turn round names that are written “Last, First”, in a column that has them so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workshop.diagnostics import Report
from workshop.tailoring.people.cells import PersonRow
from workshop.tailoring.people.headings import is_last_first
from workshop.tailoring.people.quoting import shown
from workshop.workspace.cell_errors import cell_error

_COMMA = re.compile(r"([^,]+?),\s+([^,]+)")
# What stands behind a name and its comma without being a part of the name.
_BEHIND = frozenset(
    re.findall(
        r"\w+",
        "jr sr ii iii iv phd dphil md mba msc bsc esq dds rn cpa obe mbe cbe qc kc pe llm llb jd",
    )
)
_MOST_FIRST_NAMES = 3


def writes_last_first(rows: Sequence[PersonRow], column: str, report: Report) -> bool:
    """Whether the names of a column are written “Last, First”: as its heading or most of them say.

    Names with a comma in another column are told.
    """
    texts = [(row, " ".join(row.typed(column).split())) for row in rows]
    with_comma = [(row, text) for row, text in texts if turned(text) != text]
    others = sum(bool(text) and cell_error(text) is None for _, text in texts) - len(with_comma)
    if not with_comma:
        return False
    if len(with_comma) >= others or is_last_first(rows[0].columns.heading(column)):
        return True
    for row, text in with_comma:
        message = f"The {column} “{shown(text)}” has a comma, and would be printed so"
        hint = f"Is it “{shown(turned(text))}”? Then write that."
        report.warn("roster-name-comma", message, row.place(column), hint)
    return False


def turned(name: str) -> str:
    """Return “Tom Reed” for “Reed, Tom”; any other name as it is, such as “Anna Berg, PhD”."""
    match = _COMMA.fullmatch(name)
    if match is None:
        return name
    last, first = match.groups()
    words = first.replace(".", "").casefold().split()
    if len(words) > _MOST_FIRST_NAMES or _BEHIND.issuperset(words):
        return name
    return f"{first} {last}"

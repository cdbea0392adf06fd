"""Put names together as they are said: titles, first names, last name, what stands behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import takewhile

from workshop.diagnostics import Report
from workshop.tailoring.people.cells import PersonRow
from workshop.tailoring.people.headings import LAST_NAMES, is_last_first
from workshop.tailoring.people.quoting import shown
from workshop.workspace.cell_errors import cell_error

_COMMA = re.compile(r"([^,]+?),\s*([^,\s][^,]*?)(?:,\s*([^,]+))?")
# What tells father and son apart.
_GENERATIONS = frozenset({"jr", "jnr", "junr", "sr", "snr", "senr"})
# What stands behind a name and its comma without being a part of the name.
_BEHIND = _GENERATIONS | frozenset(
    re.findall(
        r"\w+",
        "ii iii iv phd dphil md mba msc bsc esq dds rn cpa obe mbe cbe qc kc pe llm llb jd",
    )
)
# They are names as well: “Li, Jun”, “Roy, Sen”. With a full stop they are not, nor in small letters
# in a name that has others: “Reed, Tom jun”.
_GENERATIONS_OR_NAMES = frozenset({"jun", "sen"})
# Behind a first name they belong behind the last one; alone they are first names.
_BEHIND_FIRST_NAMES = frozenset({"junior", "júnior", "senior", "sênior"})
# What stands before all names; in some languages “Sr.” is one, in others it stands behind.
_TITLES = frozenset(
    re.findall(
        r"\S+",
        "dr dra drs prof profa professor profesor mag ing dipl-ing dr-ing ir pd sir dame rev "
        "mr mrs ms mx herr herrn frau mme mlle sr sra srta dhr mevr mw",
    )
)
# Titles only with their full stop, as they may be initials or names; and what follows a title.
_WITH_STOP = frozenset({"m.", "hr.", "fr."})
_OF_A_TITLE = frozenset(re.findall(r"\S+", "med rer nat phil jur iur hc habil pol oec dipl"))
_PARTICLES = frozenset(
    re.findall(r"\w+", "von vom van der den de del della di da dos du la le zu zur zum ten ter")
)
_MOST_FIRST_NAMES = 3


def writes_last_first(rows: Sequence[PersonRow], column: str, report: Report) -> bool:
    """Tell whether a column has its names as “Last, First”, as its heading or most of them say.

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


def name_in(
    row: PersonRow, columns: Sequence[str], last_first: Collection[str], report: Report
) -> str:
    """Return the name that a row has in one column, or in several for its parts."""
    texts = {column: row.text(column, report).split() for column in columns}
    first = [word for column in columns if column not in LAST_NAMES for word in texts[column]]
    last = [word for column in columns if column in LAST_NAMES for word in texts[column]]
    if last:
        whole = " ".join((*first, *last))
        words, suffixes = _parted(first, lambda word: _follows_last_name(word, whole))
        name = _in_order(words, [*last, *suffixes])
    else:
        name = _in_order(first, last)
    return turned(name) if columns and columns[0] in last_first else name


def turned(name: str) -> str:
    """Return “Tom Reed” for “Reed, Tom”; any other name as it is, such as “Anna Berg, PhD”.

    What else stands with the names goes where it is said: “Groß, Karl von, PhD”.
    """
    match = _COMMA.fullmatch(name)
    if match is None:
        return name
    last, first, behind = match.groups()
    if _stands_behind(first, name) or (behind and not _stands_behind(behind, name)):
        return name
    words, suffixes = _parted(first.split(), lambda word: _stands_last(word, name))
    words, particles = _parted(words, _PARTICLES.__contains__)
    words, titles = _parted(words, _is_title)
    if len(words) - _count_titles(words) > _MOST_FIRST_NAMES:
        return name
    whole = _in_order([*titles, *words], [*particles, *last.split(), *suffixes])
    return f"{whole}, {behind}" if behind else whole


def _in_order(first: Sequence[str], last: Sequence[str]) -> str:
    """Return first and last names as one, with titles of the last name before all others."""
    count = _count_titles(last)
    if count == len(last):
        count = 0  # it is a name, such as “Frau”
    return " ".join([*last[:count], *first, *last[count:]])


def _count_titles(words: Sequence[str]) -> int:
    """Count the titles that words begin with."""
    return sum(1 for _ in takewhile(_is_title, words))


def _is_title(word: str) -> bool:
    small = word.casefold()
    plain = small.replace(".", "")
    return small in _WITH_STOP or plain in _TITLES or (plain in _OF_A_TITLE and "." in word)


def _parted(
    words: Sequence[str], belongs: Callable[[str], bool]
) -> tuple[Sequence[str], Sequence[str]]:
    """Part what belongs elsewhere from the end of words; the first word stays."""
    count = sum(1 for _ in takewhile(belongs, reversed(words[1:])))
    return words[: len(words) - count], words[len(words) - count :]


def _stands_behind(text: str, name: str) -> bool:
    return all(_is_behind(word, name) for word in text.split())


def _is_behind(word: str, name: str) -> bool:
    return _tells_generations(word, name) or _plain(word) in _BEHIND


def _tells_generations(word: str, name: str) -> bool:
    plain = _plain(word)
    is_short = word.endswith(".") or (word.islower() and not name.islower())
    return plain in _GENERATIONS or (plain in _GENERATIONS_OR_NAMES and is_short)


def _follows_last_name(word: str, name: str) -> bool:
    """Tell whether a word behind a first name belongs behind the last one.

    Letters such as “MD” may be short for another first name.
    """
    return _tells_generations(word, name) or word.casefold() in _BEHIND_FIRST_NAMES


def _stands_last(word: str, name: str) -> bool:
    return _is_behind(word, name) or _follows_last_name(word, name)


def _plain(word: str) -> str:
    return word.replace(".", "").casefold()

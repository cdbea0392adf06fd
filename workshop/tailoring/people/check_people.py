"""Compare the people of a roster with each other: repeats, and managers who may be one."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workshop.alike import in_words
from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Report
from workshop.tailoring.people.cells import PersonRow
from workshop.tailoring.people.quoting import listed, shown
from workshop.tailoring.people.roster import Participant, Person, address_key
from workshop.tailoring.people.tables.strange_signs import without_unseen

Row = tuple[PersonRow, Participant]
# A manager as the first of their rows has them, with all rows that have this address.
ManagerRows = tuple[list[PersonRow], Person]
# Says that one manager may have two addresses.
TWO_ADDRESSES = "roster-manager-addresses"
# Two names or addresses are as alike as this if one is a slip of the other.
_ALIKE = 0.85
# Of the managers whose addresses are alike, this many are compared by their names.
_MOST_COMPARED = 50
_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d")


def each_once(rows: Sequence[PersonRow], report: Report) -> list[PersonRow]:
    """Return rows without those that say of a person, with an address, what an earlier one says."""
    firsts: dict[tuple[str, ...], PersonRow] = {}
    kept: list[PersonRow] = []
    for row in rows:
        said = tuple(
            without_unseen(" ".join(row.typed(column).split())).casefold()
            for column in row.columns.at
        )
        first = firsts.setdefault(said, row) if row.typed("email").strip() else row
        if first is row:
            kept.append(row)
            continue
        _report_row_twice(row, first, report)
    return kept


def _report_row_twice(row: PersonRow, first: PersonRow, report: Report) -> None:
    """Report a row that is left out; what differs in columns that are not read is shown."""
    there = f"{row.place().unit} {first.row.number}"
    differences = list(_unread_differences(row, first))
    if not differences:
        message = f"This row says the same as {there}: it is left out"
        report.warn("roster-row-twice", message, row.place())
        return
    which = [f"{what}: {here}, and there {earlier}" for what, here, earlier in differences]
    message = (
        f"This row says the same as {there} in all columns that are read, and differs in others "
        f"({', '.join(which)}): it is left out"
    )
    hint = (
        "If they are two people, give each an e-mail of their own; if it is one person, take one "
        "of the rows out."
    )
    report.warn("roster-row-twice", message, row.place(), hint)


def _unread_differences(row: PersonRow, first: PersonRow) -> Iterator[tuple[str, str, str]]:
    """Yield the heading of each unread column in which two rows differ, with what both have.

    A column that numbers the rows differs in all of them, and says nothing.
    """
    header = row.columns.header
    for index in range(max(len(row.row.cells), len(first.row.cells))):
        here, there = row.squeezed(index), first.squeezed(index)
        if index in row.columns.at.values() or here.casefold() == there.casefold():
            continue
        if row.table.numbers_rows(header.number, index):
            continue
        heading = header.cells[index] if index < len(header.cells) else ""
        what = f"“{shown(heading)}”" if heading else f"column {index + 1}"
        yield what, f"“{shown(here)}”", f"“{shown(there)}”"


@dataclass(frozen=True)
class Repeat:
    """Says that a person is there again, and who was `first`, by their e-mail or by their name."""

    person: Participant
    first: Participant
    by_email: bool
    is_namesake: bool


def check_people(rows: Sequence[Row], report: Report) -> None:
    """Report people who are there twice, and managers whose names or addresses differ."""
    _check_repeats(rows, report)
    _check_namesakes(rows, report)
    managers = _check_one_name_each(rows, report)
    _check_one_address_each(managers, report)


def warn_of_remarks(rows: Sequence[PersonRow], report: Report) -> None:
    """Report in a single warning what a column of editions holds that names none."""
    remarks = [(row, remark) for row in rows if (remark := row.remark())]
    if not remarks:
        return
    row, _ = remarks[0]
    heading = shown(row.columns.heading("edition"))
    texts = list(dict.fromkeys(remark for _, remark in remarks))
    names = "names" if len(texts) == 1 else "name"
    message = f"In “{heading}”, {listed(texts)} {names} no edition: the usual one is made"
    hint = "If one of them asks for another, write `large print` or `fillable` there."
    report.warn("roster-remarks", message, row.place("edition"), hint)


def repeats(people: Sequence[Participant]) -> Iterator[Repeat]:
    """Yield who is there again: under an earlier e-mail, or under an earlier name without one."""
    by_email: dict[str, Participant] = {}
    by_name: dict[str, Participant] = {}
    for person in people:
        email, name = address_key(person.email), _plain(person.name)
        first = by_email.setdefault(email, person) if email else person
        if first is not person:
            yield Repeat(person, first, by_email=True, is_namesake=name == _plain(first.name))
        namesake = by_name.setdefault(name, person)
        if name and namesake is not person and not (namesake.email and person.email):
            yield Repeat(person, namesake, by_email=False, is_namesake=True)


def _check_repeats(rows: Sequence[Row], report: Report) -> None:
    row_of = {person.number: row for row, person in rows}
    for repeat in repeats([person for _, person in rows]):
        person, row = repeat.person, row_of[repeat.person.number]
        where = f"{row.place().unit} {row_of[repeat.first.number].row.number}"
        if repeat.by_email:
            message = f"The e-mail {person.email} is in {where} already"
            hint = "Each participant needs their own."
            if repeat.is_namesake:
                hint = f"If this is the same person, take one of the rows out. {hint}"
            report.error("roster-email-twice", message, row.place("email"), hint)
        else:
            message = f"“{shown(person.name)}” is in {where} already"
            hint = "If these are two people, give both an e-mail; if not, take one row out."
            report.warn("roster-name-twice", message, row.place(), hint)


def _check_namesakes(rows: Sequence[Row], report: Report) -> None:
    """Report people whose papers look the same: of one name, in one team, with two addresses."""
    alike: dict[tuple[str, str], list[Row]] = {}
    for row, person in rows:
        if person.name and person.email:
            name = without_unseen(person.name).casefold()
            alike.setdefault((name, person.team.casefold()), []).append((row, person))
    for namesakes in alike.values():
        if len({address_key(person.email) for _, person in namesakes}) < 2:
            continue
        (first, person), (second, _) = namesakes[:2]
        where = f"{first.place().unit}s {in_words([row.row.number for row, _ in namesakes])}"
        team = f" of “{shown(person.team)}”" if person.team else ""
        message = (
            f"There is more than one “{shown(person.name)}”{team}, in {where}: nobody can tell "
            "their name tents and certificates apart"
        )
        hint = (
            "If this is one person, take one row out; if not, give all but one a middle initial, "
            "or the name by which they are called."
        )
        report.warn("roster-namesakes", message, second.place("name"), hint)


def _check_one_name_each(rows: Sequence[Row], report: Report) -> list[ManagerRows]:
    """Report an address under which managers of two names are; return each address's rows."""
    by_address: dict[str, ManagerRows] = {}
    for row, person in rows:
        manager = person.manager
        if not manager or not manager.email:
            continue
        email = address_key(manager.email)
        its_rows, first = by_address.setdefault(email, ([], manager))
        its_rows.append(row)
        if manager.name != first.name:
            here = row.place("manager_email")
            earlier = f"“{shown(first.name)}” in {here.unit} {its_rows[0].row.number}"
            message = f"The manager {email} is “{shown(manager.name)}” here and {earlier}"
            if _is_one_person(manager.name, first.name):
                hint = f"The briefing says “{shown(first.name)}”. Write one name in both rows."
                report.warn("roster-manager-names", message, here, hint)
            else:
                hint = "Write one name in both; if they are two people, each needs an address."
                report.error("roster-manager-names", message, here, hint)
        if email == address_key(person.email):
            message = f"“{shown(person.name)}” is given as their own manager"
            report.warn("roster-own-manager", message, row.place("manager_email"))
    return list(by_address.values())


def _check_one_address_each(managers: Sequence[ManagerRows], report: Report) -> None:
    """Ask about managers of one name, or about one address in two spellings: once for all rows."""
    by_name: dict[str, ManagerRows] = {}
    by_slip: dict[str, list[ManagerRows]] = {}
    for rows, manager in managers:
        first_rows, first = by_name.setdefault(_plain(manager.name), (rows, manager))
        spellings = _with_a_letter_less(address_key(manager.email))
        if first is manager:
            first_rows, first = _spelt_alike(manager, spellings, by_slip) or (rows, manager)
        for spelling in spellings:
            by_slip.setdefault(spelling, []).append((rows, manager))
        if first is manager:
            continue
        place = rows[0].place("manager_email")
        here = there = "here"
        if len(rows) > 1:
            here = f"in {place.unit}s {in_words([row.row.number for row in rows])}"
            there = f"in these {len(rows)} rows"
        message = (
            f"Is this one manager? “{shown(manager.name)}” has the address {manager.email} {here}, "
            f"“{shown(first.name)}” has {first.email} in {place.unit} {first_rows[0].row.number}: "
            "two briefings"
        )
        hint = (
            f"If so, write {first.email} {there} as well; if they are two, accept this warning "
            f"(`about: {in_one_line(shown(manager.name))}`). No e-mail goes to either before that."
        )
        report.warn(TWO_ADDRESSES, message, place, hint)


def _spelt_alike(
    manager: Person, spellings: Collection[str], by_slip: Mapping[str, Sequence[ManagerRows]]
) -> ManagerRows | None:
    """Return an earlier manager of nearly the same name, whose address is nearly the same too."""
    near = {
        rows[0].row.number: (rows, earlier)
        for spelling in spellings
        for rows, earlier in by_slip.get(spelling, ())[:_MOST_COMPARED]
    }
    for rows, earlier in near.values():
        if _is_slip(earlier.name, manager.name):
            return rows, earlier
    return None


def _with_a_letter_less(address: str) -> set[str]:
    """Return an address without dots in its name, and all that it is with a character left out.

    Two of which one is equal differ by a slip of the pen.
    """
    local, at, domain = address.partition("@")
    plain = "".join(char for char in local if char not in ".-_") + at + domain
    return {plain, *(plain[:index] + plain[index + 1 :] for index in range(len(plain)))}


def _plain(name: str) -> str:
    """Return a name as it is compared: small letters without accents, in any order of its words."""
    spelt = without_unseen(name).casefold()
    if not spelt.isascii():
        spelt = "".join(
            char for char in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(char)
        )
    return " ".join(sorted(_WORD.findall(spelt))) or name


def _is_one_person(name: str, other: str) -> bool:
    """Tell whether two names could be one person's: they share a word, or nearly do."""
    return bool(set(_plain(name).split()) & set(_plain(other).split())) or _is_slip(name, other)


def _is_slip(name: str, other: str) -> bool:
    """Tell whether a name could be another with a slip of the pen; other figures are no slip."""
    if _FIGURE.findall(name) != _FIGURE.findall(other):
        return False
    one, two = _plain(name), _plain(other)
    return difflib.SequenceMatcher(None, one, two, autojunk=False).ratio() >= _ALIKE

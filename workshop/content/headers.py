"""The words of an opening fence into a block's typed options, each fault at its word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workshop.content.vocabulary import AUDIENCES, KINDS, NAME, ROOTS, UNKNOWN, Kind
from workshop.diagnostics import Location, Report, nearest


@dataclass(frozen=True)
class Word:
    """A word of an opening fence and its place."""

    text: str
    location: Location


@dataclass(frozen=True)
class Header:
    """An opening fence as written; `options` holds each option's name and value, by name.

    One that was `readable` only in part may say more than is here: nothing is missing from it.
    """

    kind: Word
    id: Word | None = None
    options: Mapping[str, tuple[Word, Word]] = field(default_factory=dict)
    readable: bool = True


def check_place(kind: Word, around: Sequence[str], report: Report) -> bool:
    """Say whether a block may stand here; `around` is the file, then each open block inwards."""
    if kind.text in AUDIENCES:
        # At any depth: what two audiences would both have to be allowed to see misleads its author.
        outer = next((place for place in around if place in AUDIENCES), None)
        hint = "Close that one first: a text is for one audience."
    else:
        stands_in = KINDS[kind.text].stands_in
        outer = None if around[-1] in {*stands_in, UNKNOWN} else around[-1]
        hint = f"It stands in: {', '.join(sorted(stands_in))}."
    if outer is None:
        return True
    where = outer if outer in ROOTS.values() else f"“{outer}”"
    report.error("misplaced-block", f"“{kind.text}” cannot stand in {where}", kind.location, hint)
    return False


def read_options(header: Header, inmost: str, report: Report) -> dict[str, str | int]:
    """Return the options typed, without those at fault; the block stands in `inmost`."""
    kind = KINDS[header.kind.text]
    if inmost in kind.bare_in:
        kind = replace(kind, options={}, required=())
    elif kind.bare_in and inmost == UNKNOWN:
        kind = replace(kind, required=())
    _check_id(header, kind, report)
    values: dict[str, str | int] = {}
    for name, word in header.options.values():
        value = _read_value(header, kind, name, word, report)
        if value is not None:
            values[name.text] = value
    _check_missing(header, kind, report)
    _check_alternatives(header, kind, report)
    _check_companions(header, kind, report)
    _check_minimum(header, values, report)
    return values


def _ideal_minutes(options: Mapping[str, str | int]) -> int | None:
    """Return the minutes a timed block takes at its best; None where its options do not say."""
    whole = {name: value for name, value in options.items() if isinstance(value, int)}
    if "rounds" not in whole:
        return whole.get("minutes")
    if "round-minutes" not in whole:
        return None
    return whole.get("setup-minutes", 0) + whole["rounds"] * whole["round-minutes"]


def _check_id(header: Header, kind: Kind, report: Report) -> None:
    name, word = header.kind.text, header.id
    if word is None:
        if kind.id == "required":
            _missing(header, "needs an id", "Write #its-name first in the braces.", report)
    elif kind.id == "forbidden":
        report.error("unexpected-id", f"“{name}” takes no id", word.location, "Take it out.")
    elif not NAME.fullmatch(word.text):
        proposal = re.sub(r"[^a-z0-9]+", "-", word.text.lower()).strip("-0123456789")
        report.error(
            "malformed-id",
            "An id is small letters and digits, joined by hyphens, and begins with a letter",
            word.location,
            f"Did you mean “#{proposal}”?" if proposal else None,
        )


def _read_value(
    header: Header, kind: Kind, name: Word, word: Word, report: Report
) -> str | int | None:
    if name.text not in kind.options:
        message = f"“{header.kind.text}” has no option “{name.text}”"
        if not kind.options:
            message = f"“{header.kind.text}” takes no options here"
        hint = nearest(name.text, kind.options) or "Take it out."
        report.error("unknown-option", message, name.location, hint)
        return None
    takes = kind.options[name.text]
    value = takes.read(word.text)
    if value is None:
        message = f"“{name.text}” takes {takes.expected}, not “{word.text}”"
        report.error("wrong-value", message, word.location, takes.hint(word.text))
    return value


def _check_missing(header: Header, kind: Kind, report: Report) -> None:
    for name in kind.required:
        if name not in header.options:
            _missing(header, f"needs the option “{name}”", f"Add {name}=… in the braces.", report)


def _check_alternatives(header: Header, kind: Kind, report: Report) -> None:
    given = [header.options[name][0] for name in header.options if name in kind.alternatives]
    listed = ", ".join(kind.alternatives)
    if kind.alternatives and not given:
        _missing(header, f"needs one of the options {listed}", "Add one in the braces.", report)
    for word in given[1:]:
        report.error(
            "conflicting-options",
            f"“{word.text}” cannot stand beside “{given[0].text}”",
            word.location,
            f"Keep one of: {listed}.",
        )


def _check_companions(header: Header, kind: Kind, report: Report) -> None:
    for name, companion in kind.companions.items():
        leads = [lead for lead in companion.of if lead in header.options]
        if name in header.options and not leads:
            wanted = " or ".join(f"“{lead}”" for lead in companion.of)
            report.error(
                "conflicting-options",
                f"“{name}” only means something beside {wanted}",
                header.options[name][0].location,
                f"Take it out, or add {wanted}.",
            )
        elif leads and companion.needed and name not in header.options:
            what = f"with “{leads[0]}” needs “{name}”"
            _missing(header, what, f"Add {name}=… in the braces.", report)


def _missing(header: Header, what: str, hint: str, report: Report) -> None:
    if header.readable:
        message = f"“{header.kind.text}” {what}"
        report.error("missing-option", message, header.kind.location, hint)


def _check_minimum(header: Header, values: Mapping[str, str | int], report: Report) -> None:
    least, ideal = values.get("min"), _ideal_minutes(values)
    if isinstance(least, int) and ideal is not None and least > ideal:
        report.error(
            "min-above-ideal",
            f"“min” is {least} minutes, more than the {ideal} the block takes at its best",
            header.options["min"][1].location,
            f"Write {ideal} or less.",
        )

"""Read the words of an opening fence as a block's kind, id and typed options."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workshop.content.audiences import BLOCK_AUDIENCES
from workshop.content.vocabulary import KINDS, NAME, ROOTS, UNKNOWN, Kind
from workshop.diagnostics import Location, Report, nearest
from workshop.in_a_row import in_a_row

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<end>\}) | (?P<stop>$)
      | (?: \#(?P<id>[^\s}]*)
          | (?P<name>[^\s={}"'#.][^\s={}"']*)=
            (?: "(?P<quoted>(?:\\.|[^"\\])*)" | (?P<bare>[^\s={}"'`‘’‚“”„«»‹›]+) )
        )(?=[\s}]|$)
    )""",
    re.VERBOSE,
)
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')
_SPACED = re.compile(r"""(?P<name>[\w-]+)\s*(?:=\s*(?:"(?:\\.|[^"\\])*"|[^\s}"]*))?""")
_ODDLY_QUOTED = re.compile(r"['`‘’‚“”„«»‹›][^'`‘’‚“”„«»‹›]*.?")


@dataclass(frozen=True)
class SourceLine:
    """Holds a line of a file; `number` counts from 1."""

    text: str
    path: Path
    number: int

    def at(self, index: int) -> Location:
        """Return the place of the character at `index`, which counts from 0."""
        return Location(self.path, self.number, index + 1)


@dataclass(frozen=True)
class Word:
    """Holds a word of an opening fence and its place."""

    text: str
    location: Location


@dataclass(frozen=True)
class Header:
    """Holds an opening fence as written; `options` holds each option's name and value, by name.

    Where part of it is not `readable`, nothing is reported as missing from it.
    """

    kind: Word
    id: Word | None = None
    options: Mapping[str, tuple[Word, Word]] = field(default_factory=dict)
    readable: bool = True


def read_header(line: SourceLine, start: int, kind: Word, report: Report) -> Header:
    """Read what follows the kind of a block, from `start`, and report each fault at its word."""
    rest = line.text[start:].lstrip()
    start = len(line.text) - len(rest)
    if rest.startswith("{"):
        return _read_braces(line, start, kind, report)
    if rest:
        _report_trailing(line, start, report)
    return Header(kind, readable=not rest)


def _read_braces(line: SourceLine, start: int, kind: Word, report: Report) -> Header:
    position: int | None = start + 1
    identifier: Word | None = None
    options: dict[str, tuple[Word, Word]] = {}
    readable = True
    while position is not None:
        token = _TOKEN.match(line.text, position)
        if not token:
            readable = False
            position = _report_no_option(line, position, report)
            continue
        position = token.end()
        if token.lastgroup in ("end", "stop"):
            readable = readable and token.lastgroup == "end"
            _check_end(line, start, token, report)
            break
        if token.lastgroup == "id":
            word = Word(token["id"], line.at(token.start("id") - 1))
            is_repeated = identifier is not None
            identifier = identifier or word
        else:
            word = Word(token["name"], line.at(token.start("name")))
            is_repeated = word.text in options
            options.setdefault(word.text, (word, _value(line, token)))
        if is_repeated:
            name = "The id" if token.lastgroup == "id" else f"“{word.text}”"
            message = f"{name} is given twice"
            report.error("duplicate-option", message, word.location, "Keep one of the two.")
    return Header(kind, identifier, options, readable)


def _value(line: SourceLine, token: re.Match[str]) -> Word:
    place = line.at(token.end("name") + 1)
    if token["bare"] is not None:
        return Word(token["bare"], place)
    return Word(re.sub(r'\\(["\\])', r"\1", token["quoted"]), place)


def _check_end(line: SourceLine, start: int, token: re.Match[str], report: Report) -> None:
    if token.lastgroup == "stop":
        message = "The braces are not closed on this line"
        hint = "Close them with } before the line ends."
        report.error("malformed-option", message, line.at(start), hint)
    elif rest := line.text[token.end() :].strip():
        _report_trailing(line, line.text.index(rest, token.end()), report)


def _report_trailing(line: SourceLine, start: int, report: Report) -> None:
    message = "Only options in braces may follow the kind of a block"
    hint = "Put text on the next line, and options in braces: {name=value}."
    report.error("malformed-fence", message, line.at(start), hint)


def _report_no_option(line: SourceLine, position: int, report: Report) -> int | None:
    """Report a word that is no option; return where to read on, None to skip the line's rest."""
    rest = line.text[position:].lstrip()
    start = len(line.text) - len(rest)
    word = rest.split("}")[0].split()[0]
    name, _, value = word.partition("=")
    quote = start + len(name) + 1
    faulty, after = start, start + len(word)
    if value.startswith('"'):
        return _report_quoted(line, quote, report)
    if value and (quoted := _ODDLY_QUOTED.match(line.text, quote)):
        faulty, after = quote, quoted.end()
        message = "A longer value stands in straight double quotation marks"
        hint = f'Write {name}="…".'
    elif not value and (spaced := _SPACED.match(line.text, start)):
        after = spaced.end()
        message = f"“{name}” has no value"
        hint = f"Write {name}=… with no space around the equals sign."
    else:
        message = f"“{word}” is not an option"
        hint = 'Options are written name=value or name="a longer value".'
    report.error("malformed-option", message, line.at(faulty), hint)
    return after


def _report_quoted(line: SourceLine, quote: int, report: Report) -> int | None:
    quoted = _QUOTED.match(line.text, quote)
    hint = 'Write \\" for a quotation mark inside the value.'
    if not quoted:
        message = "The quotation mark is not closed on this line"
        report.error("malformed-option", message, line.at(quote), hint)
        return None
    message = "A space must follow the closing quotation mark"
    report.error("malformed-option", message, line.at(quoted.end()), hint)
    return quoted.end() + len(line.text[quoted.end() :].split("}")[0].split()[0])


def check_place(kind: Word, around: Sequence[str], report: Report) -> bool:
    """Return whether a block may stand in `around`: the file, then each open block inwards."""
    outer: str | None
    if kind.text in BLOCK_AUDIENCES:
        # At any depth: an author may expect both audiences to see the inner text; neither would.
        outer = next((place for place in around if place in BLOCK_AUDIENCES), None)
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
    """Return the typed values of all options without a fault; the block stands in `inmost`."""
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
    """Return the ideal minutes of a timed block, None where its options do not say."""
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
            _demand(header, "needs an id", "Write #its-name first in the braces.", report)
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
            _demand(header, f"needs the option “{name}”", f"Add {name}=… in the braces.", report)


def _check_alternatives(header: Header, kind: Kind, report: Report) -> None:
    given = [header.options[name][0] for name in header.options if name in kind.alternatives]
    listed = ", ".join(kind.alternatives)
    if kind.alternatives and not given:
        _demand(header, f"needs one of the options {listed}", "Add one in the braces.", report)
    for word in given[1:]:
        report.error(
            "conflicting-options",
            f"“{word.text}” cannot stand beside “{given[0].text}”",
            word.location,
            f"Keep one of: {listed}.",
        )


def _check_companions(header: Header, kind: Kind, report: Report) -> None:
    for name, companion in kind.companions.items():
        leads = [lead for lead in companion.beside if lead in header.options]
        if name in header.options and not leads:
            wanted = in_a_row([f"“{lead}”" for lead in companion.beside], "or")
            report.error(
                "conflicting-options",
                f"“{name}” only means something beside {wanted}",
                header.options[name][0].location,
                f"Take it out, or add {wanted}.",
            )
        elif leads and companion.needed and name not in header.options:
            what = f"with “{leads[0]}” needs “{name}”"
            _demand(header, what, f"Add {name}=… in the braces.", report)


def _demand(header: Header, what: str, hint: str, report: Report) -> None:
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

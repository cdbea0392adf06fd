"""One line of a file into a fence that opens or closes a block, a fault, or nothing of the kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from workshop.content.headers import Header, Word
from workshop.content.vocabulary import KINDS
from workshop.diagnostics import Location, Report

_FENCE = re.compile(r"[ \t]*(?P<run>:{3,})\s*(?P<rest>.*)")
_KIND = re.compile(r"[^\W_][^\s{}]*")
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
_OTHER_QUOTED = re.compile(r"['`‘’‚“”„«»‹›][^'`‘’‚“”„«»‹›]*.?")

# What a reader takes for colons, with the semicolon of the same key.
_COLON = "[:;：；﹕﹔︰︓∶꞉ː˸׃։፡፥⁚⁝⁞∷⫶⦂ꓽ᛬܃܄]"
# White space, and characters that nobody sees.
_BLANK = (
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
# A reader sees a line begin at the soft breaks that word processors paste too, and after the marks
# of lists, quotations, headings and emphasis.
_SOFT_LINE = re.compile(r"[^\v\f\x1c-\x1e\x85\u2028\u2029]+")
_START = rf"(?:{_BLANK}|[>#*+_-]|[0-9]{{1,9}}[.)])*"
_ALMOST = (
    re.compile(rf"{_START}(?P<run>{_COLON}(?:{_BLANK}*{_COLON})+)(?P<rest>.*)"),
    # One colon, or the full stops of a key pressed without shift, is a fence before a kind alone.
    re.compile(
        rf"{_START}(?P<run>(?:{_COLON}|[.,…])+)"
        rf"(?P<rest>{_BLANK}*(?:{'|'.join(KINDS)}){_BLANK}*(?:\{{.*)?)$",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True)
class Line:
    """A line of a file; `number` counts from 1."""

    text: str
    path: Path
    number: int

    def at(self, index: int) -> Location:
        """Return the place of the character at `index`, which counts from 0."""
        return Location(self.path, self.number, index + 1)


@dataclass(frozen=True)
class Fence:
    """What a line does to the blocks; one `at_fault` was reported, and has no `header`.

    A line that is nearly a fence, but for what cannot be told, does nothing; it is no text either.
    """

    does: Literal["open", "close", "nothing"]
    location: Location
    header: Header | None = None
    at_fault: bool = False


def read_fence(line: Line, report: Report) -> Fence | None:
    """Return what a line does to the blocks, None where it is text.

    However far a fence is indented it is one: Markdown would make four spaces a code block and
    print what the fence should have kept from the page.
    """
    match = _FENCE.match(line.text)
    if match and not match["rest"].strip():
        return Fence("close", line.at(match.start("run")))
    kind = match and _KIND.match(match["rest"])
    if not match or not kind:
        return _read_almost(line, report)
    start = match.start("rest")
    word = Word(kind[0], line.at(start))
    header = _read_header(line, start + kind.end(), word, report)
    return Fence("open", line.at(match.start("run")), header)


def _read_almost(line: Line, report: Report) -> Fence | None:
    """Report what looks like a fence; take it for the one it was meant to be, so far as it shows.

    Taking it so spares the trainer a second fault at the other fence of the same block.
    """
    spans = (soft.span() for soft in _SOFT_LINE.finditer(line.text))
    matches = (form.match(line.text, *span) for span in spans for form in _ALMOST)
    match = next(filter(None, matches), None)
    if not match:
        return None
    words = re.findall(r"[^\W_][\w-]*", match["rest"])
    if not match["rest"].lstrip().startswith("{"):
        words = words[:1]
    kind = next((word.lower() for word in words if word.lower() in KINDS), None)
    if kind:
        hint = f"Write “::: {kind}” on a line of its own, options in braces after it."
    elif words:
        hint = "A block opens with “:::” and its kind. To print a colon here, write “&#58;” for it."
    else:
        hint = "A block closes with “:::” alone on its line."
    place = line.at(match.start("run"))
    report.error("malformed-fence", "This looks like a block’s fence and is not one", place, hint)
    if not words:
        return Fence("close", place, at_fault=True)
    does: Literal["open", "nothing"] = "open" if kind or _FENCE.match(line.text) else "nothing"
    return Fence(does, place, at_fault=True)


def _read_header(line: Line, start: int, kind: Word, report: Report) -> Header:
    rest = line.text[start:].lstrip()
    start = len(line.text) - len(rest)
    if rest.startswith("{"):
        return _read_braces(line, start, kind, report)
    if rest:
        _report_trailing(line, start, report)
    return Header(kind, readable=not rest)


def _read_braces(line: Line, start: int, kind: Word, report: Report) -> Header:
    position: int | None = start + 1
    identifier: Word | None = None
    options: dict[str, tuple[Word, Word]] = {}
    readable = True
    while position is not None:
        token = _TOKEN.match(line.text, position)
        if not token:
            readable = False
            position = _report_odd(line, position, report)
            continue
        position = token.end()
        if token.lastgroup in ("end", "stop"):
            readable = readable and token.lastgroup == "end"
            _check_end(line, start, token, report)
            break
        if token.lastgroup == "id":
            word = Word(token["id"], line.at(token.start("id") - 1))
            again = identifier is not None
            identifier = identifier or word
        else:
            word = Word(token["name"], line.at(token.start("name")))
            again = word.text in options
            options.setdefault(word.text, (word, _value(line, token)))
        if again:
            what = "The id" if token.lastgroup == "id" else f"“{word.text}”"
            message = f"{what} is given twice"
            report.error("duplicate-option", message, word.location, "Keep one of the two.")
    return Header(kind, identifier, options, readable)


def _value(line: Line, token: re.Match[str]) -> Word:
    place = line.at(token.end("name") + 1)
    if token["bare"] is not None:
        return Word(token["bare"], place)
    return Word(re.sub(r'\\(["\\])', r"\1", token["quoted"]), place)


def _check_end(line: Line, start: int, token: re.Match[str], report: Report) -> None:
    if token.lastgroup == "stop":
        message = "The braces are not closed on this line"
        hint = "Close them with } before the line ends."
        report.error("malformed-option", message, line.at(start), hint)
    elif rest := line.text[token.end() :].strip():
        _report_trailing(line, line.text.index(rest, token.end()), report)


def _report_trailing(line: Line, start: int, report: Report) -> None:
    report.error(
        "malformed-fence",
        "Only options in braces may follow the kind of a block",
        line.at(start),
        "Put text on the next line, and options in braces: {name=value}.",
    )


def _report_odd(line: Line, position: int, report: Report) -> int | None:
    """Report what is no option; return where to read on, None where the line's rest is lost."""
    rest = line.text[position:].lstrip()
    start = len(line.text) - len(rest)
    word = rest.split("}")[0].split()[0]
    name, _, value = word.partition("=")
    quote = start + len(name) + 1
    at, after = start, start + len(word)
    if value.startswith('"'):
        return _report_quoted(line, quote, report)
    if value and (quoted := _OTHER_QUOTED.match(line.text, quote)):
        at, after = quote, quoted.end()
        message = "A longer value stands in straight double quotation marks"
        hint = f'Write {name}="…".'
    elif not value and (spaced := _SPACED.match(line.text, start)):
        after = spaced.end()
        message = f"“{name}” has no value"
        hint = f"Write {name}=… with no space around the equals sign."
    else:
        message = f"“{word}” is not an option"
        hint = 'Options are written name=value or name="a longer value".'
    report.error("malformed-option", message, line.at(at), hint)
    return after


def _report_quoted(line: Line, quote: int, report: Report) -> int | None:
    quoted = _QUOTED.match(line.text, quote)
    if not quoted:
        message = "The quotation mark is not closed on this line"
        hint = 'Write \\" for a quotation mark inside the value.'
        report.error("malformed-option", message, line.at(quote), hint)
        return None
    message = "A space must follow the closing quotation mark"
    hint = 'Write \\" for a quotation mark inside the value.'
    report.error("malformed-option", message, line.at(quoted.end()), hint)
    return quoted.end() + len(line.text[quoted.end() :].split("}")[0].split()[0])

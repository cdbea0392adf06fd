"""Decide whether a line of a file is a fence that opens or closes a block, or is text.

A line that a trainer could take for a fence is never text but a fault, such as one with look-alike
colons or with another program's marks for a block.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Literal

from workshop.content.audiences import BLOCK_AUDIENCES
from workshop.content.headers import Header, SourceLine, Word, read_header
from workshop.content.vocabulary import WORD, audience_in, kind_in, kind_meant
from workshop.diagnostics import Location, Report

LOOKS_LIKE_A_FENCE = "This looks like a block’s fence and is not one"
_Does = Literal["open", "close", "nothing"]

_FENCE = re.compile(r"[ \t]*(?P<run>:{3,})\s*(?P<rest>.*)")
_KIND = re.compile(r"[^\W_][^\s{}]*")
# A part of a line between soft breaks, as word processors paste them: it is seen as a line.
_SOFT_LINE = re.compile(r"[^\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Most lines match this and need no closer look: a word behind few marks, no tag, no attribute.
_REST = r"[^<={\r\v\f\x1c-\x1e\x85\u2028\u2029]*"
_PLAIN = re.compile(
    r"[ \t]*(?:(?:[-*+>|]|[0-9]{1,9}[.)]|\#{1,6})[ ]+){0,2}(?:\{[0-9]+[ ]min[^}]*\}[ ])?"
    rf"(?:\*\*|[*_|“\"(])?[A-Za-z]{_REST}(?:\{{(?![.:\#%]){_REST})*\Z|[ \t]*\Z"
)

# Signs that a reader takes for colons, and letters that a reader takes for Latin ones.
_COLONS = "∶∷꞉ː˸׃։፡፥⁚⁝⁞⫶⦂ꓽ᛬܃܄ःઃ᠃᠄᠉៖ះៈᱺ"
_LETTERS = str.maketrans("асеіјорѕухԁһӏпгтмкαορτιοօոս", "aceijopsyxdhlnrtmkaoptioonu")
_LATIN = re.compile(r"(?:.* )?(?:LATIN|REGIONAL) .*LETTER (?:[A-Z]+ )*?([A-Z])(?: WITH .*)?")
_ON_SYMBOLS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff]")

# Any line may begin with these: marks of quotations, lists, tasks and headings, the minutes of a
# step, statements of a template, tags.
_OPENINGS = (
    r"\s|>|[0-9]{1,9}[.)]|\[[ x]?\](?=\s)|\{[0-9]+ min[^}]*\}|</?[a-z][^<>]*>"
    # One statement alone: any number of them could be told apart in as many ways as there are.
    r"|\{%(?:[^%]|%(?!\}))*%\}"
)
_START = re.compile(rf"(?:{_OPENINGS}|[-*+](?=\s)|\#{{1,6}}(?=[\s\w]))*")
_COLONED = re.compile(rf"(?:{_OPENINGS}|[#*+_|-])*(?P<run>[:;](?:\s*[:;])+)(?P<rest>.*)")
_THRICE = re.compile(r"\s*([>*+-])(?:\s*\1){2,}\s*[^\W_]")
_REPEATED = re.compile(r"([^\W_])\1{2,}")
# A sentence may begin with these too: quotation marks, brackets, bullets, emphasis, cells.
_QUIET = frozenset("*_|\"'()„‚「『《〈•·‣◦※†‡§¶¡¿")
_LOUD_ALONE = frozenset(":;.,!?@%\\/=~^[{<⋯⋮")  # no sentence begins with these
_TWO = 2  # marks or words; more of them are needed to be like a fence
# Words that stand before the name in other programs' blocks.
_LEAD_IN = re.compile(r"(?:begin|start|open|end|block|div)[\W_]+(?=[^\W_])")
_BARE = re.compile(r"[\W_]*$|\s*(?:\{|\[|::)|[}\]]\s*[`{]")
_LINK = re.compile(r"[^\]]*\](?:[(\[]|:\s*\S)")
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(?:class|role|for|audience|data-[\w-]+|id(?==.?[^\W_]+\b(?!-)))\s*=\s*"
    r"(?:\"[^\"]*\"|'[^']*'|[^\s>\"'{}]+)|\{:?\s*[.#][^{}]*\}"
)
_TAG = re.compile(
    r"</?[a-z][\w:-]*(?![\w:@.-]|/[^>])[^<>]*|\{%[-+]?\s*(?:block\s+)?[^\W_]+\s*[-+]?%\}"
)
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*'|\S+)")


@dataclass(frozen=True)
class Fence:
    """Says what a line does: open a block, close one, or nothing where that cannot be told.

    A fence that is `at_fault` has been reported and has no `header`. It is not text either.
    """

    does: _Does
    location: Location
    header: Header | None = None
    at_fault: bool = False


@dataclass(frozen=True)
class Likeness:
    """Describes what looks like a fence: its index in the line, its effect, how to write it."""

    start: int
    does: _Does
    hint: str


class _Weight(IntEnum):
    """Tells how like a fence marks are: before a bare kind alone (`FEW`), or any text (`MANY`)."""

    FEW = 1
    MANY = 2


def read_fence(line: SourceLine, report: Report) -> Fence | None:
    """Return the fence that a line is, None where the line is text.

    A fence may be indented by any number of spaces. Otherwise Markdown would read a fence indented
    by four as code, and its block would be printed.
    """
    match = _FENCE.match(line.text)
    if match and not match["rest"].strip():
        return Fence("close", line.at(match.start("run")))
    kind = match and _KIND.match(match["rest"])
    if not match or not kind:
        return _read_likeness(line, report)
    start = match.start("rest")
    word = Word(kind[0], line.at(start))
    header = read_header(line, start + kind.end(), word, report)
    return Fence("open", line.at(match.start("run")), header)


def may_be_fence(text: str) -> bool:
    """Return whether a line is a fence or could be taken for one."""
    return bool(_FENCE.match(text) or like_fence(text))


def _read_likeness(line: SourceLine, report: Report) -> Fence | None:
    """Report a line that only looks like a fence, and return the fence that was probably meant.

    Without it the other fence of the same block would be reported too.
    """
    likeness = like_fence(line.text)
    if not likeness:
        return None
    place = line.at(likeness.start)
    report.error("malformed-fence", LOOKS_LIKE_A_FENCE, place, likeness.hint)
    return Fence(likeness.does, place, at_fault=True)


def like_fence(text: str) -> Likeness | None:
    """Return the first text in a line that looks like a fence, whether it is a fence or not."""
    if _PLAIN.match(text):
        return None
    for soft in _SOFT_LINE.finditer(text):
        # Letters in boxes and circles may be marks, or may spell a name: both are tried.
        for read in dict.fromkeys((soft[0], "".join(map(_unboxed, soft[0])))):
            line, places = _as_drawn(read)
            if likeness := _coloned(line) or _tagged(line) or _marked(line):
                return replace(likeness, start=soft.start() + places[likeness.start])
    return None


def _as_drawn(text: str) -> tuple[str, Sequence[int]]:
    """Return a line in lower case as a reader sees it, and each character's index in `text`."""
    if text.isascii() and text.replace("\t", " ").isprintable():
        return text.lower(), range(len(text) + 1)
    seen: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        last = seen[-1] if seen else " "
        is_accent = last.isalnum() and unicodedata.category(character)[0] == "M"
        is_variant = _ON_SYMBOLS.match(character) and not _ON_SYMBOLS.match(last) and last != " "
        shapes = "" if is_accent or is_variant else _shapes(character)
        seen += shapes
        places += [place] * len(shapes)
    return "".join(seen), [*places, len(text)]


@lru_cache(maxsize=4096)
def _shapes(character: str) -> str:
    """Return what a character looks like, as small Latin letters and ASCII where possible."""
    category = unicodedata.category(character)
    if character in _COLONS:
        return ":"
    if character == "\t" or category[0] == "Z":
        return " "
    if category in ("Cc", "Cf") or character in "\u115f\u1160\u3164\uffa0":
        return ""
    if category[0] not in "LN":
        plain = unicodedata.normalize("NFKC", character)
        return character if set(plain) & set(" #") or any(map(str.isalnum, plain)) else plain
    parts = unicodedata.normalize("NFKD", character)
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    latin = None if plain.isascii() else _LATIN.fullmatch(unicodedata.name(character, ""))
    if latin:
        return latin[1].lower()
    # A modifier letter is a mark, unless it is a Latin letter in small print.
    return "´" if category == "Lm" and not plain.isascii() else plain.casefold().translate(_LETTERS)


def _unboxed(character: str) -> str:
    """Return the Latin letter of a symbol such as “🄰”, any other character as it is."""
    if unicodedata.category(character) != "So":
        return character
    latin = _LATIN.fullmatch(unicodedata.name(character, ""))
    return latin[1] if latin else character


def _coloned(line: str) -> Likeness | None:
    """Return a likeness for two or more colons at the beginning of a line."""
    match = _COLONED.match(line)
    if not match:
        return None
    words = re.findall(r"[^\W_]+", match["rest"])
    if not match["rest"].lstrip().startswith("{"):
        words = words[:1]
    kind = next(filter(None, map(kind_meant, words)), None)
    if kind:
        hint = f"Write “::: {kind}” on a line of its own, options in braces after it."
    elif words:
        hint = "A block opens with “:::” and its kind. To print a colon here, write “&#58;” for it."
    else:
        hint = "A block closes with “:::” alone on its line."
    does: _Does = "open" if kind or _FENCE.match(line) else "nothing"
    return Likeness(match.start("run"), does if words else "close", hint)


def _tagged(line: str) -> Likeness | None:
    """Return a likeness for a tag, an attribute or a statement that names an audience."""
    texts = [(match.start(), match[0]) for match in _ATTRIBUTE.finditer(line)]
    texts += [(match.start(), _VALUE.sub(" ", match[0])) for match in _TAG.finditer(line)]
    named = ((start, audience_in(text)) for start, text in texts)
    return next((_likeness_to(start, audience) for start, audience in named if audience), None)


def _marked(line: str) -> Likeness | None:
    """Return a likeness for marks at the beginning of a line with a kind's name behind them."""
    opening = "" if _THRICE.match(line) else _START
    start = len(line) - len(re.sub(opening, "", line.lstrip(), count=1))
    end = _end_of_marks(line, start)
    word = WORD.match(line, end)
    if not word or start == end:
        return None  # “facilitator”, “%%%”
    marks, tail = line[start:end], line[word.end() :]
    if marks[-1] in "*_" and marks[-1] in tail:
        marks = marks.rstrip("*_")  # “% *facilitator*”: emphasis is no mark
    marks = "".join(marks.replace("|", " " if "|" in tail else "|").split())
    weight = _weight(marks)
    if not weight or ("[" in marks and "[!" not in marks and _LINK.match(tail)):
        return None  # “(facilitator)”, “[facilitator](page.html)”
    lead_in = _LEAD_IN.match(line, end)
    rest = line[lead_in.end() if lead_in else end :]
    kind = _kind_behind(marks, weight, rest)
    if not kind or ("<!" in marks and kind not in BLOCK_AUDIENCES):
        return None  # “% people”, “<!-- space -->”
    # “: facilitator” opens a block, “% facilitator” does nothing.
    opens = "::" not in rest and any(mark in ":;.," or not mark.isascii() for mark in marks)
    return _likeness_to(start, kind, "open" if opens else "nothing")


def _kind_behind(marks: str, weight: _Weight, rest: str) -> str | None:
    """Return the kind that `rest` begins with, unless `rest` is probably part of a sentence."""
    word, *more = WORD.findall(rest)
    tail = rest[len(word) :]
    kind = kind_in(word)
    if weight == _Weight.MANY or tail.startswith("::"):
        # “!!! facilitator write it down”, “!!! for the sponsor”, “% facilitator :: now”.
        return kind or audience_in(" ".join(WORD.findall(rest.split("=")[0])[:4]))
    if _BARE.match(tail) or re.search(rf"[\[{{<]\W*(?:/|end)\W*{re.escape(word)}", tail):
        return kind  # “% facilitator”, “[space] a box [/space]”
    # A few more words may follow behind three dots, or within the same brackets:
    # “... facilitator sees it”, “[facilitator to see]”, but not “[exercise to see]”.
    is_dotted = set(marks) <= set(".,") and len(marks) > _TWO
    is_bracketed = set(marks) & set("[{<") and tail.rstrip()[-1:] in ("]", "}", ">")
    is_exact = word in BLOCK_AUDIENCES or "<" in marks
    is_short = len(more) <= _TWO or "=" in tail
    return kind if is_exact and is_short and (is_dotted or is_bracketed) else None


def _weight(marks: str) -> _Weight | None:
    """Return how like a fence marks are, None where a sentence may begin with them."""
    if len(marks) - marks.count("`") and marks.count("`") in (1, 2):
        marks = ""  # code in a sentence
    loud = [mark for mark in marks if not _is_quiet(mark)]
    all_same = len(marks) > _TWO and len(set(marks)) == 1
    if "[!" in marks or "```" in marks or (all_same and not marks.isascii()):
        return _Weight.MANY
    if len(loud) > _TWO and not set(loud) <= set(".,`"):
        return _Weight.MANY
    if len(loud) != 1:
        return _Weight.FEW if loud or all_same else None
    category = "" if loud[0].isascii() else unicodedata.category(loud[0])
    is_like = loud[0] in _LOUD_ALONE or category in ("Po", "Ps", "Mn", "Mc", "Sk")
    return _Weight.FEW if is_like else None


def _is_quiet(mark: str) -> bool:
    """Tell whether a sentence may begin with a mark: a quotation mark, a dash, a picture, “€”."""
    category, code = unicodedata.category(mark), ord(mark)
    is_picture = category[0] == "S" and (code >= 0x1F000 or 0x2600 <= code < 0x27C0)
    return mark in _QUIET or category in ("Pd", "Pi", "Pf", "Sc") or is_picture


def _end_of_marks(line: str, start: int) -> int:
    """Return where the marks at `start` end; repeated letters without capitals are marks too."""
    end = len(line) - len(re.sub(r"[\W_]*", "", line[start:], count=1))
    repeated = _REPEATED.match(line, end)
    if not repeated or repeated[1].isascii() or repeated[1].upper() != repeated[1]:
        return end
    # East Asian text has no spaces between words, and repeats letters within them.
    is_wide = unicodedata.east_asian_width(repeated[1]) in ("W", "F")
    return end if is_wide else _end_of_marks(line, repeated.end())


def _likeness_to(start: int, kind: str, does: _Does = "nothing") -> Likeness:
    hint = f"Write “::: {kind}” on a line of its own; if it is text, begin it with another word."
    return Likeness(start, does, hint)

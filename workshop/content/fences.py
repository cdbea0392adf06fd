"""One line of a file into a fence that opens or closes a block, a fault, or nothing of the kind.

A line that a trainer could take for a fence is never text, whatever its colons are drawn with and
whichever other program has its blocks written so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from workshop.content.headers import Header, SourceLine, Word, read_header
from workshop.content.vocabulary import AUDIENCES, kind_meant
from workshop.diagnostics import Location, Report

LOOKS_LIKE_A_FENCE = "This looks like a block’s fence and is not one"
_Does = Literal["open", "close", "nothing"]

_FENCE = re.compile(r"[ \t]*(?P<run>:{3,})\s*(?P<rest>.*)")
_KIND = re.compile(r"[^\W_][^\s{}]*")
# A reader sees a line begin at the soft breaks that word processors paste too.
_SOFT_LINE = re.compile(r"[^\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Most lines: a word behind the marks of a sentence, then neither tags nor attributes.
_REST = r"[^<={\r\v\f\x1c-\x1e\x85\u2028\u2029]*"
_PLAIN = re.compile(
    r"[ \t]*(?:(?:[-*+>|]|[0-9]{1,9}[.)]|\#{1,6})[ ]+){0,2}(?:\{[0-9]+[ ]min[^}]*\}[ ])?"
    rf"(?:\*\*|[*_|“\"(])?[A-Za-z]{_REST}(?:\{{(?![.:\#%]){_REST})*\Z|[ \t]*\Z"
)

# How characters are drawn: signs that a reader takes for colons, letters taken for Latin ones.
_COLONS = "∶∷꞉ː˸׃։፡፥⁚⁝⁞⫶⦂ꓽ᛬܃܄ःઃ᠃᠄᠉៖ះៈᱺ"
_LETTERS = str.maketrans("асеіјорѕухԁһӏпгтмкαορτιοօոս", "aceijopsyxdhlnrtmkaoptioonu")
_LATIN = re.compile(r"(?:.* )?(?:LATIN|REGIONAL) .*LETTER (?:[A-Z]+ )*?([A-Z])(?: WITH .*)?")
_ON_SYMBOLS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff]")

# What any line may begin with: marks of quotations, lists, tasks and headings, the minutes of a
# step, statements, tags.
_OPENINGS = r"\s|>|[0-9]{1,9}[.)]|\[[ x]?\](?=\s)|\{[0-9]+ min[^}]*\}|\{%.*?%\}|</?[a-z][^<>]*>"
_START = re.compile(rf"(?:{_OPENINGS}|[-*+](?=\s)|\#{{1,6}}(?=[\s\w]))*")
_COLONED = re.compile(rf"(?:{_OPENINGS}|[#*+_|-])*(?P<run>[:;](?:\s*[:;])+)(?P<rest>.*)")
_THRICE = re.compile(r"\s*([>*+-])(?:\s*\1){2,}\s*[^\W_]")
_REPEATED = re.compile(r"([^\W_])\1{2,}")
_WORD = re.compile(r"[^\W_]+(?:[-_'’][^\W_]+)*")
# What prose begins with as well: quotation marks, brackets, bullets, emphasis, cells.
_QUIET = frozenset("*_|\"'()„‚「『《〈•·‣◦※†‡§¶¡¿")
_LOUD_ALONE = frozenset(":;.,!?@%\\/=~^[{<⋯⋮")
_FEW, _MANY = 1, 2
# A word that comes before the name in other programs’ blocks.
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
    """What a line does to the blocks; one `at_fault` was reported, and has no `header`.

    A line that is nearly a fence, but for what cannot be told, does nothing; it is no text either.
    """

    does: _Does
    location: Location
    header: Header | None = None
    at_fault: bool = False


@dataclass(frozen=True)
class Likeness:
    """What could be taken for a fence: where in its line, what it would do, how to write it."""

    start: int
    does: _Does
    hint: str


def read_fence(line: SourceLine, report: Report) -> Fence | None:
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
    header = read_header(line, start + kind.end(), word, report)
    return Fence("open", line.at(match.start("run")), header)


def is_fence(text: str) -> bool:
    """Return whether a line is a fence or could be taken for one."""
    return bool(_FENCE.match(text) or like_fence(text))


def _read_almost(line: SourceLine, report: Report) -> Fence | None:
    """Report what looks like a fence; take it for the one it was meant to be, so far as it shows.

    Taking it so spares the trainer a second fault at the other fence of the same block.
    """
    likeness = like_fence(line.text)
    if not likeness:
        return None
    place = line.at(likeness.start)
    report.error("malformed-fence", LOOKS_LIKE_A_FENCE, place, likeness.hint)
    return Fence(likeness.does, place, at_fault=True)


def like_fence(text: str) -> Likeness | None:
    """Return what in a line, which may be a fence, a reader could take for one."""
    if _PLAIN.match(text):
        return None
    for soft in _SOFT_LINE.finditer(text):
        # Letters in boxes and circles are marks, or spell a name.
        for read in dict.fromkeys((soft[0], "".join(map(_unboxed, soft[0])))):
            line, places = _as_drawn(read)
            likeness = _coloned(line) or _tagged(line) or _marked(line)
            if likeness:
                return replace(likeness, start=soft.start() + places[likeness.start])
    return None


def _as_drawn(text: str) -> tuple[str, Sequence[int]]:
    """Return a line as a reader sees it, in small letters; of each character, where it stands."""
    if text.isascii() and text.replace("\t", " ").isprintable():
        return text.lower(), range(len(text) + 1)
    seen: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        last = seen[-1] if seen else " "
        accent = last.isalnum() and unicodedata.category(character)[0] == "M"
        variant = _ON_SYMBOLS.match(character) and not _ON_SYMBOLS.match(last) and last != " "
        shapes = "" if accent or variant else _shapes(character)
        seen += shapes
        places += [place] * len(shapes)
    return "".join(seen), [*places, len(text)]


@lru_cache(maxsize=4096)
def _shapes(character: str) -> str:
    """Return what a character is drawn like, in small Latin letters and ASCII where it can be."""
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
    # A modifier letter that is no letter made small is a mark.
    return "´" if category == "Lm" and not plain.isascii() else plain.casefold().translate(_LETTERS)


def _unboxed(character: str) -> str:
    if unicodedata.category(character) != "So":
        return character
    latin = _LATIN.fullmatch(unicodedata.name(character, ""))
    return latin[1] if latin else character


def _coloned(line: str) -> Likeness | None:
    """Look for two colons or more, whatever comes after them."""
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
    opens: _Does = "open" if kind or _FENCE.match(line) else "nothing"
    return Likeness(match.start("run"), opens if words else "close", hint)


def _tagged(line: str) -> Likeness | None:
    """Look for a tag, an attribute or a statement that names an audience, wherever it stands."""
    named = [(match.start(), match[0]) for match in _ATTRIBUTE.finditer(line)]
    named += [(match.start(), _VALUE.sub(" ", match[0])) for match in _TAG.finditer(line)]
    meant = ((start, _audience_in(text)) for start, text in named)
    return next((_named(start, kind) for start, kind in meant if kind), None)


def _marked(line: str) -> Likeness | None:
    """Look for marks at the line’s beginning and a kind’s name behind them."""
    opening = "" if _THRICE.match(line) else _START
    start = len(line) - len(re.sub(opening, "", line.lstrip(), count=1))
    end = _end_of_marks(line, start)
    word = _WORD.match(line, end)
    if not word or start == end:
        return None
    marks, tail = line[start:end], line[word.end() :]
    if marks[-1] in "*_" and marks[-1] in tail:
        marks = marks.rstrip("*_")
    marks = "".join(marks.replace("|", " " if "|" in tail else "|").split())
    weight = _weight(marks)
    if not weight or ("[" in marks and "[!" not in marks and _LINK.match(tail)):
        return None
    lead_in = _LEAD_IN.match(line, end)
    rest = line[lead_in.end() if lead_in else end :]
    kind = _kind_behind(marks, weight, rest)
    if not kind or ("<!" in marks and kind not in AUDIENCES):
        return None
    opens = "::" not in rest and any(mark in ":;.," or not mark.isascii() for mark in marks)
    return _named(start, kind, "open" if opens else "nothing")


def _kind_behind(marks: str, weight: int, rest: str) -> str | None:
    """Return the kind named behind marks, where it is named as in a fence and not in a sentence."""
    word, *more = _WORD.findall(rest)
    tail = rest[len(word) :]
    kind = _kind_in(word)
    if weight == _MANY or tail.startswith("::"):
        return kind or _audience_in(" ".join(_WORD.findall(rest.split("=")[0])[:4]))
    if _BARE.match(tail) or re.search(rf"[\[{{<]\W*(?:/|end)\W*{re.escape(word)}", tail):
        return kind
    # A few words more, behind three dots or in brackets with them.
    dotted = set(marks) <= set(".,") and len(marks) > _MANY
    inside = set(marks) & set("[{<") and tail.rstrip()[-1:] in ("]", "}", ">")
    exact = word in AUDIENCES or "<" in marks
    few = len(more) <= _MANY or "=" in tail
    return kind if exact and few and (dotted or inside) else None


def _weight(marks: str) -> int:
    """Return how far marks are a fence’s: not at all, before a bare name, before whatever comes."""
    if len(marks) - marks.count("`") and marks.count("`") in (1, 2):
        marks = ""  # code in a sentence
    loud = [mark for mark in marks if not _is_quiet(mark)]
    same = len(marks) > _MANY and len(set(marks)) == 1
    if "[!" in marks or "```" in marks or (same and not marks.isascii()):
        return _MANY
    if len(loud) > _MANY and not set(loud) <= set(".,`"):
        return _MANY
    if len(loud) != 1:
        return _FEW if loud or same else 0
    foreign = unicodedata.category(loud[0]) in ("Po", "Ps", "Mn", "Mc", "Sk")
    return _FEW if loud[0] in _LOUD_ALONE or (foreign and not loud[0].isascii()) else 0


def _is_quiet(mark: str) -> bool:
    category, code = unicodedata.category(mark), ord(mark)
    picture = category[0] == "S" and (code >= 0x1F000 or 0x2600 <= code < 0x27C0)
    return mark in _QUIET or category in ("Pd", "Pi", "Pf", "Sc") or picture


def _end_of_marks(line: str, start: int) -> int:
    """Return where marks end; three times the same letter without capitals are marks too."""
    end = len(line) - len(re.sub(r"[\W_]*", "", line[start:], count=1))
    repeated = _REPEATED.match(line, end)
    if not repeated or repeated[1].isascii() or repeated[1].upper() != repeated[1]:
        return end
    # The words of East Asia are not parted, and letters are repeated in them.
    wide = unicodedata.east_asian_width(repeated[1]) in ("W", "F")
    return end if wide else _end_of_marks(line, repeated.end())


def _kind_in(word: str) -> str | None:
    parts = re.findall(r"[^\W_]+", word)
    return kind_meant("".join(parts)) or kind_meant(parts[0])


def _audience_in(text: str) -> str | None:
    kinds = map(_kind_in, _WORD.findall(text))
    return next((kind for kind in kinds if kind in AUDIENCES), None)


def _named(start: int, kind: str, does: _Does = "nothing") -> Likeness:
    hint = f"Write “::: {kind}” on a line of its own; if it is text, begin it with another word."
    return Likeness(start, does, hint)

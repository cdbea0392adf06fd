"""List marks that are left among a text's words when it has been read, and what was meant."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class LeftOver:
    """Describes marks that would be printed as typed.

    `at_start` looks at the beginning of a line alone. `{}` in the message stands for the marks.
    """

    code: str
    pattern: re.Pattern[str]
    message: str
    hint: str
    is_error: bool = False
    at_start: bool = False


_AS_TYPED = "“{}” is printed as typed"

LEFT_OVER = (
    LeftOver(
        "step-minutes",
        re.compile(r"\{[0-9]+ ?min[^}]*\}"),
        "“{}” stands at no step of an exercise, so it is printed as typed",
        "Minutes stand at the front of a numbered item in an exercise’s own text.",
        is_error=True,
    ),
    LeftOver(
        "no-footnote",
        re.compile(r"\[\^[^\]]+\]:?|\^\[[^\]]+\]"),
        "There is no footnote for “{}” in this text",
        "Write “[^1]: The note.” on a line of its own before the next fence.",
        is_error=True,
    ),
    LeftOver(
        "no-link",
        re.compile(r"\[[^\]]*\]\([^)]*\)?|\[[^\]]+\] \((?:$|[^\s)]+\.[a-z]{3,4}\))"),
        "“{}” is no link or picture, so it is printed as typed",
        "Write [words](address) without spaces in the address, or [words](<address>).",
        is_error=True,
    ),
    LeftOver(
        "no-link",
        re.compile(r"\[[^\]\[^]+\]\[[^\]]*\]"),
        "There is no address for “{}” in this text",
        "Write [words](address), or the line “[name]: address” before the next fence.",
        is_error=True,
    ),
    LeftOver(
        "jinja-comment",
        re.compile(r"\{#(?:\s|[^}]*#\}).*"),
        "“{}” is printed: comments are written in another way here",
        "Write a comment between <!-- and -->.",
        is_error=True,
    ),
    LeftOver(
        "no-attributes",
        re.compile(r"\{(?::[^}]*|\s*[.#][\w-][^}]*|\s*[\w-]+\s*=[^}]*)\}"),
        _AS_TYPED,
        "Only headings take {#id} and pictures {width=30%}, right behind them.",
        is_error=True,
    ),
    LeftOver(
        "shortcode",
        re.compile(
            r"\[\[[^\]]*(?:\]\])?|@?\[_?toc_?\]|^\\[a-z]+(?:\{.*\})?$|\[-?@\w[^\]]*\]"
            r"|^\*\[[^\]]+\]:|>!\S[^!]*!<|^<{7}(?=\s|$)|\{(?:\+\+|--|>>|==|~~)[^}]*\}?",
            re.IGNORECASE,
        ),
        "“{}” belongs to another program, so it is printed as typed",
        "Take it out. The authoring guide says what can be written here.",
        is_error=True,
    ),
    LeftOver(
        "open-comment",
        re.compile(r"%%[^%\n]+%%"),
        "“{}” is printed: comments are written in another way here",
        "Write a comment between <!-- and -->.",
        is_error=True,
    ),
    LeftOver(
        "refused-html",
        re.compile(r"<!\[?[A-Za-z][^>]*>|<\?[A-Za-z][^>]*>"),
        "“{}” came along from another program, so it is printed as typed",
        "Take it out; or paste the words anew as plain text (Ctrl+Shift+V).",
        is_error=True,
    ),
    LeftOver(
        "no-note",
        re.compile(r"\[!\w+\]|(?:!!!|\?\?\?\+?|\+\+\+|///|%%%)(?=\s|$)"),
        "“{}” opens no note, so it is printed as typed",
        "Write “> [!NOTE]” alone on its line, with “> ” before each line of the note.",
        is_error=True,
        at_start=True,
    ),
    LeftOver(
        "no-task",
        re.compile(r"\[[ xX]?\](?=\s|$)"),
        "“{}” is no box to tick here",
        "Write “- [ ] words” in a list.",
        at_start=True,
    ),
    LeftOver(
        "no-heading",
        re.compile(r"#{1,6}[^\W\d_]"),
        "“{}” begins no heading, so it is printed as typed",
        "Put a space behind the last “#”; write “\\#” for the sign.",
        at_start=True,
    ),
    LeftOver(
        "no-emphasis",
        re.compile(
            r"(?<![*\w])\*\*\*?(?=\S)|(?<=\S)\*\*\*?(?!\*)|(?<![_\w])__(?=[^\W_])"
            r"|(?<=[^\W_])__(?![_\w])|^\*\*(?=\s)"
        ),
        "“{}” makes nothing bold here, so it is printed as typed",
        "Put the marks right before the first word and right behind the last one: **words**.",
    ),
    LeftOver(
        "no-mark",
        re.compile(
            r"==(?=\S)[^=]+(?<=\S)==|(?<![~\s])~[^~\s]+~|(?<![\w~])~\w(?:[^~\n]*[^~\s])?~(?![\w~])"
            r"|\^\w[^^\s]*\^|\|\|(?=\S)[^|]+\|\||(?<![\w+])\+\+\w(?:[^+\n]*\w)?\+\+(?![\w+])"
            r"|~~(?=\S)|(?<=\S)~~"
        ),
        _AS_TYPED,
        "Write <mark>, <sub>, <sup>, <u> or <del> around the words.",
    ),
    LeftOver(
        "no-mark",
        re.compile(r"(?<!\w):(?:[a-z][a-z_]+[a-z0-9]|[+-]1):(?!\w)"),
        _AS_TYPED,
        "Write the sign itself.",
    ),
    LeftOver(
        "no-list",
        re.compile(r"(?:#\.|\(@\w*\))(?=\s)"),
        "“{}” begins no item of a list, so it is printed as typed",
        "Begin items with “1.” or “-” and a space.",
        at_start=True,
    ),
    LeftOver(
        "no-table",
        re.compile(r"\|\s[^|]+$"),
        "“{}” is no row of a table, so it is printed as typed",
        "Below the head a table has a line |---|---|. To keep lines apart, end each with “\\”.",
        is_error=True,
        at_start=True,
    ),
    LeftOver(
        "no-formula",
        re.compile(
            # Money is none: “$5 and $10”. Letters alone are one, or figures with signs of TeX.
            r"\$\$(?:[^$]+\$\$)?|(?<![\w$])\$(?=[^\s$])(?:[^$\n]*[\\^_={}][^$\n]*"
            r"|[A-Za-z]\w?(?:\s?[+*/<>-]\s?\w{1,3})*)(?<!\s)\$(?![\w$])"
            r"|(?<![\w\\:./])\\[A-Za-z]{2,}\*?(?:\{[^{}\n]*\})*(?![\w\\/.:])"
        ),
        "“{}” looks like a formula in TeX, and is printed as typed",
        "Write it in words and signs, x<sup>2</sup> or ½; or put a picture of the formula there.",
    ),
    LeftOver(
        "no-code",
        re.compile(r"`{2,}|(?<!\w)`(?=\w)|(?<=\w)`(?!\w)"),
        "The back-tick “{}” has no other to go with, so it is printed as typed",
        "Code stands between two back-ticks.",
    ),
    LeftOver(
        "no-break",
        re.compile(r"\\$"),
        "“{}” at the end of a paragraph breaks no line, so it is printed as typed",
        "Take it out.",
    ),
)

# What looks like an item's beginning, in a line that runs on from the one above.
RUNS_ON = re.compile(
    r"(?:[-*+–—•·○●□☐☑☒✓✔►➢→]|\(?(?:[0-9]{1,9}|[a-z]|[ivx]{2,4})[.)])(?=\s+\S)|[-*+]$"
    r"|(?:-|[0-9]{1,3}[.)])(?=[^\W\d_])"  # a space is missing
)

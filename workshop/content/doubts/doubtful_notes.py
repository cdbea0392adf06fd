"""Ask about notes to the trainer that are written as other tools have them: all would read them."""

from __future__ import annotations

import re

from workshop.diagnostics import Location, Report

_WHO = r"(?:(?:co-?)?facilitator|trainer|instructor|presenter|speaker|teacher|moderator|tutor)"
_NOTES = rf"{_WHO}(?:[’']?s)?[ _-]?(?:notes?|only|guide|hints?|tips?|script)"
# Most texts have none of these words, and need no closer look.
_MAY_BE_NOTE = re.compile(rf"{_WHO}|class\s*=\s*[\"']?notes", re.IGNORECASE)
_WAYS = (
    # HTML whose class or other attribute names them, as reveal.js and web pages have it.
    re.compile(
        rf"<[a-z][\w-]*\s[^<>]*=\s*[\"']?(?:[^\"'<>]*[\s_-])?{_WHO}s?"
        r"(?:[ _-]?(?:notes?|only))?(?![\w-])[^<>]*>"
        r"|<aside\s[^<>]*class\s*=\s*[\"']?(?:[^\"'<>]*\s)?notes?(?![\w-])[^<>]*>"
        rf"|<aside>\s*{_WHO}s?\b",
        re.IGNORECASE,
    ),
    # A line of signs and the word: `!!! trainer`, `--- facilitator`, `(trainer)`, `@trainer`.
    re.compile(
        rf"[^\S\n]*(?:(?:[>#|]|\d+[.)])[^\S\n]*)*"
        rf"(?:[^\w\s<>#|*_“”\"'’-][^\w\s]*|[-=~+.]{{3,}}|(?::[^\S\n]?){{2,}})[^\S\n]*"
        rf"(?:{_NOTES}|{_WHO}s?)(?![\w ]*\w)[^\w\n]*",
        re.IGNORECASE,
    ),
    # “Trainer’s notes”, “[Facilitator only]” alone on a line, or at its start before a colon.
    re.compile(rf"[^\w\n]*{_NOTES}(?:[^\w\n]*$|\W*:.*)", re.IGNORECASE),
    re.compile(
        rf"[^\w\n]*(?:notes?|hints?|tips?)\s(?:to|for)\s(?:the\s)?{_WHO}s?\b(?:[^\w\n]*$|\W*:.*)",
        re.IGNORECASE,
    ),
    # A term with its explanation, and a footnote, of that name.
    re.compile(rf"{_WHO}s?\n:\s.*|\[\^{_WHO}s?\]:.*", re.IGNORECASE),
)
# A longer line is prose.
_LONGEST = 500
_HINT = "Write ::: facilitator above it and ::: below it: only the trainer’s papers print that."


def ask_about_notes(source: str, location: Location, report: Report) -> None:
    """Report each line that seems to begin a note to the trainer, in a text that others read."""
    if not _MAY_BE_NOTE.search(source):
        return
    lines = source.split("\n")
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if _is_note(line) or (following.startswith(":") and _is_note(f"{line}\n{following}")):
            report.warn(
                "trainer-note",
                f"“{line.strip()}” looks like a note to the trainer, and all who read this text "
                "get it",
                Location(location.path, (location.line or 1) + number),
                _HINT,
            )


def _is_note(line: str) -> bool:
    if len(line) > _LONGEST:
        return False
    html, *ways = _WAYS
    return bool(html.search(line)) or any(way.fullmatch(line) for way in ways)

"""Report "a" or "an" that is typed before a term: a client’s word may begin with another sound."""

from __future__ import annotations

import re

from workshop.content.source_file import SourceFile
from workshop.diagnostics import Location, Report

# The term may begin the next line of the paragraph.
_TYPED = re.compile(
    r"\b[Aa]n?(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"
    r"(?P<open>\{\{-?\s*)(?P<term>term\([^)]*\))(?P<rest>[^}]*\}\})"
)


def check_articles(file: SourceFile, report: Report) -> None:
    """Warn of each article that is typed before a term in the body of a file."""
    for typed in _TYPED.finditer(file.body):
        an = "an | capitalize" if typed[0][0] == "A" else "an"
        words = " ".join(typed[0].split())
        before = file.body[: typed.start()]
        line = file.first_line + before.count("\n")
        report.warn(
            "article-before-term",
            f"“{words}” reads wrongly for a client whose word begins with another sound",
            Location(file.path, line, len(before) - before.rfind("\n")),
            f"Write {{{{ {typed['term']} | {an} }}}}: it prints the article that fits.",
        )

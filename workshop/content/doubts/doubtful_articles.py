"""Report "a" or "an" that is typed before a term: a client’s word may begin with another sound."""

from __future__ import annotations

import re

from workshop.content.source_file import SourceFile
from workshop.diagnostics import Location, Report

_TYPED = re.compile(r"\b[Aa]n? (?P<open>\{\{-?\s*)(?P<term>term\([^)]*\))(?P<rest>[^}]*\}\})")


def check_articles(file: SourceFile, report: Report) -> None:
    """Warn of each article that is typed before a term in the body of a file."""
    for number, line in enumerate(file.body.split("\n"), file.first_line):
        for typed in _TYPED.finditer(line):
            an = "an | capitalize" if typed[0][0] == "A" else "an"
            report.warn(
                "article-before-term",
                f"“{typed[0]}” reads wrongly for a client whose word begins with another sound",
                Location(file.path, number, typed.start() + 1),
                f"Write {{{{ {typed['term']} | {an} }}}}: it prints the article that fits.",
            )

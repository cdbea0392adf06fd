"""Check that the tokens of a look have values that can be, and that they and their users agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.content.yaml.files import YamlSource, read_text
from workshop.diagnostics import Location, Report, closest, nearest
from workshop.limits import TEMPLATE_FILE
from workshop.tailoring.look.token_values import what_is_wrong
from workshop.workspace.overlay import Overlay

# The page, the colours and the typefaces; what is a token of type is made with the look.
_PAGE = "_shared/look.css.j2"
_MADE = frozenset({"lead-face"})

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_USED = re.compile(r"var\(\s*--([\w-]+)")
# One that has another value to fall back on need not be there.
_NEEDED = re.compile(r"var\(\s*--([\w-]+)\s*\)")
_GIVEN = re.compile(r"--([\w-]+)\s*:")


@dataclass(frozen=True)
class TokenCheck:
    """Checks the tokens of one look.

    `tokens` are those that its file `source` says, `before` those of the look it is like. `sheets`
    are all its style sheets as templates are named, of which `own` is its own.
    """

    tokens: Mapping[str, str]
    source: YamlSource
    before: Mapping[str, str]
    sheets: Sequence[str]
    own: str
    overlay: Overlay
    report: Report

    def check(self) -> None:
        """Report values that cannot be, names that nothing has, and tokens that nothing uses."""
        for name, value in self.tokens.items():
            if must_be := what_is_wrong(name, value, self.before):
                message = f"“{name}” cannot be “{value}”"
                place = self.source.location("tokens", name)
                self.report.error("token-value", message, place, f"Write {must_be}.")
        sheets = {name: self._text(name) for name in self.sheets}
        meant = set(self._names_of_nothing(sheets))
        used = set(self.before).union(*map(_USED.findall, sheets.values()))
        for name in self.tokens.keys() - used - meant:
            self.report.error(
                "unknown-token",
                f"No style sheet of this look uses “{name}”",
                self.source.location("tokens", name, key=True),
                nearest(name, used),
            )

    def _names_of_nothing(self, sheets: Mapping[str, str]) -> Iterator[str]:
        """Report names that stand for nothing; yield the tokens that they are near to."""
        asked = {
            name: self.source.location("tokens", token)
            for token, value in self.tokens.items()
            for name in _NEEDED.findall(value)
        }
        file = self.overlay.find("templates", self.own)
        path = file.path if file else self.source.path
        css = sheets.get(self.own, "")
        for use in _NEEDED.finditer(css):
            line = css.count("\n", 0, use.start()) + 1
            column = use.start() - css.rfind("\n", 0, use.start())
            asked.setdefault(use[1], Location(path, line, column))
        # A page of the client's own may leave out what the program's has.
        pages = (_read(file.path) for file in self.overlay.all("templates", _PAGE))
        known = {*self.before, *self.tokens, *_MADE, *_given_in((css, *pages))}
        if not asked.keys() <= known:
            every = self.overlay.names("templates", "**/*.css")
            known |= _given_in(map(self._text, every))
        for name in asked.keys() - known:
            message = f"Nothing is called “--{name}” in this look"
            self.report.error("unknown-token", message, asked[name], nearest(name, known))
            if near := closest(name, self.tokens):
                yield near

    def _text(self, name: str) -> str:
        file = self.overlay.find("templates", name)
        return _read(file.path) if file else ""


def _read(path: Path) -> str:
    """Return a style sheet with blanks for its comments, so that all stands where it stood."""
    css = read_text(path, Report(), TEMPLATE_FILE) or ""
    return _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), css)


def _given_in(sheets: Iterable[str]) -> set[str]:
    return {name for css in sheets for name in _GIVEN.findall(css)}

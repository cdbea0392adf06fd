"""Turn one client's client.yaml into another's by cutting and pasting lines.

What stays keeps its words, its order and its comments. Whatever the lines cannot give away safely,
such as a file written in braces, is refused: what comes out is parsed, and has to say what it
should.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workshop.content.yaml.parse import parse_yaml
from workshop.content.yaml.source import Keys, YamlSource
from workshop.diagnostics import Report, UsageError
from workshop.tailoring.cohort import USUAL_HEADCOUNT

_NOWHERE = Path("client.yaml")
FIRST_COHORT = "first-cohort"
# What belongs to one delivery and its people. What else a cohort sets is how the firm works.
THEIRS = ("date", "venue", "roster", "sheet", "columns", "headcount")
_ASKS = (
    f"headcount: {USUAL_HEADCOUNT}                 # how many come, until there is a roster",
    "# date: 2027-03-04            # when it takes place",
    "# venue: Conference room 1    # where",
    "# roster: roster.csv          # the table of those who take part",
)
_ASKED = re.compile(rf"\s*#\s*(?:{'|'.join(THEIRS)}):")
# A key with a value in one line: in quotes, or plain as far as a comment.
_SCALAR = re.compile(
    r"""(?P<key>[^:]+:[ \t]+)"""
    r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'|>#](?:[^\s#]|[ \t]+(?![\s#])|(?<=\S)\#)*)"""
    r"(?P<rest>[ \t]*(?:[ \t]\#.*)?)"
)


@dataclass(frozen=True)
class ClientText:
    """Holds a new client's file, and what of the old one was left out of it, in words."""

    text: str
    left_out: tuple[str, ...]


def text_for_another(
    text: str, source: YamlSource, name: str, without: Collection[str], head: Sequence[str]
) -> ClientText:
    """Return the text of a client file for another client, called `name`.

    The comments at its head and above its name, which speak of the old client, give way to the
    lines of `head`. It has no cohort but the first, which loses its name, its date, its place and
    its people.
    The keys in `without` become comments. Raises `UsageError` for a text in which these values do
    not stand in lines of their own.
    """
    splice = _Splice(text.splitlines(), source)
    splice.set_head(head)
    splice.set_scalar(("name",), name)
    left_out = []
    for key in source.data:
        if key in without:
            splice.comment_out((key,))
            left_out.append(key)
    cohorts = source.data.get("cohorts")
    if isinstance(cohorts, dict) and cohorts:
        first, *others = cohorts
        splice.only_first_cohort(first)
        left_out += [f"cohort {slug}" for slug in others]
        given = cohorts[first] if isinstance(cohorts[first], dict) else {}
        left_out += [f"{key} of {first}" for key in THEIRS if key in given]
    result = splice.result()
    _prove(result, source, name, without)
    return ClientText(result, tuple(left_out))


@dataclass
class _Splice:
    """Cuts and pastes lines, counted from 0; the cuts are made at the end, the last one first."""

    lines: list[str]
    source: YamlSource
    cuts: list[tuple[int, int, list[str]]] = field(default_factory=list)

    def result(self) -> str:
        lines = list(self.lines)
        for start, end, new in sorted(self.cuts, reverse=True):
            lines[start:end] = new
        return "\n".join(lines) + "\n"

    def set_head(self, head: Sequence[str]) -> None:
        """Write other comments in the place of those before the first key, and before the name."""
        first = min(self._line((key,)) for key in self.source.data)
        kept = [line for line in self.lines[:first] if line.strip() and not _is_comment(line)]
        self.cuts.append((0, first, [*head, *kept]))
        start = end = self._line(("name",))
        while start > first and _is_comment(self.lines[start - 1]):
            start -= 1
        if start > first:
            self.cuts.append((start, end, []))

    def set_scalar(self, keys: Keys, value: str) -> None:
        """Write another value in the place of one; a comment behind it stays."""
        start, end = self._entry(keys)
        match = _SCALAR.fullmatch(self.lines[start]) if end == start + 1 else None
        key, rest = (match["key"], match["rest"]) if match else (f"{keys[-1]}: ", "")
        self.cuts.append((start, end, [f"{key}{_scalar(value)}{rest}"]))

    def comment_out(self, keys: Keys) -> None:
        """Make a comment of an entry, which stays as a reminder."""
        start, end = self._entry(keys)
        self.cuts.append((start, end, [f"# {line}" for line in self.lines[start:end]]))

    def only_first_cohort(self, first: str) -> None:
        """Leave the first cohort alone, under another name and without what is its people’s."""
        all_start, all_end = self._entry(("cohorts",))
        start, end = self._entry(("cohorts", first))
        indent = " " * self._column(("cohorts", first))
        given = self.source.data["cohorts"][first]  # type: ignore[index]
        if self._is_block(first, given):
            lines = [*self.lines[all_start:start], f"{indent}{FIRST_COHORT}:"]
            body = self._own_lines(first, given, start, end)
        else:
            indent = "  "
            lines = ["cohorts:", f"{indent}{FIRST_COHORT}:"]
            kept = {key: value for key, value in (given or {}).items() if key not in THEIRS}
            body = [f"{indent}  {key}: {_flow(value)}" for key, value in kept.items()]
        inner = re.match(r"[ \t]*", body[0])[0] if body else f"{indent}  "  # type: ignore[index]
        lines += [*body, *(f"{inner}{line}" for line in _ASKS)]
        self.cuts.append((all_start, all_end, lines))

    def _own_lines(self, first: str, given: Mapping[str, Any], start: int, end: int) -> list[str]:
        """Return the lines of a cohort without those that are theirs, in comments too."""
        gone: set[int] = set()
        for key in given:
            if key in THEIRS:
                gone.update(range(*self._entry(("cohorts", first, key))))
        rest = (self.lines[number] for number in range(start + 1, end) if number not in gone)
        lines = [line for line in rest if not _ASKED.match(line)]
        while lines and not lines[-1].strip():
            lines.pop()
        return lines

    def _is_block(self, first: str, given: object) -> bool:
        """Tell whether each key of a cohort begins a line of its own."""
        if not isinstance(given, dict):
            return False
        keys: list[Keys] = [("cohorts", first), *(("cohorts", first, key) for key in given)]
        numbers = [self._line(keys_) for keys_ in keys]
        return len(set(numbers)) == len(numbers) and all(
            not self.lines[number][: self._column(keys_)].strip()
            for number, keys_ in zip(numbers, keys, strict=True)
        )

    def _entry(self, keys: Keys) -> tuple[int, int]:
        """Return where the lines of a key and its value begin and end.

        What is set in further than the key belongs to it, and comments among it do.
        """
        start, column = self._line(keys), self._column(keys)
        end = start + 1
        for number in range(start + 1, len(self.lines)):
            line = self.lines[number].expandtabs()
            if not line.strip():
                continue
            if len(line) - len(line.lstrip()) <= column:
                break
            end = number + 1
        return start, end

    def _line(self, keys: Keys) -> int:
        return (self.source.location(*keys, key=True).line or 1) - 1

    def _column(self, keys: Keys) -> int:
        return (self.source.location(*keys, key=True).column or 1) - 1


def _is_comment(line: str) -> bool:
    # What is set in may belong to a text over several lines.
    return line.startswith("#")


def _prove(text: str, source: YamlSource, name: str, without: Collection[str]) -> None:
    """Raise `UsageError` unless a text says what the source did, but for what is left out."""
    kept_keys = {key: value for key, value in source.data.items() if key not in without}
    expected = {**kept_keys, "name": name}
    cohorts = expected.get("cohorts")
    if isinstance(cohorts, dict) and cohorts:
        first = next(iter(cohorts.values()))
        kept = {key: value for key, value in (first or {}).items() if key not in THEIRS}
        expected["cohorts"] = {FIRST_COHORT: {**kept, "headcount": USUAL_HEADCOUNT}}
    result = parse_yaml(text, source.path, Report())
    if result is None or result.data != expected:
        raise UsageError.single(
            "client-file-form",
            "This file cannot be taken over line by line",
            source.location(),
            "Write each key in a line of its own, without braces around them, and try again.",
        )


def _scalar(value: str) -> str:
    """Return a text as YAML: as it is where that is safe, otherwise in quotes."""
    plain = re.fullmatch(r"(?:<|[^\W\d_])[\w ’.,&()<>/-]*[\w.)>]", value)
    reads = parse_yaml(f"a: {value}\n", _NOWHERE, Report()) if plain else None
    return value if reads and reads.data == {"a": value} else json.dumps(value, ensure_ascii=False)


def _flow(value: object) -> str:
    """Return a value as YAML on one line, which JSON is too."""
    return _scalar(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

"""Turn ruamel.yaml's events for a YAML 1.2 text into plain data, and report the text's faults."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from workshop.content.hidden_characters import HINT, hidden_in, hidden_message
from workshop.content.yaml.cut_values import read_otherwise
from workshop.content.yaml.source import Keys, Place, YamlSource
from workshop.content.yaml.syntax_errors import syntax_fault
from workshop.diagnostics import Location, Report
from workshop.limits import YAML_DEPTH, YAML_ENTRIES, YAML_LINE


def built(text: str, path: Path, first_line: int) -> tuple[YamlSource | None, Report]:
    """Return a text's data, or None if it has errors, with all its faults.

    `first_line` is the line of the file the text begins in.
    """
    builder = _Builder(text, path, first_line)
    with contextlib.suppress(_UnreadableError):
        builder.build()
    if builder.report.errors or not isinstance(builder.root, dict):
        return None, builder.report
    return YamlSource(path, builder.root, builder.places), builder.report


class _UnreadableError(Exception):
    """Says that the text cannot be read beyond the fault just reported."""


@dataclass
class _OpenNode:
    """Holds a mapping or list not yet read to its end, and the mapping's key that has no value."""

    value: dict[str, object] | list[object]
    keys: Keys
    key: str | None = None
    key_location: Location | None = None
    key_end: int = 0

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None

    def next_keys(self) -> Keys:
        return (*self.keys, len(self.value) if self.key is None else self.key)

    def put(self, value: object) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
        elif self.key is not None:
            self.value[self.key] = value
            self.key = None


class _Builder:
    """Builds plain data from the parser's events.

    It has a stack of its own, so that no text can exhaust Python's.
    """

    def __init__(self, text: str, path: Path, first_line: int) -> None:
        self.text = text
        self.path = path
        self.first_line = first_line
        self.report = Report()
        self.root: object = {}
        self.places: dict[Keys, Place] = {(): Place(Location(path, first_line, 1))}
        self.stack: list[_OpenNode] = []
        self.documents = 0
        self.entries = 0

    def build(self) -> None:
        self._check_characters()
        self._check_directives()
        self._check_lines()
        place = self.places[()].value
        # "safe" is the parser without comments; pure, because libyaml reads YAML 1.1.
        events = YAML(typ="safe", pure=True).parse(self.text)
        try:
            for event in events:
                place = self._location(event.start_mark)
                self._take(event, place)
        except _UnreadableError:
            raise
        except MarkedYAMLError as error:
            fault = syntax_fault(error, self.text)
            where = self._location(fault.mark) if fault.mark else place
            self._stop(fault.code, fault.message, where, fault.hint)
        except Exception:
            # ruamel.yaml lets other exceptions through: OverflowError for "\U99999999",
            # AssertionError for `%YAML 1.3`. The text is the cause of all of them.
            self._stop("yaml-syntax", "This is not valid YAML from here on", place)

    def _take(self, event: object, place: Location) -> None:
        if isinstance(event, DocumentStartEvent):
            self._start_document(place)
        elif isinstance(event, CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, NodeEvent):
            self._check_plainness(event, place)
            self._count(place)
            if self.stack and self.stack[-1].awaits_key:
                self._take_key(event, place, self.stack[-1])
            else:
                self._take_value(event, place)

    def _start_document(self, place: Location) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "A second document begins here; a file holds only one"
            self._stop("yaml-documents", message, place, "Take out the line --- or ... above.")

    def _check_plainness(self, event: NodeEvent, place: Location) -> None:
        hint = "If it is meant as text, put the whole text in quotes."
        if isinstance(event, AliasEvent):
            self._stop("yaml-alias", "“*” refers to an anchor, which is not used here", place, hint)
        if event.anchor is not None:
            self._stop("yaml-anchor", "“&” sets an anchor, which is not used here", place, hint)
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            self._stop("yaml-tag", "“!” sets a tag, which is not used here", place, hint)
        if isinstance(event, ScalarEvent):
            self._check_escapes(event, place)

    def _take_key(self, event: NodeEvent, place: Location, mapping: _OpenNode) -> None:
        if not isinstance(event, ScalarEvent):
            message = "A key must be a word, not a list or a group of keys"
            hint = "Put a text that begins with “{” or “[” in quotes."
            self._stop("yaml-key", message, place, hint)
        key = str(event.value)
        if _is_plain(event) and not isinstance(core_schema_value(key), str):
            message = f"The key “{key}” is not text" if key else "A key is missing before the colon"
            advice = f'Put it in quotes: "{key}".' if key else None
            self.report.error("yaml-key", message, place, advice)
        mapping.key, mapping.key_location, mapping.key_end = key, place, event.end_mark.index
        first = self.places.get(mapping.next_keys())
        if key in mapping.value and first and first.key:
            message = f"The key “{key}” stands here a second time"
            hint = f"It stands first in line {first.key.line}. Keep one, with what both say."
            self.report.error("yaml-duplicate-key", message, place, hint)

    def _take_value(self, event: NodeEvent, place: Location) -> None:
        keys: Keys = ()
        value = self._value_of(event)
        if self.stack:
            holder = self.stack[-1]
            keys = holder.next_keys()
            self.places[keys] = self._place(event, place, holder)
            holder.put(value)
        else:
            self.places[()] = Place(place)
            self._take_root(value, place)
        if isinstance(value, dict | list):
            self.stack.append(_OpenNode(value, keys))
        if len(self.stack) > YAML_DEPTH.most:
            message = f"Lists and keys lie inside each other more than {YAML_DEPTH.most} deep"
            self._stop("yaml-depth", message, place)

    def _take_root(self, value: object, place: Location) -> None:
        if value is not None and not isinstance(value, dict):
            message = "The file must consist of keys with values"
            hint = "Write “key: value”, with a space after the colon."
            self._stop("yaml-no-keys", message, place, hint)
        self.root = {} if value is None else value

    def _value_of(self, event: NodeEvent) -> object:
        if isinstance(event, CollectionStartEvent):
            return {} if isinstance(event, MappingStartEvent) else []
        text = event.value if isinstance(event, ScalarEvent) else ""
        return core_schema_value(text) if _is_plain(event) else text

    def _place(self, event: NodeEvent, place: Location, holder: _OpenNode) -> Place:
        key = holder.key_location
        if not isinstance(event, ScalarEvent):
            return Place(place, key)
        if event.value or not _is_plain(event):
            self._check_value(event)
            return Place(place, key, str(event.value))
        # An empty value gets its key's place: the parser may place it in a line further down.
        end = holder.key_end if key else event.start_mark.index
        comment = _COMMENTED_VALUE.match(self.text, end)
        return Place(key or place, key, comment["value"] if comment else "")

    def _check_value(self, event: ScalarEvent) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        doubt = read_otherwise(self.text, start, end, str(event.value))
        if doubt and (not _is_plain(event) or isinstance(core_schema_value(event.value), str)):
            self.report.warn(doubt.code, doubt.message, self._location_at(doubt.index), doubt.hint)

    def _check_directives(self) -> None:
        match = _DIRECTIVE.match(self.text)
        if match:
            message = "A line that begins with “%” has no meaning here"
            hint = "Take it out, or put the text in quotes."
            self._stop("yaml-directive", message, self._location_at(match.end() - 1), hint)

    def _check_lines(self) -> None:
        """Stop at a line longer than any may be: some such lines take the parser minutes."""
        for number, line in enumerate(self.text.split("\n"), start=self.first_line):
            if len(line) > YAML_LINE.most:
                message = f"This line has {len(line):,} characters; there may be {YAML_LINE.most:,}"
                place = Location(self.path, number, 1)
                self._stop("yaml-line", message, place, "Break it; a text goes on after “|”.")

    def _count(self, place: Location) -> None:
        self.entries += 1
        if self.entries > YAML_ENTRIES.most:
            message = f"The file has more than {YAML_ENTRIES}"
            hint = "Is it the file that is meant? Lists of people belong in a roster."
            self._stop("yaml-entries", message, place, hint)

    def _check_characters(self) -> None:
        """Report each hidden character; stop if the parser cannot read beyond one of them."""
        for at in hidden_in(self.text):
            self._tell_hidden(self.text[at], self._location_at(at))
        if self.report.errors and _UNREADABLE.search(self.text):
            raise _UnreadableError

    def _check_escapes(self, event: ScalarEvent, place: Location) -> None:
        """Report a hidden character that is written as a backslash and its number."""
        written = self.text[event.start_mark.index : event.end_mark.index]
        hidden = (event.value[at] for at in hidden_in(event.value))
        if code := next((character for character in hidden if character not in written), None):
            self._tell_hidden(code, place)

    def _tell_hidden(self, character: str, place: Location) -> None:
        self.report.error("yaml-character", hidden_message(character), place, HINT)

    def _location_at(self, index: int) -> Location:
        before = self.text[:index]
        line = self.first_line + before.count("\n")
        return Location(self.path, line, index - before.rfind("\n"))

    def _location(self, mark: StreamMark) -> Location:
        return Location(self.path, mark.line + self.first_line, mark.column + 1)

    def _stop(self, code: str, message: str, place: Location, hint: str | None = None) -> NoReturn:
        self.report.error(code, message, place, hint)
        raise _UnreadableError


# What ends the parser: it takes no control characters, and its lines end in other places.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*%")
_COMMENTED_VALUE = re.compile(r"[ :]* (?P<value>#[^\s#][^\n\"]*?) *$", re.MULTILINE)
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")  # more digits: an account or telephone number
_OCTAL_OR_HEX = re.compile(r"0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def core_schema_value(text: str) -> object:
    """Return what an unquoted scalar means: YAML 1.2.2, section 10.3.2."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OCTAL_OR_HEX.fullmatch(text):
        return int(text, 0)
    if _NOT_FINITE.fullmatch(text):
        return float(text.replace(".", ""))
    has_fraction = _FLOAT.fullmatch(text) and not text.lstrip("-+").isdecimal()
    return float(text) if has_fraction else text


def _is_plain(event: NodeEvent) -> bool:
    return isinstance(event, ScalarEvent) and bool(event.implicit[0])

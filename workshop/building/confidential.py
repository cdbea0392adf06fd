"""Composed documents into what is said in them that their readers are not to read.

Looked for in the text that was composed, which is there before anything is laid out. Words are
compared, so that neither a line break nor a quotation mark hides what is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import pairwise

from workshop.composing.composition import ComposedCopy
from workshop.content.blocks import Node, Text, visible, walk
from workshop.diagnostics import Location
from workshop.planning.day import Day
from workshop.tailoring.tailor import Tailored

# So many words in a row are the same by no chance.
_RUN = 8
_ALL_KNOWN = bytes([True] * (_RUN - 1))
# A segment's description of fewer words may stand anywhere.
_PHRASE = 3
# Between the words of a phrase: spaces, hyphens and the like, but nothing that ends what was said.
_APART, _BETWEEN = "\x1e", r"[^\w;:!?\x1e]+"
_UNSEEN = re.compile(r"<!--.*?-->|<(style|script|head)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
# Looked for one by one, as what they begin with is found fast.
_READ_OUT = (re.compile(r'alt="(?!slot:)([^"]+)"'), re.compile(r'aria-label="(?!slot:)([^"]+)"'))
_INLINE = re.compile(r"</?(?:a|abbr|b|code|em|i|small|span|strong|sub|sup)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+")
_FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->|\]\([^)]*\)", re.DOTALL)
# Whose papers name no segment, and say nothing that is for these others.
_READERS = ("participant", "manager")
_OTHERS = ("facilitator", "sponsor")


@dataclass(frozen=True)
class Breach:
    """Something that must not be said, in `words`; `location` is where it is written, if known."""

    code: str
    message: str
    hint: str
    words: tuple[str, ...]
    location: Location | None = None


@dataclass(frozen=True)
class Said:
    """A text, as words and as the pieces that stand by themselves: a paragraph, a cell."""

    text: str

    @classmethod
    def in_pieces(cls, pieces: Iterable[str]) -> Said:
        """Return what some texts say, each by itself."""
        return cls(_APART.join(pieces))

    @classmethod
    def in_html(cls, html: str) -> Said:
        """Return what a page of HTML says, to the eye or to the ear."""
        plain = _TAG.sub(_APART, _INLINE.sub("", _UNSEEN.sub(" ", html)))
        read_out = (text for attribute in _READ_OUT for text in attribute.findall(html))
        return cls(unescape(_APART.join((plain, *read_out))))

    @cached_property
    def words(self) -> Sequence[str]:
        """Every word, as it was written."""
        return _WORD.findall(self.text)

    @cached_property
    def pieces(self) -> frozenset[str]:
        """What stands by itself."""
        return frozenset(" ".join(one.split()) for one in self.text.split(_APART))

    @cached_property
    def folded(self) -> Sequence[str]:
        """Every word without regard to capitals."""
        return self.folded_line.split()

    @cached_property
    def line(self) -> str:
        """The words with a space around each."""
        return f" {' '.join(self.words)} "

    @cached_property
    def folded_line(self) -> str:
        """The words with a space around each, without regard to capitals."""
        return self.line.casefold()

    def has(self, words: Sequence[str]) -> bool:
        """Whether words stand in it in this order, with or without capitals."""
        return f" {' '.join(words).casefold()} " in self.folded_line

    def has_phrase(self, words: Sequence[str]) -> bool:
        """Whether they do so in one piece and one sentence."""
        if not self.has(words):
            return False
        return bool(re.search(_BETWEEN.join(map(re.escape, words)), self.text, re.IGNORECASE))


class Confidential:
    """What the papers of a client's cohort must not say; `others` are the other clients' names."""

    def __init__(self, tailored: Tailored, day: Day, others: Iterable[str]) -> None:
        self._tailored = tailored
        self._day = day
        self._others = tuple(_other_names(tailored.client.name, others))
        self._labels = tuple(_labels(tailored.programme.file.segments))
        self._also_for: dict[str, str] = {}
        self._said: dict[str, Said] = {}

    def in_part(self, html: str, audience: str) -> list[Breach]:
        """Return what is wrong in the HTML of a part of a document for an audience."""
        if html not in self._said:
            self._said[html] = Said.in_html(html)
        said = self._said[html]
        return [*self._of_others(said), *self._of_segments(said, audience),
                *self._of_blocks(said, audience)]  # fmt: skip

    def in_copy(self, copy: ComposedCopy, audience: str) -> list[Breach]:
        """Return what is wrong in the name of a file, its title and the texts set into it."""
        front = copy.composition.front
        path = copy.job.path.with_suffix("")
        title = copy.title.split(" – ")
        said = Said.in_pieces((*path.parts, *title, front.author, *copy.texts.values()))
        return [*self._of_others(said), *self._of_segments(said, audience)]

    def _of_others(self, said: Said) -> Iterator[Breach]:
        for other in self._others:
            if other.stands_in(said):
                yield Breach(
                    "other-client",
                    f"Another client is named: “{other.name}”",
                    "Write {{ client.name }} where the client is meant; "
                    "keep what is one client’s own in that client’s folder.",
                    other.words,
                )

    def _of_segments(self, said: Said, audience: str) -> Iterator[Breach]:
        if audience not in _READERS:
            return
        for label in self._labels:
            if label.stands_in(said):
                yield Breach(
                    "segment-label",
                    f"What the programme calls its segments stands in a {audience}’s paper: "
                    f"“{label.text}”",
                    "Segments are for trainer and sponsor alone: say it in other words.",
                    label.words,
                )

    def _of_blocks(self, said: Said, audience: str) -> Iterator[Breach]:
        if audience not in _READERS:
            return
        told: set[Location] = set()
        for at in self._may_stand_at(said.folded):
            run = f" {' '.join(said.folded[at : at + _RUN])} "
            found = next((one for one in self._for_others if run in one.text), None)
            if not found or found.location in told or run in self._theirs(audience):
                continue
            told.add(found.location)
            words = tuple(said.words[at : at + _RUN])
            yield Breach(
                "wrong-audience",
                f"What is for the {found.kind} alone stands in a {audience}’s paper: "
                f"“{' '.join(words)} …”",
                "Look where it comes from: a template or a text repeats what stands in a "
                f"`::: {found.kind}` block.",
                words,
                found.location,
            )

    def _may_stand_at(self, words: Sequence[str]) -> Iterator[int]:
        """Yield where each word of a run is followed by one that follows it for others."""
        known = bytes(map(self._pairs.__contains__, pairwise(words)))
        at = known.find(_ALL_KNOWN)
        while at >= 0:
            yield at
            at = known.find(_ALL_KNOWN, at + 1)

    @cached_property
    def _trees(self) -> Sequence[Sequence[Node]]:
        modules = (planned.module.body for planned in self._day.modules)
        return [*modules, *(case.body for case in self._tailored.cases.values())]

    @cached_property
    def _for_others(self) -> Sequence[_Passage]:
        """What participants and managers are not to read."""
        return [
            _Passage(text, block.kind, block.location)
            for tree in self._trees
            for block in walk(tree)
            if block.kind in _OTHERS
            for text in _passages(block.children)
        ]

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pair for one in self._for_others for pair in pairwise(one.text.split()))

    def _theirs(self, audience: str) -> str:
        """Return what is also written for an audience; asked for when something is found."""
        if audience not in self._also_for:
            shown = (visible(tree, audience) for tree in self._trees)
            self._also_for[audience] = _APART.join(
                text for tree in shown for text in _passages(tree)
            )
        return self._also_for[audience]


@dataclass(frozen=True)
class _Passage:
    """Words in a row, each with a space around it, and the block they stand in."""

    text: str
    kind: str
    location: Location


@dataclass(frozen=True)
class _Name:
    """Another client's name. One of a single word counts as it is written alone: “Open”."""

    name: str
    words: tuple[str, ...]
    own: str

    def stands_in(self, said: Said) -> bool:
        if len(self.words) == 1:
            line, own, name = said.line, f" {self.own} ", f" {self.words[0]} "
        else:
            line, own = said.folded_line, f" {self.own.casefold()} "
            name = f" {' '.join(self.words).casefold()} "
        if name in own:
            while own in line:
                line = line.replace(own, " ")
        return name in line and (len(self.words) == 1 or said.has_phrase(self.words))


def _other_names(own: str, others: Iterable[str]) -> Iterator[_Name]:
    mine = " ".join(_WORD.findall(own))
    for name in others:
        words = tuple(_WORD.findall(name))
        # A client may be there twice, in two folders.
        if words and " ".join(words).casefold() != mine.casefold():
            yield _Name(name, words, mine)


@dataclass(frozen=True)
class _Label:
    """A segment's name or description. A name of one word counts only where it stands alone."""

    text: str
    words: tuple[str, ...]

    def stands_in(self, said: Said) -> bool:
        if len(self.words) > 1:
            several = (*self.words[:-1], f"{self.words[-1]}s")
            return said.has_phrase(self.words) or said.has_phrase(several)
        return said.has(self.words) and (
            self.text in said.pieces or said.has(("segment", self.text))
        )


def _labels(segments: Mapping[str, str]) -> Iterator[_Label]:
    for name, description in segments.items():
        yield _Label(name, tuple(_WORD.findall(name)))
        words = tuple(_WORD.findall(description))
        if len(words) >= _PHRASE:
            yield _Label(description, words)


def _passages(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Text):
            # What is filled in is not known here: a run does not reach over it.
            for piece in _FILLED_IN.split(node.source):
                yield f" {' '.join(_WORD.findall(piece))} ".casefold()
        else:
            yield from _passages(node.children)

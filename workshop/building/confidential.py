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

from workshop.composing.composition import ComposedCopy
from workshop.content.blocks import Node, Text, visible, walk
from workshop.diagnostics import Location
from workshop.planning.day import Day
from workshop.tailoring.tailor import Tailored

# So many words in a row are the same by no chance.
_RUN = 8
# A segment's description of fewer words may stand anywhere.
_PHRASE = 3
# Between the words of a phrase: spaces, hyphens and the like, but nothing that ends what was said.
_APART, _BETWEEN = "\x1e", r"[^\w;:!?\x1e]+"
_UNSEEN = re.compile(r"<!--.*?-->|<(style|script|head)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_READ_OUT = re.compile(r'<[^>]*\b(?:alt|aria-label)="(?!slot:)([^"]+)"[^>]*>')
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
        return cls(unescape(_APART.join((plain, *_READ_OUT.findall(html)))))

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
        return _WORD.findall(self.text.casefold())

    @cached_property
    def line(self) -> str:
        """The words with a space around each."""
        return f" {' '.join(self.words)} "

    @cached_property
    def folded_line(self) -> str:
        """The words with a space around each, without regard to capitals."""
        return f" {' '.join(self.folded)} "

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
        self._also_for: dict[str, frozenset[tuple[str, ...]]] = {}
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
        if audience not in _READERS or self._runs_for_others.isdisjoint(_runs(said.folded)):
            return
        told: set[Location] = set()
        for at, run in enumerate(_runs(said.folded)):
            found = self._for_others.get(run)
            if not found or found[1] in told or run in self._theirs(audience):
                continue
            kind, place = found
            told.add(place)
            words = tuple(said.words[at : at + _RUN])
            yield Breach(
                "wrong-audience",
                f"What is for the {kind} alone stands in a {audience}’s paper: "
                f"“{' '.join(words)} …”",
                "Look where it comes from: a template or a text repeats what stands in a "
                f"`::: {kind}` block.",
                words,
                place,
            )

    @cached_property
    def _trees(self) -> Sequence[Sequence[Node]]:
        modules = (planned.module.body for planned in self._day.modules)
        return [*modules, *(case.body for case in self._tailored.cases.values())]

    @cached_property
    def _for_others(self) -> Mapping[tuple[str, ...], tuple[str, Location]]:
        """Every run of words that participants and managers are not to read, with its place."""
        return {
            run: (block.kind, block.location)
            for tree in self._trees
            for block in walk(tree)
            if block.kind in _OTHERS
            for run in _runs_in(block.children)
        }

    @cached_property
    def _runs_for_others(self) -> frozenset[tuple[str, ...]]:
        return frozenset(self._for_others)

    def _theirs(self, audience: str) -> frozenset[tuple[str, ...]]:
        """Return the runs that are also written for an audience; asked for when one is found."""
        if audience not in self._also_for:
            shown = (visible(tree, audience) for tree in self._trees)
            self._also_for[audience] = frozenset(run for tree in shown for run in _runs_in(tree))
        return self._also_for[audience]


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


def _runs_in(nodes: Iterable[Node]) -> Iterator[tuple[str, ...]]:
    for node in nodes:
        if isinstance(node, Text):
            # What is filled in is not known here: a run does not reach over it.
            for piece in _FILLED_IN.split(node.source):
                yield from _runs(_WORD.findall(piece.casefold()))
        else:
            yield from _runs_in(node.children)


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(_RUN)), strict=False)

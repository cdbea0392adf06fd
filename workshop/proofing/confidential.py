"""Composed documents into what is said in them that their readers are not to read.

Looked for in the text that was composed, which is there before anything is laid out. Words are
compared, so that neither a line break nor a quotation mark hides what is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import chain, pairwise

from workshop.composing.composition import ComposedCopy
from workshop.composing.language.text_writer import pieces_of
from workshop.composing.language.words import Words
from workshop.content.block_tree import Block, Node, Text, texts_of, visible, walk
from workshop.content.cues import CUES
from workshop.diagnostics import ContentError, Location
from workshop.planning.day import Day
from workshop.tailoring.tailor import Tailored

# So many words in a row are the same by no chance.
_RUN = 8
_ALL_KNOWN = bytes([True] * (_RUN - 1))
# Nor is a whole sentence of so many; a shorter one counts together with its neighbour.
_SENTENCE = 3
_CUES = tuple(f"{cue.lower()} " for cue in CUES)
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
_NO_WORD = re.compile(r"[^\w\x1e]+")
_END = re.compile(r"[.!?…]+(?=[\"'”’»)*_]*(?:\s|\x1e|\Z))")
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
    def sentences(self) -> Sequence[str]:
        """Each sentence, and what stands by itself, as words without regard to capitals."""
        text = _END.sub(_APART, self.text.casefold().replace("_", " "))
        parts = _NO_WORD.sub(" ", text).split(_APART)
        return [sentence for part in parts if (sentence := part.strip())]

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
        for passage, words in chain(self._runs(said, audience), self._whole(said, audience)):
            if passage.location in told:
                continue
            told.add(passage.location)
            yield Breach(
                "wrong-audience",
                f"What is for the {passage.kind} alone stands in a {audience}’s paper: "
                f"“{' '.join(words)}{' …' * (len(words) == _RUN)}”",
                "Look where it comes from: a template or a text repeats what stands in a "
                f"`::: {passage.kind}` block.",
                words,
                passage.location,
            )

    def _runs(self, said: Said, audience: str) -> Iterator[_Repeated]:
        """Yield words in a row that are those of a passage for others."""
        for at in self._may_stand_at(said.folded):
            run = f" {' '.join(said.folded[at : at + _RUN])} "
            passage = next((one for one in self._for_others if run in one.text), None)
            if passage and run not in self._theirs(audience):
                yield passage, tuple(said.words[at : at + _RUN])

    def _whole(self, said: Said, audience: str) -> Iterator[_Repeated]:
        """Yield sentences that are those of a passage for others, short ones two by two."""
        cued = (sentence for sentence in said.sentences if sentence.startswith(_CUES))
        bare = (sentence.partition(" ")[2] for sentence in cued)
        pairs = map(_APART.join, pairwise(said.sentences))
        for sentence in chain(said.sentences, bare, pairs):
            passage = self._sentences.get(sentence)
            if passage and not self._may_say(sentence, audience):
                yield passage, tuple(_WORD.findall(sentence))

    def _may_say(self, sentence: str, audience: str) -> bool:
        """Whether an audience is told it elsewhere, or the program's own templates say it."""
        parts = [f" {part} " for part in sentence.split(_APART)]
        texts = (self._theirs(audience), self._library)
        return any(all(part in text for part in parts) for text in texts)

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
    def _texts(self) -> Sequence[tuple[Block, Text]]:
        """What participants and managers are not to read, and the blocks it stands in."""
        blocks = (block for tree in self._trees for block in walk(tree) if block.kind in _OTHERS)
        return [(block, text) for block in blocks for text in texts_of(block.children)]

    @cached_property
    def _for_others(self) -> Sequence[_Passage]:
        return [
            _Passage(words, block.kind, block.location)
            for block, text in self._texts
            for words in _in_words(text.source)
        ]

    @cached_property
    def _sentences(self) -> Mapping[str, _Passage]:
        """Every sentence of it that is no chance where it stands again, with what is filled in."""
        write = Words(self._tailored, self._day).texts.plain
        sentences: dict[str, _Passage] = {}
        for block, text in self._texts:
            filled = text.source
            # A fault in a text is told when it is composed.
            with suppress(ContentError):
                filled = write(text.source, text.location)
            for sentence in _no_chance(Said.in_html(_APART.join(pieces_of(filled))).sentences):
                sentences[sentence] = _Passage(sentence, block.kind, block.location)
        return sentences

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pair for one in self._for_others for pair in pairwise(one.text.split()))

    def _theirs(self, audience: str) -> str:
        """Return what is also written for an audience; asked for when something is found."""
        if audience not in self._also_for:
            shown = [visible(tree, audience) for tree in self._trees]
            options = (block.options.values() for tree in shown for block in walk(tree))
            titles = (str(value) for values in options for value in values)
            texts = (text.source for tree in shown for text in texts_of(tree))
            every = (*texts, *titles, *self._titles())
            self._also_for[audience] = _APART.join(
                part for text in every for part in _in_words(text)
            )
        return self._also_for[audience]

    def _titles(self) -> Iterator[str]:
        for front in (planned.module.front for planned in self._day.modules):
            yield from (front.title, front.summary, *front.outcomes)
        programme = self._tailored.programme.file
        yield from (programme.title, programme.promise, *programme.gains)
        yield from (case.title for case in self._tailored.cases.values())

    @cached_property
    def _library(self) -> str:
        """What the templates that come with the program say, which is for everybody."""
        folder = self._tailored.overlay.layers[-1].folder("templates")
        texts = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.j2")))
        return Said.in_html(_APART.join(texts)).folded_line


@dataclass(frozen=True)
class _Passage:
    """Words in a row, each with a space around it, and the block they stand in."""

    text: str
    kind: str
    location: Location


# A passage that stands in a paper, and its words there.
_Repeated = tuple[_Passage, tuple[str, ...]]


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


def _in_words(source: str) -> Iterator[str]:
    # What is filled in is not known here: a run does not reach over it.
    for piece in _FILLED_IN.split(source):
        yield f" {' '.join(_WORD.findall(piece))} ".casefold()


def _no_chance(sentences: Sequence[str]) -> Iterator[str]:
    short = [len(sentence.split()) < _SENTENCE for sentence in sentences]
    yield from (sentence for sentence, chance in zip(sentences, short, strict=True) if not chance)
    for at, pair in enumerate(pairwise(sentences)):
        if short[at] and short[at + 1]:
            yield _APART.join(pair)

"""Find passages of facilitators' and sponsors' blocks that another audience's paper repeats.

Two kinds of repetition count: a run of eight words, and a whole sentence. Neither counts where the
audience may read the same words elsewhere: in a text of its own, or in the program's templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

from workshop.composing.language.bounds.growth import Effort
from workshop.composing.language.text_pieces import pieces_of
from workshop.composing.language.words import Words
from workshop.content.audiences import CONFIDENTIAL, Audience
from workshop.content.block_tree import Block, Node, Text, texts_of, visible, walk
from workshop.content.grammar.cues import CUES
from workshop.diagnostics import ContentError, Location
from workshop.keeping.memory import Memory
from workshop.limits import TEMPLATE_FILE
from workshop.planning.day import Day
from workshop.proofing.read_words import PIECE_BREAK, ReadText, words_in
from workshop.tailoring.tailored import Tailored
from workshop.user_files import is_left_behind, read_source

# As many words in a row are not repeated by chance.
RUN_LENGTH = 8
_ALL_PAIRS = bytes([True] * (RUN_LENGTH - 1))
# Nor is a whole sentence of as many words. A shorter one counts only together with its neighbour.
_LONG_SENTENCE = 3
_CUES = tuple(f"{cue.lower()} " for cue in CUES)
# Expressions and comments of templates, and the addresses of links.
_QUOTED = re.compile('"([^"]*)"')
_FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->|\]\([^)]*\)", re.DOTALL)


@dataclass(frozen=True)
class Passage:
    """Holds words of a confidential block in lower case, with the block's kind and place."""

    text: str
    kind: str
    location: Location


# A passage, and the words of a paper that repeat it.
Repetition = tuple[Passage, tuple[str, ...]]


class ConfidentialPassages:
    """Finds what a cohort's papers repeat of the blocks for facilitators and sponsors alone."""

    def __init__(self, tailored: Tailored, day: Day) -> None:
        self._tailored = tailored
        self._day = day
        self._texts_for: dict[Audience, str] = {}

    def repetitions(self, text: ReadText, audience: Audience) -> Iterator[Repetition]:
        """Yield the passages that a text for an audience repeats, with its words.

        A passage may come several times.
        """
        return chain(self._repeated_runs(text, audience), self._repeated_sentences(text, audience))

    def _repeated_runs(self, text: ReadText, audience: Audience) -> Iterator[Repetition]:
        for start in self._likely_starts(text.lower_words):
            end = start + RUN_LENGTH
            run = f" {' '.join(text.lower_words[start:end])} "
            passage = next((passage for passage in self._passages if run in passage.text), None)
            if passage and run not in self._open_to(audience):
                yield passage, tuple(text.words[start:end])

    def _repeated_sentences(self, text: ReadText, audience: Audience) -> Iterator[Repetition]:
        """Yield repeated sentences: alone, without the cue before them, and two by two."""
        cued = (sentence for sentence in text.sentences if sentence.startswith(_CUES))
        without_cue = (sentence.partition(" ")[2] for sentence in cued)
        pairs = map(PIECE_BREAK.join, pairwise(text.sentences))
        for sentence in chain(text.sentences, without_cue, pairs):
            passage = self._sentences.get(sentence)
            if passage and not self._may_read(audience, sentence):
                yield passage, tuple(words_in(sentence))

    def _may_read(self, audience: Audience, sentence: str) -> bool:
        """Tell whether an audience reads a sentence elsewhere, or the program's templates have it.

        Of a pair, both sentences have to stand in the same source, not necessarily in a row.
        """
        parts = [f" {part} " for part in sentence.split(PIECE_BREAK)]
        sources = (self._open_to(audience), self._library)
        return any(all(part in source for part in parts) for source in sources)

    def _likely_starts(self, lower_words: Sequence[str]) -> Iterator[int]:
        """Yield where a run may begin: each two of its words stand so in some passage.

        This is much faster than to look for every run in every passage.
        """
        in_passage = bytes(map(self._pairs.__contains__, pairwise(lower_words)))
        start = in_passage.find(_ALL_PAIRS)
        while start >= 0:
            yield start
            start = in_passage.find(_ALL_PAIRS, start + 1)

    @cached_property
    def _trees(self) -> Sequence[Sequence[Node]]:
        """The block trees of the day's modules and the client's cases."""
        modules = (planned.module.body for planned in self._day.modules)
        return [*modules, *(case.body for case in self._tailored.cases.values())]

    @cached_property
    def _texts(self) -> Sequence[tuple[Block, Text]]:
        """Every text of a confidential block, with the block."""
        blocks = (
            block for tree in self._trees for block in walk(tree) if block.kind in CONFIDENTIAL
        )
        return [(block, text) for block in blocks for text in texts_of(block.children)]

    @cached_property
    def _passages(self) -> Sequence[Passage]:
        """The words of every confidential text, parted where a value is filled in."""
        return [
            Passage(words, block.kind, block.location)
            for block, text in self._texts
            for words in _words_between_values(text.source)
        ]

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        """Every two words that follow each other in a passage."""
        return frozenset(
            pair for passage in self._passages for pair in pairwise(passage.text.split())
        )

    @cached_property
    def _sentences(self) -> Mapping[str, Passage]:
        """Every confidential sentence that is not repeated by chance, with values filled in.

        The keys are the sentences as `ReadText.sentences` has them.
        """
        writer = Words(self._tailored, self._day, Memory(), Effort()).texts
        exercises = {
            block.location: exercise
            for module in self._day.modules
            for exercise in module.exercises
            for block in walk([exercise.exercise.block])
        }
        sentences: dict[str, Passage] = {}
        for block, text in self._texts:
            filled = text.source
            # A fault in a text is reported when the text is composed.
            with writer.in_exercise(exercises.get(block.location)), suppress(ContentError):
                filled = writer.plain(text.source, text.location)
            read = ReadText.from_html(PIECE_BREAK.join(pieces_of(filled)))
            for sentence in _telling_sentences(read.sentences):
                sentences[sentence] = Passage(sentence, block.kind, block.location)
        return sentences

    def _open_to(self, audience: Audience) -> str:
        """Return all that is written for an audience, in lower case.

        It takes long to gather, so it is gathered only when a repetition has been found.
        """
        if audience not in self._texts_for:
            shown = [visible(tree, audience) for tree in self._trees]
            options = (block.options.values() for tree in shown for block in walk(tree))
            labels = (str(value) for values in options for value in values)
            texts = (text.source for tree in shown for text in texts_of(tree))
            self._texts_for[audience] = PIECE_BREAK.join(
                part
                for source in chain(texts, labels, self._titles())
                for part in _words_between_values(source)
            )
        return self._texts_for[audience]

    def _titles(self) -> Iterator[str]:
        """Yield what the front matter of modules, programme and cases says to everybody."""
        for front in (planned.module.front for planned in self._day.modules):
            yield from (front.title, front.summary, *front.outcome_texts)
        programme = self._tailored.programme.file
        yield from (programme.title, programme.promise, *programme.gains)
        yield from (case.title for case in self._tailored.cases.values())

    @cached_property
    def _library(self) -> str:
        """The words of the program's own templates, which everybody may read."""
        folder = self._tailored.overlay.layers[-1].folder("templates")
        files = (path for path in sorted(folder.rglob("*.j2")) if not is_left_behind(path.name))
        texts = (read_source(path, TEMPLATE_FILE) for path in files)
        return ReadText.from_html(PIECE_BREAK.join(texts)).lower_line


def _words_between_values(source: str) -> Iterator[str]:
    """Yield the words between filled-in values in lower case, a space before and behind each.

    The values are not known here, so no run of words reaches across one. What stands in quotation
    marks within braces may be printed, such as the words for a document.
    """
    quoted = (words for value in _FILLED_IN.findall(source) for words in _QUOTED.findall(value))
    for piece in chain(_FILLED_IN.split(source), quoted):
        yield f" {' '.join(words_in(piece))} ".casefold()


def _telling_sentences(sentences: Sequence[str]) -> Iterator[str]:
    """Yield the sentences that are not repeated by chance: long ones, and pairs of short ones."""
    short = [len(sentence.split()) < _LONG_SENTENCE for sentence in sentences]
    for sentence, is_short in zip(sentences, short, strict=True):
        if not is_short:
            yield sentence
    for pair, are_short in zip(pairwise(sentences), pairwise(short), strict=True):
        if all(are_short):
            yield PIECE_BREAK.join(pair)

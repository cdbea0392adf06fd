"""Read a text as its readers see or hear it: its words, its sentences, its separate pieces.

Texts are compared word by word. So the same statement is recognised when line breaks, quotation
marks or tags differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape

# Stands between two pieces of a text: paragraphs, headings, cells.
PIECE_BREAK = "\x1e"
# Between the words of a phrase: spaces, hyphens and the like, but nothing that ends a statement.
_BETWEEN = r"[^\w;:!?\x1e]+"

_UNSEEN = re.compile(r"<!--.*?-->|<(style|script|head)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
# Two expressions, because a search for a fixed beginning is fast.
_READ_OUT = (re.compile(r'alt="(?!slot:)([^"]+)"'), re.compile(r'aria-label="(?!slot:)([^"]+)"'))
_INLINE = re.compile(r"</?(?:a|abbr|b|code|em|i|small|span|strong|sub|sup)\b[^>]*>", re.IGNORECASE)
# The minutes of a step stand in a column of their own.
_STEP_MINUTES = re.compile(r'<span class="step-minutes">([^<]*)</span>')
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+")
_NO_WORD = re.compile(r"[^\w\x1e]+")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\"'”’»)*_]*(?:\s|\x1e|\Z))")
# Not across pieces, such as the cells of a table: Python takes their separator for a space.
_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]+)[ \t\n\xa0]+\1(?![\w’'-])", re.IGNORECASE)
# What is rightly said twice, in the languages that kits are written in.
_MEANT = frozenset({"had", "that", "nous", "vous", "die", "der", "das", "sie", "ist"})
_CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
# Between choices in a row, each in a tag of its own.
_SIDE_BY_SIDE = re.compile(r"(?<=>)\s+(?=<[a-z])")


def words_in(text: str) -> list[str]:
    """Return the words of a text, without the signs between them."""
    return _WORD.findall(text)


# Letters of a sentence without end that are shown on each side of a word.
_AROUND = 250


@dataclass(frozen=True)
class ReadText:
    """Holds a text as it is read, with `PIECE_BREAK` between the pieces that stand by themselves.

    A piece is a paragraph, a heading, a cell of a table and the like.
    """

    text: str

    @classmethod
    def from_pieces(cls, pieces: Iterable[str]) -> ReadText:
        """Return several texts as one, each a piece of its own."""
        return cls(PIECE_BREAK.join(pieces))

    @classmethod
    def from_html(cls, html: str) -> ReadText:
        """Return the text of a page of HTML: what it shows, and what a screen reader reads out."""
        seen = _STEP_MINUTES.sub(r"<br>\1<br>", _UNSEEN.sub(" ", html))
        shown = _TAG.sub(PIECE_BREAK, _INLINE.sub("", seen))
        read_out = (text for attribute in _READ_OUT for text in attribute.findall(html))
        return cls(unescape(PIECE_BREAK.join((shown, *read_out))))

    @cached_property
    def words(self) -> Sequence[str]:
        """Every word, with its capitals."""
        return words_in(self.text)

    @cached_property
    def pieces(self) -> frozenset[str]:
        """Every piece, with single spaces between its words."""
        return frozenset(" ".join(piece.split()) for piece in self.text.split(PIECE_BREAK))

    @cached_property
    def sentences(self) -> Sequence[str]:
        """Every sentence as its words, in lower case and with single spaces between them.

        The end of a piece ends a sentence too.
        """
        text = _SENTENCE_END.sub(PIECE_BREAK, self.text.casefold().replace("_", " "))
        parts = _NO_WORD.sub(" ", text).split(PIECE_BREAK)
        return [sentence for part in parts if (sentence := part.strip())]

    @cached_property
    def lower_words(self) -> Sequence[str]:
        """Every word in lower case."""
        return self.lower_line.split()

    @cached_property
    def line(self) -> str:
        """The words in one line, with a space before and behind each."""
        return f" {' '.join(self.words)} "

    @cached_property
    def lower_line(self) -> str:
        """The words in one line in lower case, with a space before and behind each."""
        return self.line.casefold()

    def has_words(self, words: Sequence[str]) -> bool:
        """Tell whether the text has these words in this order, whatever their capitals."""
        return f" {' '.join(words).casefold()} " in self.lower_line

    def has_phrase(self, words: Sequence[str]) -> bool:
        """Tell whether the text has these words in this order within one piece and one sentence."""
        if not self.has_words(words):
            return False
        return bool(re.search(_BETWEEN.join(map(re.escape, words)), self.text, re.IGNORECASE))


def doubled_words(html: str) -> Iterator[tuple[str, str]]:
    """Yield each word that a page of HTML says twice in a row: “next next”, and its sentence.

    Of a sentence without end, that is what stands around the word. Code may say what it likes.
    """
    text = ReadText.from_html(_SIDE_BY_SIDE.sub("<br>", _CODE.sub("<br>", html))).text
    for sentence in _SENTENCE_END.sub(rf"\g<0>{PIECE_BREAK}", text).split(PIECE_BREAK):
        for twice in _twice_in(sentence):
            yield " ".join(twice[0].split()), _cut_around(sentence, *twice.span())


def _cut_around(sentence: str, start: int, end: int) -> str:
    """Return a sentence with single spaces; of a long one the words around a place."""
    if len(sentence) <= 2 * _AROUND:
        return " ".join(sentence.split())
    before = " ".join(sentence[max(0, start - _AROUND) : start].split())
    after = " ".join(sentence[end : end + _AROUND].split())
    if start > _AROUND:
        before = f"… {before.partition(' ')[2]}"
    if end + _AROUND < len(sentence):
        after = f"{after.rpartition(' ')[0]} …"
    return " ".join(filter(None, (before, *sentence[start:end].split(), after)))


def doubled_in(text: str) -> Iterator[str]:
    """Yield each word that a text says twice in a row, with both: “next next”."""
    yield from (" ".join(twice[0].split()) for twice in _twice_in(text))


def _twice_in(text: str) -> Iterator[re.Match[str]]:
    return (twice for twice in _TWICE.finditer(text) if twice[1].casefold() not in _MEANT)

"""List the names that a client's papers must not print: other clients' names, segment labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workshop.proofing.read_words import ReadText, words_in

# A segment's description of fewer words may stand anywhere.
_SHORTEST_DESCRIPTION = 3


@dataclass(frozen=True)
class OtherClientName:
    """Says whether a text names another client.

    A name of a single word, such as “Open”, counts only with its own capitals. `own_name` is the
    name of the client whose text it is, which may contain the other client's name.
    """

    name: str
    words: tuple[str, ...]
    own_name: str

    @property
    def quoted(self) -> str:
        """The name as a message tells it."""
        return f"“{self.name}”"

    def stands_in(self, text: ReadText) -> bool:
        """Tell whether a text has this name outside of the client's own name."""
        if len(self.words) == 1:
            line, own_name, name = text.line, f" {self.own_name} ", f" {self.words[0]} "
        else:
            line, own_name = text.lower_line, f" {self.own_name.casefold()} "
            name = f" {' '.join(self.words).casefold()} "
        if name in own_name:
            while own_name in line:
                line = line.replace(own_name, " ")
        return name in line and (len(self.words) == 1 or text.has_phrase(self.words))


def other_client_names(own_name: str, other_names: Iterable[str]) -> Iterator[OtherClientName]:
    """Yield the names of other clients that the client called `own_name` must not print."""
    own_words = " ".join(words_in(own_name))
    for name in other_names:
        words = tuple(words_in(name))
        # A client may be there twice, in two folders.
        if words and " ".join(words).casefold() != own_words.casefold():
            yield OtherClientName(name, words, own_words)


@dataclass(frozen=True)
class SegmentLabel:
    """Says whether a text prints a segment's name or description.

    A name of a single word counts only as a piece of its own, or behind the word “segment”.
    """

    text: str
    words: tuple[str, ...]

    def stands_in(self, text: ReadText) -> bool:
        """Tell whether a text has this label, in the singular or the plural."""
        if len(self.words) > 1:
            plural = (*self.words[:-1], f"{self.words[-1]}s")
            return text.has_phrase(self.words) or text.has_phrase(plural)
        return text.has_words(self.words) and (
            self.text in text.pieces or text.has_words(("segment", self.text))
        )


def segment_labels(segments: Mapping[str, str]) -> Iterator[SegmentLabel]:
    """Yield the names of segments and their descriptions, which `segments` has by name."""
    for name, description in segments.items():
        yield SegmentLabel(name, tuple(words_in(name)))
        words = tuple(words_in(description))
        if len(words) >= _SHORTEST_DESCRIPTION:
            yield SegmentLabel(description, words)

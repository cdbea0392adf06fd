"""Everything a PDF's bytes hold, whatever a reader would look at: all revisions, all streams."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import pairwise

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def revisions(data: bytes) -> list[bytes]:
    """Return the file as it was after each of its updates, the first one first."""
    ends = [match.end() for match in re.finditer(rb"%%EOF\s*", data)]
    return [data[:end] for end in ends]


def everything_in(data: bytes) -> bytes:
    """Return the bytes of a file, followed by those of each of its streams, decompressed."""
    return b"\n".join([data, *_decompressed(data)])


def spellings(text: str) -> list[bytes]:
    """Return the ways in which a PDF may spell a text."""
    wide = text.encode("utf-16-be")
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    ways = [text.encode(), escaped.encode(), wide, wide.hex().encode(), wide.hex().upper().encode()]
    with suppress(UnicodeEncodeError):
        ways.append(text.encode("latin-1"))
    return list(dict.fromkeys(ways))


class Search:
    """Looks for texts in files; what several files share, it looks through once."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._ways = {text: spellings(text) for text in texts}
        self._known: dict[bytes, frozenset[str]] = {}

    def found_in(self, data: bytes) -> set[str]:
        """Return which of the texts a file spells, in any revision and any stream."""
        ends = [0, *map(len, revisions(data)), len(data)]
        own = [data[start:end] for start, end in pairwise(ends)]
        return set().union(*(self._in_revision(piece) for piece in own))

    def _in_revision(self, data: bytes) -> frozenset[str]:
        digest = b"revision" + hashlib.sha256(data).digest()
        if digest not in self._known:
            pieces = (data, *_decompressed(data))
            self._known[digest] = frozenset().union(*map(self._in_piece, pieces))
        return self._known[digest]

    def _in_piece(self, piece: bytes) -> frozenset[str]:
        digest = hashlib.sha256(piece).digest()
        if digest not in self._known:
            self._known[digest] = frozenset(
                text for text, ways in self._ways.items() if any(way in piece for way in ways)
            )
        return self._known[digest]


def _decompressed(data: bytes) -> Iterator[bytes]:
    for match in _STREAM.finditer(data):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            # Not compressed: it is among the bytes as it is.
            continue

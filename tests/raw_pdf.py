"""Everything a PDF's bytes hold, whatever a reader would look at: all revisions, all streams."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

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
    return ways


def _decompressed(data: bytes) -> Iterator[bytes]:
    for match in _STREAM.finditer(data):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            # Not compressed: it is among the bytes as it is.
            continue

"""Write PDF syntax, as far as new objects for a file need it.

Source: ISO 32000-1, 7.3 (objects), 7.5.6 (incremental updates), 7.5.8 (cross-reference streams).
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def stream(entries: bytes, data: bytes, *, compress: bool = True) -> bytes:
    """Return a stream object; `entries` are those of its dictionary, without the length."""
    if compress:
        entries, data = entries + b" /Filter /FlateDecode", zlib.compress(data, 9)
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(data), data)


def string(text: str) -> bytes:
    """Return a text string, in ASCII where it can be and in UTF-16 elsewhere (7.9.2.2)."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return b"(%b)" % escaped.encode()
    return b"<feff%b>" % text.encode("utf-16-be").hex().encode()


def number(value: float) -> bytes:
    """Return a number with at most three decimals, as short as it can be written."""
    return f"{value:.3f}".rstrip("0").rstrip(".").encode()


def reference(to: int) -> bytes:
    """Return a reference to the object of this number."""
    return b"%d 0 R" % to


def addition(
    at: int, objects: Mapping[int, bytes], size: int, entries: bytes, previous: int | None
) -> bytes:
    """Return the bytes to append to a file of `at` bytes, so that it gets new objects or bodies.

    `objects` are new bodies by the object's number; `size` is one more than the highest number in
    use. `entries` are those of the trailer but for /Size and /Prev. `previous` is the offset of the
    last cross-reference stream.
    """
    pieces: list[bytes] = []
    places = {}
    for key in sorted(objects):
        places[key] = at
        pieces.append(b"%d 0 obj\n%b\nendobj\n" % (key, objects[key]))
        at += len(pieces[-1])
    # The cross-reference stream lists itself.
    places[size] = at
    rows = b"".join(b"\x01%b\x00" % places[key].to_bytes(5, "big") for key in sorted(places))
    index = b" ".join(b"%d %d" % run for run in _runs(sorted(places)))
    if previous is not None:
        entries += b" /Prev %d" % previous
    entries = b"/Type /XRef /Size %d /W [1 5 1] /Index [%b] %b" % (size + 1, index, entries)
    pieces.append(b"%d 0 obj\n%b\nendobj\n" % (size, stream(entries, rows, compress=False)))
    pieces.append(b"startxref\n%d\n%%%%EOF\n" % at)
    return b"".join(pieces)


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return runs of consecutive numbers, each as its first number and its length."""
    runs: list[tuple[int, int]] = []
    for key in numbers:
        if runs and key == sum(runs[-1]):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((key, 1))
    return runs

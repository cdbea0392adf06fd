"""Parts as PDFs, opened once for the documents that share them."""

from __future__ import annotations

import io
import threading
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from pikepdf import Pdf

from workshop.typesetting.laid_out import LaidOut


class _Opened(threading.local):
    """The parts that a thread opened last: no two threads may read one PDF."""

    def __init__(self) -> None:
        self.part = lru_cache(maxsize=128)(_open)


def _open(pdf: bytes, _time: int) -> Pdf:
    return Pdf.open(io.BytesIO(pdf))


_opened = _Opened()


def opened(parts: Iterable[LaidOut]) -> list[Pdf]:
    """Return the parts of a document to copy from, and never to change.

    Workbooks of a cohort share nearly all of theirs. What stands in a document several times is
    copied as often, with slots of its own.
    """
    times: Counter[bytes] = Counter()
    sources = []
    for part in parts:
        times[part.pdf] += 1
        sources.append(_opened.part(part.pdf, times[part.pdf]))
    return sources

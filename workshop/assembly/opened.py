"""Open parts as PDFs, each once for all documents that share it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable
from functools import partial

from pikepdf import Pdf

from workshop.keeping.memory import Memory
from workshop.typesetting.laid_out import LaidOut


def opened(parts: Iterable[LaidOut], memory: Memory) -> list[Pdf]:
    """Return the parts of a document as PDFs to copy from; they must never be changed.

    Workbooks of a cohort share nearly all of their parts. A part that stands in a document several
    times is opened as often, so that each has slots of its own.
    """
    times: Counter[bytes] = Counter()
    sources = []
    for part in parts:
        times[part.pdf] += 1
        key = part.pdf, times[part.pdf]
        sources.append(memory.opened.get_or_make(key, partial(_open, part.pdf)))
    return sources


def _open(pdf: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(pdf))

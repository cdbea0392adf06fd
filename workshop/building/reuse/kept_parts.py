"""Remember laid-out parts and linked documents, by what they came from, for the next build.

No entry holds anything of a roster: whoever hands parts in leaves out those that print any of it,
and documents with such a part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache, cached_property
from typing import TypeVar

from pydantic import TypeAdapter

from workshop.assembly.values import Linked
from workshop.composing.pages.render_job import RenderJob
from workshop.keeping.memory import Memory, Table
from workshop.typesetting.engine import engine
from workshop.typesetting.laid_out import LaidOut

Product = TypeVar("Product", LaidOut, Linked)

_PARTS, _LINKED = "parts", "linked"


class KeptParts:
    """Gives back what a memory, or the store behind it, has of parts and documents."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def part(self, job: RenderJob) -> LaidOut | None:
        """Return what a job was laid out as, if that is still there and whole."""
        key = self._key(job)
        return self._get(self._memory.parts, _PARTS, key, lambda: _form_of(LaidOut))

    def has_part(self, job: RenderJob) -> bool:
        """Tell whether a job was laid out before."""
        key, store = self._key(job), self._memory.store
        return key in self._memory.parts or (store is not None and store.has(_PARTS, key))

    def keep_part(self, job: RenderJob, part: LaidOut) -> None:
        """Keep what a job was laid out as."""
        self._put(self._memory.parts, _PARTS, self._key(job), part, _form_of(LaidOut))

    def document(self, key: str) -> Linked | None:
        """Return the document that was linked from the same (SHA-256 of it, in hexadecimal)."""
        return self._get(self._memory.linked, _LINKED, key, lambda: _form_of(Linked))

    def has_document(self, key: str) -> bool:
        """Tell whether a document was linked from the same before."""
        store = self._memory.store
        return key in self._memory.linked or (store is not None and store.has(_LINKED, key))

    def keep_document(self, key: str, linked: Linked) -> None:
        """Keep a linked document."""
        self._put(self._memory.linked, _LINKED, key, linked, _form_of(Linked))

    def _get(
        self,
        table: Table[str, Product],
        kind: str,
        key: str,
        data: Callable[[], TypeAdapter[Product]],
    ) -> Product | None:
        product = table.get(key)
        store = self._memory.store
        if product is None and store and (body := store.get(kind, key)) is not None:
            header, _, pdf = body.partition(b"\n")
            with suppress(ValueError):
                if pdf.startswith(b"%PDF-"):
                    product = table.put(key, replace(data().validate_json(header), pdf=pdf))
        return product

    def _put(
        self,
        table: Table[str, Product],
        kind: str,
        key: str,
        product: Product,
        data: TypeAdapter[Product],
    ) -> None:
        table.put(key, product)
        if self._memory.store:
            header = data.dump_json(replace(product, pdf=b""))
            self._memory.store.put(kind, key, header + b"\n" + product.pdf)

    def _key(self, job: RenderJob) -> str:
        return hashlib.sha256(f"{self._engine}{job.digest}".encode()).hexdigest()

    @cached_property
    def _engine(self) -> str:
        return engine()


@cache
def _form_of(product: type[Product]) -> TypeAdapter[Product]:
    """Return how a kind of product is written; to work it out takes longer than to write some."""
    return TypeAdapter(product)

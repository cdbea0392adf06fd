"""Join the packs of a run in one PDF for the printer, in which equal objects are written once.

Packs of a cohort differ in a few names. With their fonts, pictures and pages written once, the
printer has far less to read. Only one pack is open at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from workshop.press.sheets.save import save

# The entries of a page that matter for printing. Tags and links are in the packs themselves.
_PRINTED = ("/Contents", "/Resources", "/Group", "/Rotate")
_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")


class RunFile:
    """Grows by one pack after the other, and is then saved."""

    def __init__(self) -> None:
        self._pdf = Pdf.new()
        self._shared: dict[bytes, Object] = {}
        self._preferences: Object | None = None

    @property
    def pages(self) -> int:
        """The number of pages so far."""
        return len(self._pdf.pages)

    def append(self, path: Path, copies: int) -> None:
        """Append all pages of a file, `copies` times.

        The first file says how a print dialogue should print the whole run.
        """
        with Pdf.open(path) as source:
            shared = _Shared(self._pdf, self._shared)
            pages = [
                {
                    **{key: shared.copy(page.obj[key]) for key in _PRINTED if key in page.obj},
                    **{key: Array(list(page.obj[key])) for key in _BOXES if key in page.obj},
                }
                for page in source.pages
            ]
            if self._preferences is None:
                self._preferences = shared.copy(source.Root.ViewerPreferences)
        for _ in range(copies):
            for page in pages:
                self._pdf.pages.append(_page(self._pdf, page))

    def save(self, path: Path, title: str) -> None:
        """Write the file."""
        if self._preferences is not None:
            self._pdf.Root.ViewerPreferences = self._preferences
        self._pdf.trailer.Info = self._pdf.make_indirect(
            Dictionary(Title=String(title), Producer=String("workshop-kit"))
        )
        save(self._pdf, path)
        self._pdf.close()


def _page(pdf: Pdf, keys: dict[str, Any]) -> Any:
    from pikepdf import Page

    return Page(pdf.make_indirect(Dictionary({"/Type": Name.Page, **keys})))


@dataclass
class _Shared:
    """Copies objects of one source into the target, in which no two objects are equal.

    `by_digest` are the objects of the target; `copied` are the copies of this source's objects, by
    the numbers they had in the source.
    """

    target: Pdf
    by_digest: dict[bytes, Object]
    copied: dict[tuple[int, int], Object] = field(default_factory=dict)

    def copy(self, source: Object) -> Any:
        """Return the target's object that is equal to an object of the source."""
        if not isinstance(source, Object):
            return source  # pikepdf gives numbers, texts and truth values as Python's own
        if source.is_indirect and source.objgen in self.copied:
            return self.copied[source.objgen]
        copy = self._copied(source)
        if source.is_indirect:
            self.copied[source.objgen] = copy
        return copy

    def _copied(self, source: Object) -> Any:
        if isinstance(source, Stream):
            data = source.read_raw_bytes()
            keys = {key: self.copy(value) for key, value in _items(source) if key != "/Length"}
            return self._once(Dictionary(keys), data)
        if isinstance(source, Dictionary):
            dictionary = Dictionary({key: self.copy(value) for key, value in _items(source)})
            return self._once(dictionary) if source.is_indirect else dictionary
        if isinstance(source, Array):
            array = Array([self.copy(value) for value in source])
            return self._once(array) if source.is_indirect else array
        return source

    def _once(self, copy: Object, data: bytes | None = None) -> Object:
        """Return the target's object that is equal to a copy; `data` are those of a stream."""
        # All that a copy refers to is in the target once. So equal objects are written alike.
        written = copy.unparse(resolved=True)
        digest = hashlib.sha256(b"%d " % len(written) + written + (data or b"")).digest()
        if digest not in self.by_digest:
            if data is not None:
                stream = Stream(self.target, data)
                for key, value in _items(copy):
                    stream[key] = value
                self.by_digest[digest] = self.target.make_indirect(stream)
            else:
                self.by_digest[digest] = self.target.make_indirect(copy)
        return self.by_digest[digest]


def _items(dictionary: Object) -> Iterator[tuple[str, Object]]:
    for key in sorted(dictionary.keys()):
        yield key, dictionary[key]

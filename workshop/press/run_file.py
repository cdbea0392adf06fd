"""Many PDFs into one for the printer, with what they have in common written once.

Packs of a cohort differ in a few names. A printer that gets their fonts, pictures and pages once
has a fraction to read; and only one pack is open at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, Stream, String

# What of a page is printed. Tags and links are in the packs themselves.
_PRINTED = ("/Contents", "/Resources", "/Group", "/Rotate")
_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")


class RunFile:
    """A file that packs are appended to, one after the other."""

    def __init__(self) -> None:
        self._pdf = Pdf.new()
        self._shared: dict[bytes, Object] = {}
        self._preferences: Object | None = None

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self._pdf.pages)

    def append(self, path: Path, copies: int) -> None:
        """Append all pages of a file, as often as it is printed."""
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
        self._pdf.save(
            path,
            min_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
        )
        self._pdf.close()


def _page(pdf: Pdf, keys: dict[str, Any]) -> Any:
    from pikepdf import Page

    return Page(pdf.make_indirect(Dictionary({"/Type": Name.Page, **keys})))


@dataclass
class _Shared:
    """The objects of one source in the target, each equal to no other there.

    `known` are the target's by their digests; `seen` those of this source by their numbers.
    """

    target: Pdf
    known: dict[bytes, Object]
    seen: dict[tuple[int, int], Object] = field(default_factory=dict)

    def copy(self, found: Object) -> Any:
        """Return an object as the target has it."""
        if not isinstance(found, Object):
            return found  # a number, text or truth as Python has it
        if found.is_indirect and found.objgen in self.seen:
            return self.seen[found.objgen]
        made = self._made(found)
        if found.is_indirect:
            self.seen[found.objgen] = made
        return made

    def _made(self, found: Object) -> Any:
        if isinstance(found, Stream):
            data = found.read_raw_bytes()
            keys = {key: self.copy(value) for key, value in _items(found) if key != "/Length"}
            return self._once(Dictionary(keys), data)
        if isinstance(found, Dictionary):
            made = Dictionary({key: self.copy(value) for key, value in _items(found)})
            return self._once(made) if found.is_indirect else made
        if isinstance(found, Array):
            array = Array([self.copy(value) for value in found])
            return self._once(array) if found.is_indirect else array
        return found

    def _once(self, made: Object, data: bytes | None = None) -> Object:
        """Return the target's object that is equal to one just made."""
        # References in it are to objects that are there once: what is written the same is equal.
        written = made.unparse(resolved=True)
        digest = hashlib.sha256(b"%d " % len(written) + written + (data or b"")).digest()
        if digest not in self.known:
            if data is not None:
                stream = Stream(self.target, data)
                for key, value in _items(made):
                    stream[key] = value
                self.known[digest] = self.target.make_indirect(stream)
            else:
                self.known[digest] = self.target.make_indirect(made)
        return self.known[digest]


def _items(found: Object) -> Iterator[tuple[str, Object]]:
    for key in sorted(found.keys()):
        yield key, found[key]

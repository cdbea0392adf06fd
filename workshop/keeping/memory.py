"""Hold what one process has read, composed, laid out and linked, and may use again.

A command makes a memory and drops it at its end; a process that goes on, such as a server, keeps
one and so does again only what has changed. Every process that lays out has one of its own, for as
long as it lives. The bounds of all tables stand side by side here; what a table holds is known to
the stage that fills it.
"""

from __future__ import annotations

import json
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Any, Generic, TypeVar

from workshop.keeping.fingerprint import digest_of, program
from workshop.keeping.kept_file import data_of
from workshop.keeping.store import Store

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_MEGABYTE = 1_000_000


class Table(Generic[Key, Value]):
    """Remembers values by their keys; beyond `most`, what was used longest ago is forgotten.

    `size` says how much of `most` a value takes: 1 unless something else is said.
    """

    def __init__(self, most: int, size: Callable[[Value], int] = lambda _value: 1) -> None:
        self._most = most
        self._size = size
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._taken = 0

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: Key) -> bool:
        return key in self._values

    def get(self, key: Key) -> Value | None:
        """Return a value, which counts as used now; None where it is not remembered."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: Key, value: Value) -> Value:
        """Remember a value, and return it."""
        before = self._values.pop(key, None)
        self._taken += self._size(value) - (0 if before is None else self._size(before))
        self._values[key] = value
        while self._taken > self._most and len(self._values) > 1:
            _, oldest = self._values.popitem(last=False)
            self._taken -= self._size(oldest)
        return value

    def get_or_make(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return a value; where it is not remembered, make and remember it."""
        value = self.get(key)
        return self.put(key, make()) if value is None else value

    def take(self, key: Key) -> Value | None:
        """Return a value and forget it, so that nobody else is given it meanwhile."""
        value = self._values.pop(key, None)
        if value is not None:
            self._taken -= self._size(value)
        return value


class KeptTable(Table[str, Any]):
    """Remembers values that JSON has, and can save them in a store for the next process.

    `made_by` gives what the values depend on besides their keys, such as the code that made them.
    Values made by another version of the program are not found.
    """

    _KIND = "texts"

    def __init__(self, most: int, store: Store | None, made_by: Callable[[], list[str]]) -> None:
        super().__init__(most)
        self._store = store
        self._made_by = made_by
        self._is_loaded = store is None
        self._has_grown = False

    def get(self, key: str) -> Any | None:
        """Return a value, from the store too."""
        self._load()
        return super().get(key)

    def __contains__(self, key: str) -> bool:
        self._load()
        return super().__contains__(key)

    def __len__(self) -> int:
        self._load()
        return super().__len__()

    def take(self, key: str) -> Any | None:
        """Return a value and forget it."""
        self._load()
        self._has_grown = True
        return super().take(key)

    def put(self, key: str, value: Any) -> Any:
        """Remember a value, and return it."""
        self._load()
        self._has_grown = True
        return super().put(key, value)

    def save(self) -> None:
        """Write the table into the store, if anything was put there since it was read."""
        if self._store and self._has_grown:
            # Each value is with its key once more, so that no other can be in its place.
            entries = [(key, [key, value]) for key, value in self._values.items()]
            body = json.dumps(dict(entries), ensure_ascii=False).encode()
            self._store.put(self._KIND, self._name(), body)
            self._has_grown = False

    def _load(self) -> None:
        if self._is_loaded:
            return
        self._is_loaded = True
        body = self._store.get(self._KIND, self._name()) if self._store else None
        with suppress(ValueError):
            entries = data_of(body or b"{}")
            for key, entry in entries.items() if isinstance(entries, dict) else ():
                if isinstance(entry, list) and len(entry) == 2 and entry[0] == key:
                    super().put(key, entry[1])

    def _name(self) -> str:
        return digest_of(self._made_by())


class Memory:
    """Holds the tables of one process; with a `store`, some are kept on disk for the next one.

    No two threads may use the same table at the same time, nor the fonts and PDFs in it. Where one
    process does all, the thread that lays out and links shares the memory of the thread that
    composes: they use different tables.
    """

    def __init__(self, store: Store | None = None) -> None:
        self.store = store
        # Counts what was not remembered and so was made: "template agenda", "module probing".
        self.made_anew: Counter[str] = Counter()

        # Read.
        self.texts = KeptTable(  # data of YAML, and which modules and cases are sound, by the text
            1_000, store, lambda: ["texts", program()]
        )
        self.yaml_sources: Table[Any, Any] = Table(1_000)  # YAML with its places, by text and path
        self.file_digests: Table[Any, str] = Table(10_000)  # of files, by path and state
        self.own_fonts: Table[Any, Any] = Table(256)  # users’ font files, by path and state
        self.modules: Table[Any, Any] = Table(256)  # modules, by text, path and segments

        # Composed.
        self.converters: Table[Any, Any] = Table(32)  # what converts Markdown
        self.html: Table[Any, str] = Table(10_000)  # texts as HTML
        self.text_code: Table[str, Any] = Table(4_096)  # texts as code
        self.template_code: Table[Any, Any] = Table(1_000)  # templates as code
        self.sheets: Table[Any, Any] = Table(256)  # what style sheets ask for
        self.letter_widths: Table[Any, Any] = Table(32)  # of font files, by path and state
        self.composed: Table[str, Any] = Table(4_000)  # views of modules, runs of templates

        # Laid out.
        self.engine_sheets: Table[Any, Any] = Table(64)  # style sheets as the engine has them
        self.pictures: Table[Any, Any] = Table(64)  # pictures, looked at
        self.font_settings: Table[str, Any] = Table(4)  # fonts as the engine found them
        self.drawn_characters: Table[Any, Any] = Table(64)  # by font: those with a shape
        self.font_files: Table[Any, Any] = Table(32)  # font files, by their path
        self.set_texts: Table[Any, Any] = Table(16)  # texts as they were set

        # Linked.
        self.opened: Table[Any, Any] = Table(128)  # parts, opened
        self.subsets: Table[Any, Any] = Table(64)  # subsets of fonts

        # Kept by the size of their PDFs: laid-out parts and linked documents.
        self.parts: Table[str, Any] = Table(200 * _MEGABYTE, lambda part: len(part.pdf))
        self.linked: Table[str, Any] = Table(100 * _MEGABYTE, lambda linked: len(linked.pdf))

"""Read the files that HTML, CSS and SVG ask for, from the overlay's folders only.

A template, a style sheet or a client's logo may come from anywhere. Whatever they ask for, nothing
is read but files below the given roots. What is looked for is rather too much than too little: an
address that is not found here is not found by the layout either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from itertools import chain
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

import tinycss2
from tinycss2.ast import Node

from workshop.composing.pages.render_job import JobFile, Stylesheet
from workshop.file_errors import why_unread
from workshop.keeping.memory import Memory
from workshop.limits import PICTURE_FILE
from workshop.user_files import read_file

# In this order it is fast: all alternatives begin with the same letters.
_FILE = re.compile(r"""file:(?:(?<="file:)[^"]+|(?<='file:)[^']+|[^\s"'<>()\\]+)""", re.IGNORECASE)
_IN_DRAWING = re.compile(
    r"""(?:href|src)\s*=\s*["']([^"']+)|url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)"""
)

# Any of the words by which CSS asks for a file, or a letter of one written as an escape.
_MAY_ASK = re.compile(r"url\(|@import|image-set|\\(?:0{0,4}[4-7][0-9a-f]|[g-z])", re.IGNORECASE)

# Brackets in brackets that an address may stand in.
_DEEPEST = 50


def file_name_in(address: str) -> str | None:
    """Return the path a `file:` address names, without looking at the disk; None for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that are no host
        return None
    if parts.scheme.lower() != "file" or parts.netloc:
        return None
    return normpath("/" + unquote(parts.path, errors="surrogateescape").lstrip("/"))


class Assets:
    """Reads the files below some folders, each once."""

    def __init__(self, roots: Iterable[Path], memory: Memory) -> None:
        self._memory = memory
        self._roots = tuple(root.resolve() for root in roots)
        self._read: dict[str, JobFile] = {}
        self._asked_by: dict[str, tuple[str, ...]] = {}
        # All parts of a document come with the same sheets.
        self._sheets: Sequence[Stylesheet] = ()
        self._asked_by_sheets: tuple[str, ...] = ()

    def files_for(self, html: str, stylesheets: Sequence[Stylesheet]) -> tuple[JobFile, ...]:
        """Return every file that a page, its style sheets, or one of these files asks for."""
        asked = [*self._names_in_sheets(stylesheets), *_names(_FILE.findall(unescape(html)))]
        files = self._asked_for(asked)
        return tuple(files[name] for name in sorted(files))

    def with_its_files(self, name: str) -> tuple[JobFile, ...]:
        """Return the file of a path, and behind it every file that it asks for."""
        files = self._asked_for([name])
        return files.pop(name), *(files[other] for other in sorted(files))

    def _asked_for(self, wanted: list[str]) -> dict[str, JobFile]:
        """Return files by their paths, with all that any of them asks for; `wanted` is used up."""
        files: dict[str, JobFile] = {}
        while wanted:
            name = wanted.pop()
            if name not in files:
                files[name] = self.file(name)
                if name not in self._asked_by:
                    self._asked_by[name] = tuple(self._names_in(files[name]))
                wanted += self._asked_by[name]
        return files

    def _names_in_sheets(self, sheets: Sequence[Stylesheet]) -> tuple[str, ...]:
        if sheets is not self._sheets:
            asked = (self._in_css(sheet.css, sheet.path.as_uri()) for sheet in sheets)
            self._sheets, self._asked_by_sheets = sheets, tuple(_names(chain.from_iterable(asked)))
        return self._asked_by_sheets

    def file(self, name: str) -> JobFile:
        """Return the file of a path, or why it may not be read."""
        if name not in self._read:
            try:
                self._read[name] = JobFile(name, read_file(self._inside_roots(name), PICTURE_FILE))
            except (OSError, ValueError, RuntimeError) as error:
                why = why_unread(error)[0] if isinstance(error, OSError) else str(error)
                self._read[name] = JobFile(name, b"", why or type(error).__name__)
        return self._read[name]

    def _inside_roots(self, name: str) -> Path:
        # Resolved before it is compared: symbolic links must not lead out.
        path = Path(name).resolve()
        if not any(path.is_relative_to(root) for root in self._roots):
            raise ValueError("it lies outside the folders for templates and assets")
        if not path.exists():
            raise ValueError("there is no such file")
        return path

    def _names_in(self, file: JobFile) -> Iterator[str]:
        base = Path(file.address).as_uri()
        text = file.content.decode(errors="replace") if _is_text(file) else ""
        if file.address.lower().endswith(".css"):
            yield from _names(self._in_css(text, base))
        elif text:
            asked = ("".join(address) for address in _IN_DRAWING.findall(unescape(text)))
            yield from _names(_absolute(base, asked))

    def _in_css(self, css: str, base: str) -> tuple[str, ...]:
        # Most sheets are shared by all documents of all cohorts, and ask for nothing.
        key = "asks", css, base
        addresses: tuple[str, ...] = self._memory.sheets.get_or_make(
            key, lambda: _addresses_in_css(css, base)
        )
        return addresses


def _names(addresses: Iterable[str]) -> Iterator[str]:
    names = (file_name_in(address) for address in addresses)
    return (name for name in names if name)


def _addresses_in_css(css: str, base: str) -> tuple[str, ...]:
    if not _MAY_ASK.search(css):
        return ()
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return tuple(_absolute(base, _urls(nodes)))


def _urls(nodes: Iterable[Node], depth: int = 0, *, strings: bool = False) -> Iterator[str]:
    """Yield the addresses in CSS; `strings` says that a string stands for one here."""
    if depth > _DEEPEST:
        return
    for node in nodes:
        if node.type == "url" or (strings and node.type == "string"):
            yield node.value
        imported = node.type == "at-rule" and node.lower_at_keyword == "import"
        yield from _urls(getattr(node, "prelude", None) or (), depth + 1, strings=imported)
        yield from _urls(getattr(node, "content", None) or (), depth + 1)
        called = node.type == "function" and node.lower_name in ("url", "image-set")
        yield from _urls(getattr(node, "arguments", None) or (), depth + 1, strings=called)


def _absolute(base: str, addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        try:
            yield urljoin(base, address)
        except ValueError:  # brackets that are no host
            continue


def _is_text(file: JobFile) -> bool:
    return b"<svg" in file.content[:4096] or file.address.lower().endswith((".svg", ".css"))

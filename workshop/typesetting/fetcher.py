"""Fetch files for WeasyPrint: those that came with the job, and no others."""

from __future__ import annotations

import mimetypes
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from workshop.composing.pages.assets import file_name_in
from workshop.composing.pages.render_job import JobFile
from workshop.diagnostics import Diagnostic, Location
from workshop.typesetting.looking.seen_pictures import SeenPicture

# No sheet is imported so often by others of one part, unless it imports itself.
_MOST_IMPORTS = 20
# How far into a file its root element stands, in bytes.
_BEGINNING = 65_536


class JobFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Gives WeasyPrint the files of a job and the content of `data:` addresses.

    Reads nothing from the disk or the network. `on_refusal` is called with every address that is
    refused, the reason, and the place in the drawing that asks for it, if one does; `on_faults`
    with what `look_at` finds wrong with a file.
    """

    def __init__(
        self,
        files: Iterable[JobFile],
        on_refusal: Callable[[str, str, Location | None], None],
        look_at: Callable[[JobFile], SeenPicture] | None = None,
        on_faults: Callable[[Iterable[Diagnostic]], None] | None = None,
    ) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._files = {file.address: file for file in files}
        self._on_refusal = on_refusal
        self._look_at = look_at
        self._on_faults = on_faults
        self._drawings: dict[str, str] = {}
        self._imports: Counter[str] = Counter()

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the response for `url`; to WeasyPrint any exception means that it is missing."""
        try:
            scheme = url.partition(":")[0].lower()
            if scheme == "file":
                return self._response(url)
            if scheme == "data":
                return super().fetch(url, headers)
            raise ValueError("nothing is fetched from the network")
        except _FaultyPictureError:
            raise
        except Exception as error:
            why = str(error) or type(error).__name__
            self._on_refusal(url, why, self._asked_for_in(url))
            raise

    def _response(self, url: str) -> URLFetcherResponse:
        file = self._files.get(file_name_in(url) or "")
        if file is None:
            raise ValueError("it lies outside the folders for templates and assets")
        if file.refused:
            raise ValueError(file.refused)
        self._note(file)
        kind = mimetypes.guess_type(file.address)[0] or "application/octet-stream"
        content = file.content
        if self._look_at:
            seen = self._look_at(file)
            if self._on_faults:
                self._on_faults(seen.faults)
            if seen.refused:
                raise _FaultyPictureError(url)
            content = seen.content
        return _Given(url, content, {"Content-Type": kind})

    def _note(self, file: JobFile) -> None:
        """Note a drawing, which may ask for more files; refuse a sheet that imports itself."""
        if b"<svg" in file.content[:_BEGINNING]:
            self._drawings[file.address] = file.content.decode("utf-8", "replace")
        elif file.address.lower().endswith(".css"):
            self._imports[file.address] += 1
            if self._imports[file.address] > _MOST_IMPORTS:
                raise ValueError("it imports itself, or a sheet that imports it")

    def _asked_for_in(self, url: str) -> Location | None:
        """Return the place in a drawing that has this address, or the end of it."""
        end = url.rpartition("/")[2]
        for address, text in self._drawings.items():
            for written in filter(None, (url, end, unquote(end))):
                at = text.find(written)
                if at >= 0 and file_name_in(url) != address:
                    return Location(Path(address), text.count("\n", 0, at) + 1)
        return None


class _FaultyPictureError(ValueError):
    """Says that a picture must not be printed, which has been told."""


class _Given(URLFetcherResponse):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Holds a file's bytes without a path, from which WeasyPrint would read pictures itself."""

    path = None

"""Addresses that pages ask for into bytes: those that came with the job, and no others."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from workshop.composing.pages.assets import file_name_in
from workshop.composing.pages.render_job import JobFile


class JobFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Give the files of a job and what `data:` addresses hold; read no disk, ask no network.

    `on_refusal` is told of every address that is not given, and why.
    """

    def __init__(self, files: Iterable[JobFile], on_refusal: Callable[[str, str], None]) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._files = {file.address: file for file in files}
        self._on_refusal = on_refusal

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the response for `url`, or raise, which WeasyPrint takes for a missing file."""
        try:
            scheme = url.partition(":")[0].lower()
            if scheme == "file":
                return self._response(url)
            if scheme == "data":
                return super().fetch(url, headers)
            raise ValueError("nothing is fetched from the network")
        except Exception as error:
            self._on_refusal(url, str(error) or type(error).__name__)
            raise

    def _response(self, url: str) -> URLFetcherResponse:
        file = self._files.get(file_name_in(url) or "")
        if file is None:
            raise ValueError("it lies outside the folders for templates and assets")
        if file.refused:
            raise ValueError(file.refused)
        kind = mimetypes.guess_type(file.address)[0] or "application/octet-stream"
        return _Given(url, file.content, {"Content-Type": kind})


class _Given(URLFetcherResponse):  # type: ignore[misc]  # WeasyPrint has no type hints
    """A file's bytes without its path, by which WeasyPrint would read pictures from the disk."""

    path = None

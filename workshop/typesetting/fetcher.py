"""Addresses in HTML, CSS and SVG into bytes, from inside the overlay's folders only.

A template, a style sheet or a client's logo may come from anywhere. Whatever they ask for, nothing
is read but files below the given roots, and nothing is ever asked of the network.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse


class JailedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Fetch `data:` addresses and files whose real path lies below one of the roots.

    `on_refusal` is told of every address that is not fetched, and why.
    """

    def __init__(self, roots: Iterable[Path], on_refusal: Callable[[str, str], None]) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._roots = tuple(root.resolve() for root in roots)
        self._on_refusal = on_refusal

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the response for `url`, or raise, which WeasyPrint takes for a missing file."""
        try:
            scheme = url.partition(":")[0].lower()
            if scheme == "file":
                return self._read(url)
            if scheme == "data":
                return super().fetch(url, headers)
            raise ValueError("nothing is fetched from the network")
        except Exception as error:
            self._on_refusal(url, str(error) or type(error).__name__)
            raise

    def _read(self, url: str) -> URLFetcherResponse:
        path = self._inside(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        # The response names the file that was read: WeasyPrint opens pictures again by that name.
        return URLFetcherResponse(path.as_uri(), path.read_bytes(), {"Content-Type": kind})

    def _inside(self, url: str) -> Path:
        parts = urlsplit(url)
        # Resolved before it is compared: `..` and symbolic links must not lead out.
        path = Path(unquote(parts.path)).resolve()
        if parts.netloc or not any(path.is_relative_to(root) for root in self._roots):
            raise ValueError("it lies outside the folders for templates and assets")
        if not path.is_file():
            raise ValueError("there is no such file")
        return path

"""Addresses in HTML, CSS and SVG into bytes, from inside the overlay's folders only.

A template, a style sheet or a client's logo may come from anywhere. Whatever they ask for, nothing
is read but files below the given roots, and nothing is ever asked of the network.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse


class JailedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Fetch `data:` addresses and files whose real path lies below one of the roots."""

    def __init__(self, roots: Iterable[Path]) -> None:
        super().__init__(allowed_protocols={"file", "data"}, allow_redirects=False)
        self._roots = tuple(root.resolve() for root in roots)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the response for `url`, or raise `ValueError`, which becomes a log line."""
        if url.lower().startswith("file:"):
            path = self._inside(url)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
        return super().fetch(url, headers)

    def _inside(self, url: str) -> Path:
        parts = urlsplit(url)
        # Resolved before it is compared: `..` and symbolic links must not lead out.
        path = Path(unquote(parts.path)).resolve()
        if parts.netloc or not any(path.is_relative_to(root) for root in self._roots):
            raise ValueError("outside the folders of this client, workspace and library")
        if not path.is_file():
            raise ValueError("there is no such file")
        return path

"""A page opened in a browser without a window, and what it sent back."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Seconds; it takes two.
_LONGEST = 120


def read_in_browser(chromium: str, files: Mapping[str, Path], profile: Path) -> dict[str, Any]:
    """Return what `read.html` sent; `files` are what it finds on its server, by their addresses.

    `profile` is an empty folder for the browser's own files.
    """
    sent: Queue[bytes] = Queue()
    with _served(files, sent) as address:
        command = [chromium, *FLAGS, f"--user-data-dir={profile}", f"{address}/read.html"]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as browser:
            try:
                found: dict[str, Any] = json.loads(sent.get(timeout=_LONGEST))
            finally:
                browser.terminate()
    return found


class _Files(SimpleHTTPRequestHandler):
    """Answers with files named beforehand, and those below folders named so; takes what is sent."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}

    def __init__(self, files: Mapping[str, Path], sent: Queue[bytes], *arguments: Any) -> None:
        self._files = files
        self._sent = sent
        super().__init__(*arguments)

    def translate_path(self, path: str) -> str:
        """Return the file behind an address."""
        first, _, rest = path.lstrip("/").partition("/")
        return str(self._files.get(first, Path("/nowhere")) / rest)

    def do_POST(self) -> None:
        """Take what the page has read."""
        self._sent.put(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def _served(files: Mapping[str, Path], sent: Queue[bytes]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, files, sent)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()

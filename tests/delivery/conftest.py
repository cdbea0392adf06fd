"""A printer for this folder's tests, and a built kit to print."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.real_printer import Printer, a_printer
from tests.press.conftest import Press, built, press

__all__ = ["Press", "built", "press", "printer"]


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Printer]:
    """A printer called `office`, the only one that `lp` knows here."""
    # Not below pytest's folder: the path of a socket has room for a hundred characters.
    with tempfile.TemporaryDirectory(prefix="printer-") as folder:
        # CUPS has its filters run by a user of their own, who has to get in.
        Path(folder).chmod(0o755)
        with a_printer(Path(folder)) as one:
            monkeypatch.setenv("CUPS_SERVER", one.server)
            yield one

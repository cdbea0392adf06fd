"""Find in a client's file and rosters the signs of names and dates that are filled into papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workshop.diagnostics import Location
from workshop.proofing.read_files import ReadFiles
from workshop.tailoring.tailored import Tailored
from workshop.workspace.clients import find_client


class ValuePlaces:
    """Finds where a value was typed that is filled into one client's papers.

    Rosters that are workbooks hold no lines, and nothing is found in them.
    """

    def __init__(self, tailored: Tailored, read: ReadFiles) -> None:
        self._tailored = tailored
        self._read = read

    def files(self) -> Iterator[Path]:
        """Yield the client's file, then the rosters of its cohorts."""
        yield find_client(self._tailored.workspace, self._tailored.slug)
        yield from map(Path, self._tailored.rosters)

    def sign(self, sign: str) -> Location | None:
        """Return the line and column where a sign is typed first."""
        for path in self.files():
            for number, line in enumerate(self._read.lines(path), 1):
                if sign in line:
                    return Location(path, number, line.index(sign) + 1)
        return None

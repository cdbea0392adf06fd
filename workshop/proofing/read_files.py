"""Read the files that are looked through for words, each once, however much is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workshop.content.yaml.files import read_text
from workshop.diagnostics import Report
from workshop.proofing.read_words import words_in


class ReadFiles:
    """Holds the lines and words of files that have been looked through."""

    def __init__(self) -> None:
        self._lines: dict[Path, list[str]] = {}
        # The words of each file in one line, with a space before and behind each, and their lines.
        self._words: dict[Path, tuple[str, list[int]]] = {}

    def lines(self, path: Path) -> list[str]:
        """Return the lines of a file, none if it cannot be read."""
        if path not in self._lines:
            self._lines[path] = (read_text(path, Report()) or "").split("\n")
        return self._lines[path]

    def line_with(self, wanted: Sequence[str], path: Path) -> int | None:
        """Return the first line on which words in lower case stand one after another."""
        words, lines = self._words_in(path)
        place = words.find(f" {' '.join(wanted)} ")
        return None if place < 0 else lines[words.count(" ", 0, place)]

    def _words_in(self, path: Path) -> tuple[str, list[int]]:
        """Return the words of a file in lower case, and the number of the line of each."""
        if path not in self._words:
            rows = [
                (word, number)
                for number, line in enumerate(self.lines(path), 1)
                for word in words_in(line.casefold())
            ]
            words = f" {' '.join(word for word, _ in rows)} "
            self._words[path] = words, [number for _, number in rows]
        return self._words[path]

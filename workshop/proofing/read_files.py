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
        self._words: dict[Path, list[tuple[str, int]]] = {}

    def lines(self, path: Path) -> list[str]:
        """Return the lines of a file, none if it cannot be read."""
        if path not in self._lines:
            self._lines[path] = (read_text(path, Report()) or "").split("\n")
        return self._lines[path]

    def line_with(self, wanted: Sequence[str], path: Path) -> int | None:
        """Return the first line on which words in lower case stand one after another."""
        words = self._words_in(path)
        text = f" {' '.join(word for word, _ in words)} "
        before, found, _ = text.partition(f" {' '.join(wanted)} ")
        return words[len(before.split())][1] if found else None

    def _words_in(self, path: Path) -> list[tuple[str, int]]:
        """Return the words of a file in lower case, each with the number of its line."""
        if path not in self._words:
            self._words[path] = [
                (word, number)
                for number, line in enumerate(self.lines(path), 1)
                for word in words_in(line.casefold())
            ]
        return self._words[path]

"""Find the names of other clients in the files that a client's papers are made of, and on pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from workshop.diagnostics import Diagnostic, Location, Severity
from workshop.proofing.forbidden_names import OtherClientName, other_client_names
from workshop.proofing.read_words import ReadText, words_in
from workshop.proofing.short_names import ShortName, phrase_pattern, short_name
from workshop.proofing.told_places import count_places, other_places
from workshop.proofing.typed_texts import TypedText, typed_texts
from workshop.tailoring.tailored import Tailored

_HINT = (
    "Take out what is about that client; write {{ client.name }} where this one is meant. "
    "What is one client’s own belongs in that client’s folder."
)


class OtherClientsNamed:
    """Finds other clients' names, whole and for short, in one client's texts.

    The texts are read only where there is a name to look for.
    """

    def __init__(self, tailored: Tailored) -> None:
        self._tailored = tailored
        self._places: dict[OtherClientName | ShortName, list[Location]] = {}
        by_folder = tailored.other_clients
        own_name = tailored.client.name
        self.whole = tuple(other_client_names(own_name, dict.fromkeys(by_folder.values())))
        self.short = tuple(_short_names(by_folder, own_name))

    @property
    def names(self) -> tuple[str, ...]:
        """All names that are looked for."""
        return tuple(name.name for name in self.all)

    @property
    def all(self) -> tuple[OtherClientName | ShortName, ...]:
        """What is looked for: whole names first."""
        return (*self.whole, *self.short)

    def named_in(self, text: ReadText) -> Iterator[OtherClientName | ShortName]:
        """Yield the names that stand in a text as it is read."""
        yield from (name for name in self.whole if name.stands_in(text))
        for name in self.short:
            if self._counts(name, text.text):
                yield name

    def places(self, name: OtherClientName | ShortName) -> list[Location]:
        """Return the lines of the client's and the workspace's files that have a name."""
        if name not in self._places:
            self._places[name] = [
                place for text in self._own_texts for place in self._lines_in(text, name)
            ]
        return self._places[name]

    def message(self, name: OtherClientName | ShortName) -> str:
        """Return the sentence that says that a name is there."""
        return f"Another client is named: {name.quoted}"

    def hint(self, name: OtherClientName | ShortName) -> str:
        """Return what to do about a name, with all its places in texts but the first."""
        return _HINT + other_places(self.places(name))

    def _counts(self, name: ShortName, text: str) -> bool:
        if not name.anywhere(text) or name in self._ordinary:
            return False
        return bool(name.within_sentences(text)) or name in self._within_sentences

    def _lines_in(self, text: TypedText, name: OtherClientName | ShortName) -> Iterator[Location]:
        if isinstance(name, ShortName):
            starts = name.anywhere(text.words) if self._counts(name, text.words) else []
        elif name.stands_in(ReadText(text.words)):
            flags = re.IGNORECASE if len(name.words) > 1 else 0
            names = phrase_pattern(name.words, flags).finditer(text.words)
            starts = [match.start() for match in names]
        else:
            starts = []
        first = text.place.line or 1
        for start in starts:
            yield Location(text.place.path, first + text.words.count("\n", 0, start))

    @cached_property
    def _ordinary(self) -> frozenset[ShortName]:
        """The short names that the library uses as words."""
        library = [text for text in self.texts if not self._are_own[text.place.path]]
        return frozenset(
            name for name in self.short if any(name.is_ordinary(text.words) for text in library)
        )

    @cached_property
    def _within_sentences(self) -> frozenset[ShortName]:
        """The short names that the client's texts have within a sentence."""
        return frozenset(
            name
            for name in self.short
            if any(name.within_sentences(text.words) for text in self._own_texts)
        )

    @cached_property
    def texts(self) -> tuple[TypedText, ...]:
        """All texts that the client's papers and e-mails are made of."""
        return tuple(typed_texts(self._tailored))

    @cached_property
    def _own_texts(self) -> tuple[TypedText, ...]:
        """The texts that do not come with the program."""
        return tuple(text for text in self.texts if self._are_own[text.place.path])

    @cached_property
    def _are_own(self) -> Mapping[Path, bool]:
        """Tell whether a file of texts does not come with the program; most have many texts."""
        layers = self._tailored.overlay.layers
        roots = [layer.root.resolve() for layer in layers if layer.name != "library"]
        return {
            path: any(path.resolve().is_relative_to(root) for root in roots)
            for path in {text.place.path for text in self.texts}
        }


def other_clients_in_texts(
    others: OtherClientsNamed, on_pages: Collection[Diagnostic] = ()
) -> list[Diagnostic]:
    """Return a warning for each name of another client in texts; the hint has all its places.

    What is told `on_pages` already, with all its places, is not told again.
    """
    told = {fault.message for fault in on_pages}
    faults = []
    for name in others.all:
        places = others.places(name) if others.message(name) not in told else []
        if places:
            message = f"{others.message(name)}, in {count_places(places)}"
            fault = Diagnostic("other-client", message, places[0], others.hint(name))
            faults.append(replace(fault, severity=Severity.WARNING))
    return faults


def _short_names(by_folder: Mapping[str, str], own_name: str) -> Iterator[ShortName]:
    own_words = _as_phrase(own_name)
    for folder, name in by_folder.items():
        short = short_name(folder, name)
        # A client of the same family calls itself so too.
        if short and _as_phrase(short) not in own_words:
            yield ShortName(short, name, own_name)


def _as_phrase(name: str) -> str:
    """Return a name as it is compared, with a space before and behind each word."""
    return f" {' '.join(words_in(name)).casefold()} "

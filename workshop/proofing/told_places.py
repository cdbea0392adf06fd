"""List places in files as a message tells them: how many there are, their lines and their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from workshop.composing.language.references import without
from workshop.diagnostics import Diagnostic, Location, Quote, display_path
from workshop.tailoring.tailored import Tailored
from workshop.workspace.which_file import name_to_eject

# A message lists so many places and says how many more there are.
_MOST_PLACES = 12
# So many letters are quoted on each side of a word.
_AROUND = 70
_SENTENCE_END = re.compile(r"(?<=[.!?:;|])[\"'”’»)*_]*\s|\n\s*(?:\n|[-*#|]|\d+[.)]\s)")
# What is filled in is blanked out in a typed text, and keeps its length.
_FILLED_IN = re.compile(r"[^\S\n]{4,}")


def count_places(places: Sequence[Location]) -> str:
    """Return "one place" or "7 places"."""
    return "one place" if len(places) == 1 else f"{len(places)} places"


def other_places(places: Sequence[Location]) -> str:
    """Return a sentence with all places but the first, with a space before it; or nothing."""
    lines: dict[Path, list[str]] = {}
    for place in places[1 : _MOST_PLACES + 1]:
        lines.setdefault(place.path, []).append(str(place.line))
    if not lines:
        return ""
    told = "; ".join(
        f"{display_path(path)}:{', '.join(dict.fromkeys(numbers))}"
        for path, numbers in lines.items()
    )
    more = len(places) - 1 - _MOST_PLACES
    return f" The others: {told}{f' and {more} more' if more > 0 else ''}."


def sentence_around(words: str, start: int, end: int) -> str:
    """Return the sentence around a word of a typed text, in one line and shortened.

    "…" stands for what is cut off and for what is filled in.
    """
    before = _SENTENCE_END.split(words[:start])[-1]
    after = words[end:]
    stop = _SENTENCE_END.search(after)
    after = after[: stop.start() + 1] if stop else after
    before, after = (_FILLED_IN.sub(" … ", side) for side in (before, after))
    before, after = (
        " ".join(before.split()).lstrip("-*#>:| …"),
        " ".join(after.split()).rstrip(" …"),
    )
    before = f"…{before[-_AROUND:].partition(' ')[2]}" if len(before) > _AROUND else before
    after = f"{after[:_AROUND].rpartition(' ')[0]}…" if len(after) > _AROUND else after
    gaps = [" " if words[start - 1 : start].isspace() and before else ""]
    gaps += [" " if words[end : end + 1].isspace() and after else ""]
    return f"“{before}{gaps[0]}{' '.join(words[start:end].split())}{gaps[1]}{after}”"


def told_once(notes: Sequence[Diagnostic], tailored: Tailored) -> Diagnostic:
    """Return one warning for all places that do without the same thing, with the words of each."""
    first, *others = notes
    message, hint = first.message, first.hint or ""
    quotes = tuple(
        Quote(note.location, note.message.removeprefix(without(note.accept_by)))
        for note in notes
        if note.location
    )
    places = [quote.location for quote in quotes]
    hint += f" For words of your own, change the texts{how_to_copy(places, tailored)}."
    if others:
        message += f", and other words in {len(others)} more place{'s' if others[1:] else ''}"
    quotes = quotes if others else ()
    return replace(first, message=message, hint=hint.strip(), quotes=quotes)


def how_to_copy(places: Iterable[Location], tailored: Tailored) -> str:
    """Say how to get a copy to change of the first of the program's own texts, if it is there."""
    names = (name_to_eject(tailored.overlay, place.path) for place in places)
    name = next(filter(None, names), None)
    return f": `workshop eject {name} --client {tailored.slug}` copies one" if name else ""

"""Read `modules/programme.yaml`: the programme's words, segments and the variants of its day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from workshop.content.clock import ClockTime
from workshop.content.doubts.doubtful_texts import check_plain_values
from workshop.content.yaml.files import Fault, FileModel, YamlSource, read_yaml, validate
from workshop.content.yaml.visible_text import Words
from workshop.diagnostics import Report, closest, known_here, nearest
from workshop.keeping.memory import Memory
from workshop.limits import BREAK_MINUTES


class ProgrammeItem(FileModel):
    """Names one item of a day: a module, or a break with its minutes.

    `at` pins a break to a time. `back: false` is for an item that nobody comes back from.
    """

    module: str | None = None
    title: Words | None = Field(None, alias="break")
    minutes: int | None = Field(None, ge=1, le=BREAK_MINUTES.most)
    at: ClockTime | None = None
    back: bool = True

    @model_validator(mode="after")
    def _is_one_thing(self) -> ProgrammeItem:
        if (self.module is None) == (self.title is None):
            at = ("break",) if self.title is not None else ()
            raise Fault("An item is either a module or a break", at=at)
        if self.title is not None and self.minutes is None:
            hint = "Add `minutes: 15`."
            raise Fault(f"The break “{self.title}” has no minutes", hint, at=("break",))
        of_breaks = [key for key in ("minutes", "at", "back") if key in self.model_fields_set]
        if self.module is not None and of_breaks:
            raise Fault(
                f"`minutes`, `at` and `back` belong to breaks, not to the module “{self.module}”",
                hint="A module's minutes stand in its own front matter.",
                at=(of_breaks[0],),
            )
        return self


class Variant(FileModel):
    """Describes a day the programme can be: its times, and its modules and breaks in order.

    `pace` says how many minutes a module gets if the day is neither short of time nor has time
    left over: its ideal minutes or its minimum.
    """

    title: Words
    start: ClockTime
    finish: ClockTime
    pace: Literal["ideal", "minimum"] = "ideal"
    items: list[ProgrammeItem] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_modules_once(self) -> Variant:
        before: set[str] = set()
        for index, item in enumerate(self.items):
            if item.module in before:
                raise Fault(
                    f"The variant “{self.title}” has the module “{item.module}” more than once",
                    hint="Exercises have one number each, so a module comes once in a day.",
                    at=("items", index, "module"),
                )
            before.update({item.module} if item.module else ())
        return self


class ProgrammeFile(FileModel):
    """Describes what `programme.yaml` may say.

    `synonyms` are further words, by term, that its texts use with the term's own meaning. `frame`
    names the modules that open and close a day, and teach nothing that a certificate could name.
    """

    title: Words
    promise: Words
    gains: list[Words] = Field(min_length=1)
    segments: dict[str, Words]
    terms: dict[str, Words]
    synonyms: dict[str, list[str]] = {}
    frame: list[str] = ["open", "close"]
    variants: dict[str, Variant] = Field(min_length=1)


@dataclass(frozen=True)
class Programme:
    """Holds the programme, and the place in the file of each of its values."""

    file: ProgrammeFile
    source: YamlSource

    def with_title(self, title: str) -> Programme:
        """Return the programme under another title."""
        return replace(self, file=self.file.model_copy(update={"title": title}))

    @property
    def break_titles(self) -> set[str]:
        """The titles of the breaks of all its days."""
        items = [item for day in self.file.variants.values() for item in day.items]
        return {item.title for item in items if item.title}

    @property
    def break_names(self) -> set[str]:
        """Those titles, and what stands for one of several of a title, such as “Coffee 2”."""
        days = self.file.variants.values()
        counts = [Counter(item.title for item in day.items if item.title) for day in days]
        return self.break_titles | {
            f"{title} {number}"
            for day in counts
            for title, times in day.items()
            for number in range(1, times + 1)
            if times > 1
        }


def read_programme(path: Path, report: Report, memory: Memory | None = None) -> Programme | None:
    """Read the programme; return None if that fails. `report` gets the faults."""
    source = read_yaml(path, report, memory)
    file = validate(source, ProgrammeFile, report) if source else None
    if source:
        check_plain_values(source, report)
    if source and file:
        for term in file.synonyms:
            if term not in file.terms:
                place = source.location("synonyms", term, key=True)
                message = f"The programme has no term “{term}”"
                report.error("unknown-term", message, place, nearest_term(term, file.terms))
        _check_frame(file, source, report)
    return Programme(file, source) if source and file else None


def _check_frame(file: ProgrammeFile, source: YamlSource, report: Report) -> None:
    items = [item for variant in file.variants.values() for item in variant.items]
    modules = {item.module for item in items if item.module}
    for number, name in enumerate(file.frame if "frame" in file.model_fields_set else ()):
        if name not in modules:
            place = source.location("frame", number)
            message = f"No variant has the module “{name}”"
            report.error("unknown-module", message, place, nearest(name, modules))


def nearest_term(word: str, terms: Mapping[str, str]) -> str:
    """Return a hint that names the term meant by `word`, and lists all there are.

    `terms` are the words that stand for terms: who types such a word is told its term.
    """
    named = {phrase.casefold(): term for term, phrase in terms.items()}
    named |= {term.casefold(): term for term in terms}
    near = closest(word, named)
    term = named[near] if near else ""
    if near and near == word.casefold() and near != term.casefold():
        hint = f"“{word}” is what is said for the term `{term}`: write `{term}`. "
    else:
        hint = f"Did you mean “{term}”? " if term else ""
        if singular_of(word, terms) == term and not plural_of(term, terms):
            hint += (
                "It has no plural, and none is made of it: "
                "the programme’s texts say it in the singular alone. "
            )
    return hint + (known_here(terms) or "")


def singular_of(term: str, terms: Collection[str]) -> str | None:
    """Return the singular of a term that is a plural, if it is among `terms`."""
    if not term.endswith("s"):
        return None
    singles = (term[:-1], term.removesuffix("es"), f"{term.removesuffix('ies')}y")
    return next((word for word in singles if word in terms and word != term), None)


def plural_of(term: str, terms: Collection[str]) -> str | None:
    """Return the plural of a term, if it is among `terms`: it is a term of its own."""
    several = (f"{term}s", f"{term}es", f"{term.removesuffix('y')}ies")
    return next((word for word in several if word in terms), None)

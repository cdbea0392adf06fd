"""`clients/<slug>/client.yaml` into what a client sets, with everything it may not say reported."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field

from workshop.content.clock import ClockTime
from workshop.content.yaml.files import Fault, FileModel, YamlSource, read_yaml, validate
from workshop.diagnostics import Report

Paper = Literal["A4", "Letter"]
Edition = Literal["large-print", "fillable"]
Name = Annotated[str, Field(min_length=1, max_length=200)]


def _language(tag: str) -> str:
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        raise Fault(
            f"“{tag}” is not a language", hint="Write it like “en-GB”, “en-US” or “de”."
        ) from None
    return tag


def _folder_name(slug: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", slug):
        raise Fault(
            f"“{slug}” cannot name a cohort’s folder",
            hint="Use small letters, digits and hyphens, at most 80.",
        )
    return slug


Language = Annotated[str, AfterValidator(_language)]
CohortName = Annotated[str, AfterValidator(_folder_name)]


class Colours(FileModel):
    """The client's colours; everything else is derived from the brand."""

    brand: str


class Fonts(FileModel):
    """Font families for running text and for headings."""

    text: str | None = None
    headings: str | None = None


class Times(FileModel):
    """When the day starts and finishes, and the clock time lunch is pinned to."""

    start: ClockTime | None = None
    finish: ClockTime | None = None
    lunch: ClockTime | None = None


class Include(FileModel):
    """A module to add, and the module it follows."""

    module: str
    after: str


class Modules(FileModel):
    """Modules put into the day, left out of it, or taken instead of another."""

    include: list[str | Include] = []
    exclude: list[str] = []
    replace: dict[str, str] = {}


class Documents(FileModel):
    """Which documents to make: only some, or all but some; and in which editions besides."""

    only: list[str] = []
    exclude: list[str] = []
    editions: list[Edition] = []


class Options(FileModel):
    """What the client has taken besides the day."""

    follow_up: bool = Field(False, alias="follow-up")
    coaching: bool = False
    manager_briefings: bool = Field(True, alias="manager-briefings")
    segment_pages: bool = Field(False, alias="segment-pages")

    @property
    def taken(self) -> frozenset[str]:
        """The options taken, by the names documents use."""
        words = {
            "follow-up": self.follow_up,
            "coaching": self.coaching,
            "manager-briefings": self.manager_briefings,
        }
        return frozenset(word for word, taken in words.items() if taken)


class _Settings(FileModel):
    """What a client sets for all its cohorts, and a cohort may set for itself."""

    variant: str | None = None
    paper: Paper | None = None
    language: Language | None = None
    times: Times = Times()
    breaks: dict[str, Annotated[int, Field(ge=1, le=240)]] = {}
    modules: Modules = Modules()
    spares: int | None = Field(None, ge=0, le=100)


class CohortFile(_Settings):
    """One delivery: when, where, with whom. Without a roster, `headcount` says for how many."""

    date: datetime.date | None = None
    venue: str | None = None
    trainer: str | None = None
    roster: str | None = None
    headcount: int | None = Field(None, ge=1, le=10_000)


class ClientFile(_Settings):
    """What a `client.yaml` may say. Only the name must be there."""

    name: Name
    logo: str | None = None
    colours: Colours | None = None
    fonts: Fonts = Fonts()
    terms: dict[str, Name] = {}
    documents: Documents = Documents()
    options: Options = Options()
    packs: list[str] = []
    cohorts: dict[CohortName, CohortFile] = {}


def read_client(path: Path, report: Report) -> tuple[ClientFile, YamlSource] | None:
    """Read a client file; None, with the faults in `report`, where it cannot be read at all.

    What is at fault in it is reported and left out; the rest is returned, so that what can only be
    checked against other files is checked in the same run.
    """
    source = read_yaml(path, report)
    if source is None:
        return None
    return validate(source, ClientFile, report) or _sound_part(source), source


def _sound_part(source: YamlSource) -> ClientFile:
    sound = {key: value for key, value in source.data.items() if _valid(source, {key: value})}
    cohorts = source.data.get("cohorts")
    if isinstance(cohorts, dict):
        sound["cohorts"] = {
            slug: cohort
            for slug, cohort in cohorts.items()
            if _valid(source, {"cohorts": {slug: cohort}})
        }
    client = _valid(source, sound)
    if client is None:
        raise AssertionError("what is valid key by key must be valid together")
    return client


def _valid(source: YamlSource, data: dict[str, object]) -> ClientFile | None:
    named = {"name": source.path.parent.name, **data}
    return validate(replace(source, data=named), ClientFile, Report())

"""`clients/<slug>/client.yaml` into what a client sets, with every wrong word of it reported."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field, field_validator

from workshop.content.clock import ClockTime
from workshop.content.yaml_source import Fault, FileModel

Paper = Literal["A4", "Letter"]
Name = Annotated[str, Field(min_length=1, max_length=200)]


def _language(tag: str) -> str:
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        raise Fault(
            f"{tag!r} is not a language", hint="Write it like “en-GB”, “en-US” or “de”."
        ) from None
    return tag


Language = Annotated[str, AfterValidator(_language)]


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
    """Which documents to make: only some, or all but some."""

    only: list[str] = []
    exclude: list[str] = []


class Options(FileModel):
    """What the client has taken besides the day."""

    follow_up: bool = Field(False, alias="follow-up")
    coaching: bool = False
    manager_briefings: bool = Field(True, alias="manager-briefings")

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
    modules: Modules = Modules()
    documents: Documents = Documents()
    options: Options = Options()
    cohorts: dict[str, CohortFile] = {}

    @field_validator("cohorts")
    @classmethod
    def _folder_names(cls, cohorts: dict[str, CohortFile]) -> dict[str, CohortFile]:
        for slug in cohorts:
            check_slug(slug)
        return cohorts


def check_slug(slug: str) -> None:
    """Raise `Fault` unless `slug` can name a folder: small letters, digits and hyphens."""
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789-")
    if not slug or not set(slug) <= allowed or slug.startswith("-"):
        raise Fault(f"“{slug}” cannot name a folder", hint="Use small letters, digits and hyphens.")

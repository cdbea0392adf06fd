"""Read `clients/<slug>/client.yaml`: the settings of a client and of its cohorts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field, model_validator

from workshop.content.yaml.files import (
    Fault,
    FileModel,
    YamlSource,
    is_valid,
    read_yaml,
    validate,
)
from workshop.content.yaml.to_fill_in import report_placeholders
from workshop.content.yaml.visible_text import Visible
from workshop.diagnostics import Location, Report
from workshop.keeping.memory import Memory
from workshop.limits import FOLDER_LENGTH, GROUP_SIZE, HEADCOUNT, NAME_LENGTH, SPARES
from workshop.tailoring.client_file.accepted import Accept
from workshop.tailoring.client_file.day_keys import (
    Breaks,
    ModuleMinutes,
    Modules,
    Order,
    OrderedBreak,
    Times,
)
from workshop.tailoring.client_file.look_and_papers import Colours, Documents, Fonts, Options
from workshop.tailoring.client_file.whole_client_keys import (
    explain_client_keys,
    explain_cohort_keys,
)
from workshop.workspace.client_folders import is_reserved
from workshop.workspace.timezone import TimeZone

Paper = Literal["A4", "Letter"]
RosterColumn = Literal[
    "name",
    "first_name",
    "middle_name",
    "last_name",
    "second_last_name",
    "email",
    "team",
    "role",
    "segment",
    "manager",
    "manager_first_name",
    "manager_last_name",
    "manager_email",
    "edition",
]


Name = Annotated[Visible, Field(min_length=1, max_length=NAME_LENGTH.most)]


def _language(tag: str) -> str:
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        raise Fault(
            f"“{tag}” is not a language", hint="Write it like “en-GB”, “en-US” or “de”."
        ) from None
    return tag


def _folder_name(slug: str) -> str:
    if len(slug) > FOLDER_LENGTH.most or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
        raise Fault(
            f"“{slug}” cannot name a cohort’s folder",
            hint=f"Use small letters, digits and hyphens, at most {FOLDER_LENGTH.most}.",
        )
    if is_reserved(slug):
        raise Fault(f"Windows cannot have a folder called “{slug}”", hint="Give it another name.")
    return slug


def _plain(title: str) -> str:
    if re.search(r"\{[{%#]", title):
        raise Fault("A client’s title is printed as it stands", hint="Write the words themselves.")
    return title


Language = Annotated[str, AfterValidator(_language)]
Title = Annotated[Name, AfterValidator(_plain)]
# The trainers' names, or the modules that each of them leads.
Trainers = list[Name] | dict[Name, list[str]]
CohortName = Annotated[str, AfterValidator(_folder_name)]


class _Settings(FileModel):
    """Holds what a client sets for all its cohorts and what a cohort may set for itself."""

    variant: str | None = None
    paper: Paper | None = None
    language: Language | None = None
    timezone: TimeZone | None = None
    times: Times = Times()
    breaks: Breaks = {}
    modules: Modules = Modules()
    minutes: ModuleMinutes = {}
    order: Order | None = None
    spares: int | None = Field(None, ge=0, le=SPARES.most)
    group_size: int | None = Field(None, alias="group-size", ge=3, le=GROUP_SIZE.most)
    sheet: Name | None = None
    columns: dict[RosterColumn, Name] = {}


class CohortFile(_Settings):
    """Describes one delivery: its date, venue and people. `headcount` counts without a roster."""

    date: datetime.date | None = None
    venue: Visible | None = None
    trainer: Visible | None = None
    trainers: Trainers = []
    roster: str | None = None
    headcount: int | None = Field(None, ge=1, le=HEADCOUNT.most)

    @model_validator(mode="after")
    def _names_trainers_once(self) -> CohortFile:
        if self.trainer is not None and self.trainers:
            hint = "Keep `trainers`, take `trainer` out."
            raise Fault("Trainers are named twice", hint, at=("trainer",))
        return self


class ClientFile(_Settings):
    """Describes what a `client.yaml` may say. Only the name is required.

    `title` is what the programme is called, and `titles` what its modules are, by their names.
    """

    name: Name
    title: Title | None = None
    titles: dict[str, Title] = {}
    logo: str | None = None
    look: str | None = None
    colours: Colours | None = None
    fonts: Fonts = Fonts()
    terms: dict[str, Name] = {}
    documents: Documents = Documents()
    options: Options = Options()
    packs: list[str] = []
    accept: list[Accept] = []
    cohorts: dict[CohortName, CohortFile] = {}


@dataclass(frozen=True)
class CohortSource:
    """Holds a client file's settings for one cohort, and their places in the file."""

    slug: str
    file: CohortFile
    client: ClientFile
    source: YamlSource

    def place(self, *keys: str | int, key: bool = False) -> Location:
        """Return the place where the cohort, or else the client, sets the value at `keys`."""
        path = ("cohorts", self.slug, *keys) if self.sets(*keys) else keys
        return self.source.location(*path, key=key)

    def sets(self, *keys: str | int) -> bool:
        """Tell whether the value at `keys` is set by the cohort, and not by the client."""
        value: object = self.file
        for key in keys:
            if isinstance(value, Mapping):
                return key in value
            if not isinstance(value, FileModel):
                break
            if key not in value.model_fields_set:
                return False
            value = getattr(value, str(key))
        return True

    @property
    def columns(self) -> dict[RosterColumn, str]:
        """What the columns of the roster are called: as the cohort says, or else the client."""
        return {**self.client.columns, **self.file.columns}

    @property
    def modules(self) -> Modules:
        """The changes to the day's modules, key by key from the cohort or else from the client."""
        own = self.file.modules
        set_here = {key: getattr(own, key) for key in own.model_fields_set}
        return self.client.modules.model_copy(update=set_here)

    @property
    def order(self) -> Sequence[str | OrderedBreak] | None:
        """The order of the day, from the cohort or else from the client; None where none is set."""
        return self.client.order if self.file.order is None else self.file.order


def cohort_sources(client: ClientFile, source: YamlSource) -> tuple[CohortSource, ...]:
    """Return the client's cohorts, or one without settings if the client has none yet."""
    cohorts = client.cohorts or {"session": CohortFile()}
    return tuple(CohortSource(slug, file, client, source) for slug, file in cohorts.items())


def read_client(
    path: Path, report: Report, memory: Memory | None = None, cohorts: Collection[str] = ()
) -> tuple[ClientFile, YamlSource] | None:
    """Read a client file; return None, with the faults in `report`, if it is not YAML.

    Wrong values are reported and left out. The rest is returned, so that the same run can check it
    against other files. Where `cohorts` are named, the client has no others, but the source does.
    """
    source = read_yaml(path, report, memory)
    if source is None:
        return None
    asked = _asked_for(source, cohorts)
    report_placeholders(asked, report)
    client = validate(asked, ClientFile, report)
    explain_client_keys(asked, _keys_of(ClientFile) - _keys_of(CohortFile), report)
    explain_cohort_keys(asked, _keys_of(CohortFile) - _keys_of(ClientFile), report)
    return client or _sound_part(asked), source


def _keys_of(model: type[FileModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


def _asked_for(source: YamlSource, cohorts: Collection[str]) -> YamlSource:
    entries = source.data.get("cohorts")
    if not cohorts or not isinstance(entries, dict):
        return source
    asked = {slug: entry for slug, entry in entries.items() if slug in cohorts}
    places = {
        keys: place
        for keys, place in source.places.items()
        if keys[:1] != ("cohorts",) or len(keys) < 2 or keys[1] in asked
    }
    return replace(source, data={**source.data, "cohorts": asked}, places=places)


def cohort_rosters(source: YamlSource) -> dict[str, str | None]:
    """Return the rosters that a client file names, by cohort, read or not; None for no roster."""
    entries = source.data.get("cohorts")
    if not isinstance(entries, dict) or not entries:
        return {"session": None}
    rosters = {
        slug: entry.get("roster") if isinstance(entry, dict) else None
        for slug, entry in entries.items()
    }
    return {slug: name if isinstance(name, str) else None for slug, name in rosters.items()}


def _sound_part(source: YamlSource) -> ClientFile:
    fields = _keys_of(ClientFile)
    sound = {
        key: value
        for key, value in source.data.items()
        if key in fields and _is_valid(source, {key: value})
    }
    cohorts = source.data.get("cohorts")
    if isinstance(cohorts, dict):
        sound["cohorts"] = {
            slug: cohort
            for slug, cohort in cohorts.items()
            if _is_valid(source, {"cohorts": {slug: cohort}})
        }
    client = validate(_with_name(source, sound), ClientFile, Report())
    if client is None:
        raise AssertionError("what is valid key by key must be valid together")
    return client


def _is_valid(source: YamlSource, data: dict[str, object]) -> bool:
    return is_valid(_with_name(source, data), ClientFile)


def _with_name(source: YamlSource, data: dict[str, object]) -> YamlSource:
    return replace(source, data={"name": "A client", **data})

"""Write and read what a kit holds: each file's document, audience, recipient and checksum."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from textwrap import indent
from typing import Annotated

from pydantic import AfterValidator, Field, TypeAdapter

from workshop.content.audiences import Audience
from workshop.diagnostics import ContentError, Location
from workshop.keeping.kept_file import read_data
from workshop.planning.job import Job
from workshop.tailoring.people.roster import Managed, Participant

NAME = "manifest.json"
# The code of a manifest that cannot be used.
DAMAGED = "manifest-damaged"
_FORMAT = 1
# In bytes, what file systems allow.
_LONGEST_NAME, _LONGEST_PATH = 255, 1024


def _inside(path: str) -> str:
    """Return the path of a file below a kit's folder; raise `ValueError` for any other."""
    parts = path.split("/")
    sizes = [len(part.encode()) for part in parts]
    is_inside = min(sizes) > 0 and "." not in parts and ".." not in parts
    if not (is_inside and max(sizes) <= _LONGEST_NAME and sum(sizes) <= _LONGEST_PATH):
        raise ValueError("it is no path below the kit’s folder")
    if any(unicodedata.category(char) == "Cc" for char in path):
        raise ValueError("it has control characters")
    return path


KitPath = Annotated[str, AfterValidator(_inside)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class Recipient:
    """The person a file is for; of a manager also `people`, the names of those who report to them.

    What a file says of people can be told from the roster's present state by them.
    """

    name: str
    email: str | None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KitFile:
    """Describes one file of the kit.

    `path` is relative to the manifest; `sha256` is of the whole file. `made_from` is a digest of
    all it was made from; empty where there was a fault to warn of.
    """

    path: KitPath
    document: str
    audience: Audience
    recipient: Recipient | None
    pages: Annotated[int, Field(ge=0, le=1_000_000)]
    sha256: Sha256
    made_from: str = ""


@dataclass(frozen=True)
class Manifest:
    """Lists the files of one cohort's kit."""

    client: str
    cohort: str
    files: tuple[KitFile, ...]


def entry_for(job: Job, sha256: str, pages: int, made_from: str = "") -> KitFile:
    """Describe the file a job made."""
    return KitFile(
        path=job.file,
        document=job.document.name,
        audience=job.document.file.audience,
        recipient=recipient_of(job),
        pages=pages,
        sha256=sha256,
        made_from=made_from,
    )


def recipient_of(job: Job) -> Recipient | None:
    """Return the person a job's file is for; None for a file that names nobody."""
    if isinstance(job.recipient, Participant):
        return Recipient(job.recipient.name, job.recipient.email)
    if isinstance(job.recipient, Managed):
        person, people = job.recipient.person, job.recipient.people
        return Recipient(person.name, person.email, tuple(one.name for one in people))
    return None


def write(manifest: Manifest, folder: Path) -> None:
    """Write the manifest into a kit's folder; the same kit gives the same bytes."""
    head = {"format": _FORMAT, "client": manifest.client, "cohort": manifest.cohort}
    # One by one: the text of ten thousand files takes as much room as all else.
    with (folder / NAME).open("w", encoding="utf-8") as file:
        file.write(_json(head).removesuffix("\n}") + ',\n  "files": [')
        for number, entry in enumerate(manifest.files):
            file.write("," if number else "")
            file.write("\n" + indent(_json(asdict(entry)), "    "))
        file.write("\n  ]\n}\n" if manifest.files else "]\n}\n")


def _json(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


@cache
def _form() -> TypeAdapter[Manifest]:
    """Return how a manifest is read; to work it out takes longer than to read one."""
    return TypeAdapter(Manifest)


def read(folder: Path) -> Manifest | None:
    """Return a kit's manifest, or None when there is no kit or none that can be used."""
    with suppress(ContentError):
        return read_or_tell(folder)
    return None


def read_or_tell(folder: Path) -> Manifest | None:
    """Return a kit's manifest, or None when there is no kit or not one of this format.

    Raises `ContentError` for a file that is there and is no manifest of this kit.
    """
    path = folder / NAME
    try:
        data = read_data(path)
        if not isinstance(data, dict) or type(data.get("format")) is not int:
            raise ValueError("it is no list of files")
        if data["format"] != _FORMAT:
            return None
        manifest = _form().validate_python(data)
        _check(manifest, folder)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        message = "This list of the kit’s files is damaged"
        client, cohort = folder.parent.name, folder.name
        hint = f"Build the kit again: workshop build --client {client} --cohort {cohort}"
        raise ContentError.single(DAMAGED, message, Location(path), hint) from error
    return manifest


def _check(manifest: Manifest, folder: Path) -> None:
    """Raise `ValueError` for a manifest of another kit, or one that names a file twice."""
    if (manifest.client, manifest.cohort) != (folder.parent.name, folder.name):
        raise ValueError("it is of another kit")
    if len({entry.path for entry in manifest.files}) != len(manifest.files):
        raise ValueError("it names a file twice")


def merged(old: Manifest | None, new: Manifest, documents: Iterable[str]) -> Manifest:
    """Return the manifest of a kit in which only `documents` were made again."""
    again = set(documents)
    kept = [entry for entry in old.files if entry.document not in again] if old else []
    files = sorted((*kept, *new.files), key=lambda entry: entry.path)
    return Manifest(new.client, new.cohort, tuple(files))

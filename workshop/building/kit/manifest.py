"""Write and read what a kit holds: each file's document, audience, recipient and checksum."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from textwrap import indent

from pydantic import TypeAdapter

from workshop.content.audiences import Audience
from workshop.planning.make_plan import Job
from workshop.tailoring.roster import Managed, Participant

NAME = "manifest.json"
_FORMAT = 1


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

    path: str
    document: str
    audience: Audience
    recipient: Recipient | None
    pages: int
    sha256: str
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


def read(folder: Path) -> Manifest | None:
    """Return a kit's manifest, or None when there is no kit or not one of this format."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return TypeAdapter(Manifest).validate_python(data) if data["format"] == _FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def merged(old: Manifest | None, new: Manifest, documents: Iterable[str]) -> Manifest:
    """Return the manifest of a kit in which only `documents` were made again."""
    again = set(documents)
    kept = [entry for entry in old.files if entry.document not in again] if old else []
    files = sorted((*kept, *new.files), key=lambda entry: entry.path)
    return Manifest(new.client, new.cohort, tuple(files))

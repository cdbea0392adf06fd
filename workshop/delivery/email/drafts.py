"""Write messages as files that mail programs open as drafts, and remove those of earlier calls."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import TypedDict

from workshop.building.kit.kit_folder import below
from workshop.delivery.email.mail_headers import POLICY, attachment_name
from workshop.delivery.email.message import Message
from workshop.file_errors import writing
from workshop.keeping.kept_file import (
    FILE_AT_MOST,
    digest_of_kept,
    read_data,
    read_kept,
    write_kept,
)
from workshop.keeping.shape import checked

# No cohort can have this name: names of cohorts begin with a letter or a digit.
_FOLDER = "_drafts"
_LIST = ".written.json"


class _Entry(TypedDict):
    """Describes a draft in the list: whom it is to, about which document, and what it was."""

    cohort: str
    document: str
    address: str
    sha256: str


@dataclass(frozen=True)
class DraftScope:
    """Says whose drafts a call is about; what is left empty means all of them."""

    client: str
    document: str
    cohorts: Collection[str] = ()
    addresses: Collection[str] = ()

    def has(self, entry: dict[str, str]) -> bool:
        """Tell whether an entry of the list is about one of them."""
        return (
            entry["document"] in (self.document, "")  # an earlier version did not say
            and (not self.cohorts or entry["cohort"] in self.cohorts)
            and (not self.addresses or entry["address"] in self.addresses)
        )


@dataclass(frozen=True)
class WrittenDrafts:
    """Says which folders have drafts now, which drafts were removed, and which old ones stay.

    Those stay that somebody has changed since they were written, or may have written.
    """

    folders: tuple[Path, ...]
    removed: tuple[Path, ...]
    changed: tuple[Path, ...]


def write_drafts(messages: Sequence[Message], output: Path, scope: DraftScope) -> WrittenDrafts:
    """Write an .eml file for each message below `output`, which only its owner can read.

    Drafts of earlier calls in `scope` are deleted, whether or not there are new ones. Raises
    `EnvironmentFault` where they cannot be written.
    """
    with writing(output):
        return _write_all(messages, output, scope)


def _write_all(messages: Sequence[Message], output: Path, scope: DraftScope) -> WrittenDrafts:
    top = below(output, scope.client, _FOLDER)
    entries = _read_list(top)
    own = {path: entry for path, entry in entries.items() if scope.has(entry)}
    changed = [path for path in own if _digest_of(top / path) != own[path]["sha256"]]
    unchanged = [path for path in own if path not in changed]
    for path in unchanged:
        (top / path).unlink()
    written = dict(_write(message, top) for message in messages)
    kept = {path: entry for path, entry in entries.items() if path not in own}
    if top.exists():
        _write_list(top, {**kept, **written})
    for folder in {(top / path).parent for path in unchanged}:
        with suppress(OSError):  # not empty
            folder.rmdir()
    removed = [path for path in unchanged if path not in written]
    return WrittenDrafts(
        tuple(dict.fromkeys((top / path).parent for path in written)),
        tuple(top / path for path in removed),
        tuple(top / path for path in changed),
    )


def _write(message: Message, top: Path) -> tuple[str, dict[str, str]]:
    folder = below(top, message.file.cohort)
    top.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    name, number = attachment_name(message.file.to.name, ""), 1
    while os.path.lexists(path := folder / f"{name}{'' if number == 1 else f' {number}'}.eml"):
        number += 1
    content = _draft(message)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
        file.write(content)
    _, cohort, document, address = message.file.artefact
    entry = {"cohort": cohort, "document": document, "address": address}
    return f"{cohort}/{path.name}", {**entry, "sha256": _digest(content)}


def _draft(message: Message) -> bytes:
    draft = deepcopy(message.content)
    # The program that sends it gives it these; some would send them on as they are.
    del draft["Date"], draft["Message-ID"]
    draft["X-Unsent"] = "1"  # Outlook, Apple Mail and Thunderbird open such a file for editing
    return draft.as_bytes(policy=POLICY)


def _digest_of(path: Path) -> str | None:
    """Return a draft's digest; None for what is no file."""
    with suppress(OSError):
        return digest_of_kept(path, FILE_AT_MOST)
    return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_list(top: Path) -> dict[str, dict[str, str]]:
    """Return what earlier calls wrote, by paths below `top`."""
    try:
        entries: dict[str, dict[str, str]] = checked(read_data(top / _LIST), dict[str, _Entry])
    except FileNotFoundError:
        return dict(_unlisted(top))
    except (OSError, ValueError):
        return {}
    drafts = {path.relative_to(top).as_posix() for path in top.glob("*/*.eml")}
    return {path: entry for path, entry in entries.items() if path in drafts}


def _unlisted(top: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the drafts that no list names: of an earlier version of this program, or somebody's.

    As nobody can tell whose they are, they count as changed, and stay.
    """
    for path in sorted(top.glob("*/*.eml")):
        try:
            content = read_kept(path)
        except OSError:  # a folder, a pipe: somebody else's
            continue
        headers = message_from_bytes(content, policy=POLICY)
        if headers["X-Unsent"] and headers["To"] and headers["To"].addresses:
            entry = {"cohort": path.parent.name, "document": "", "sha256": ""}
            address = headers["To"].addresses[0].addr_spec.casefold()
            yield path.relative_to(top).as_posix(), {**entry, "address": address}


def _write_list(top: Path, entries: dict[str, dict[str, str]]) -> None:
    write_kept(top / ".gitignore", b"*\n")
    text = json.dumps(dict(sorted(entries.items())), ensure_ascii=False, indent=1)
    write_kept(top / _LIST, f"{text}\n".encode(), mode=0o600)

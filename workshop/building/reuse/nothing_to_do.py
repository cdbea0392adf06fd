"""Whether a build would make anything: what it read and what it wrote, as they were when it ended.

Asked before every build, so nothing is imported here that takes time. What was asked for, and where
the answer lies, is noted in the workspace; the answer, which may name people, lies with the kits.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workshop.diagnostics import Diagnostic
from workshop.keeping.fingerprint import digest_of
from workshop.keeping.program import program
from workshop.workspace.input_files import input_files
from workshop.workspace.other_clients import name_lines

if TYPE_CHECKING:
    from workshop.tailoring.tailor import Tailored

# Beside the parts that are kept, and gone with them.
FOLDER = Path(".workshop-cache", "built")


@dataclass(frozen=True)
class Asked:
    """What a build was asked for: cohorts, documents and editions of a client, and where to."""

    workspace: Path
    client: str
    cohorts: tuple[str, ...]
    documents: tuple[str, ...]
    editions: tuple[str, ...]
    output: str

    @property
    def digest(self) -> str:
        """SHA-256 of it, in hexadecimal."""
        asked = (self.client, *self.cohorts, "", *self.documents, "", *self.editions, "")
        return digest_of([*asked, self.output])

    @property
    def note(self) -> Path:
        """The file that says where the answer lies."""
        return self.workspace / FOLDER / self.digest[:32]


@dataclass(frozen=True)
class Told:
    """What a build said: of each kit its folder, files and pages; and its warnings."""

    kits: tuple[tuple[str, int, int], ...]
    warnings: tuple[Diagnostic, ...]

    @property
    def files(self) -> int:
        """How many files there are in all kits."""
        return sum(files for _, files, _ in self.kits)


def surroundings(asked: Asked) -> str:
    """Return a digest of the program, the date it is to write, and other clients' names.

    What it makes must not say these.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return digest_of([program(), epoch, *name_lines(asked.workspace, asked.client).values()])


def told_before(asked: Asked) -> Told | None:
    """Return what the last such build said, if another would make the same; otherwise None."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        answer = json.loads(Path(asked.note.read_text("utf-8")).read_text("utf-8"))
        same = (
            answer["program"] == surroundings(asked)
            and _unchanged(asked, answer["rosters"], answer["inputs"])
            and answer["outputs"] == _listing(Path(one) for one in answer["folders"])
        )
        if same:
            told = answer["told"]
            kits = tuple((folder, files, pages) for folder, files, pages in told["kits"])
            return Told(kits, tuple(map(Diagnostic.from_data, told["warnings"])))
    return None


def remember(
    asked: Asked, made_by: str, tailored: Tailored, folders: Iterable[Path], told: Told
) -> None:
    """Note that a build has made these folders of a client's files, as they were before it read.

    `made_by` are the surroundings it began in. Where the files cannot be told, or the note cannot
    be written, the next build is as long as this one.
    """
    if tailored.inputs is None:
        return
    made = [folder.resolve() for folder in folders]
    answer = {
        "program": made_by,
        "inputs": {**tailored.inputs, **tailored.rosters},
        "rosters": list(tailored.rosters),
        "folders": [str(folder) for folder in made],
        "outputs": _listing(made),
        "told": {"kits": told.kits, "warnings": [one.data for one in told.warnings]},
    }
    place = made[0].parent / f".built-{asked.digest[:32]}.json"
    with suppress(OSError):
        _write(place, json.dumps(answer, ensure_ascii=False))
        asked.note.parent.mkdir(parents=True, exist_ok=True)
        _write(asked.note, str(place))


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def _unchanged(asked: Asked, rosters: list[str], inputs: dict[str, list[object]]) -> bool:
    found = {*map(str, input_files(asked.workspace, asked.client)), *rosters}
    return found == set(inputs) and all(_is_as_noted(Path(one), *inputs[one]) for one in found)


def _is_as_noted(path: Path, size: object, changed: object, digest: object) -> bool:
    status = path.stat()
    if status.st_size != size:
        return False
    # Saved again, or copied, it may still be the same.
    return status.st_mtime_ns == changed or (
        hashlib.sha256(path.read_bytes()).hexdigest() == digest
    )


def _listing(folders: Iterable[Path]) -> str:
    """Return a digest of which files lie in folders, how large they are and when they changed."""
    lines = []
    for folder in folders:
        for place, _, files in os.walk(folder):
            for name in files:
                path = Path(place, name)
                status = path.stat()
                lines.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return digest_of(sorted(lines))

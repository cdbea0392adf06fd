"""Whether a build would make anything: what it read and what it wrote, as they were when it ended.

Asked before every build, so nothing is imported here that takes time. What was asked for, and where
the answer lies, is noted in the workspace; the answer, which may name people, lies with the kits.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workshop.diagnostics import Diagnostic
from workshop.tailoring.others import name_lines
from workshop.tailoring.overlay import library_root

# Beside the parts that are kept, and gone with them.
FOLDER = Path(".workshop-cache", "built")
_PACKAGE = Path(__file__).resolve().parent.parent


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
        return _digest([*asked, self.output])

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


@dataclass(frozen=True)
class State:
    """What a build depends on: the program, and the digest of every file by its path."""

    program: str
    inputs: dict[str, tuple[int, int, str]]


def state_of(asked: Asked) -> State:
    """Look at everything a build may read, before it does."""
    inputs = {}
    for path in _inputs(asked):
        status = path.stat()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        inputs[str(path)] = (status.st_size, status.st_mtime_ns, digest)
    return State(_surroundings(asked), inputs)


def told_before(asked: Asked) -> Told | None:
    """Return what the last such build said, if another would make the same; otherwise None."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        answer = json.loads(Path(asked.note.read_text("utf-8")).read_text("utf-8"))
        same = (
            answer["program"] == _surroundings(asked)
            and _unchanged(asked, answer["inputs"])
            and answer["outputs"] == _listing(Path(one) for one in answer["folders"])
        )
        if same:
            told = answer["told"]
            kits = tuple((folder, files, pages) for folder, files, pages in told["kits"])
            return Told(kits, tuple(map(Diagnostic.from_data, told["warnings"])))
    return None


def remember(asked: Asked, state: State, folders: Iterable[Path], told: Told) -> None:
    """Note that a build has made these folders out of what was there when `state` was taken.

    Where that cannot be written, the next build is as long as this one.
    """
    made = [folder.resolve() for folder in folders]
    answer = {
        "program": state.program,
        "inputs": state.inputs,
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


def _inputs(asked: Asked) -> Iterator[Path]:
    """Yield every file that a build of this client may read; raises `OSError` for one it cannot."""
    root, library = asked.workspace, library_root()
    yield root / "workshop.yaml"
    folders = [root / "clients" / asked.client]
    folders += [
        base / kind for base in (root, library) for kind in ("modules", "templates", "assets")
    ]
    for folder in dict.fromkeys(one.resolve() for one in folders):
        for place, inner, files in os.walk(folder):
            for name in inner:
                if Path(place, name).is_symlink():
                    # What lies there is not looked at: such a workspace is always built.
                    raise OSError
            yield from (Path(place, name) for name in files)


def _unchanged(asked: Asked, inputs: dict[str, list[object]]) -> bool:
    found = list(_inputs(asked))
    return {str(path) for path in found} == set(inputs) and all(
        _is_as_noted(path, *inputs[str(path)]) for path in found
    )


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
    return _digest(sorted(lines))


def _surroundings(asked: Asked) -> str:
    """Return a digest of this program, the packages it uses, and the date it is to write.

    And of the names of other clients, which must not be found in what it makes.
    """
    pieces = [sys.version, os.environ.get("SOURCE_DATE_EPOCH", "")]
    pieces += name_lines(asked.workspace, asked.client).values()
    for path in sorted(_PACKAGE.rglob("*.py")):
        status = path.stat()
        pieces.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    for folder in sys.path:
        with suppress(OSError):
            pieces += sorted(path.name for path in Path(folder).glob("*.dist-info"))
    return _digest(pieces)


def _digest(pieces: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(pieces).encode()).hexdigest()

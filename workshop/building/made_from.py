"""What a file was made from, as a digest: where it is the same, so is the file."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from os import link
from pathlib import Path

from workshop.building.layouts import Layout
from workshop.composing.composition import ComposedCopy
from workshop.typesetting.engine import engine

_ASSEMBLY = Path(__file__).resolve().parent.parent / "assembly"


def made_from(
    copy: ComposedCopy, layouts: Sequence[Layout], numbers: Mapping[str, Mapping[str, str]]
) -> str:
    """Return the digest of a copy: the program, its parts and texts, page numbers elsewhere."""
    digest = hashlib.sha256()
    for piece in _pieces(copy, layouts, numbers):
        data = piece.encode()
        digest.update(b"%d " % len(data) + data)
    return digest.hexdigest()


def _pieces(
    copy: ComposedCopy, layouts: Sequence[Layout], numbers: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    yield _program()
    yield repr(copy.composition.front)
    yield copy.title
    yield repr([(part.name, part.copies) for part in copy.composition.parts])
    for layout in layouts:
        yield layout.job.digest
    for part in copy.composition.parts:
        yield repr(part.slots)
    for name, text in sorted(copy.texts.items()):
        yield name
        yield text
    for name in sorted(copy.composition.refers_to):
        yield f"{name} {sorted(numbers[name].items())}"


@cache
def _program() -> str:
    digest = hashlib.sha256(engine().encode())
    for path in sorted(_ASSEMBLY.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def taken_over(old: Path, new: Path, sha256: str) -> bool:
    """Put a file of the last kit into the new one, if it is still what it was."""
    with suppress(OSError):
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            link(old, new)
        except OSError:
            shutil.copy2(old, new)
        with new.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
                return True
        new.unlink()
    return False

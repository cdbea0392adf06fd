"""What a file was made from, as a digest: where it is the same, so is the file."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from os import link
from pathlib import Path

from workshop.building.steps.layouts import Layout
from workshop.composing.composition import ComposedCopy, Composition
from workshop.keeping.fingerprint import digest_of, package_root
from workshop.typesetting.engine import engine

_ASSEMBLY = package_root() / "assembly"


def linked_from(
    composition: Composition, layouts: Sequence[Layout], numbers: Mapping[str, Mapping[str, str]]
) -> str:
    """Return the digest of a linked document: the program, its parts, page numbers elsewhere."""
    return digest_of(_pieces(composition, layouts, numbers))


def made_from(linked: str, copy: ComposedCopy) -> str:
    """Return the digest of a copy: that of its linked document, its title and its texts."""
    texts = (piece for pair in sorted(copy.texts.items()) for piece in pair)
    return digest_of((linked, copy.title, *texts))


def _pieces(
    composition: Composition, layouts: Sequence[Layout], numbers: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    yield _program()
    yield repr(composition.front)
    yield repr([(part.name, part.copies) for part in composition.parts])
    for layout in layouts:
        yield layout.job.digest
    for part in composition.parts:
        yield repr(part.slots)
    for name in sorted(composition.refers_to):
        yield f"{name} {sorted(numbers[name].items())}"


@cache
def _program() -> str:
    digest = hashlib.sha256(engine().encode())
    for path in sorted(_ASSEMBLY.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def taken_over(old: Path, new: Path, sha256: str, *, known: bool) -> bool:
    """Put a file of the last kit into the new one, if it is still what it was.

    It is read, unless it is `known` to be.
    """
    with suppress(OSError):
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            link(old, new)
            if known:
                return True
        except OSError:
            shutil.copy2(old, new)
        with new.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
                return True
        new.unlink()
    return False

"""Tell by a digest what a file was made from: where it is the same, so is the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple
from os import link
from pathlib import Path

from workshop.composing.composition import ComposedCopy, Composition
from workshop.composing.pages.render_job import JobFile
from workshop.keeping.fingerprint import digest_of, digest_of_file, program
from workshop.keeping.kept_file import copy_kept, is_real_file
from workshop.typesetting.engine import engine


def linked_from(
    composition: Composition,
    jobs: Iterable[str],
    numbers: Mapping[str, Mapping[str, str]],
    logo: Iterable[JobFile] = (),
) -> str:
    """Return the digest of a linked document: the program, its parts, page numbers elsewhere.

    `jobs` are the digests of what its parts were laid out from; `logo` are the
    files of what it has boxes for.
    """
    files = (file.refused or file.digest for file in logo)
    return digest_of((*_pieces(composition, jobs, numbers), *files))


def made_from(linked: str, copy: ComposedCopy) -> str:
    """Return the digest of a copy: that of its linked document, its title, colours and texts."""
    texts = (piece for pair in sorted(copy.texts.items()) for piece in pair)
    return digest_of((linked, copy.title, *astuple(copy.look.palette), *texts))


def _pieces(
    composition: Composition, jobs: Iterable[str], numbers: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    yield engine()
    yield program()
    yield repr(composition.info)
    yield repr([(part.name, part.copies) for part in composition.parts])
    yield from jobs
    for part in composition.parts:
        yield repr(part.slots)
    for name in sorted(composition.refers_to):
        yield f"{name} {sorted(numbers[name].items())}"


def take_over(old: Path, new: Path, sha256: str, *, is_unchanged: bool) -> bool:
    """Put a file of the last kit into the new one, if it still is what it was.

    It is read, unless it `is_unchanged` by a note of its size and time. Returns whether it is there
    now.
    """
    if not is_real_file(old):
        return False
    with suppress(OSError):
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            link(old, new)
            if is_unchanged:
                return True
        except OSError:
            copy_kept(old, new)
        if digest_of_file(new) == sha256:
            return True
        new.unlink()
    return False

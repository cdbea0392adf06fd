"""The font files a job may use, found again by what they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from workshop.composing.pages.render_job import JobFile
from workshop.tailoring.look.typefaces import folders_of
from workshop.typesetting.laid_out import FontUse


def named_by(
    families: Sequence[str], own: Sequence[JobFile], uses: Iterable[FontUse]
) -> tuple[FontUse, ...]:
    """Leave out the content of fonts that a job names: they are found again by their digest."""
    return tuple(
        replace(use, content=b"") if _is_named(use, families, own) else use for use in uses
    )


def _is_named(use: FontUse, families: Sequence[str], own: Sequence[JobFile]) -> bool:
    return bool(use.content and content_of(replace(use, content=b""), families, own))


def content_of(use: FontUse, families: Iterable[str], own: Iterable[JobFile]) -> bytes:
    """Return the file a font was taken from, or nothing where there is none to take it from."""
    for file in own:
        if len(file.content) == use.size and file.digest == use.sha256:
            return file.content
    for folder in folders_of(families):
        for path in _sizes(folder).get(use.size, ()):
            content, digest = _read(path)
            if digest == use.sha256:
                return content
    return use.content


# Of a client's documents, hardly any has a font that others have not.
@lru_cache(maxsize=32)
def _read(path: Path) -> tuple[bytes, str]:
    content = path.read_bytes()
    return content, hashlib.sha256(content).hexdigest()


@cache
def _sizes(folder: Path) -> dict[int, list[Path]]:
    """Return the product's own font files in a folder, by their size in bytes."""
    found: dict[int, list[Path]] = {}
    for path in sorted(folder.rglob("*.[to]tf")):
        found.setdefault(path.stat().st_size, []).append(path)
    return found

"""Find font files of a job again by the digest of their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from workshop.composing.pages.render_job import JobFile
from workshop.keeping.memory import Memory
from workshop.tailoring.look.typefaces import folders_of
from workshop.typesetting.laid_out import FontUse


@dataclass(frozen=True)
class _FontFile:
    """Holds the content of a font file, and its SHA-256 in hexadecimal."""

    content: bytes
    digest: str


def named_by(
    families: Sequence[str], own: Sequence[JobFile], uses: Iterable[FontUse], memory: Memory
) -> tuple[FontUse, ...]:
    """Leave out the content of fonts that a job names: `content_of` finds it by the digest."""

    def is_named(use: FontUse) -> bool:
        without_content = replace(use, content=b"")
        return bool(use.content and content_of(without_content, families, own, memory))

    return tuple(replace(use, content=b"") if is_named(use) else use for use in uses)


def content_of(
    use: FontUse, families: Iterable[str], own: Iterable[JobFile], memory: Memory
) -> bytes:
    """Return the content of a font's file: from the job, from the product, or from `use` itself.

    It is empty where none of them has the file.
    """
    for job_file in own:
        if len(job_file.content) == use.size and job_file.digest == use.sha256:
            return job_file.content
    for folder in folders_of(families):
        for path in _paths_by_size(folder).get(use.size, ()):
            # Hardly any document has a font that the other documents of its client lack.
            file: _FontFile = memory.font_files.get_or_make(path, partial(_read, path))
            if file.digest == use.sha256:
                return file.content
    return use.content


def _read(path: Path) -> _FontFile:
    content = path.read_bytes()
    return _FontFile(content, hashlib.sha256(content).hexdigest())


@cache
def _paths_by_size(folder: Path) -> Mapping[int, tuple[Path, ...]]:
    """Return the font files in one of the product's own folders, by their size in bytes."""
    paths: dict[int, tuple[Path, ...]] = {}
    for path in sorted(folder.rglob("*.[to]tf")):
        size = path.stat().st_size
        paths[size] = (*paths.get(size, ()), path)
    return MappingProxyType(paths)

"""List what a client and its workspace have of their own, against the files they hide."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workshop.keeping.fingerprint import digest_of_file
from workshop.keeping.kept_file import read_data, write_kept
from workshop.keeping.shape import checked
from workshop.limits import ANY_FILE
from workshop.user_files import read_file
from workshop.workspace.overlay import LayerFile, Overlay

KINDS = ("modules", "cases", "templates", "assets", "profiles")
_FOR_EDITORS = "# yaml-language-server:"
_NOTE = ".copied-from.json"


@dataclass(frozen=True)
class OwnFile:
    """Describes a file of a client's or a workspace's own.

    `hidden` is the file of the same name that it is used instead of, if there is one. `lines` is
    how many lines differ from that; None where they are no texts that could be compared, but differ
    all the same. `outdated` says that the hidden file has changed since it was copied; False where
    that is not known too.
    """

    file: LayerFile
    hidden: LayerFile | None
    lines: int | None
    outdated: bool


def own_files(overlay: Overlay) -> Iterator[OwnFile]:
    """Yield the files of all layers but the library, in the order of layers, kinds and names."""
    for index, layer in enumerate(overlay.layers[:-1]):
        below = Overlay(overlay.layers[index + 1 :])
        notes = _notes(layer.root)
        for kind in KINDS:
            for name in Overlay((layer,)).names(kind, "**/*"):
                if kind == "modules" and name.startswith("cases/") and layer.cases != "cases":
                    continue  # listed among the cases
                path = layer.folder(kind) / name
                hidden = below.find(kind, name)
                lines = _lines_apart(path, hidden.path) if hidden else 0
                noted = notes.get(_name(path, layer.root))
                outdated = bool(hidden and noted and digest_of_file(hidden.path) != noted)
                yield OwnFile(LayerFile(path, layer), hidden, lines, outdated)


def note_copies(root: Path, copies: Iterable[tuple[Path, Path]]) -> None:
    """Note in a layer's folder what was copied into it, so that later changes there can be told."""
    digests = {_name(copy, root): digest_of_file(original) for original, copy in copies}
    _write_notes(root, {**_notes(root), **digests})


def hand_notes_on(root: Path, new: Path, files: Iterable[Path]) -> None:
    """Copy the notes about some of a folder's files, whose paths are below it, to another's."""
    names = {file.as_posix() for file in files}
    notes = {name: digest for name, digest in _notes(root).items() if name in names}
    if notes:
        _write_notes(new, notes)


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _notes(root: Path) -> dict[str, str]:
    notes: dict[str, str] = {}
    with suppress(OSError, ValueError):
        notes = checked(read_data(root / _NOTE), dict[str, str])
    return notes


def _write_notes(root: Path, notes: Mapping[str, str]) -> None:
    text = json.dumps(dict(sorted(notes.items())), ensure_ascii=False, indent=1)
    write_kept(root / _NOTE, f"{text}\n".encode())


def _said(text: str) -> list[str]:
    """Return a text's lines but the one for editors, which is another in each folder."""
    return [line for line in text.splitlines() if not line.startswith(_FOR_EDITORS)]


def _lines_apart(path: Path, other: Path) -> int | None:
    """Return how many lines of two texts differ; None for other files that differ at all."""
    own, theirs = read_file(path, ANY_FILE), read_file(other, ANY_FILE)
    if own == theirs:
        return 0
    try:
        lines, others = own.decode("utf-8-sig"), theirs.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    matcher = difflib.SequenceMatcher(None, _said(lines), _said(others), autojunk=False)
    apart = (
        max(end - start, end_there - start_there)
        for tag, start, end, start_there, end_there in matcher.get_opcodes()
        if tag != "equal"
    )
    return sum(apart)

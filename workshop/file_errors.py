"""Say why the file system refuses a file, in the user's words, and what would be right."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from shlex import quote

from workshop.diagnostics import display_path
from workshop.user_files import RefusedFile

__all__ = ["why_unread", "why_unwritten"]


def why_unread(error: OSError) -> tuple[str, str | None]:
    """Say why a file cannot be read, as the end of a sentence, and what would be right."""
    if isinstance(error, RefusedFile):
        return str(error.strerror), error.hint
    if isinstance(error, IsADirectoryError):
        return "it is a folder, not a file", "Move the folder away, and put the file there."
    if error.errno == errno.ELOOP:
        return "it is a link that leads back to itself", "Remove it, and put the file there."
    if isinstance(error, PermissionError):
        return "its owner does not let you read it", f"Allow it: {_let('r', error.filename)}."
    return (error.strerror or str(error)), None


def why_unwritten(error: OSError, path: Path) -> tuple[str, str | None]:
    """Say why something cannot be written, as a sentence, and what would be right.

    What is in the way is found on the way to the file, or to `path` where the error has no file.
    """
    path = Path(error.filename or path)
    for folder in (*reversed(path.absolute().parents), path.absolute()):
        shown = display_path(folder)
        if folder.is_symlink() and not folder.exists():
            return f"{shown} is a link that leads to no folder", f"Remove it: rm {quote(shown)}."
        if folder.exists() and not folder.is_dir() and folder != path.absolute():
            return f"{shown} is a file, and a folder is to be there", "Give the file another name."
    shown = display_path(path)
    if isinstance(error, NotADirectoryError | FileExistsError) and path.is_file():
        return f"{shown} is a file, and a folder is to be there", "Give the file another name."
    if isinstance(error, PermissionError):
        parent = next((p for p in (path, *path.absolute().parents) if p.exists()), path)
        return (
            f"{display_path(parent)} may not be written to",
            f"Allow it: {_let('w', parent)}.",
        )
    if error.errno == errno.ENOSPC:
        return f"There is no room left on the disk for {shown}", "Make room there."
    return f"{shown} cannot be written: {error.strerror or error}", None


def _let(right: str, path: object) -> str:
    """Return the command by which an owner gets a right to a file."""
    return f"chmod u+{right} {quote(display_path(Path(os.fsdecode(str(path or '…')))))}"

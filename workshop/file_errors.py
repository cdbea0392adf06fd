"""Say why the file system refuses a file, in the user's words, and what would be right."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shlex import quote

from workshop.diagnostics import EnvironmentFault, display_path
from workshop.user_files import RefusedFile, kind_of

__all__ = ["not_a_file", "why_unread", "why_unwritten", "writing"]

# What the disks of Windows say of a folder from which a file is open.
_BUSY = frozenset((errno.EACCES, errno.EBUSY, errno.EPERM))
_CLOSE = "Close what other programs have open from there, such as a PDF."
# What is said of a link, where none is followed; of a folder; of a pipe, by `open_kept` too.
_NOT_A_FILE = frozenset((errno.ELOOP, errno.EISDIR, errno.EINVAL, errno.ENXIO))


@contextmanager
def writing(output: Path, option: str = "--output") -> Iterator[None]:
    """Turn what the file system refuses into a fault the user can mend.

    `option` names another folder to write into.
    """
    try:
        yield
    except BrokenPipeError:
        raise  # whoever reads what is printed has gone
    except OSError as error:
        message, cure = why_unwritten(error, output)
        cure = _CLOSE if error.errno in _BUSY and _may_write(error, output) else cure
        hint = f"{cure} Or name" if cure else "Name"
        raise EnvironmentFault.single(
            "output", message, hint=f"{hint} another folder with {option}."
        ) from error


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
    if in_the_way := not_a_file(error):
        return in_the_way
    for folder in (*reversed(path.absolute().parents), path.absolute()):
        shown = display_path(folder)
        if folder.is_symlink() and not folder.exists():
            return f"{shown} is a link that leads to no folder", f"Remove it: rm {quote(shown)}."
        if folder.exists() and not folder.is_dir() and folder != path.absolute():
            return f"{shown} is a file, and a folder is to be there", "Give the file another name."
    shown = display_path(path)
    if isinstance(error, NotADirectoryError | FileExistsError) and _is_no_folder(path):
        kind = kind_of(path.stat().st_mode) or "a file"
        return f"{shown} is {kind}, and a folder is to be there", "Give the file another name."
    if isinstance(error, PermissionError):
        parent = _nearest(path)
        return (
            f"{display_path(parent)} may not be written to",
            f"Allow it: {_let('w', parent)}.",
        )
    if error.errno == errno.ENOSPC:
        return f"There is no room left on the disk for {shown}", "Make room there."
    return f"{shown} cannot be written: {error.strerror or error}", None


def not_a_file(error: OSError) -> tuple[str, str] | None:
    """Say what lies where a file of the program's own is to be, and how to get it away.

    That is a folder, a link, a named pipe or the like; None where something else is refused.
    """
    if error.errno not in _NOT_A_FILE or not error.filename:
        return None
    path = Path(os.fsdecode(error.filename))
    shown, wanted = display_path(path), "and a file is to be there"
    with suppress(OSError, ValueError):
        if path.is_symlink():
            cure = f"Remove it: rm {quote(shown)}."
            cure = "Put the file that it leads to in its place." if path.is_file() else cure
            return f"{shown} is a link, {wanted}", cure
        if path.is_dir():
            return f"{shown} is a folder, {wanted}", "Give the folder another name."
        if kind := kind_of(path.lstat().st_mode):
            return f"{shown} is {kind}, {wanted}", f"Remove it: rm {quote(shown)}."
    return None


def _is_no_folder(path: Path) -> bool:
    return path.exists() and not path.is_dir()


def _nearest(path: Path) -> Path:
    """Return a path if it is there, or the folder above it that is."""
    return next((way for way in (path, *path.absolute().parents) if way.exists()), path)


def _may_write(error: OSError, path: Path) -> bool:
    return os.access(_nearest(Path(error.filename or path)), os.W_OK)


def _let(right: str, path: object) -> str:
    """Return the command by which an owner gets a right to a file."""
    return f"chmod u+{right} {quote(display_path(Path(os.fsdecode(str(path or '…')))))}"

"""Open the files that users keep: ordinary files only, and none larger than its kind may be.

Everything that reads a file of a workspace reads it through here. A named pipe would wait for ever,
a device has no end, and a film of 6 GB that lies where a roster should be fills the memory: each of
them is refused by its kind and size, before anything of it is read.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from io import BufferedReader
from pathlib import Path

from workshop.limits import Limit, amount

__all__ = [
    "RefusedFile",
    "is_conflicted_copy",
    "is_left_behind",
    "kind_of",
    "leads_to_itself",
    "open_file",
    "read_file",
    "read_source",
    "real_path",
]

_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_LEFT_BEHIND = re.compile(
    r"\._.*"  # macOS, on disks of other systems
    r"|~\$.*"  # Word and Excel, while a file is open
    r"|.*[:\uf03a]Zone\.Identifier"  # Windows, of files that were loaded, seen from Linux
    r"|\.~lock\..*"  # LibreOffice
    r"|\.DS_Store|Icon\r|Thumbs\.db|ehthumbs\.db|desktop\.ini"
    r"|.*~|\.#.*|#.*#"  # Emacs, gedit, Kate
    r"|.*\.(?:swp|swo|swx|bak|orig|tmp|temp|crdownload|part)"  # Vim and others
    r"|\.nfs.*|\.fuse_hidden.*|\.syncthing\..*",
    re.IGNORECASE | re.DOTALL,
)
_CONFLICTED = re.compile(
    r"\((?:[^()]* )?(?:conflicted copy|case conflict)[^()]*\)"  # Dropbox, Nextcloud, ownCloud
    r"|\.sync-conflict-\d|_conflict-\d{8}-\d"  # Syncthing, ownCloud
    r"|-(?:DESKTOP|LAPTOP)-[A-Z0-9]{7}(?:-\d+)?\.[a-z]+$",  # OneDrive
    re.IGNORECASE,
)


class RefusedFile(OSError):
    """Says that a file is none to be read: no ordinary file, or too large for its kind.

    `strerror` says it as the end of a sentence, and `hint` what would be right.
    """

    def __init__(self, path: Path, reason: str, hint: str) -> None:
        super().__init__(errno.EINVAL, reason, str(path))
        self.hint = hint


def open_file(path: Path, limit: Limit | None = None) -> BufferedReader:
    """Open an ordinary file to be read in bytes; with a limit, only if it is no larger.

    Raises `RefusedFile` for any other, `OSError` as `open` does. Nothing waits: neither for
    somebody to write into a pipe nor for a device.
    """
    # Opening alone makes some devices act, so the name is looked at first; what is opened is looked
    # at again, as it may be another file by then.
    _check(path, path.stat(), limit)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    try:
        _check(path, os.fstat(descriptor), limit)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_file(path: Path, limit: Limit) -> bytes:
    """Read an ordinary file that is no larger than the limit; raises as `open_file` does."""
    with open_file(path, limit) as file:
        # The system's own files, as in /proc, have more in them than they say.
        content = file.read(limit.most + 1) or b""
    if len(content) > limit.most:
        raise _too_large(path, len(content), limit)
    return content


def read_source(path: Path, limit: Limit) -> str:
    r"""Read a text in UTF-8, with or without a byte order mark; line ends become `\n`.

    Raises as `read_file` does, and `UnicodeDecodeError`.
    """
    text = read_file(path, limit).decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_left_behind(name: str) -> bool:
    """Tell whether systems and editors leave files of this name lying about, which nobody wrote."""
    return _LEFT_BEHIND.fullmatch(name) is not None


def is_conflicted_copy(name: str) -> bool:
    """Tell whether a sync service gave a file this name because two people changed it."""
    return _CONFLICTED.search(name) is not None


def leads_to_itself(path: Path) -> bool:
    """Tell whether a path is a link that leads back to itself, or goes through one."""
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    except ValueError:  # a NUL in the name
        return False
    return False


def real_path(path: Path) -> Path:
    """Return where a path leads, all links followed; one that leads to itself stays as it is.

    Before Python 3.13, `Path.resolve` raises `RuntimeError` for such a link.
    """
    return Path(os.path.realpath(path))


def kind_of(mode: int) -> str | None:
    """Return what a file is that is no ordinary file and no folder: "a named pipe"."""
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    return _KINDS.get(stat.S_IFMT(mode), "a special file")


def _check(path: Path, status: os.stat_result, limit: Limit | None) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if kind := kind_of(status.st_mode):
        hint = "Put an ordinary file there, or remove it."
        raise RefusedFile(path, f"it is {kind}, not an ordinary file", hint)
    if limit and status.st_size > limit.most:
        raise _too_large(path, status.st_size, limit)


def _too_large(path: Path, size: int, limit: Limit) -> RefusedFile:
    subject = limit.subject[0].lower() + limit.subject[1:]
    hint = f"Make it smaller: {subject} may have at most {limit}. Is it the file that is meant?"
    return RefusedFile(path, f"it has {amount(size)}, and may have {limit}", hint)

"""Read and write what the program keeps: regular files of bounded size, and never through a link.

Anybody may have put anything in the place of such a file: a pipe that never ends, a link that leads
elsewhere, data nested a hundred thousand deep. A file that is not what it should be cannot be read,
as if it were not there; a new one takes its place by its name alone.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

# Bytes. A manifest with the files of ten thousand people has 40 MB.
DATA_AT_MOST = 100_000_000
# A kit’s file with all pictures of a client has a tenth of it, all packs of a large run a third.
FILE_AT_MOST = 2_000_000_000


def read_kept(path: Path, most: int = DATA_AT_MOST, begins: bytes = b"") -> bytes:
    """Return the content of a regular file that has `most` bytes at most and `begins` so.

    Raises `OSError` for any other. Of a file that begins otherwise, no more is read.
    """
    with open_kept(path, os.O_RDONLY) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        head: bytes = file.read(len(begins))
        if head != begins:
            raise OSError(errno.EINVAL, "it does not begin as it should", str(path))
        # Python takes as much memory as it is asked for, whatever there is to read.
        rest: bytes = file.read(size)
        return head + rest


def digest_of_kept(path: Path, most: int) -> str:
    """Return the SHA-256 of such a file, in hexadecimal, read piece by piece; raise `OSError`."""
    with open_kept(path, os.O_RDONLY) as file:
        if os.fstat(file.fileno()).st_size > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        digest: str = hashlib.file_digest(file, "sha256").hexdigest()
        return digest


def read_data(path: Path, most: int = DATA_AT_MOST) -> Any:
    """Return the data of a JSON file; raise `OSError` or `ValueError` where there are none."""
    return data_of(read_kept(path, most))


def data_of(text: bytes | str) -> Any:
    """Return the data of a text in JSON; raise `ValueError` where it is none, or is too deep."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def write_kept(path: Path, *pieces: bytes, mode: int = 0o666) -> None:
    """Write a file as a whole in the place of whatever has its name, a link too.

    It is written beside, under that name and a random end. Raises `OSError`.
    """
    temporary = path.with_name(f"{path.name}.{os.urandom(4).hex()}")
    try:
        with open_kept(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode) as file:
            file.writelines(pieces)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if is_real_folder(path):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path)) from error
        raise


def copy_kept(old: Path, new: Path) -> None:
    """Copy a file, with its time and its rights where the disk takes them; may raise `OSError`."""
    shutil.copyfile(old, new)
    with suppress(OSError):
        shutil.copystat(old, new)


def is_real_folder(path: Path) -> bool:
    """Tell whether there is a folder of that name itself, and not only a link to one."""
    with suppress(OSError, ValueError):
        return stat.S_ISDIR(path.lstat().st_mode)
    return False


def is_real_file(path: Path, most: int = FILE_AT_MOST) -> bool:
    """Tell whether a regular file of that name is there, no link, and of `most` bytes at most."""
    with suppress(OSError, ValueError):
        status = path.lstat()
        return stat.S_ISREG(status.st_mode) and status.st_size <= most
    return False


def make_real_folder(path: Path, mode: int = 0o777) -> None:
    """Make a folder where there is none; raise `OSError` where a link or a file has its name."""
    path.mkdir(mode=mode, exist_ok=True)
    if not is_real_folder(path):
        raise NotADirectoryError(errno.ENOTDIR, "it is a link", str(path))


@contextmanager
def open_kept(path: Path, flags: int, mode: int = 0o666) -> Iterator[Any]:
    """Open a regular file; raise `OSError` for whatever else has its name, without waiting."""
    try:
        # Merely to open some devices does something, and a pipe would have to be waited for.
        if not flags & os.O_CREAT and not stat.S_ISREG(path.lstat().st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        number = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, mode)
    except ValueError as error:  # a name with a NUL in it
        raise OSError(errno.EINVAL, str(error), str(path)) from error
    with open(number, "wb" if flags & os.O_WRONLY else "rb") as file:  # noqa: PTH123  # a number
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        yield file

"""Find the user's own cache folder, for what every workspace can use and can be made again."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_WRITABLE_BY_OTHERS = 0o022


def user_cache() -> Path | None:
    """Return the user's cache folder for this product, or a temporary one where there is none.

    It is there, and nobody else can write to it. None where there can be neither.
    """
    return next(own_folders(), None)


def own_folders() -> Iterator[Path]:
    """Yield folders that are the user's alone and can be written to, the cache folder first."""
    # In a shared folder another user may have taken the name first: it then cannot be written to.
    temporary = Path(tempfile.gettempdir()) / f"workshop-kit-{os.getuid()}"
    for folder in (*_user_caches(), temporary):
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if is_ours(folder) and os.access(folder, os.W_OK):
                yield folder


def is_ours(folder: Path) -> bool:
    """Tell whether it is a folder of the user's own, no link, which nobody else can write to."""
    with suppress(OSError):
        status = folder.lstat()
        is_own = status.st_uid == os.getuid() and not status.st_mode & _WRITABLE_BY_OTHERS
        return stat.S_ISDIR(status.st_mode) and is_own
    return False


def _user_caches() -> Iterator[Path]:
    # https://specifications.freedesktop.org/basedir-spec/latest/: a relative path does not count.
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if base.is_absolute():
        yield base / "workshop-kit"
        return
    # RuntimeError: a user without a home, as in some containers.
    with suppress(RuntimeError):
        caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
        yield Path.home() / caches / "workshop-kit"

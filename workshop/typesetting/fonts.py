"""A job's fonts into a private fontconfig file, so that pages do not depend on the machine.

Fontconfig is told of exactly the fonts a job names and of nothing the system has installed.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

from workshop.composing.render_job import File
from workshop.diagnostics import EnvironmentFault
from workshop.tailoring.fonts import folders_of

_TEMPLATE = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
</fontconfig>
"""


def use_only(families: Iterable[str], own: Sequence[File]) -> None:
    """Make fontconfig see these families of the product's, these files, and nothing else.

    To be called before WeasyPrint is imported or a font configuration made: both read the file
    that FONTCONFIG_FILE names. It holds for this process.
    """
    cache = _cache_folder()
    folders = [*folders_of(families), *_unpacked(own, cache)]
    listed = "\n".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    text = _TEMPLATE.format(folders=listed, cache=escape(str(cache / "fontconfig")))
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    path = cache / f"fonts-{digest}.conf"
    if not path.exists():
        temporary = path.with_suffix(f".{os.getpid()}")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    os.environ["FONTCONFIG_FILE"] = str(path)


def _unpacked(own: Sequence[File], cache: Path) -> Iterator[Path]:
    """Yield the folder of a client's own fonts, written out where this machine lacks it."""
    if not own:
        return
    digest = hashlib.sha256("".join(file.digest for file in own).encode()).hexdigest()[:16]
    folder = cache / f"own-{digest}"
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=cache) as temporary:
            made = Path(temporary) / "fonts"
            made.mkdir()
            for number, file in enumerate(own):
                (made / f"{number}{Path(file.address).suffix}").write_bytes(file.content)
            # Another process may have been faster.
            with suppress(OSError):
                made.rename(folder)
    yield folder


def _cache_folder() -> Path:
    """Return the user's cache folder for this product, or a temporary one where there is none.

    Raises `EnvironmentFault` where there is neither.
    """
    # In a shared folder another user may have taken the name first: it then cannot be written to.
    temporary = Path(tempfile.gettempdir()) / f"workshop-kit-{os.getuid()}"
    for folder in (*_user_caches(), temporary):
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / "fontconfig").mkdir(exist_ok=True)
            if folder.stat().st_uid == os.getuid() and os.access(folder, os.W_OK):
                return folder
    raise EnvironmentFault.of(
        "no-cache",
        "There is no folder to keep the list of fonts in",
        hint="Set XDG_CACHE_HOME to a folder that you may write to.",
    )


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

"""Write a private fontconfig file for a job's fonts, so that pages do not depend on the machine.

The file names exactly the fonts of the job, and none that are installed on the system.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

from workshop.composing.pages.render_job import JobFile
from workshop.diagnostics import EnvironmentFault
from workshop.keeping.kept_file import is_real_folder, make_real_folder, read_kept, write_kept
from workshop.keeping.user_folder import user_cache
from workshop.tailoring.look.typefaces import folders_of

_TEMPLATE = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
</fontconfig>
"""


def use_only(families: Iterable[str], own: Sequence[JobFile]) -> None:
    """Make fontconfig see some families of the product's and a client's `own` fonts, and no others.

    Call this before WeasyPrint is imported and before a font configuration is made: both read the
    file that FONTCONFIG_FILE names. That variable is set for the whole process. Raises
    `EnvironmentFault` where no folder can be written to.
    """
    cache = _cache_folder()
    folders = [*folders_of(families), *_unpack_fonts(own, cache)]
    listed = "\n".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    text = _TEMPLATE.format(folders=listed, cache=escape(str(cache / "fontconfig")))
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    path = cache / f"fonts-{digest}.conf"
    if not _holds(path, text.encode()):
        write_kept(path, text.encode())
    os.environ["FONTCONFIG_FILE"] = str(path)


def _unpack_fonts(own: Sequence[JobFile], cache: Path) -> Iterator[Path]:
    """Yield the folder of a client's own fonts, if any; write the fonts where it is missing."""
    if not own:
        return
    digest = hashlib.sha256("".join(file.digest for file in own).encode()).hexdigest()[:16]
    folder = cache / f"own-{digest}"
    names = [f"{number}{Path(file.address).suffix}" for number, file in enumerate(own)]
    contents = {name: file.content for name, file in zip(names, own, strict=True)}
    if not _has_just(folder, contents):
        with tempfile.TemporaryDirectory(dir=cache) as temporary:
            fonts = Path(temporary) / "fonts"
            fonts.mkdir()
            for name, content in contents.items():
                (fonts / name).write_bytes(content)
            # What has its place, be it a link, goes with the temporary folder.
            with suppress(OSError):
                folder.rename(Path(temporary) / "old")
            # Another process may have written the same folder meanwhile.
            with suppress(OSError):
                fonts.rename(folder)
    yield folder


def _has_just(folder: Path, contents: Mapping[str, bytes]) -> bool:
    """Tell whether it is a folder that holds these files and nothing else."""
    return (
        is_real_folder(folder)
        and {path.name for path in folder.iterdir()} == set(contents)
        and all(_holds(folder / name, content) for name, content in contents.items())
    )


def _holds(path: Path, content: bytes) -> bool:
    with suppress(OSError):
        return read_kept(path, len(content)) == content
    return False


def _cache_folder() -> Path:
    """Return the folder for fontconfig's files; raise `EnvironmentFault` where there is none."""
    folder = user_cache()
    if folder:
        with suppress(OSError):
            lists = folder / "fontconfig"
            if not is_real_folder(lists):
                with suppress(OSError):  # another process may have made the folder meanwhile
                    lists.unlink(missing_ok=True)
            make_real_folder(lists)
            _remove_odd_files(lists)
            return folder
    raise EnvironmentFault.single(
        "no-cache",
        "There is no folder to keep the list of fonts in",
        hint="Set XDG_CACHE_HOME to a folder that you may write to.",
    )


def _remove_odd_files(folder: Path) -> None:
    """Remove what is no regular file: fontconfig would wait for ever for what a pipe says."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_file(follow_symlinks=False) and not entry.is_dir(follow_symlinks=False):
                Path(entry.path).unlink(missing_ok=True)

"""Write a private fontconfig file for a job's fonts, so that pages do not depend on the machine.

The file names exactly the fonts of the job, and none that are installed on the system.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

from workshop.composing.pages.render_job import JobFile
from workshop.diagnostics import EnvironmentFault
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


def _unpacked(own: Sequence[JobFile], cache: Path) -> Iterator[Path]:
    """Yield the folder of a client's own fonts, if any; write the fonts where it is missing."""
    if not own:
        return
    digest = hashlib.sha256("".join(file.digest for file in own).encode()).hexdigest()[:16]
    folder = cache / f"own-{digest}"
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=cache) as temporary:
            fonts = Path(temporary) / "fonts"
            fonts.mkdir()
            for number, file in enumerate(own):
                (fonts / f"{number}{Path(file.address).suffix}").write_bytes(file.content)
            # Another process may have written the same folder meanwhile.
            with suppress(OSError):
                fonts.rename(folder)
    yield folder


def _cache_folder() -> Path:
    """Return the folder for fontconfig's files; raise `EnvironmentFault` where there is none."""
    folder = user_cache()
    if folder:
        with suppress(OSError):
            (folder / "fontconfig").mkdir(exist_ok=True)
            return folder
    raise EnvironmentFault.single(
        "no-cache",
        "There is no folder to keep the list of fonts in",
        hint="Set XDG_CACHE_HOME to a folder that you may write to.",
    )

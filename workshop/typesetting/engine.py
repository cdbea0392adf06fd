"""What lays pages out on this machine, told apart from what would lay them out otherwise."""

from __future__ import annotations

import ctypes
import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from workshop.tailoring.look.typefaces import families, folders_of

_PACKAGES = (
    "weasyprint",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "fonttools",
    "pillow",
    "rendercv-fonts",
)
# The native libraries by the end of their name, each with what tells its version.
_NATIVE = {
    "pango-1.0": ("0", "pango_version_string"),
    "harfbuzz": ("0", "hb_version_string"),
    "fontconfig": ("1", "FcGetVersion"),
}


@cache
def engine() -> str:
    """Return a digest of everything but a job that its layout depends on.

    Versions of packages and native libraries, this package's own code, the fonts it brings. Nothing
    of it is loaded for good, and the layout engine not at all.
    """
    digest = hashlib.sha256()
    for name in _PACKAGES:
        digest.update(f"{name} {_version(name)}\n".encode())
    for name, (number, function) in _NATIVE.items():
        digest.update(f"{name} {_native_version(name, number, function)}\n".encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for folder in folders_of(families()):
        for path in sorted(folder.rglob("*.[to]tf")):
            digest.update(f"{path.name} {path.stat().st_size}\n".encode())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _native_version(name: str, number: str, function: str) -> str:
    file = f"lib{name}.{number}.dylib" if sys.platform == "darwin" else f"lib{name}.so.{number}"
    try:
        tell = getattr(ctypes.CDLL(file), function)
    except (OSError, AttributeError):
        # Found in some other way when it is loaded; packages move together with it mostly.
        return ""
    if function.startswith("Fc"):
        return str(tell())
    tell.restype = ctypes.c_char_p
    return str(tell().decode())

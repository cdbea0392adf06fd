"""Compute a digest of all programs, libraries and fonts that lay pages out on this machine."""

from __future__ import annotations

import ctypes
import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from workshop.keeping.fingerprint import code_of
from workshop.tailoring.look.typefaces import families, folders_of

_PACKAGES = (
    "weasyprint",
    "pydyf",
    "cssselect2",
    "tinycss2",
    "tinyhtml5",
    "fonttools",
    "pillow",
    "rendercv-fonts",
)
# What lays out, and all that it imports; a test holds it against the imports.
CODE = (
    "typesetting",
    "composing/pages",
    "tailoring/look",
    "workspace/overlay",
    "keeping",
    "diagnostics",
    "file_errors",
    "limits",
    "user_files",
)
# For each native library the number in its file name and the function that tells its version.
_NATIVE = {
    "pango-1.0": ("0", "pango_version_string"),
    "harfbuzz": ("0", "hb_version_string"),
    "fontconfig": ("1", "FcGetVersion"),
}


@cache
def engine() -> str:
    """Return a digest of what a layout depends on besides its job, in hexadecimal.

    That is: versions of packages and native libraries, the code that lays out, names and sizes of
    the product's fonts. WeasyPrint is not loaded for it.
    """
    digest = hashlib.sha256()
    for name in _PACKAGES:
        digest.update(f"{name} {_version(name)}\n".encode())
    for name, (number, function) in _NATIVE.items():
        digest.update(f"{name} {_native_version(name, number, function)}\n".encode())
    digest.update(code_of(*CODE).encode())
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
        # WeasyPrint finds the library under another name. Its version mostly changes together with
        # the versions of the packages.
        return ""
    if function.startswith("Fc"):
        return str(tell())
    tell.restype = ctypes.c_char_p
    return str(tell().decode())

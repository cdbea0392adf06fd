"""Find a free folder for a new client, or say why its name cannot be one."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from workshop.diagnostics import UsageError, display_path
from workshop.limits import FOLDER_LENGTH
from workshop.workspace.client_folders import folder_as_disks_see, is_reserved


def free_folder(workspace: Path, slug: str) -> Path:
    """Return the folder of a client that is not there yet.

    Raises `UsageError` for a name that cannot be a folder's on every disk, and for one that is
    taken: also in other capitals, which many disks take for the same.
    """
    if fault := _fault_of(slug):
        better = _as_folder(slug)
        hint = f"Call it {better}, for example." if better else "Use letters, digits and hyphens."
        message = f"“{slug}” cannot name a client’s folder: {fault}"
        raise UsageError.single("client-folder-name", message, hint=hint)
    clients = workspace / "clients"
    for path in sorted(clients.glob("*")):
        if folder_as_disks_see(path.name) == folder_as_disks_see(slug):
            _raise_taken(path, slug)
    return clients / unicodedata.normalize("NFC", slug)


def _fault_of(slug: str) -> str | None:
    if not slug:
        return "it is empty"
    if strange := next((char for char in slug if not _is_usual(char)), None):
        what = "a space" if strange.isspace() else f"“{strange}”"
        return f"it has {what} in it"
    if slug[0] in "-_":
        return f"it begins with “{slug[0]}”"
    if is_reserved(slug):
        return "Windows keeps this name for a device"
    return f"it has more than {FOLDER_LENGTH}" if len(slug) > FOLDER_LENGTH.most else None


def _is_usual(char: str) -> bool:
    # Marks (category M) write the vowels of some scripts.
    return char in "-_" or unicodedata.category(char)[0] in "LNM"


def _as_folder(name: str) -> str:
    """Return a name as a folder's: "St. Brigid’s" is "st-brigids"; nothing if no letter is in it.

    Examples are in ASCII where the letters allow.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: FOLDER_LENGTH.most].strip("-")
    return f"{words}-client" if is_reserved(words) else words


def _raise_taken(path: Path, slug: str) -> None:
    other = "" if path.name == slug else f", which most disks take for “{slug}”"
    message = f"{display_path(path)} is already there{other}; nothing was written"
    raise UsageError.single("client-is-there", message, hint="Choose another name.")

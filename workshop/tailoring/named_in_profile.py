"""Report documents and parts that a profile names, and that no template of a workspace has.

A profile may serve several clients, each with some documents of its own. So a document that this
client lacks is left out; a name that nobody's templates have is a slip of the pen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from workshop.diagnostics import Report, nearest
from workshop.limits import TEMPLATE_FILE
from workshop.tailoring.documents import EDITIONS
from workshop.tailoring.profiles import Profile
from workshop.user_files import read_source
from workshop.workspace.overlay import library_root

_PART = re.compile(r"\bpart\(\s*(?:[\"'](?P<name>[^\"']+)[\"']\s*[,)])?")


def check_named(profile: Profile, workspace: Path) -> None:
    """Raise `ContentError` for names in a profile that nothing in a workspace has."""
    report, file = Report(), profile.file
    folders = list(_folders(workspace))
    documents = {path.parent.name for folder in folders for path in folder.glob("*/document.yaml")}
    documents |= {f"{name}-{edition}" for name in documents for edition in EDITIONS}
    for index, name in enumerate(file.documents):
        if name not in documents:
            message = f"There is no document “{name}”"
            place = profile.source.location("documents", index)
            report.error("unknown-document", message, place, nearest(name, sorted(documents)))
    named = (("parts", file.parts), ("leave-out", file.leave_out))
    parts = _parts(folders) if file.parts or file.leave_out else None
    for key, names in named if parts else ():
        for index, name in enumerate(names):
            if parts and name not in parts:
                message = f"No template has a part “{name}”"
                place = profile.source.location(key, index)
                report.error("unknown-part", message, place, nearest(name, sorted(parts)))
    report.stop_on_errors()


def _folders(workspace: Path) -> Iterator[Path]:
    """Yield the folders for templates of the library, the workspace and all its clients."""
    yield library_root() / "templates"
    yield workspace / "templates"
    with suppress(OSError):
        yield from workspace.glob("clients/*/templates")


def _parts(folders: list[Path]) -> set[str] | None:
    """Return the names of all parts; None where a template makes up the name of one."""
    names: set[str] = set()
    for path in (path for folder in folders for path in folder.glob("**/*.j2")):
        with suppress(OSError, UnicodeDecodeError):
            in_file = [match["name"] for match in _PART.finditer(read_source(path, TEMPLATE_FILE))]
            if None in in_file:
                return None
            names.update(in_file)
    return names

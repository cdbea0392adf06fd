"""Find the folder that kits are written into, and refuse one among the files that people write."""

from __future__ import annotations

from pathlib import Path

from workshop.content.yaml.files import read_yaml
from workshop.diagnostics import ContentError, Location, Report, UsageError, display_path
from workshop.keeping.memory import Memory
from workshop.user_files import real_path
from workshop.workspace.clients import SETTINGS
from workshop.workspace.overlay import library_root
from workshop.workspace.settings import output_folder

# What a workspace and the library have of people's own.
_PEOPLES = ("clients", "modules", "templates", "assets", "profiles")
_CODE = "output-own-files"


def kits_folder(
    workspace: Path,
    client: str | None = None,
    given: Path | None = None,
    memory: Memory | None = None,
) -> Path:
    """Return the folder for kits: the one that is `given`, or the one that the workspace sets.

    A kit replaces what lies in its place. So the folder, and what a client's kits get below it,
    must not lie among the files that a trainer writes, nor hold them: where `given` does, raises
    `UsageError`, and where `workshop.yaml` names it, `ContentError`.
    """
    output = given or output_folder(workspace, memory)
    in_the_way = _peoples_folder(workspace, output, client)
    if in_the_way is None:
        return output
    message = (
        f"Kits cannot be written into {display_path(output)}: "
        f"{display_path(in_the_way)} has files that people write, and a kit could replace them"
    )
    hint = "Name a folder that holds nothing else, such as build."
    if given:
        raise UsageError.single(_CODE, message, hint=hint)
    raise ContentError.single(_CODE, message, _place_of_output(workspace, memory), hint)


def _peoples_folder(workspace: Path, output: Path, client: str | None) -> Path | None:
    """Return the folder of people's own files that kits would come into or take the place of."""
    below = real_path(output / client if client else output)
    for root in dict.fromkeys((workspace, library_root())):
        for folder in (root / kind for kind in _PEOPLES):
            own = real_path(folder)
            # A client's kits take the place of what is there: nobody's folder may be inside.
            if below.is_relative_to(own) or (client and own.is_relative_to(below)):
                return folder
    return None


def _place_of_output(workspace: Path, memory: Memory | None) -> Location:
    source = read_yaml(workspace / SETTINGS, Report(), memory)
    return source.location("output") if source else Location(workspace / SETTINGS)

"""Find the workspace that a command is called in, and its clients by their names."""

from __future__ import annotations

from pathlib import Path

from workshop.diagnostics import ContentError, Location, UsageError, display_path, nearest
from workshop.user_files import leads_to_itself
from workshop.workspace.client_folders import RENAME, can_name_a_client, why_no_client
from workshop.workspace.overlay import is_meant, is_text

FILE = "client.yaml"
SETTINGS = "workshop.yaml"


def find_workspace(given: Path | None) -> Path:
    """Return the workspace: the folder given, or the nearest one upwards with a workshop.yaml.

    Raises `UsageError` when there is none.
    """
    here = (given or Path.cwd()).absolute()
    for folder in (here,) if given else (here, *here.parents):
        if (folder / SETTINGS).exists() and not (folder / SETTINGS).is_dir():
            return folder
    if (here / SETTINGS).is_dir():
        raise UsageError.single(
            "no-workspace",
            f"{SETTINGS} is a folder here, not a file",
            hint="Give the folder another name, and write a file in its place; it may be empty.",
        )
    if leads_to_itself(here / SETTINGS):
        message, place = "This link leads back to itself", Location(here / SETTINGS)
        hint = "Remove it, and write a file in its place; it may be empty."
        raise ContentError.single("link-loop", message, place, hint)
    where = f"{given} is" if given else "this folder and those above it are"
    raise UsageError.single(
        "no-workspace",
        f"There is no {SETTINGS} here: {where} no workspace",
        hint="Make one with `workshop init`, or name one with --workspace.",
    )


def client_names(workspace: Path) -> list[str]:
    """Return the slugs of the workspace's clients, sorted."""
    # From Python 3.13 on, a glob finds links that lead nowhere, too.
    files = (path for path in workspace.glob(f"clients/*/{FILE}") if path.exists())
    names = (path.parent.name for path in files)
    return sorted(name for name in names if is_meant(name) and can_name_a_client(name))


def _check_links(workspace: Path, slug: str) -> None:
    """Raise `ContentError` for a link on the way to a client's file that leads back to itself."""
    if not can_name_a_client(slug) or "/" in slug:
        return
    for path in (workspace / "clients", folder := workspace / "clients" / slug, folder / FILE):
        if leads_to_itself(path):
            message, hint = "This link leads back to itself", f"Remove it: rm {display_path(path)}."
            raise ContentError.single("link-loop", message, Location(path), hint)


def find_client(workspace: Path, slug: str) -> Path:
    """Return a client's file; raise `UsageError` with the nearest name if there is none.

    Raises it too for a workspace whose own path is no text: pages could not name their files.
    """
    if not is_text(str(workspace.absolute())):
        message = f"The path of the workspace is not UTF-8 text: {workspace.absolute()}"
        way = "Give the folders on the way to it names of letters, digits and hyphens."
        raise UsageError.single("workspace-name", message, hint=way)
    hint: str | None
    names, folder = client_names(workspace), workspace / "clients"
    if slug not in names:
        _check_links(workspace, slug)
        if not can_name_a_client(slug):
            hint = RENAME
        elif folder.exists() and not folder.is_dir():
            hint = f"{display_path(folder)} is a file: give it another name, and make a folder."
        elif slug in (path.name for path in folder.glob("*")):
            hint = why_no_client(folder / slug)
        else:
            hint = nearest(slug, names) or "Write clients/NAME/client.yaml with a line `name: …`."
        shown = slug if can_name_a_client(slug) else repr(slug).strip("'")
        message = f"There is no client “{shown}” in {display_path(folder)}"
        raise UsageError.single("unknown-client", message, hint=hint)
    return folder / slug / FILE

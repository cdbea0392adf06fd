"""Find the clients of a workspace by their names."""

from __future__ import annotations

from pathlib import Path

from workshop.diagnostics import UsageError, display_path, nearest


def client_names(workspace: Path) -> list[str]:
    """Return the slugs of the workspace's clients, sorted."""
    return sorted(path.parent.name for path in workspace.glob("clients/*/client.yaml"))


def find_client(workspace: Path, slug: str) -> Path:
    """Return a client's file; raise `UsageError` with the nearest name if there is none."""
    names, folder = client_names(workspace), workspace / "clients"
    if slug not in names:
        if slug in (path.name for path in folder.glob("*")):
            hint: str | None = f"The folder {display_path(folder / slug)} has no client.yaml."
        else:
            hint = nearest(slug, names) or "Write clients/NAME/client.yaml with a line `name: …`."
        message = f"There is no client “{slug}” in {display_path(folder)}"
        raise UsageError.single("unknown-client", message, hint=hint)
    return folder / slug / "client.yaml"

"""`workshop.yaml`, the file that makes a folder a workspace."""

from __future__ import annotations

from pathlib import Path

from workshop.content.yaml_source import FileModel, read_yaml, validate
from workshop.diagnostics import Report

SETTINGS = "workshop.yaml"


class WorkspaceFile(FileModel):
    """What a `workshop.yaml` may say. `output` is where kits are written."""

    output: str = "build"


def output_folder(workspace: Path) -> Path:
    """Return where a workspace's kits go; raises `ContentError` for faults in its settings."""
    report = Report()
    source = read_yaml(workspace / SETTINGS, report)
    settings = validate(source, WorkspaceFile, report) if source else None
    report.stop_on_errors()
    return workspace / (settings or WorkspaceFile()).output

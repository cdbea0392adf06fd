"""Describe the files a user writes as JSON Schema, for editors."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from workshop.content.case import CaseFrontMatter
from workshop.content.front_matter import FrontMatter
from workshop.content.programme import ProgrammeFile
from workshop.content.yaml.files import FileModel
from workshop.keeping.kept_file import read_data
from workshop.tailoring.client_file.client import ClientFile
from workshop.tailoring.documents import DocumentFile
from workshop.tailoring.look.looks import LookFile
from workshop.tailoring.profiles import ProfileFile
from workshop.workspace.settings import WorkspaceFile

_MODELS: dict[str, type[FileModel]] = {
    "case": CaseFrontMatter,
    "client": ClientFile,
    "document": DocumentFile,
    "look": LookFile,
    "module": FrontMatter,
    "profile": ProfileFile,
    "programme": ProgrammeFile,
    "workspace": WorkspaceFile,
}

NAMES = tuple(_MODELS)


def may_replace(path: Path) -> bool:
    """Tell whether a schema may be written to a path: nothing is there, or a schema of earlier."""
    if not path.exists():
        return True
    with suppress(OSError, ValueError):
        data = read_data(path)
        return isinstance(data, dict) and data.get("additionalProperties") is False
    return False


def schema_of(name: str) -> str:
    """Return the JSON Schema (draft 2020-12) of one kind of file, as text."""
    schema = _MODELS[name].model_json_schema(by_alias=True)
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

"""The schemas editors use: in step with what is read, and named by the files they are for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from workshop.content.yaml.files import read_yaml
from workshop.diagnostics import Report
from workshop.tailoring.json_schema import NAMES, schema_of

MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_in_docs_is_the_one_of_the_code(repository: Path, name: str) -> None:
    path = repository / f"docs/schema/{name}.json"
    assert path.read_text(encoding="utf-8") == schema_of(name), (
        "What this file may hold has changed: run `workshop schema --write docs/schema`."
    )


def test_there_is_no_schema_of_anything_else(repository: Path) -> None:
    assert sorted(path.stem for path in (repository / "docs/schema").iterdir()) == sorted(NAMES)


def test_a_schema_uses_the_keys_of_the_files_not_those_of_the_code() -> None:
    client = json.loads(schema_of("client"))
    options = client["$defs"]["Options"]["properties"]
    assert set(options) == {"follow-up", "coaching", "manager-briefings", "segment-pages"}
    assert client["required"] == ["name"]
    assert client["additionalProperties"] is False
    assert client["$defs"]["Times"]["properties"]["start"]["anyOf"][0] == {"type": "string"}
    item = json.loads(schema_of("programme"))["$defs"]["ProgrammeItem"]["properties"]
    assert set(item) == {"module", "break", "minutes", "at", "back"}


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("workshop.yaml", "workspace"),
        ("modules/programme.yaml", "programme"),
        ("clients/acme/client.yaml", "client"),
        ("clients/minimal/client.yaml", "client"),
    ],
)
def test_a_shipped_file_names_its_schema_and_holds_only_its_keys(
    repository: Path, path: str, schema: str
) -> None:
    file = repository / path
    named = MODELINE.match(file.read_text(encoding="utf-8"))
    assert named
    target = (file.parent / named[1]).resolve()
    assert target == repository / f"docs/schema/{schema}.json"
    source = read_yaml(file, Report())
    assert source
    assert set(source.data) <= set(json.loads(schema_of(schema))["properties"])


@pytest.mark.parametrize(
    ("path", "schema"),
    [("workshop.yaml", "workspace"), ("clients/first-client/client.yaml", "client")],
)
def test_a_starters_file_names_the_schema_written_beside_it(
    repository: Path, path: str, schema: str
) -> None:
    starter = repository / "workshop/starter"
    named = MODELINE.match((starter / path).read_text(encoding="utf-8"))
    assert named
    target = ((starter / path).parent / named[1]).resolve()
    assert target == starter / f".schema/{schema}.json"

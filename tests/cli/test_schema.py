from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import Tiny, contents

NAMES = ["case", "client", "document", "look", "module", "profile", "programme", "workspace"]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_json_and_nothing_else(run: Run, name: str) -> None:
    result = run("schema", name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["type"] == "object"


def test_all_of_them_are_written_into_a_folder(run: Run, tiny: Tiny) -> None:
    result = run("schema", "--write", "docs/schema")
    assert result.stdout == "Wrote 8 schemas to docs/schema/\n"
    written = contents(tiny.root / "docs/schema")
    assert list(written) == [f"{name}.json" for name in NAMES]
    assert written["client.json"].decode() == run("schema", "client").stdout


def test_a_schema_takes_no_other_files_place(run: Run, tiny: Tiny) -> None:
    run("schema", "--write", "docs")
    assert run("schema", "--write", "docs").exit_code == 0
    tiny.write("docs/module.json", '{"name": "mine"}')
    result = run("schema", "--write", "docs")
    assert result.exit_code == 2
    assert "docs/module.json is no schema, so it stays; nothing was written" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["client", "--write", "x"]])
def test_either_one_is_named_or_a_folder(run: Run, tiny: Tiny, arguments: list[str]) -> None:
    result = run("schema", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Name one schema, or give --write a folder." in result.stderr
    assert not (tiny.root / "x").exists()


def test_an_unknown_schema_is_told_all(run: Run) -> None:
    result = run("schema", "clinet")
    assert result.exit_code == 2
    assert "'case', 'client', 'document'" in result.stderr
